"""Files that somebody made to do harm, or that broke on their way; each with a part of the sentence that it gets."""

from __future__ import annotations

import base64
import gzip
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, PngImagePlugin

from tests.core.exchange.pictures.drawn import (
    WORD,
    archive,
    chunk,
    font,
    open_document,
    packed_objects,
    pdf,
    picture,
    png,
    svg,
    woff,
    word,
)

MEBIBYTE = 1024 * 1024
HEAD = (64).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
ZIP = archive({"geheim.txt": "geheim"})
EXTERNAL = '<Relationship Id="r1" Type="http://x.example/{}" Target="http://evil.example/" TargetMode="External"/>'


def _tall(kind: str, side: int) -> bytes:
    """Return a picture that says it has that many points a side, and has none of them."""
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


def _bursting_png() -> bytes:
    """Return 40 megapixels of which only the file is small: a hundred bytes for each megabyte."""
    side = 6_300
    inflated = zlib.compress(bytes((side * 3 + 1) * side), 9)
    return png((b"IHDR", side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"), (b"IDAT", inflated), (b"IEND", b""))


def _text_bomb() -> bytes:
    packed = zlib.compress(bytes(200 * MEBIBYTE), 9)
    return png((b"IHDR", HEAD), (b"zTXt", b"Comment\0\0" + packed), (b"IDAT", b""), (b"IEND", b""))


def _profile_bomb() -> bytes:
    packed = zlib.compress(bytes(200 * MEBIBYTE), 9)
    return png((b"IHDR", HEAD), (b"iCCP", b"icc\0\0" + packed), (b"IDAT", b""), (b"IEND", b""))


def _many_chunks() -> bytes:
    return png((b"IHDR", HEAD)) + chunk(b"tEXt", b"a\0b") * 1_000_000 + chunk(b"IEND", b"")


def _many_frames(count: int = 5_000) -> bytes:
    frame = b"\x21\xf9\x04\0\x01\0\0\0" + b"\x2c" + bytes(4) + b"\x01\0\x01\0\0" + b"\x02\x02\x44\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0" + bytes(6) + frame * count + b";"


def _many_scans(count: int) -> bytes:
    """Return a progressive JPEG in which one scan comes again and again; each costs another pass over all points."""
    whole = picture((6_000, 6_000), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * count + b"\xff\xd9"


def _with_exif_loop() -> bytes:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"
    whole = picture(kind="JPEG")
    return whole[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + whole[2:]


def damaged_pictures() -> Iterator[tuple[str, bytes, str]]:
    """Pictures that are broken, or say of themselves what is not true."""
    for kind in ("PNG", "JPEG", "WEBP", "GIF"):
        whole = picture(kind=kind)
        yield f"half a {kind}", whole[: len(whole) // 2], "is damaged"
        yield f"the first bytes of a {kind}", whole[:20], "is damaged"
    for kind in ("png", "gif", "jpeg", "webp"):
        yield f"a huge {kind}", _tall(kind, 16_000), "has too many points"
    yield "a png of four thousand million points a side", _tall("png", 0xFFFFFFFF), "has too many points"
    yield "a png of no points", _tall("png", 0), "is damaged"
    yield "a png without points", png((b"IHDR", HEAD), (b"IEND", b"")), "is damaged"
    yield "a png with a bomb of text", _text_bomb(), "is damaged"
    yield "a gif of five thousand frames", _many_frames(), "moves for too long"
    yield "a gif that never ends", _many_frames(1)[:-1], "is damaged"
    yield "an empty file", b"", "is empty"


def heavy_pictures() -> Iterator[tuple[str, bytes, str]]:
    """Pictures that ask much of the machine; shown or refused, but in time."""
    yield "a png of a million pieces", _many_chunks(), "is damaged"
    yield "a png that bursts", _bursting_png(), "|"
    yield "a png with a bomb for a profile", _profile_bomb(), "|"
    yield "a jpeg of nine hundred scans", _many_scans(900), "is damaged"
    yield "a jpeg of eighty scans", _many_scans(80), "could not be read in time"
    yield "a jpeg whose facts go round in circles", _with_exif_loop(), "|"


def double_files() -> Iterator[tuple[str, bytes, str]]:
    """Two files in one."""
    two = "is two kinds of file in one"
    page = b"<script>alert(1)</script>"
    for kind in ("PNG", "GIF", "WEBP", "JPEG"):
        yield f"a {kind} with an archive behind it", picture(kind=kind) + ZIP, two
        yield f"a {kind} with a page behind it", picture(kind=kind) + page, two
    yield "a png with a program behind it", picture() + b"MZ" + bytes(range(1, 200)), two
    yield "a gif that is a pdf, too", picture(kind="GIF") + b"%PDF-1.7\n", two
    yield "a jpeg that is a pdf, too", picture(kind="JPEG", comment=b"%PDF-1.7"), two
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<?php system($_GET[1]); ?>")
    yield "a png with a program in its text", picture(pnginfo=told), two
    yield "a pdf with an archive behind it", pdf() + ZIP, two
    yield "a pdf with a page behind it", pdf() + page, two
    yield "a font with an archive behind it", font() + ZIP, two
    yield "a drawing with a pdf in its first lines", svg().replace(b"<defs>", b"<!-- %PDF-1.7 --><defs>"), two
    yield "two templates in one", word(mimetype="application/vnd.oasis.opendocument.text"), two


def hostile_drawings() -> Iterator[tuple[str, bytes, str]]:
    """Drawings that act, fetch or hang."""
    act, fetch, define = "contains a program", "fetches something from elsewhere", "contains definitions"
    yield "a script", svg("<script>alert(1)</script>"), act
    yield "a script of another name", svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'), act
    yield "an event", svg('<rect onload="alert(1)"/>'), act
    yield "an event in capitals", svg('<rect ONCLICK="alert(1)"/>'), act
    yield "an event of XML", svg('<rect xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>'), act
    yield "an animation of a reference", svg('<use href="#a"><set attributeName="href" to="x"/></use>'), act
    yield "an animation", svg('<rect><animate attributeName="x" to="5" dur="1s"/></rect>'), act
    yield "a javascript link", svg('<use xlink:href="javascript:alert(1)"/>'), act
    yield "an old expression", svg('<rect style="width: expression(alert(1))"/>'), act
    yield "foreign content", svg("<foreignObject/>"), "parts that are no drawing"
    yield "a page", svg('<b:iframe xmlns:b="http://www.w3.org/1999/xhtml" src="x"/>'), "parts that are no drawing"
    yield "no drawing but another root", b'<html><svg xmlns="http://www.w3.org/2000/svg"/></html>', "no drawing"
    for name, reference in {
        "the internet": "http://evil.example/a.png",
        "the internet, without saying how": "//evil.example/a.png",
        "a file": "file:///etc/passwd",
        "a file beside it": "wappen.png",
        "a part of another drawing": "other.svg#part",
        "a drawing in itself": "data:image/svg+xml;base64,PHN2Zy8+",
        "a page in itself": "data:text/html,<script>alert(1)</script>",
    }.items():
        yield f"a picture from {name}", svg(f'<image xlink:href="{reference.replace("<", "&lt;")}"/>'), fetch
        yield f"a use from {name}", svg(f'<use href="{reference.replace("<", "&lt;")}"/>'), fetch
    for name, style in {
        "an import": "@import url(http://evil.example/a.css);",
        "an import of a string": '@import "http://evil.example/a.css";',
        "an address": "rect{fill:url(http://evil.example/a)}",
        "an address in capitals": "rect{fill:URL( 'http://evil.example/a' )}",
        "an address in escapes": "rect{fill:\\75 rl(http://evil.example/a)}",
        "an address behind a comment": "rect{fill:/* */url(//evil.example/a)}",
        "a font": "@font-face{font-family:a;src:url(a.woff)}",
        "a set of pictures": "rect{fill:image-set('a.png' 1x)}",
        "a comment that never ends": "rect{fill:red} /* ",
    }.items():
        yield f"{name} in a style sheet", svg(f"<style>{style}</style>"), fetch
    yield "an address in a style", svg('<rect style="fill:url(http://evil.example/a)"/>'), fetch
    yield "an address in an attribute", svg('<rect fill="url(//evil.example/a#b)"/>'), fetch
    yield "an address of a filter", svg('<rect filter="url(&quot;file:///etc/passwd#a&quot;)"/>'), fetch
    yield "a picture for a filter", svg('<filter><feImage href="#a"/></filter>'), fetch
    yield "a link", svg('<a href="http://evil.example/"><rect/></a>'), fetch
    yield "another base", svg('<g xml:base="http://evil.example/"><use href="#a"/></g>'), fetch
    sheet = b'<?xml-stylesheet href="http://evil.example/a.css"?>\n<svg'
    yield "a style sheet from elsewhere", svg().replace(b"<svg", sheet, 1), fetch
    document_type = "<!DOCTYPE svg [{}]>\n<svg"
    for name, definition in {
        "an entity": '<!ENTITY a "b">',
        "an entity from a file": '<!ENTITY a SYSTEM "file:///etc/passwd">',
        "an entity from the internet": '<!ENTITY % a SYSTEM "http://evil.example/a.dtd"> %a;',
        "a bomb of entities": '<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)),
    }.items():
        yield name, svg("<text>&a;</text>").replace(b"<svg", document_type.format(definition).encode(), 1), define
    elsewhere = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/svg11.dtd">\n<svg'
    yield "a document type from elsewhere", svg().replace(b"<svg", elsewhere, 1), define
    yield "an encoding in which nothing is seen", svg().replace(b"UTF-8", b"UTF-7"), "is damaged"
    yield "two bytes for each letter", svg().decode().replace("UTF-8", "UTF-16").encode("utf-16"), "|"
    yield "half a drawing", svg()[:150], "is damaged"
    yield "a packed drawing", gzip.compress(svg()), "is packed"
    embedded = base64.b64encode(_tall("png", 30_000)).decode()
    yield "a huge picture in it", svg(f'<image href="data:image/png;base64,{embedded}"/>'), "has too many points"
    yield "no picture in it", svg('<image href="data:image/png;base64,AAAA"/>'), "is no file that can be kept"
    yield from _tangled_drawings()


def _tangled_drawings() -> Iterator[tuple[str, bytes, str]]:
    tangled = "is too tangled"
    levels = "".join(f'<g id="l{n}">{f"""<use href="#l{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
    yield "a bomb of uses", svg(f'<g id="l0"><rect/></g>{levels}'), tangled
    patterns = "".join(
        f'<pattern id="l{n}">{f"""<rect fill="url(#l{n - 1})"/>""" * 10}</pattern>' for n in range(1, 10)
    )
    yield "a bomb of patterns", svg(f'<pattern id="l0"><rect/></pattern>{patterns}'), tangled
    sheet = "".join(f".c{n}{{fill:url(#l{n - 1})}}" for n in range(1, 10))
    classes = "".join(f'<pattern id="l{n}">{f"""<rect class="c{n}"/>""" * 10}</pattern>' for n in range(1, 10))
    yield "a bomb of classes", svg(f"<style>{sheet}</style><pattern id='l0'><rect/></pattern>{classes}"), tangled
    yield "a use of itself", svg('<g id="a"><use href="#a"/></g>'), tangled
    yield "a chain of uses", svg("".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(20_000))), tangled
    yield "too many elements", svg("<rect/>" * 60_000), tangled
    yield "too deep", svg("<g>" * 5_000 + "</g>" * 5_000), "is damaged"
    yield "too long", svg("<!--" + "a" * 9_000_000 + "-->"), "is larger than"


def hostile_documents() -> Iterator[tuple[str, bytes, str]]:
    """PDF files, fonts and templates that act or fetch, or are not what they say."""
    act, fetch = "contains a program", "fetches something from elsewhere"
    script = b"<</S/JavaScript/JS(app.alert(1))>>"
    yield "a pdf with a script", pdf(b"3 0 obj\n" + script + b"\nendobj\n"), act
    yield "a pdf with a script in escapes", pdf(b"3 0 obj\n<</S/J#61vaScript>>\nendobj\n"), act
    yield "a pdf with a packed script", pdf(packed_objects(b"3 0 " + script)), act
    yield "a pdf that starts a program", pdf(b"3 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n"), act
    yield "a pdf with a file in it", pdf(trailer=b"/Names<</EmbeddedFiles 4 0 R>>"), act
    yield "a pdf that opens another", pdf(b"3 0 obj\n<</S/GoToR/F(other.pdf)>>\nendobj\n"), fetch
    yield "a protected pdf", pdf(b"3 0 obj\n<</Filter/Standard>>\nendobj\n", b"/Encrypt 3 0 R"), "with a password"
    yield "a pdf whose objects burst", pdf(packed_objects(bytes(64 * MEBIBYTE))), "beyond measure"
    unseen = packed_objects(b"3 0 " + script).replace(b"/FlateDecode", b"[/LZWDecode/FlateDecode]")
    yield "a pdf whose objects are packed twice", pdf(unseen), "is damaged"
    yield "half a pdf", pdf()[:60], "is damaged"
    yield "half a font", font()[:100], "is damaged"
    yield "a font without letters", font(without=b"cmap"), "is damaged"
    yield "a font without a head", font(without=b"head"), "is damaged"
    yield "a web font that bursts", woff(declared=200 * MEBIBYTE), "beyond measure|is damaged"
    yield "half a web font", woff()[:-5], "is damaged"
    yield "several fonts", b"ttcf" + bytes(60), "holds several fonts"
    yield "a template with macros", word(word__vbaProject_bin=b"\xd0\xcf\x11\xe0"), act
    yield "a template that says it has macros", word(WORD + ".macroEnabled"), act
    yield "a template that fetches its template", word(relations=EXTERNAL.format("attachedTemplate")), fetch
    yield "a template with a definition", word(word__a_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "definitions"
    yield "a template that bursts", word(word__a_xml="<a/>" + " " * 60 * MEBIBYTE), "beyond measure"
    yield "an open document with macros", open_document(Basic__Standard__a_xml="<a/>"), act
    fetched = '<draw:image xlink:href="http://evil.example/a.png"/>'
    yield "an open document that fetches a picture", open_document(fetched), fetch
    yield "an archive", ZIP, "is an archive"
    yield "an open document of another kind", open_document(kind="database"), "is an archive"
    yield "an old document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "in an old format"


def strangers() -> Iterator[tuple[str, bytes, str]]:
    """Files of kinds that are not kept."""
    for kind in ("TIFF", "BMP"):
        written = BytesIO()
        Image.new("RGB", (9, 9)).save(written, kind)
        yield kind, written.getvalue(), "of a kind that platforms do not take"
    yield "a photograph of a telephone", b"\0\0\0\x20ftypheic" + bytes(40), "of a kind that platforms do not take"
    yield "a working file", b"8BPS\0\x01" + bytes(40), "working file of a design program"
    yield "text", b"no picture at all", "is no file that can be kept here"
    yield "a page of the web", b"<!doctype html><p>Hello</p>", "is no file that can be kept here"
    yield "a program", b"\x7fELF" + bytes(60), "is no file that can be kept here"


def everything() -> dict[str, tuple[bytes, str]]:
    """Return all of them by name, with a pattern of the sentence; "|" where a file may also pass."""
    kinds = (damaged_pictures, double_files, hostile_drawings, hostile_documents, strangers)
    return {name: (data, sentence) for kind in kinds for name, data, sentence in kind()}
