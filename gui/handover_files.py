"""Saving the files of a handover for the other one: what is signed, and what is sealed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import RegistryError, UnusableFileError
from core.i18n import _, ngettext
from core.storage.places import written_aside
from gui.dialogs.file_decision import documents_folder
from gui.tasks import Job, Lane
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.handover.formats.statements import Statement
    from core.custody.handover.record.record_file import RecordFile

BUNDLE, REQUEST, STATEMENT, RECORD = ".uebergabe", ".anfrage", ".aussage", ".protokoll"


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """One file to be saved.

    Attributes:
        name: What it is called.
        content: What is in it.
    """

    name: str
    content: bytes


def statement_file(statement: Statement) -> HandoverFile:
    """Return a statement as a file whose name says what it is and from whom."""
    from core.model import Act

    ending = REQUEST if statement.act is Act.REQUEST else STATEMENT
    told = f"{_(statement.act.label)} {statement.by.name} {statement.digest[:4]}"
    return HandoverFile(_plain(told) + ending, statement.file_text.encode())


def bundle_file(statement: Statement, content: bytes) -> HandoverFile:
    """Return a sealed file."""
    told = _("Handover {name}").format(name=f"{statement.by.name} {statement.digest[:4]}")
    return HandoverFile(_plain(told) + BUNDLE, content)


def record_file(record: RecordFile) -> HandoverFile:
    """Return the record of a handover as a file."""
    told = _("Handover record {name}").format(name=f"{record.by.name} {record.made_at:%Y-%m-%d}")
    return HandoverFile(_plain(told) + RECORD, record.file_text.encode())


def save_files(
    workspace: Workspace,
    files: Sequence[HandoverFile],
    parent: QWidget,
    then: Callable[[], None],
    failed: Callable[[RegistryError], None],
) -> None:
    """Ask where to, and save one file, or several into a folder.

    Args:
        workspace: The open registry.
        files: What is saved.
        parent: The dialog that asks.
        then: Called once all of it is saved.
        failed: Gets why it could not be saved.
    """
    targets = _chosen(files, parent)
    if not targets:
        return

    def write(_job: Job) -> None:
        for target, file in zip(targets, files, strict=True):
            _write(target, file.content)

    def written(_none: None) -> None:
        told = ngettext("Saved: “{file}”.", "Saved: {count} files.", len(targets))
        workspace.say(told.format(file=targets[0].name, count=len(targets)))
        then()

    workspace.tasks.run(Lane.DATABASE, write, written, failed=failed, owner=parent)


def _write(target: Path, content: bytes) -> None:
    try:
        with written_aside(target) as aside:
            aside.write_bytes(content)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be used: {reason}").format(path=target, reason=error.strerror or str(error))
        ) from error


def _chosen(files: Sequence[HandoverFile], parent: QWidget) -> list[Path]:
    if len(files) == 1:
        suggested = str(documents_folder() / files[0].name)
        kind = f"*{Path(files[0].name).suffix}"
        chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save file"), suggested, kind)
        return [Path(chosen)] if chosen else []
    folder = QFileDialog.getExistingDirectory(parent, _("Folder for the files"), str(documents_folder()))
    return [Path(folder) / file.name for file in files] if folder else []


def _plain(name: str) -> str:
    return re.sub(r"[^\w.]+", "-", name).strip("-.")
