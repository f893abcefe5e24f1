"""A version of an asset is shown on channels: which one, where on them, since when."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import BadInputError
from core.fields import Day, Field, OneOf
from core.i18n import N_, _, ngettext
from core.inventory.assets.asset_sheet import AssetSheet, VersionRow
from core.inventory.assets.consents import media_of_channels
from core.inventory.assets.uses import show_on
from core.model import AssetKind, ConsentMedium, Placement
from core.registry import Registry
from core.storage.journal import acting
from gui.asset_words import cut_for, version_name
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.widgets import muted, named
from gui.widgets.channel_picker import ChannelPicker
from gui.widgets.severity import SeverityLabel
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
        self.warnings = QVBoxLayout()
        self._said: set[str] = set()
        self._lay_out()
        self.channels.edited.connect(self._look)
        self.version.edited.connect(self._look)
        self._show_warnings(set())
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
        version, placement, today = self.version.value(), self.placement.value(), self.workspace.today()
        said = ngettext(
            "“{title}” is shown in {count} more place.", "“{title}” is shown in {count} more places.", len(channels)
        ).format(title=self._sheet.title, count=len(channels))

        def write(session: Any) -> set[ConsentMedium]:
            show_on(session, version, channels, placement, since, today=today, by=acting(session))
            return media_of_channels(session, channels)

        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Show asset on channels"),
            write,
            self._end,
            said=said,
            failed=self.refuse,
            owner=self,
        )

    def _end(self, media: set[ConsentMedium]) -> None:
        """Say what was not said before: of a channel that was only typed nothing was known yet."""
        unsaid = [one for one in self._gaps(media) if one not in self._said]
        self.accept()
        if unsaid:
            self.workspace.warned.emit(" ".join(unsaid))

    def _look(self) -> None:
        """Look for which media the person must have agreed to be shown on the chosen channels."""
        chosen = [channel for channel, _label in self.channels.chosen()]

        def read(registry: Registry) -> set[ConsentMedium]:
            with registry.reading() as session:
                return media_of_channels(session, chosen)

        self.workspace.read(read, self._show_warnings, owner=self)

    def _gaps(self, media: Collection[ConsentMedium]) -> list[str]:
        gaps = (self._sheet.gap(one, self.workspace.today()) for one in ConsentMedium if one in media)
        return [gap for gap in gaps if gap]

    def _show_warnings(self, media: Collection[ConsentMedium]) -> None:
        """Say before it is placed which consent is lacking, and that nobody approved the file."""
        while (item := self.warnings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        gaps = self._gaps(media)
        self._said = set(gaps)
        told = [("severe", gap) for gap in gaps]
        version = self.version.value()
        if any(one.id == version and one.approved_on is None for one in self._sheet.versions):
            told.append(("warning", _("Not approved: nobody has approved this version yet.")))
        for severity, sentence in told:
            self.warnings.addWidget(SeverityLabel(severity, sentence, sentences=True))

    def _lay_out(self) -> None:
        self.body.addWidget(muted(_("Change the picture on the platform yourself; the registry notes where it is.")))
        self.ask(_("&File"), self.version)
        self.ask(_("&Placement"), self.placement)
        self.ask(_("&Channels"), self.channels, _("An avatar or a cover takes the place of what is shown there today."))
        since_hint = _("Leave it empty if nobody knows it. What it replaces ends on that day, or else today.")
        self.ask(_("&Since"), self.since, since_hint)
        self.body.addLayout(self.warnings)


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
    name = version_name(one.variant, one.number)
    if one.derived_from is None:
        return name if one.approved_on is not None else _("{version}, not approved").format(version=name)
    return _("{version}, cut for {place}").format(
        version=version_name(one.variant, one.number), place=cut_for(one.derived_for)
    )
