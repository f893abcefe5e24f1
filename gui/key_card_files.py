"""Saving key cards, certificates and revocations as files that survive mail."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.custody.identity.cards import Card
from core.custody.identity.statements import Said, Statement
from core.exchange.targets import refuse_kept
from core.i18n import _
from core.storage.places import written_aside
from gui.dialogs.file_decision import documents_folder
from gui.tasks import Lane
from gui.workspace import Workspace

CARD, CERTIFICATE, REVOCATION = ".karte", ".bescheinigung", ".sperrung"
ENDINGS = {Said.CERTIFIED: CERTIFICATE, Said.REVOKED: REVOCATION}


def save_card(workspace: Workspace, card: Card, parent: QWidget) -> None:
    """Ask where to, and save a card."""
    _save(workspace, _("Save key card"), file_name(card, CARD), card.file_text, parent)


def save_statement(workspace: Workspace, statement: Statement, parent: QWidget) -> None:
    """Ask where to, and save a certificate or a revocation."""
    title = _("Save certificate") if statement.said is Said.CERTIFIED else _("Save revocation")
    _save(workspace, title, file_name(statement.card, ENDINGS[statement.said]), statement.file_text, parent)


def file_name(card: Card, ending: str) -> str:
    """Return what a file about a card is called: whose it is, on which computer."""
    return re.sub(r"[^\w.]+", "-", f"{card.name} {card.device}").strip("-.") + ending


def _save(workspace: Workspace, title: str, name: str, text: str, parent: QWidget) -> None:
    suggested = str(documents_folder() / name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, suggested, f"*{Path(name).suffix}")
    if not chosen:
        return
    registry = workspace.registry.path

    def write(_job: object) -> None:
        refuse_kept(Path(chosen), registry)
        with written_aside(Path(chosen)) as aside:
            aside.write_text(text, "utf-8", newline="\n")

    said = _("Saved: “{file}”. Send it by mail or put it into a shared folder; nothing in it is secret.")
    workspace.tasks.run(
        Lane.DATABASE, write, lambda _none: workspace.say(said.format(file=Path(chosen).name)), owner=parent
    )
