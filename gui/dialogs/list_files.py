"""Choosing the list to import, and saving an empty one to fill in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.i18n import _
from gui.tasks import Job, Lane
from gui.workspace import Workspace

LISTS = "*.xlsx *.xls *.ods *.csv"


def choose_list(parent: QWidget) -> Path | None:
    """Let the user choose the list file."""
    kinds = _("Lists ({patterns})").format(patterns=LISTS)
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Import a list"), str(Path.home()), kinds)
    return Path(chosen) if chosen else None


def save_template(workspace: Workspace, parent: QWidget) -> None:
    """Save an empty list to fill in and import, where the user says."""
    suggested = str(Path.home() / _("channel-list.xlsx"))
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save an empty list"), suggested, "*.xlsx")
    if not chosen:
        return

    registry = workspace.registry.path if workspace.is_open else None

    def work(_job: Job) -> None:
        from core.exchange.importing.template import save_template as save
        from core.exchange.targets import refuse_kept
        from core.storage.claims import refuse_claimed

        if registry is not None:
            refuse_kept(Path(chosen), registry)
        refuse_claimed(Path(chosen))
        save(Path(chosen))

    said = _("The empty list was saved: {file}. Fill it in and import it.").format(file=chosen)
    workspace.tasks.run(Lane.DATABASE, work, lambda _none: workspace.say(said))
