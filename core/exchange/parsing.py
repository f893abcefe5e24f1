"""Runs inside the limited child process: reads one list from standard input and writes its rows to standard output.

Started for every import, so it imports only what this one file needs, and when it needs it. A frame is a length of four
bytes and a marshalled tuple: marshal is built in and twice as fast as json, and the parent bounds every frame.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from _thread import allocate_lock, start_new_thread
from datetime import date, datetime, time, timedelta
from io import BytesIO

from core.exchange.archive import Part, inspect, kind_of_archive, open_archive, unpacked
from core.exchange.limits import MAX_COLUMNS, MAX_ROWS, Refused, limit_this_process

TYPE_CHECKING = False
if TYPE_CHECKING:  # The typing module itself would cost the child five milliseconds.
    from collections.abc import Iterable, Sequence
    from typing import Any

_ROWS_A_FRAME = 500
_MARSHAL_VERSION = 2  # Later versions look for repeated objects, which costs more than it saves here.
_PLAIN = {str, int, float, bool, type(None)}
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def main() -> None:
    """Parse standard input; the arguments are "quick", "patient", "picture", "asset" or "keepass", and its seconds."""
    if sys.argv[-2] == "picture":
        from core.exchange.picturing import main as make_picture  # lists need none of it

        make_picture()
        return
    if sys.argv[-2] == "asset":
        from core.exchange.pictures.inside import main as look_at_asset

        look_at_asset()
        return
    if sys.argv[-2] == "keepass":
        from core.exchange.keepass.opening import main as open_keepass

        open_keepass()
        return
    patient = sys.argv[-2] == "patient"
    # Nothing here forms cycles except openpyxl, and a collection walks every row read so far.
    if not patient:
        gc.disable()
    # From here on no file can be written, the interpreter's own cache included.
    sys.dont_write_bytecode = True
    limit_this_process(int(sys.argv[-1]))
    try:
        _read(sys.stdin.buffer.read(), patient=patient)
    except Refused as refusal:
        _send("refused", refusal.reason, refusal.row)
    except MemoryError:
        _send("refused", "memory", 0)
    # Everything is sent; to take the rows apart one by one would only cost time.
    os._exit(0)


def _read(data: bytes, *, patient: bool) -> None:
    if data.startswith(b"PK\x03\x04"):
        _read_archive(data, patient=patient)
    elif data.startswith(_COMPOUND_FILE):
        _read_compound_file(data)
    else:
        _read_text(data)


def _read_archive(data: bytes, *, patient: bool) -> None:
    parts = open_archive(data)
    kind = kind_of_archive(data, parts)
    _send("kind", kind)
    inspection = _Inspection(data, parts, kind)
    if patient or not sys.platform.startswith("linux"):
        # Without a memory limit nothing may be parsed before its true size is known.
        inspection.result()
    if patient:
        _send_patiently(data, unpacked(data, parts["xl/workbook.xml"]).count(b"<sheet "))
    else:
        _send_quickly(_archive_sheets(data, parts, kind, inspection))
    _send("done", None, None)


def _archive_sheets(data: bytes, parts: dict[str, Part], kind: str, inspection: _Inspection) -> list[tuple[str, Any]]:
    try:
        sheets = _sheets(data)
    except Refused:
        # Its reason is the better one; and an error newer than calamine, such as #SPILL!, is no damage.
        if not inspection.result():
            raise
    else:
        if not inspection.result():
            return sheets
    from core.exchange.error_cells import with_errors_as_text  # Few lists hold error cells.

    return _sheets(with_errors_as_text(data, parts, kind))


class _Inspection:
    """The check of all parts, made beside the parser, which leaves the interpreter free while it works."""

    def __init__(self, data: bytes, parts: dict[str, Part], kind: str) -> None:
        self._running = allocate_lock()
        self._running.acquire()
        self._outcome: bool | Refused = Refused("damaged")
        start_new_thread(self._run, (data, parts, kind))

    def result(self) -> bool:
        """Wait, and return whether there are error cells.

        Raises:
            Refused: The archive must not be read.
        """
        with self._running:
            if isinstance(self._outcome, Refused):
                raise self._outcome
            return self._outcome

    def _run(self, data: bytes, parts: dict[str, Part], kind: str) -> None:
        try:
            self._outcome = inspect(data, parts, kind)
        except Refused as refusal:
            self._outcome = refusal
        except MemoryError:
            self._outcome = Refused("memory")
        finally:
            self._running.release()


def _read_compound_file(data: bytes) -> None:
    """Read an old workbook; the same container holds encrypted new ones and other documents."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("password")
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Refused("not-a-list")
    _send("kind", "xls")
    try:
        _send_quickly(_sheets(data))
    except Refused as refusal:
        # calamine does not say that it only lacked the password.
        raise Refused("password") if _begins_with_password_record(data) else refusal from refusal
    _send("done", None, None)


def _begins_with_password_record(data: bytes) -> bool:
    """Look for FILEPASS among the first records. Source: [MS-XLS] 2.4.117."""
    position = max(data.find(b"\x09\x08\x10\0"), data.find(b"\x09\x08\x08\0"))
    for _number in range(4):
        if data[position : position + 2] == b"\x2f\0":
            return True
        position += 4 + int.from_bytes(data[position + 2 : position + 4], "little")
    return False


def _read_text(data: bytes) -> None:
    from core.exchange.delimited import read_delimited  # workbooks do not need it

    rows, encoding, separator = read_delimited(data)
    _send("kind", "csv")
    _send("sheet", "", 0)
    _send_rows(rows)
    _send("done", encoding, separator)


def _sheets(data: bytes) -> list[tuple[str, Any]]:
    """Parse with calamine, which is fast but aborts on a sheet with two cells far apart."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

    try:
        workbook = load_workbook(BytesIO(data))
        return [
            (described.name, workbook.get_sheet_by_index(number))
            for number, described in enumerate(workbook.sheets_metadata)
            if described.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError as error:
        raise Refused("damaged") from error


def _send_quickly(sheets: list[tuple[str, Any]]) -> None:
    for name, sheet in sheets:
        # iter_rows begins at row 1 but at the first used column.
        column = sheet.start[1] if sheet.start else 0
        if column >= MAX_COLUMNS:
            raise Refused("too-many-cells")
        _send("sheet", name, column)
        _send_rows(sheet.iter_rows() if sheet.start else ())


def _send_patiently(data: bytes, sheets: int) -> None:
    """Read with openpyxl, row by row, trusting no declared dimension."""
    from openpyxl import load_workbook  # slow to import, and rarely wanted

    workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
    if len(workbook.sheetnames) != sheets:
        # openpyxl passes over a sheet whose part is missing.
        raise Refused("damaged")
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        _send("sheet", sheet.title, 0)
        _send_rows(sheet.iter_rows(values_only=True))


def _send_rows(rows: Iterable[Sequence[Any]]) -> None:
    batch: list[Sequence[Any]] = []
    tags = _Tags()
    for number, row in enumerate(rows):
        cells = row
        if not _PLAIN.issuperset(map(type, cells)):
            cells = [cell if type(cell) in _PLAIN else tags[cell] for cell in cells]
        batch.append(cells)
        if number >= MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise Refused("too-many-cells")
        if len(batch) == _ROWS_A_FRAME:
            _send("rows", batch)
            batch = []
    _send("rows", batch)


class _Tags(dict[object, object]):
    """The tagged form of each date met so far; the same days come up again and again in a list."""

    def __missing__(self, cell: object) -> object:
        tag = self[cell] = _tagged(cell)
        return tag


def _tagged(cell: object) -> bytes | str:
    """Write what marshal does not know as bytes, which no cell is: ISO 8601, always to the microsecond."""
    match cell:
        case datetime() | time():
            return cell.isoformat(timespec="microseconds").encode()
        case date():
            return cell.isoformat().encode()
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        case _:
            return str(cell)


def _send(*message: Any) -> None:
    payload = marshal.dumps(message, _MARSHAL_VERSION)
    sys.stdout.buffer.write(len(payload).to_bytes(4, "big"))
    sys.stdout.buffer.write(payload)
    sys.stdout.buffer.flush()
