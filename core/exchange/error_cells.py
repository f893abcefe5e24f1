"""Makes error cells readable: calamine drops #REF! and its like, so they are turned into plain text beforehand."""

import re
import zipfile
from io import BytesIO

from core.exchange.archive import Part, unpacked

# A tag never holds a raw "<", so that neither pattern can touch the text of a cell.
_XLSX = re.compile(rb'(<(?:\w+:)?c\b[^<>]*?\st=")e(")')
_ODS = re.compile(rb'(<table:table-cell\b[^<>]*?)\soffice:string-value=""([^<>]*\scalcext:value-type="error")')


def with_errors_as_text(data: bytes, parts: dict[str, Part], kind: str) -> bytes:
    """Return the same workbook with its error cells typed as text, packed without compression."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part in parts.values():
            if part.name.endswith((".xml", ".rels")) or part.name == "mimetype":
                archive.writestr(zipfile.ZipInfo(part.name), _retyped(part.name, unpacked(data, part), kind))
    return packed.getvalue()


def _retyped(name: str, text: bytes, kind: str) -> bytes:
    if kind == "xlsx" and name.startswith("xl/worksheets/"):
        return _XLSX.sub(rb"\1str\2", text)
    if kind == "ods" and name == "content.xml":
        return _ODS.sub(rb"\1\2", text)
    return text
