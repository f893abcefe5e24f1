"""A document as OpenDocument text, which every word processor opens, with headings, lists and tables to edit.

Qt writes this format without headings and tears tables apart, so the few kinds of blocks are written here.
Source: OASIS Open Document Format 1.2, part 1.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET  # Our own text is read, nothing from outside.
from xml.sax.saxutils import escape

from core.protection.documents.odt_styles import FO, PAGE_WIDTH, SPACES, styles_of, table_styles

_TYPE = "application/vnd.oasis.opendocument.text"
_STAMP = (1980, 1, 1, 0, 0, 0)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_MARKS = {"b": "bold", "i": "italic", "blank": "blank", "muted": "muted"}


def odt_of(body: str, language: str) -> bytes:
    """Return a document.

    Args:
        body: Its blocks as XHTML: h1 to h3, p, ul, table; within them b, i, br and span.
        language: Its language's key.
    """
    content, styles = _content(ET.fromstring(f"<body>{body}</body>")), styles_of(language)  # noqa: S314 - our own text
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        _put(pack, "mimetype", _TYPE, zipfile.ZIP_STORED)  # It must come first and be readable as it is.
        for name, text in (("META-INF/manifest.xml", _MANIFEST), ("content.xml", content), ("styles.xml", styles)):
            _put(pack, name, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _put(pack: zipfile.ZipFile, name: str, text: str, method: int) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = method
    pack.writestr(entry, text)


def _content(body: ET.Element) -> str:
    columns = "".join(f"{style}" for style in _column_styles(body))
    blocks = "".join(_block(block, number) for number, block in enumerate(body))
    return (
        f'<office:document-content {SPACES} {FO} office:version="1.2"><office:automatic-styles>{table_styles()}'
        f"{columns}</office:automatic-styles><office:body><office:text>{blocks}</office:text></office:body>"
        "</office:document-content>"
    )


def _column_styles(body: ET.Element) -> Iterator[str]:
    for number, table in enumerate(body):
        for place, width in enumerate(_widths(table) if table.tag == "table" else ()):
            yield (
                f'<style:style style:name="t{number}.{place}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>'
            )


def _widths(table: ET.Element) -> list[float]:
    first = next(table.iter("tr"))
    shares = [float((cell.get("width") or "0").rstrip("%")) for cell in first]
    return [PAGE_WIDTH * (share or 100 / len(shares)) / 100 for share in shares]


def _block(block: ET.Element, number: int) -> str:
    match block.tag:
        case "h1" | "h2" | "h3" as tag:
            return f'<text:h text:style-name="{tag}" text:outline-level="{tag[1]}">{_inline(block)}</text:h>'
        case "ul":
            items = "".join(f"<text:list-item>{_paragraph(item, 'item')}</text:list-item>" for item in block)
            return f'<text:list text:style-name="dots">{items}</text:list>'
        case "table":
            return _table(block, number)
        case _:
            return _paragraph(block, "subtitle" if block.get("class") == "muted" else "text")


def _paragraph(block: ET.Element, style: str) -> str:
    return f'<text:p text:style-name="{style}">{_inline(block)}</text:p>'


def _table(table: ET.Element, number: int) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="t{number}.{place}"/>' for place in range(len(_widths(table)))
    )
    head = "".join(_row(row) for part in table.iter("thead") for row in part)
    rows = "".join(_row(row) for row in table if row.tag == "tr")
    top = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
    return (
        f'<table:table table:name="table{number}" table:style-name="wide">{columns}{top}{rows}</table:table>'
        '<text:p text:style-name="gap"/>'
    )


def _row(row: ET.Element) -> str:
    return f'<table:table-row table:style-name="whole">{"".join(map(_cell, row))}</table:table-row>'


def _cell(cell: ET.Element) -> str:
    style = "head" if cell.tag == "th" else "cell"
    return (
        f'<table:table-cell table:style-name="box" office:value-type="string">{_paragraph(cell, style)}'
        "</table:table-cell>"
    )


def _inline(block: ET.Element) -> str:
    parts = [_words(block.text)]
    for part in block:
        inside = "<text:line-break/>" if part.tag == "br" else _marked(part)
        parts += [inside, _words(part.tail)]
    return "".join(parts).strip()


def _marked(part: ET.Element) -> str:
    mark = _MARKS.get(part.get("class") or part.tag)
    return f'<text:span text:style-name="{mark}">{_inline(part)}</text:span>' if mark else _inline(part)


def _words(text: str | None) -> str:
    """Return a text with the breaks of our own lines as spaces."""
    if not text:
        return ""
    before, after = (" " if edge.isspace() and edge != "\u00a0" else "" for edge in (text[0], text[-1]))
    return f"{before}{escape(' '.join(text.split()))}{after}" if text.strip() else " "
