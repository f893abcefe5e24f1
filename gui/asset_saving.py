"""Saving what is in the library somewhere else: a single file, the files of an asset, all that a channel shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from core.exchange.file_names import safe_name
from core.exchange.pictures.handing_out import save_copy
from core.exchange.pictures.kinds import endings_of
from core.exchange.pictures.kits import SUFFIX, Kit, kit_of_asset, kit_of_channel, write_kit
from core.i18n import _
from core.registry import Registry
from gui.dialogs.file_decision import documents_folder
from gui.dialogs.save_without_consent import SaveWithoutConsentDialog
from gui.workspace import Workspace


def save_file(workspace: Workspace, sha256: str, name: str, window: QWidget, *, gap: str = "") -> None:
    """Ask where a copy of a file is to lie, and write it.

    Args:
        workspace: The open registry.
        sha256: Of the file.
        name: What the copy is called where nobody says otherwise; how it ends says what the file is.
        window: The window.
        gap: Which consent a portrait lacks; where there is one, it is said first.
    """

    def write(registry: Registry, target: Path) -> tuple[str, ...]:
        save_copy(registry.path, sha256, target, endings_of(Path(name).suffix))
        return ()

    def ask() -> None:
        _ask(workspace, name, write, window)

    if gap:
        SaveWithoutConsentDialog(workspace, gap, ask, window).open()
    else:
        ask()


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
    def write(registry: Registry, target: Path) -> tuple[str, ...]:
        kit = pick(registry)
        write_kit(registry, kit, target)
        return kit.left_out

    _ask(workspace, safe_name(title, SUFFIX), write, window)


def _ask(workspace: Workspace, name: str, write: Callable[[Registry, Path], tuple[str, ...]], window: QWidget) -> None:
    """Let the user choose a file, write it on the lane of long work, and say so, with what was left out."""
    suggested = documents_folder() / Path(name).name
    chosen, _kind = QFileDialog.getSaveFileName(window, _("Save a copy"), str(suggested))
    if not chosen:
        return
    target = Path(chosen)
    if not target.suffix:
        target = target.with_name(target.name + suggested.suffix)

    def tell(left_out: tuple[str, ...]) -> None:
        if left_out:
            reasons = " ".join(left_out)
            workspace.warned.emit(_("Saved as “{file}”. Left out: {reasons}").format(file=target.name, reasons=reasons))
        else:
            workspace.say(_("Saved as “{file}”.").format(file=target.name))

    workspace.read_long(lambda registry, _job: write(registry, target), tell)
