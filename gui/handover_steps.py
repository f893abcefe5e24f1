"""The steps of a handover in the window: each possible one leads to its dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from core.custody.handover.item_course import ROTATED
from core.custody.handover.kept import head_of_press
from core.custody.handover.listing import HandoverDetail, handover_detail
from core.custody.handover.mailbox import BUNDLE, FolderMailbox, bundle_name
from core.custody.handover.possible import Doing, Possible, due_step, possible_steps
from core.custody.handover.reading import Found, recognise_file
from core.custody.identity.refusals import RefusedError
from core.errors import UnusableFileError
from core.i18n import N_, _
from core.model import Act, ItemState
from core.registry import Registry
from gui.handover_folder import chosen_folder
from gui.handover_ticks import granted_roles
from gui.tasks import Job
from gui.workspace import Workspace

Step: TypeAlias = Callable[[Workspace, Possible, HandoverDetail, QWidget | None], QDialog | None]

_VERBS: Mapping[Doing, str] = {
    Doing.ACCEPT: N_("Look at the proposal..."),
    Doing.OPEN: N_("Open the sealed file..."),
    Doing.CONFIRM: N_("Confirm..."),
    Doing.BEGIN: N_("Change the next secret..."),
    Doing.SEAL: N_("Seal..."),
    Doing.GRANT: N_("Grant the role..."),
    Doing.RELEASE: N_("Release what is confirmed..."),
    Doing.RETURN: N_("Give back..."),
    Doing.CLOSE: N_("Close as head of press..."),
    Doing.REFUSE: N_("Refuse..."),
    Doing.WITHDRAW: N_("Withdraw what was offered..."),
    Doing.SUPERSEDE: N_("End because of a loss..."),
    Doing.SAVE_FILES: N_("Save files again..."),
    Doing.RECORD: N_("Record of the handover..."),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A handover, what the person at this computer is to do next in it, if anything, and who that is."""

    detail: HandoverDetail
    step: Possible | None
    me: UUID | None


def take_step(
    workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None
) -> QDialog | None:
    """Open the dialog of a step.

    Args:
        workspace: The open registry.
        possible: What is to be done, with which things.
        detail: The handover.
        window: The window.

    Returns:
        The dialog, None where only a file is asked for.
    """
    return STEPS[possible.doing](workspace, possible, detail, window)


def verb_of(possible: Possible) -> str:
    """Return what the button says that leads to a step."""
    return _(_VERBS[possible.doing])


def read_due(registry: Registry, handover: UUID, today: date) -> Due:
    """Read how far a handover is, and what the person at this computer can go on with at once."""
    me = registry.me()
    with registry.reading() as session:
        detail = handover_detail(session, handover, today)
        step = due_step(possible_steps(detail, me, head_of_press(session), granted_roles(handover)))
    return Due(detail, None if step is not None and _is_early(step, detail) else step, me)


def _is_early(step: Possible, detail: HandoverDetail) -> bool:
    """Say whether roles are to be confirmed that were asked for only now, so that nobody has granted them yet."""
    asked_now = bool(detail.steps) and detail.steps[-1].act is Act.REQUEST
    return asked_now and step.doing is Doing.CONFIRM and any(one.granter is not None for one in step.items)


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _accept(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_accept import AcceptHandoverDialog

    return _opened(AcceptHandoverDialog(workspace, possible, detail, window))


def _open(workspace: Workspace, _possible: Possible, detail: HandoverDetail, window: QWidget | None) -> None:
    """Open the sealed file that lies in the shared folder; where none does, ask where it is."""
    from gui.opening_files import take_in

    folder = chosen_folder()
    if window is None or folder is None:
        _choose_sealed(workspace, window)
        return

    def read(_registry: Registry, _job: Job) -> Found | None:
        with suppress(RefusedError, UnusableFileError):
            return recognise_file(FolderMailbox(folder).get(bundle_name(detail.row.id)))
        return None

    def go_on(found: Found | None) -> None:
        if found is not None:
            take_in(workspace, [found], window, at_once=True)
        else:
            _choose_sealed(workspace, window)

    workspace.read_long(read, go_on, owner=window)


def _choose_sealed(workspace: Workspace, window: QWidget | None) -> None:
    from pathlib import Path

    from gui.opening_files import open_file

    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open the sealed file"), str(Path.home()), f"*{BUNDLE};;*")
    if chosen and window is not None:
        open_file(workspace, Path(chosen), window)


def _seal(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_seal import SealHandoverDialog

    return _opened(SealHandoverDialog(workspace, possible, detail, window))


def _change(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    """Lead to one login: one that is begun already before the others."""
    from gui.dialogs.handover_change import HandoverChangeDialog

    logins = [one for one in possible.items if one.way in ROTATED]
    logins.sort(key=lambda one: one.state is not ItemState.ROTATING)
    return _opened(HandoverChangeDialog(workspace, logins[0], detail, window))


def _confirm(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    """Lead to roles and duties, which are confirmed together; a login is confirmed where it is changed."""
    from gui.dialogs.handover_confirm import ConfirmHandoverDialog

    if all(one.way in ROTATED for one in possible.items):
        return _change(workspace, possible, detail, window)
    return _opened(ConfirmHandoverDialog(workspace, possible, detail, window))


def _grant(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_grant import GrantRolesDialog

    return _opened(GrantRolesDialog(workspace, possible, detail, window))


def _release(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_release import ReleaseHandoverDialog

    return _opened(ReleaseHandoverDialog(workspace, possible, detail, window))


def _return(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_return import ReturnCopiesDialog

    return _opened(ReturnCopiesDialog(workspace, possible, detail, window))


def _end(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_ending import EndHandoverDialog

    return _opened(EndHandoverDialog(workspace, possible, detail, window))


def _close(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_heading import CloseHandoverDialog

    return _opened(CloseHandoverDialog(workspace, possible, detail, window))


def _supersede(workspace: Workspace, possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_heading import SupersedeHandoverDialog

    return _opened(SupersedeHandoverDialog(workspace, possible, detail, window))


def _save_files(workspace: Workspace, _possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_saving import SaveHandoverFilesDialog

    return _opened(SaveHandoverFilesDialog(workspace, detail, window))


def _record(workspace: Workspace, _possible: Possible, detail: HandoverDetail, window: QWidget | None) -> QDialog:
    from gui.dialogs.handover_record import HandoverRecordDialog

    return _opened(HandoverRecordDialog(workspace, detail.row.id, window))


STEPS: Mapping[Doing, Step] = {
    Doing.ACCEPT: _accept,
    Doing.OPEN: _open,
    Doing.CONFIRM: _confirm,
    Doing.BEGIN: _change,
    Doing.SEAL: _seal,
    Doing.GRANT: _grant,
    Doing.RELEASE: _release,
    Doing.RETURN: _return,
    Doing.CLOSE: _close,
    Doing.REFUSE: _end,
    Doing.WITHDRAW: _end,
    Doing.SUPERSEDE: _supersede,
    Doing.SAVE_FILES: _save_files,
    Doing.RECORD: _record,
}
