"""What becomes of a file that is opened or dropped: a table from the kind of file to the step that it leads to.

A new kind is one line: in `BY_ENDING` where the name says enough, in `WAYS` where the content does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from core.custody.handover.letters import parts_of, read_letter
from core.custody.handover.mailbox import ENDINGS
from core.custody.handover.reading import Found, Sort, recognise_file
from core.custody.identity.refusals import Refusal, RefusedError
from core.errors import UnusableFileError
from core.i18n import _
from gui.tasks import Job, Lane
from gui.workspace import Workspace

Open = Callable[[Workspace, Path, QWidget], None]
Way = Callable[[Workspace, Found, QWidget], None]


def choose_file(workspace: Workspace, window: QWidget) -> None:
    """Let the user choose a file, or several of a handover, and open them."""
    chosen, _kind = QFileDialog.getOpenFileNames(window, _("Open file"), str(Path.home()))
    if chosen:
        open_files(workspace, [Path(one) for one in chosen], window)


def open_file(workspace: Workspace, file: Path, window: QWidget) -> None:
    """Lead a file to its step; what is no use for anything is said."""
    if (way := BY_ENDING.get(file.suffix.lower())) is not None:
        way(workspace, file, window)
    else:
        _lead(workspace, file, window)


def open_files(workspace: Workspace, files: Sequence[Path], window: QWidget) -> None:
    """Lead several files at once to their step: those of handovers together, pictures too, of others the first one."""
    registry = workspace.registry
    if len(files) == 1:
        open_file(workspace, files[0], window)
        return
    if all(BY_ENDING.get(file.suffix.lower()) is _add_asset for file in files):
        _add_assets(workspace, files, window)
        return

    def recognise(_job: Job) -> list[Found] | None:
        if any(file.suffix.lower() in BY_ENDING for file in files):
            return None
        person = registry.me()
        found = [one for file in files for one in _recognised(file, person)]
        return sorted(found, key=_made_at) if all(one.sort in _TOGETHER for one in found) else None

    def go_on(found: list[Found] | None) -> None:
        if found is not None:
            take_in(workspace, found, window)
        else:
            open_file(workspace, files[0], window)
            workspace.say(_("Opened: “{name}”. Drop the others one by one.").format(name=files[0].name))

    workspace.tasks.run(Lane.DATABASE, recognise, go_on, owner=window)


def open_content(workspace: Workspace, content: bytes, window: QWidget) -> None:
    """Lead a text that was pasted to its step, as if it were a file."""
    _lead(workspace, content, window)


def take_in(workspace: Workspace, found: Sequence[Found], window: QWidget, *, at_once: bool = False) -> None:
    """Lead what belongs to handovers to the dialog that takes it in.

    Args:
        workspace: The open registry.
        found: The files, in the order in which they are to be taken in.
        window: The window.
        at_once: Whether somebody has said already that it is to be taken in, unless there is something to look at.
    """
    from gui.dialogs.handover_arriving import ArrivingDialog

    ArrivingDialog(workspace, found, window, at_once=at_once).open()


def _made_at(found: Found) -> tuple[bool, str]:
    """Return what puts statements in the order in which they were made, and sealed files after them."""
    made = found.statement.made_at.isoformat() if found.statement is not None else ""
    return not made, made


def _recognised(source: Path | bytes, person: UUID | None) -> list[Found]:
    """Say what a file or a text is; one that holds several texts of handovers is several files at once."""
    content = source if isinstance(source, bytes) else read_letter(source)
    parts = parts_of(content)
    found = [recognise_file(part, person=person) for part in parts]
    if len(found) > 1 and not all(one.sort in _TOGETHER for one in found):
        raise RefusedError(Refusal.SEVERAL)
    return found


def _lead(workspace: Workspace, source: Path | bytes, window: QWidget) -> None:
    registry = workspace.registry

    def recognise(_job: Job) -> list[Found]:
        try:
            return _recognised(source, registry.me())
        except RefusedError as error:
            if isinstance(source, Path) and error.code in {Refusal.NOT_OURS, Refusal.TOO_LARGE}:
                raise _useless(source) from None
            raise

    workspace.tasks.run(Lane.DATABASE, recognise, lambda found: _go_on(workspace, found, window), owner=window)


def _go_on(workspace: Workspace, found: list[Found], window: QWidget) -> None:
    way = WAYS.get(found[0].sort)
    if len(found) > 1:
        take_in(workspace, sorted(found, key=_made_at), window)
    elif way is None:
        workspace.fail(UnusableFileError(found[0].what))
    else:
        way(workspace, found[0], window)


def _useless(file: Path) -> UnusableFileError:
    return UnusableFileError(
        _("“{name}” is nothing that this program opens: no list, no key card, nothing of a handover.").format(
            name=file.name
        )
    )


def _import_list(workspace: Workspace, file: Path, window: QWidget) -> None:
    from gui.dialogs.import_list import ImportDialog

    ImportDialog(workspace, file, window).open()


def _import_keepass(workspace: Workspace, file: Path, window: QWidget) -> None:
    from gui.dialogs.import_keepass import ImportKeePassDialog

    ImportKeePassDialog(workspace, file, window).open()


def _add_asset(workspace: Workspace, file: Path, window: QWidget) -> None:
    _add_assets(workspace, [file], window)


def _add_assets(workspace: Workspace, files: Sequence[Path], window: QWidget) -> None:
    from gui.dialogs.add_asset import add_assets

    add_assets(workspace, files, window)


def _open_registry(workspace: Workspace, file: Path, _window: QWidget) -> None:
    workspace.open(file)


def _verify_card(workspace: Workspace, found: Found, window: QWidget) -> None:
    from gui.dialogs.verify_card import VerifyCardDialog

    if found.card is not None:
        VerifyCardDialog(workspace, found.card, window).open()


def _take_in(workspace: Workspace, found: Found, window: QWidget) -> None:
    from gui.dialogs.take_in_statement import TakeInStatementDialog

    if found.about is not None:
        TakeInStatementDialog(workspace, found.about, window).open()


def _arrive(workspace: Workspace, found: Found, window: QWidget) -> None:
    take_in(workspace, [found], window)


def _check_record(workspace: Workspace, found: Found, window: QWidget) -> None:
    from gui.dialogs.handover_record import HandoverRecordDialog

    HandoverRecordDialog(workspace, found, window).open()


BY_ENDING: Mapping[str, Open] = {
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".csv"), _import_list),
    ".kdbx": _import_keepass,
    ".kanal": _open_registry,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".ttf", ".otf", ".woff", ".woff2"), _add_asset),
}
WAYS: dict[Sort, Way] = {
    Sort.CARD: _verify_card,
    Sort.CERTIFICATE: _take_in,
    Sort.REVOCATION: _take_in,
    Sort.STATEMENT: _arrive,
    Sort.BUNDLE: _arrive,
    Sort.RECORD: _check_record,
}


def leads_elsewhere(file: Path) -> bool:
    """Say whether a file's name leads to another step than to the library."""
    ending = file.suffix.lower()
    return ending in _LETTERS or BY_ENDING.get(ending, _add_asset) is not _add_asset


_LETTERS = ENDINGS | {".bescheinigung", ".sperrung", ".txt", ".eml", ".json"}
"""How the names of key cards, statements and sealed files end, or those of texts in which they were sent."""
_TOGETHER = frozenset({Sort.STATEMENT, Sort.BUNDLE})
"""What may be taken in several at once."""
