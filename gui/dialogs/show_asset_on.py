"""A version of an asset is shown on channels: which one, where on them, since when."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field, OneOf
from core.i18n import N_, _, ngettext
from core.inventory.assets.asset_sheet import AssetSheet, VersionRow
from core.inventory.assets.uses import show_on
from core.model import AssetKind, Placement
from core.storage.journal import acting
from gui.asset_words import cut_for, version_name
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.widgets import muted, named
from gui.widgets.channel_picker import ChannelPicker
from gui.workspace import Workspace

_VERSION = Field("version", N_("File"), required=True)
_PLACEMENT = Field("placement", N_("Placement"), OneOf(Placement), required=True)
_SINCE = Field("since", N_("Since"), Day())


class ShowAssetOnDialog(Decision):
    """Reminds that the channels themselves have to show it; the registry notes where it is shown."""

    help_topic = "assets#use"

    def __init__(self, workspace: Workspace, sheet: AssetSheet, parent: QWidget | None = None) -> None:
        question = _("Where is “{title}” shown?").format(title=sheet.title)
        super().__init__(workspace, question, _("Enter places"), parent)
        self._sheet = sheet
        offered = [one for one in sheet.versions if not one.replaced]
        self.version = ChoiceEditor(_VERSION, [(one.id, _name(one)) for one in offered])
        self.version.setObjectName("version")
        self.placement = ChoiceEditor(_PLACEMENT, [(one, _(one.label)) for one in _placements(sheet.kind)])
        self.placement.setObjectName("placement")
        self.channels = ChannelPicker(workspace)
        self.since = named(LineEditor(_SINCE), "since")
        self.since.show_value(workspace.today())
        self._lay_out()
        self.channels.setFocus()

    def decide(self) -> None:
        """Note the places."""
        try:
            channels, since = self.channels.value(), self.since.value()
        except BadInputError as error:
            self.refuse(error)
            return
        if not channels:
            self.refuse(BadInputError(_("Please choose at least one channel.")))
            self.channels.setFocus()
            return
        version, placement = self.version.value(), self.placement.value()
        said = ngettext(
            "“{title}” is shown in {count} more place.", "“{title}” is shown in {count} more places.", len(channels)
        ).format(title=self._sheet.title, count=len(channels))

        def write(session: Any) -> None:
            show_on(session, version, channels, placement, since, by=acting(session))

        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Show asset on channels"),
            write,
            lambda _none: self.accept(),
            said=said,
            failed=self.refuse,
            owner=self,
        )

    def _lay_out(self) -> None:
        self.body.addWidget(muted(_("Change the picture on the platform yourself; the registry notes where it is.")))
        self.ask(_("&File"), self.version)
        self.ask(_("&Placement"), self.placement)
        self.ask(_("&Channels"), self.channels, _("An avatar or a cover takes the place of what is shown there today."))
        self.ask(_("&Since"), self.since, _("Leave it empty if nobody knows the day."))


def _placements(kind: AssetKind) -> list[Placement]:
    """Return where a kind is shown, its usual place first; what is no picture is no avatar."""
    match kind:
        case AssetKind.BANNER:
            first = Placement.COVER
        case AssetKind.FONT | AssetKind.TEMPLATE:
            return [Placement.TEMPLATE, Placement.POST_SERIES]
        case _:
            first = Placement.AVATAR
    return [first, *(one for one in Placement if one is not first)]


def _name(one: VersionRow) -> str:
    if one.derived_from is None:
        return version_name(one.variant, one.number)
    return _("{version}, cut for {place}").format(
        version=version_name(one.variant, one.number), place=cut_for(one.derived_for)
    )
