"""What becomes of a file that is opened or dropped: a table from the kind of file to the step that it leads to.

A new kind is one line: in `BY_ENDING` where the name says enough, in `WAYS` where the content does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.custody.identity.armor import LARGEST, Kind, unarmored
from core.custody.identity.cards import read_card
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.statements import Said, read_statement
from core.errors import RegistryError, UnusableFileError
from core.i18n import _
from gui.tasks import Lane
from gui.workspace import Workspace

Open = Callable[[Workspace, Path, QWidget], None]
Way = Callable[[Workspace, bytes, QWidget], None]


def choose_file(workspace: Workspace, window: QWidget) -> None:
    """Let the user choose a file, and open it."""
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open file"), str(Path.home()))
    if chosen:
        open_file(workspace, Path(chosen), window)


def open_file(workspace: Workspace, file: Path, window: QWidget) -> None:
    """Lead a file to its step; what is no use for anything is said."""
    if (way := BY_ENDING.get(file.suffix.lower())) is not None:
        way(workspace, file, window)
        return

    def go_on(content: bytes) -> None:
        open_content(workspace, content, window, name=file.name)

    workspace.tasks.run(Lane.DATABASE, lambda _job: _beginning(file), go_on, owner=window)


def open_content(workspace: Workspace, content: bytes, window: QWidget, *, name: str = "") -> None:
    """Lead the content of a file, or a text that was pasted, to its step."""
    try:
        kind = _kind_of(content, name)
        if kind not in WAYS:
            raise RefusedError(Refusal.NEWER_FORMAT)
        WAYS[kind](workspace, content, window)
    except RegistryError as error:
        workspace.fail(error)


def _kind_of(content: bytes, name: str) -> str:
    for mark, kind in MARKS.items():
        if mark in content:
            return kind
    try:
        return unarmored(content)[0]
    except RefusedError as error:
        if name and error.code in {Refusal.NOT_OURS, Refusal.TOO_LARGE}:
            raise UnusableFileError(
                _("“{name}” is nothing that this program opens: no list, no key card, no statement.").format(name=name)
            ) from None
        raise


def _beginning(file: Path) -> bytes:
    """Read as much of a file as can matter."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=error.strerror or error)
        ) from error


def _import_list(workspace: Workspace, file: Path, window: QWidget) -> None:
    from gui.dialogs.import_list import ImportDialog

    ImportDialog(workspace, file, window).open()


def _import_keepass(workspace: Workspace, file: Path, window: QWidget) -> None:
    from gui.dialogs.import_keepass import ImportKeePassDialog

    ImportKeePassDialog(workspace, file, window).open()


def _open_registry(workspace: Workspace, file: Path, _window: QWidget) -> None:
    workspace.open(file)


def _verify_card(workspace: Workspace, content: bytes, window: QWidget) -> None:
    from gui.dialogs.verify_card import VerifyCardDialog

    VerifyCardDialog(workspace, read_card(unarmored(content)[1]), window).open()


def _take_in(said: Said) -> Way:
    def take_in(workspace: Workspace, content: bytes, window: QWidget) -> None:
        from gui.dialogs.take_in_statement import TakeInStatementDialog

        TakeInStatementDialog(workspace, read_statement(unarmored(content)[1], said), window).open()

    return take_in


BUNDLE = "BUNDLE"
MARKS: dict[bytes, str] = {b"-----BEGIN AGE ENCRYPTED FILE-----": BUNDLE}
"""What stands in files that say what they are in another way than cards and statements do."""

BY_ENDING: Mapping[str, Open] = {
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".csv"), _import_list),
    ".kdbx": _import_keepass,
    ".kanal": _open_registry,
}
WAYS: dict[str, Way] = {
    Kind.KEY_CARD: _verify_card,
    Kind.CERTIFICATE: _take_in(Said.CERTIFIED),
    Kind.REVOCATION: _take_in(Said.REVOKED),
}
