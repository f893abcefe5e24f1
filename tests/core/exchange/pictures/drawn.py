"""Files of the city's identity for tests, drawn on the spot."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image

SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="60">
<defs><linearGradient id="g"><stop offset="0" stop-color="#1f5fbf"/></linearGradient></defs>
<path d="M0 0h60v60z" fill="url(#g)"/>%s</svg>
"""
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
MANIFEST = (
    '<?xml version="1.0"?><!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
    "<manifest/>"
)
RELATIONS = '<?xml version="1.0"?><Relationships>{}</Relationships>'


def picture(size: tuple[int, int] = (300, 400), kind: str = "PNG", mode: str = "RGB", **how: Any) -> bytes:
    """Return a picture with a light corner on a darker ground."""
    made = Image.new("RGB", size, "#1f5fbf")
    made.paste("#ffffff", (0, 0, size[0] // 2, size[1] // 2))
    written = BytesIO()
    # Sixteen bits a point, as scanners write them.
    wide = made.convert("I").point(lambda value: value * 257) if mode == "I;16" else made
    wide.convert(mode).save(written, kind, **how)
    return written.getvalue()


def svg(content: str = "") -> bytes:
    """Return a drawing with something in it."""
    return SVG % content.encode()


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one piece of a PNG."""
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of these pieces."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


def pdf(objects: bytes = b"", trailer: bytes = b"") -> bytes:
    """Return a PDF of one empty page."""
    body = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R" + trailer + b">>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n" + objects
    )
    return body + b"xref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n" + str(len(body)).encode() + b"\n%%EOF\n"


def packed_objects(objects: bytes) -> bytes:
    """Return objects of a PDF as they lie packed in a stream."""
    packed = zlib.compress(objects)
    head = b"9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\n" % len(packed)
    return head + b"stream\r\n" + packed + b"\nendstream\nendobj\n"


def font(flavour: bytes = b"\0\1\0\0", *, without: bytes = b"") -> bytes:
    """Return a font with all tables that one needs, and nothing in them."""
    tables = {name: bytes(54) for name in (b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name") if name != without}
    if b"head" in tables:
        tables[b"head"] = bytes(12) + b"\x5f\x0f\x3c\xf5" + bytes(38)
    offset = 12 + 16 * len(tables)
    directory, content = b"", b""
    for name, table in tables.items():
        directory += struct.pack(">4sLLL", name, 0, offset + len(content), len(table))
        content += table
    return flavour + struct.pack(">HHHH", len(tables), 0, 0, 0) + directory + content


def woff(*, declared: int | None = None) -> bytes:
    """Return a web font of the same tables, packed."""
    plain = font()
    entries, content = b"", b""
    offset = 44 + 20 * 6
    for number in range(6):
        name, _sum, start, length = struct.unpack_from(">4sLLL", plain, 12 + 16 * number)
        packed = zlib.compress(plain[start : start + length])
        packed = packed if len(packed) < length else plain[start : start + length]
        entries += struct.pack(">4sLLLL", name, offset + len(content), len(packed), declared or length, 0)
        content += packed
    whole = 44 + len(entries) + len(content)
    head = struct.pack(">4s4sLHHLHHLLLLL", b"wOFF", b"\0\1\0\0", whole, 6, 0, len(plain), 1, 0, 0, 0, 0, 0, 0)
    return head + entries + content


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def _named(parts: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    return {
        name.replace("META_INF", "META-INF").replace("__", "/").replace("_", "."): one for name, one in parts.items()
    }


def word(kind: str = WORD, relations: str = "", **more: str | bytes) -> bytes:
    """Return a template of a word processor; a part's name has "__" for "/" and "_" for "."."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES.format(kind=kind),
        "word/document.xml": '<?xml version="1.0"?><document/>',
        "word/_rels/document.xml.rels": RELATIONS.format(relations),
    }
    return archive({**parts, **_named(more)})


def open_document(content: str = "", kind: str = "text-template", **more: str | bytes) -> bytes:
    """Return a template of an office program that writes open documents."""
    parts: dict[str, str | bytes] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f'<?xml version="1.0"?><office:document xmlns:office="o">{content}</office:document>',
        "META-INF/manifest.xml": MANIFEST,
    }
    return archive({**parts, **_named(more)})


def tall(kind: str, side: int) -> bytes:
    """Return a picture of a kind that says it has that many points a side, and has none of them."""
    match kind:
        case "png":
            return png((b"IHDR", side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"), (b"IDAT", zlib.compress(b"\0")))
        case "gif":
            return b"GIF89a" + side.to_bytes(2, "little") * 2 + b"\0\0\0;"
        case "jpeg":
            whole = bytearray(picture(kind="JPEG"))
            frame = whole.index(b"\xff\xc0")
            whole[frame + 5 : frame + 9] = side.to_bytes(2, "big") * 2
            return bytes(whole)
        case _:
            body = b"VP8X" + struct.pack("<LL", 10, 0) + (side - 1).to_bytes(3, "little") * 2
            return b"RIFF" + (4 + len(body)).to_bytes(4, "little") + b"WEBP" + body
