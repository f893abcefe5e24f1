"""Saving what is in the library somewhere else: a single file, the files of an asset, all that a channel shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from core.exchange.file_names import safe_name
from core.exchange.pictures.handing_out import save_copy
from core.exchange.pictures.kits import SUFFIX, Kit, kit_of_asset, kit_of_channel, write_kit
from core.i18n import _
from core.registry import Registry
from gui.dialogs.file_decision import documents_folder
from gui.workspace import Workspace


def save_file(workspace: Workspace, sha256: str, name: str, window: QWidget) -> None:
    """Ask where a copy of a file is to lie, and write it."""
    _ask(workspace, name, lambda registry, target: save_copy(registry.path, sha256, target), window)


def save_asset_kit(workspace: Workspace, asset_id: UUID, title: str, window: QWidget) -> None:
    """Ask where the files of an asset are to lie, and pack those that are in force."""

    def pick(registry: Registry) -> Kit:
        with registry.reading() as session:
            return kit_of_asset(session, asset_id, registry.today())

    _save_kit(workspace, title, pick, window)


def save_channel_kit(workspace: Workspace, channel_id: UUID, title: str, window: QWidget) -> None:
    """Ask where the files that a channel shows today are to lie, and pack them."""

    def pick(registry: Registry) -> Kit:
        with registry.reading() as session:
            return kit_of_channel(session, channel_id, registry.today())

    _save_kit(workspace, title, pick, window)


def _save_kit(workspace: Workspace, title: str, pick: Callable[[Registry], Kit], window: QWidget) -> None:
    def write(registry: Registry, target: Path) -> None:
        write_kit(registry, pick(registry), target)

    _ask(workspace, safe_name(title, SUFFIX), write, window)


def _ask(workspace: Workspace, name: str, write: Callable[[Registry, Path], None], window: QWidget) -> None:
    """Let the user choose a file, write it on the lane of long work, and say so."""
    suggested = documents_folder() / Path(name).name
    chosen, _kind = QFileDialog.getSaveFileName(window, _("Save a copy"), str(suggested))
    if not chosen:
        return
    target = Path(chosen)
    if not target.suffix:
        target = target.with_name(target.name + suggested.suffix)
    said = _("Saved as “{file}”.").format(file=target.name)
    workspace.read_long(lambda registry, _job: write(registry, target), lambda _none: workspace.say(said))
