"""Files made to break a reader of lists, each with what is to come of it.

The outcome is a word of the reason (core/exchange/refusals.py), "read", or "either" where the parsers may decide.
"""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, dimension: str = "A1", before: str = "") -> str:
    opening = f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">'
    return f'{opening}<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'


def parts(rows: str = f'<row r="1">{cell("A1", "Netzwerk")}</row>', sheets: int = 1) -> dict[str, str | bytes]:
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="Blatt {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>' for n in numbers
    )
    strings = f'<Relationship Id="rIdS" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{TYPE}.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" '
        f'ContentType="{TYPE}.sharedStrings+xml"/>{typed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}{strings}'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>eins</t></si></sst>',
        **{f"xl/worksheets/sheet{n}.xml": sheet(rows) for n in numbers},
    }


def packed(content: dict[str, str | bytes], more: list[tuple[str, bytes]] | None = None) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in [*content.items(), *(more or [])]:
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def xlsx(rows: str, sheets: int = 1, **changed: str | bytes) -> bytes:
    """A workbook whose sheets hold these rows, with parts replaced by keyword: sheet, strings, workbook, relations."""
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "workbook": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
    }
    return packed(parts(rows, sheets) | {names[key]: text for key, text in changed.items()})


def ods(table: str, **more: str) -> bytes:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content {namespaces}>{body}</office:document-content>"
    manifest = more.get("manifest", "<manifest/>")
    return packed({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_cell(repeated_rows: int, repeated_columns: int) -> bytes:
    return ods(
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{repeated_rows}"><table:table-cell '
        f'table:number-columns-repeated="{repeated_columns}" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )


def overlapping() -> bytes:
    """Many directory entries that share one packed content, as in David Fifield's bombs."""
    content = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = content.compress(b"<a>" + b" " * 500_000) + content.flush()
    name = b"xl/worksheets/sheet1.xml"
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 1, len(body), 500_003, len(name), 0)
    file = head + name + body
    directory = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 1, len(body), 500_003, len(name), 0, 0, 0, 0, 0, 0
        )
        + name[:-5]
        + b"%05d" % n
        for n in range(5000)
    )
    return file + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 5000, 5000, len(directory), len(file), 0)


def with_directory_field(data: bytes, offset: int, value: bytes) -> bytes:
    """The archive with one field of each directory entry overwritten."""
    changed = bytearray(data)
    position = changed.find(b"PK\x01\x02")
    while position >= 0:
        changed[position + offset : position + offset + len(value)] = value
        position = changed.find(b"PK\x01\x02", position + 4)
    return bytes(changed)


def crafted() -> dict[str, tuple[bytes, str]]:
    """Return file names with their content and the outcome."""
    return {**_archives(), **_sheets(), **_other_formats(), **_texts()}


def _archives() -> dict[str, tuple[bytes, str]]:
    plain = packed(parts())
    doubled = packed({n.replace("sharedStrings", "SHAREDSTRINGS"): t for n, t in parts().items()})
    return {
        "bomb.xlsx": (xlsx("", sheet=b"<worksheet>" + b" " * 200_000_000), "burst"),
        "parts.xlsx": (packed(parts(), [(f"x/{n}", b"") for n in range(10_001)]), "burst"),
        "nested.xlsx": (packed({"list.xlsx": plain}), "archive"),
        "doubled.xlsx": (
            packed(parts(), [("xl/worksheets/sheetX.xml", b"<a/>")]).replace(b"sheetX.xml", b"sheet1.xml"),
            "damaged",
        ),
        "same-name-other-case.xlsx": (doubled, "either"),
        "overlapping.xlsx": (overlapping(), "burst"),
        "smaller-than-true.xlsx": (with_directory_field(plain, 24, struct.pack("<L", 10)), "damaged"),
        "larger-than-true.xlsx": (with_directory_field(plain, 24, struct.pack("<L", 2**30)), "burst"),
        "wrong-sum.xlsx": (with_directory_field(plain, 16, b"\1\2\3\4"), "damaged"),
        "protected-zip.xlsx": (with_directory_field(plain, 8, b"\1\0"), "password"),
        "unknown-packing.xlsx": (with_directory_field(plain, 10, b"\x63\0"), "damaged"),
        "far-offset.xlsx": (with_directory_field(plain, 42, b"\xf0\xff\xff\xff"), "damaged"),
        "wide-field-missing.xlsx": (with_directory_field(plain, 24, b"\xff\xff\xff\xff"), "damaged"),
        "climbing-names.xlsx": (packed(parts(), [("../../../../tmp/climbed", b"x"), ("/etc/x.xml", b"<a/>")]), "read"),
        "empty-archive.xlsx": (packed({}), "not-a-list"),
        "no-directory.xlsx": (plain[: plain.find(b"PK\x01\x02")], "damaged"),
        "after-a-program.xlsx": (b"MZ\0\0" * 200 + plain, "not-a-list"),
    }


def _sheets() -> dict[str, tuple[bytes, str]]:
    row = f'<row r="1">{cell("A1", "x")}</row>'
    far = f'{row}<row r="1048576">{cell("XFD1048576", "y")}</row>'
    external = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    late = f"<!-- <a> --><?pi <a>?>{LAUGHS}"
    nowhere = parts()["xl/_rels/workbook.xml.rels"]
    assert isinstance(nowhere, str)
    return {
        "laughs.xlsx": (xlsx("", sheet=sheet(row, before=LAUGHS)), "entities"),
        "hidden-laughs.xlsx": (xlsx("", sheet=sheet(row, before=late)), "entities"),
        "strings-laughs.xlsx": (xlsx(row, strings=f"{LAUGHS}<sst/>"), "entities"),
        "external-entity.xlsx": (xlsx(row, workbook=f"{external}<workbook/>"), "entities"),
        "utf-16-laughs.xlsx": (xlsx("", sheet=f"{LAUGHS}<a/>".encode("utf-16")), "damaged"),
        "sparse.xlsx": (xlsx(far), "read"),
        "sparse-many.xlsx": (xlsx(far, sheets=40), "too-many-cells"),
        "huge-dimension.xlsx": (xlsx("", sheet=sheet(row, "A1:XFD1048576")), "read"),
        "false-dimension.xlsx": (xlsx("", sheet=sheet(row, "A1:ZZZZZZ99999999999999999999")), "either"),
        "row-beyond.xlsx": (xlsx(f'{row}<row r="4294967295">{cell("A4294967295", "x")}</row>'), "either"),
        "row-astronomic.xlsx": (xlsx(f'<row r="99999999999">{cell("A99999999999", "x")}</row>'), "either"),
        "row-negative.xlsx": (xlsx(f'<row r="-1">{cell("A-1", "x")}</row>'), "either"),
        "column-beyond.xlsx": (xlsx(f'<row r="1">{cell("ZZZ1", "x")}</row>'), "too-many-cells"),
        "column-astronomic.xlsx": (xlsx(f'<row r="1">{cell("ZZZZZZZ1", "x")}</row>'), "either"),
        "broken-strings.xlsx": (xlsx('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "either"),
        "strings-no-number.xlsx": (xlsx('<row r="1"><c r="A1" t="s"><v>-x</v></c></row>'), "either"),
        "numbers.xlsx": (xlsx('<row r="1"><c r="A1"><v>1E999</v></c><c r="B1"><v>NaN</v></c></row>'), "either"),
        "no-number.xlsx": (xlsx('<row r="1"><c r="A1"><v>zwölf</v></c></row>'), "either"),
        "unfinished.xlsx": (xlsx("", sheet=sheet(row)[:-30]), "either"),
        "deep.xlsx": (xlsx("", sheet=sheet("<a>" * 200_000)), "either"),
        "no-sheet.xlsx": (xlsx(row, relations=nowhere.replace("sheet1.xml", "sheet9.xml")), "either"),
        "sheet-outside.xlsx": (xlsx(row, relations=nowhere.replace("worksheets/", "../../../etc/")), "either"),
        "no-workbook.xlsx": (xlsx(row, workbook=""), "either"),
        "control-text.xlsx": (xlsx(f'<row r="1">{cell("A1", "a_x0000_b_xD800_")}</row>'), "read"),
        "wide-ods.ods": (ods_cell(1, 2_000_000_000), "either"),
        "tall.ods": (ods_cell(2_000_000_000, 1), "either"),
        "large.ods": (ods_cell(1_048_576, 16_384), "either"),
        "negative.ods": (ods_cell(-1, -1), "either"),
        "protected.ods": (ods("", manifest="<m><encryption-data/></m>"), "password"),
        "laughs.ods": (ods("", manifest=f"{LAUGHS}<m/>"), "entities"),
    }


def _other_formats() -> dict[str, tuple[bytes, str]]:
    noise = random.Random(4).randbytes(50_000)
    return {
        "encrypted.xlsx": (COMPOUND_FILE + noise + "EncryptedPackage".encode("utf-16-le") + noise, "password"),
        "letter.xls": (COMPOUND_FILE + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(512), "not-a-list"),
        "broken.xls": (COMPOUND_FILE + bytes(512) + "Workbook".encode("utf-16-le") + noise, "either"),
        "page.xls": (b"\r\n<html><body><table><tr><td>Facebook</td></tr></table></body></html>", "web-page"),
        "page-utf16.xls": ("<!DOCTYPE html><p>x".encode("utf-16"), "web-page"),
        "spreadsheet2003.xls": (b'<?xml version="1.0"?><Workbook xmlns="urn:x"></Workbook>', "markup"),
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n" + noise, "not-a-list"),
        "paper.xlsx": (b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 100, "not-a-list"),
        "letter.docx": (packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>"}), "not-a-list"),
        "letter.odt": (packed({"mimetype": ODS.replace("spreadsheet", "text"), "content.xml": "<c/>"}), "not-a-list"),
        "binary.xlsb": (packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0"}), "xlsb"),
        "noise.csv": (noise, "not-a-list"),
        "packed.csv": (b"\x1f\x8b" + noise, "not-a-list"),
        "program.csv": (b"\x7fELF\2\1\1" + bytes(300), "not-a-list"),
    }


def _texts() -> dict[str, tuple[bytes, str]]:
    return {
        "empty.csv": (b"", "empty"),
        "mark-only.csv": (b"\xef\xbb\xbf\r\n", "empty"),
        "blank.csv": (b" \r\n\t\r\n", "empty"),
        "nuls.csv": (bytes(4096), "not-a-list"),
        "nuls-utf16.csv": (b"\xff\xfe" + bytes(4096), "not-a-list"),
        "one-line.csv": (b"x" * 10_000_000, "read"),
        "one-line-of-cells.csv": (b"x;" * 5_000_000, "too-many-cells"),
        "many-cells.csv": ((b";".join([b"x"] * 1000) + b"\n") * 5_100, "too-many-cells"),
        "many-rows.csv": (b"x\n" * 1_100_000, "too-many-cells"),
        "quotes.csv": (b'a;b\n"never closed;c\nd;e\n', "open-quote"),
        "only-quotes.csv": (b'"' * 100_001, "open-quote"),
        "surrogates-utf8.csv": (b"Name;Wert\n\xed\xa0\x80;\xed\xbf\xbf\n", "read"),
        "surrogates-utf16.csv": (b"\xff\xfe" + "Name;Wert\n".encode("utf-16-le") + b"\x00\xd8;\x00\n\x00", "read"),
        "odd-length-utf16.csv": (b"\xff\xfea\x00;\x00b", "read"),
        "beyond-utf32.csv": (b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 5, "read"),
        "separators.csv": (b";,\t|" * 1000, "read"),
        "announced.csv": (b"sep=\n\nx", "read"),
        "announced-quote.csv": (b'sep="\nx"y', "either"),
        "returns.csv": (b"a;b\rc;d\r\r\ne;f\n\r", "read"),
    }
