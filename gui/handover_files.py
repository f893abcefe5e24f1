"""Saving the files of a handover for the other one: what is signed, and what is sealed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from core.cloud_folders import cloud_warning
from core.custody.handover.letters import one_letter
from core.custody.handover.mailbox import BUNDLE, CARD, REQUEST, STATEMENT, bundle_name, card_name, statement_name
from core.errors import RegistryError, UnusableFileError
from core.exchange.targets import refuse_kept
from core.i18n import _, ngettext
from core.storage.places import written_aside
from core.system_reasons import reason_of
from gui.dialogs.file_decision import documents_folder
from gui.tasks import Job, Lane
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.handover.formats.statements import Statement
    from core.custody.handover.record.record_file import RecordFile
    from core.custody.identity.cards import Card

RECORD = ".protokoll"


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """One file to be saved.

    Attributes:
        name: What it is called.
        content: What is in it.
        lies_as: Under which name the other side finds it in a shared folder; empty for what is for nobody else.
        by: Who signed it.
    """

    name: str
    content: bytes
    lies_as: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Did:
    """What a step brought forth.

    Attributes:
        told: What was done, in sentences.
        files: What is for the other side.
        hint: A quiet sentence about the files.
        is_awaited: Whether the other side cannot go on without the files.
        by_hand: Which of the sentences is true only where the files are sent by hand.
    """

    told: tuple[str, ...]
    files: tuple[HandoverFile, ...] = ()
    hint: str = ""
    is_awaited: bool = False
    by_hand: str = ""

    def lying(self, where: str) -> Did:
        """Return the same where the files lie in the shared folder, which a sentence says."""
        return Did((*(one for one in self.told if one != self.by_hand), where))


def statement_file(statement: Statement) -> HandoverFile:
    """Return a statement as a file whose name says what it is and from whom."""
    from core.model import Act

    ending = REQUEST if statement.act is Act.REQUEST else STATEMENT
    told = f"{_(statement.act.label)} {statement.by.name} {statement.digest[:4]}"
    name = statement.by.name
    return HandoverFile(_plain(told) + ending, statement.file_text.encode(), statement_name(statement), name)


def bundle_file(statement: Statement, content: bytes) -> HandoverFile:
    """Return a sealed file."""
    told = _("Handover {name}").format(name=f"{statement.by.name} {statement.digest[:4]}")
    return HandoverFile(_plain(told) + BUNDLE, content, bundle_name(statement.handover), statement.by.name)


def record_file(record: RecordFile) -> HandoverFile:
    """Return the record of a handover as a file."""
    told = _("Handover record {name}").format(name=f"{record.by.name} {record.made_at:%Y-%m-%d}")
    return HandoverFile(_plain(told) + RECORD, record.file_text.encode())


def card_file(card: Card, addressee: UUID) -> HandoverFile:
    """Return a key card as a file for somebody who is to compare words with its owner."""
    return HandoverFile(_plain(card.name) + CARD, card.file_text.encode(), card_name(card, addressee), card.name)


def joined(files: Sequence[HandoverFile]) -> list[HandoverFile]:
    """Return the files to be saved by hand: what is signed goes into one, what is sealed stays by itself."""
    signed = [one for one in files if Path(one.name).suffix in {REQUEST, STATEMENT}]
    if len(signed) < 2:
        return list(files)
    told = _("Handover {name}").format(name=f"{signed[-1].by} {Path(signed[-1].name).stem[-4:]}")
    letter = HandoverFile(_plain(told) + STATEMENT, one_letter(one.content for one in signed), by=signed[-1].by)
    return [letter, *(one for one in files if one not in signed)]


def about_files(files: Sequence[HandoverFile]) -> str:
    """Say for whom files are, empty where there are none."""
    if not files:
        return ""
    if len(joined(files)) > 1:
        return _(
            "The files are for the other copy of the registry; save them now, or all at once in the end. If you "
            "both work with the same registry file, they are not needed."
        )
    return _(
        "The file is for the other copy of the registry; nothing in it is secret. If you both work with the same "
        "registry file, it is not needed."
    )


def save_files(
    workspace: Workspace,
    files: Sequence[HandoverFile],
    parent: QWidget,
    then: Callable[[], None],
    failed: Callable[[RegistryError], None],
) -> bool:
    """Ask where to, and save one file for all that is signed; with a sealed one beside it, both into a folder.

    Args:
        workspace: The open registry.
        files: What is saved.
        parent: The dialog that asks.
        then: Called once all of it is saved.
        failed: Gets why it could not be saved.

    Returns:
        Whether somebody said where to.
    """
    together = joined(files)
    targets = _chosen(together, parent)
    if not targets:
        return False
    registry = workspace.registry.path

    def write(_job: Job) -> str:
        for target, file in zip(targets, together, strict=True):
            refuse_kept(target, registry)
            _write(target, file.content)
        return cloud_warning(targets[0])

    def written(warning: str) -> None:
        told = ngettext("Saved: “{file}”.", "Saved: {count} files.", len(targets))
        workspace.say(told.format(file=targets[0].name, count=len(targets)))
        if warning:
            workspace.warned.emit(warning)
        then()

    workspace.tasks.run(Lane.DATABASE, write, written, failed=failed, owner=parent)
    return True


def _write(target: Path, content: bytes) -> None:
    try:
        with written_aside(target) as aside:
            aside.write_bytes(content)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be used: {reason}").format(path=target, reason=reason_of(error, writing=True))
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
