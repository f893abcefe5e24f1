"""How a channel looks: its avatar and its cover as the platform cuts them, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.exchange.pictures.kinds import SUFFIXES
from core.i18n import N_, _
from core.inventory.assets.appearance import Look, Shown, look_of
from core.inventory.assets.consents import medium_of
from core.inventory.assets.permission import gap_of
from core.inventory.assets.places_to_clean import Why, places
from core.inventory.assets.presentation import Spec, spec_of
from core.inventory.assets.uses import take_down
from core.inventory.channel_sheet import ChannelSheet
from core.inventory.channels import label_of
from core.model import Asset, Placement
from core.registry import Registry
from core.storage.journal import acting
from gui.asset_saving import save_channel_kit, save_file
from gui.pages.channel_look_line import LookLine
from gui.widgets.asset_line import links
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace

LOOK = "look"
"""Stands for a field where this tab of a channel is meant."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the tab shows: the look, why something of it has to go, and which consent it lacks; by the use."""

    look: Look
    to_clean: Mapping[UUID, Why]
    gaps: Mapping[UUID, str]


class ChannelLook(Column):
    """The tab "Look"; read when it comes into sight."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._title, self._platform = "", ""
        self._channel: UUID | None = None
        self._gaps: Mapping[UUID, str] = {}

    def show_sheet(self, sheet: ChannelSheet) -> None:
        """Remember what the channel is called, and whose place it is."""
        self._platform = str(sheet.opened.listed["platform"])
        self._title = label_of(str(sheet.opened.listed["title"]), self._platform)

    def show_record(self, record_id: UUID) -> None:
        """Read and show how a channel looks."""
        self._channel = record_id
        self._workspace.read(lambda registry: _read(registry, record_id), self._show, owner=self)

    def _show(self, read: _Read) -> None:
        self.start()
        look, self._gaps = read.look, read.gaps
        for placement, shown in ((Placement.AVATAR, look.avatar), (Placement.COVER, look.cover)):
            spec = spec_of(self._platform, placement)
            if spec is not None or shown is not None:
                self._add_place(placement, spec, shown, read.to_clean)
        self.heading(_("Templates and series of posts"))
        for one in look.others:
            self._add_place(one.placement, spec_of(self._platform, one.placement), one, read.to_clean, headed=False)
        if not look.others:
            self.say(_("No templates or series of posts are recorded for this channel."))
        ways = [LineButton("choose-other", _("Choose..."), partial(self._choose, Placement.TEMPLATE))]
        if look.avatar is not None or look.cover is not None or look.others:
            ways.append(LineButton("save-kit", _("Save all files as a kit..."), self._save_kit))
        self.offer(ways)

    def _add_place(
        self,
        placement: Placement,
        spec: Spec | None,
        shown: Shown | None,
        to_clean: Mapping[UUID, Why],
        *,
        headed: bool = True,
    ) -> None:
        if headed:
            self.heading(_(placement.label))
        self.put(
            LookLine(
                self._workspace,
                placement,
                spec,
                shown,
                to_clean.get(shown.use_id) if shown is not None else None,
            )
        )
        about = _(placement.label) if shown is None else f"{_(placement.label)}, {shown.title}"
        self.put(links(self._ways(placement, spec, shown, to_clean, headed=headed), about))

    def _ways(
        self,
        placement: Placement,
        spec: Spec | None,
        shown: Shown | None,
        to_clean: Mapping[UUID, Why],
        *,
        headed: bool,
    ) -> list[LineButton]:
        ways = []
        if shown is not None and shown.use_id in to_clean:
            ways.append(LineButton("clean", _("Clean up..."), partial(self._go, "asset-places", shown.asset_id)))
        if headed:
            ways.append(LineButton(f"choose-{placement.value}", _("Choose..."), partial(self._choose, placement)))
        if shown is not None:
            if shown.sha256 and spec is not None and shown.media_type.startswith("image/"):
                ways.append(LineButton("cut-to-size", _("Cut to size..."), partial(self._cut, shown)))
            if shown.sha256:
                ways.append(LineButton("save-copy", _("Save a copy..."), partial(self._save_copy, shown)))
            ways.append(LineButton("show-asset", _("Show asset"), partial(self._go, "assets", shown.asset_id)))
            ways.append(LineButton("take-down", _("Note as taken down"), partial(self._take_down, shown)))
        return ways

    def _choose(self, placement: Placement, begin: UUID | None = None) -> None:
        from gui.dialogs.choose_picture import ChannelPlace, ChoosePictureDialog

        if self._channel is not None:
            place = ChannelPlace(self._channel, self._title, self._platform, placement)
            ChoosePictureDialog(self._workspace, place, self.window(), begin=begin).open()

    def _cut(self, shown: Shown) -> None:
        from gui.dialogs.derive_asset import DeriveAssetDialog

        target = (self._platform, shown.placement)
        dialog = DeriveAssetDialog(self._workspace, shown.version_id, self.window(), target=target)
        dialog.kept.connect(partial(self._choose, shown.placement))
        dialog.open()

    def _save_copy(self, shown: Shown) -> None:
        """Ask where a copy of the file is to lie, from where it can be put on the platform."""
        name = f"{shown.title} {shown.placement.value}{SUFFIXES[shown.media_type]}".replace("/", "-")
        gap = self._gaps.get(shown.use_id, "")
        save_file(self._workspace, shown.sha256, name, self.window(), gap=gap)

    def _take_down(self, shown: Shown) -> None:
        today = self._workspace.today()

        def write(session: Any) -> None:
            take_down(session, shown.use_id, today, acting(session))

        told = _("“{asset}” is noted as taken down.").format(asset=shown.title)
        self._workspace.act(N_("Take down asset"), write, said=told, owner=self)

    def _save_kit(self) -> None:
        if self._channel is not None:
            save_channel_kit(self._workspace, self._channel, self._title, self.window())

    def _go(self, page: str, record: UUID) -> None:
        self._workspace.go(page, record)


def _read(registry: Registry, channel_id: UUID) -> _Read:
    today = registry.today()
    with registry.reading() as session:
        look = look_of(session, channel_id, today)
        shown = [one for one in (look.avatar, look.cover, *look.others) if one is not None]
        assets = {one.asset_id: session.get_one(Asset, one.asset_id) for one in shown}
        found = [one for asset in assets for one in places(session, today, asset)]
        gaps = {one.use_id: gap_of(session, assets[one.asset_id], medium_of(one.platform), today) for one in shown}
        return _Read(look, {one.use_id: one.why for one in found if one.done_on is None}, gaps)
