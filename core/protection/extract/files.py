"""The files of a person that are handed out beside their extract: the pictures that show them, the forms they signed.

A copy of the data is owed (Art. 15 (3) GDPR), and a fingerprint of a picture is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from core.i18n import _
from core.inventory.assets.library import shelf_of
from core.protection.extract.content import Extract, Part, Row, Told
from core.protection.extract.telling import Teller
from core.storage.places import make_private_folder, written_aside

PART = "files"
_UNUSUAL = re.compile(r"[^\w.()\[\] -]+")
_HOLDING = {"asset_version": ("sha256", "file_name"), "consent": ("form_sha256", "form_name")}
"""By table the columns that say which file of the library it is, and what it was called."""

Found = Mapping[str, Sequence[Mapping[str, Any]]]


def files_part(teller: Teller, found: Found, registry: Path) -> Part:
    """Say under which name each file is handed out; one that the library has lost is named as missing.

    Args:
        teller: Puts values into words for the person.
        found: The rows that are about them, by table.
        registry: The registry's file, beside which the library lies.
    """
    held = {sha256: (table, name) for table, sha256, name in reversed(list(_held(found)))}
    lost = {one.sha256 for one in shelf_of(registry).check(held)}
    order = sorted(held, key=lambda sha256: (*held[sha256], sha256))
    rows = []
    for number, sha256 in enumerate(order, start=1):
        table, name = held[sha256]
        given = f"{number:02}-{_plain_name(teller.others.hide(name)) or sha256[:8]}"
        rows.append(_row(sha256, table, given if sha256 not in lost else None))
    note = _(
        "These files are handed out with the extract: they lie beside it, in the folder of its name with “(files)”."
    )
    return Part(PART, _("Pictures and forms"), tuple(rows), note)


def _held(found: Found) -> Iterator[tuple[str, str, str]]:
    for table, (sha256, name) in _HOLDING.items():
        yield from ((table, row[sha256], row[name] or "") for row in found.get(table, ()) if row[sha256])


def _row(sha256: str, table: str, given: str | None) -> Row:
    what = _("Picture") if table == "asset_version" else _("Form of the consent")
    told = given or _("The library does not have this file any more. Please ask the office that keeps the register.")
    named = Told("sha256", "", "", sha256)
    return Row((Told("file", _("File"), told, given), Told("kind", _("Kind"), what, table), named))


def _plain_name(name: str) -> str:
    """Return what a file was called as a name that every system can write."""
    return _UNUSUAL.sub("_", Path(name).name)[-120:].strip(". ")


def folder_beside(target: Path) -> Path:
    """Return the folder in which the files of an extract lie."""
    return target.with_name(_("{extract} (files)").format(extract=target.stem))


def hand_out(extract: Extract, target: Path, registry: Path) -> None:
    """Write the files for the user alone, into a folder beside the extract.

    Args:
        extract: What names them.
        target: The extract's file.
        registry: The registry's file.

    Raises:
        UnusableFileError: One cannot be read or written.
    """
    for part in (one for one in extract.parts if one.key == PART):
        for values in ({one.key: one.plain for one in row.values} for row in part.rows):
            if values["file"] is not None:
                make_private_folder(folder_beside(target))
                with written_aside(folder_beside(target) / values["file"]) as aside:
                    aside.write_bytes(shelf_of(registry).read(values["sha256"]))
