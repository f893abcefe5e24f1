"""The signed form of a consent, which often arrives after the consent was entered."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from core.exchange.pictures.examining import Examined, examine
from core.exchange.pictures.taking_in import take_in_form
from core.i18n import _
from gui.dialogs.file_decision import documents_folder
from gui.tasks import Lane
from gui.workspace import Workspace


def add_form(workspace: Workspace, consent_id: UUID, window: QWidget) -> None:
    """Ask for the scan, look at it on the lane of long work, and keep it with the consent."""
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Choose the signed form"), str(documents_folder()))
    if not chosen:
        return

    def keep(form: Examined) -> None:
        said = _("The form is kept; it proves the consent.")
        workspace.read(
            lambda registry: take_in_form(registry, consent_id, form),
            lambda _none: workspace.done.emit(said),
            owner=window,
        )

    workspace.tasks.run(Lane.LONG, lambda _job: examine(Path(chosen)), keep, failed=workspace.fail, owner=window)
