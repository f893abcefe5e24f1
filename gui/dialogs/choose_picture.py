"""What a channel shows in one of its places from now on: a file of the library, cut to size where it does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import BadInputError, RegistryError
from core.fields import Day, Field, OneOf
from core.i18n import N_, _
from core.inventory.assets.choosing import Pickable, is_cut_for, pickable
from core.inventory.assets.presentation import fits, spec_of
from core.inventory.assets.uses import show_on
from core.model import AssetVariant, Placement
from core.registry import Registry
from core.storage.journal import acting
from gui.asset_large import with_large_picture
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.look_preview import LookPreview, frame_for
from gui.widgets.pickable_list import PickableList
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

PREVIEW = {True: 288, False: 112}
WIDTH = 720
"""How wide a wide picture is shown, and any other."""
_PLACEMENT = Field("placement", N_("Placement"), OneOf(Placement), required=True)
_SINCE = Field("since", N_("Since"), Day())


@dataclass(frozen=True, slots=True)
class ChannelPlace:
    """Where on which channel something is to be shown."""

    channel_id: UUID
    label: str
    platform: str
    placement: Placement = Placement.AVATAR


class ChoosePictureDialog(Decision):
    """Choose a file and see it as the platform shows it."""

    help_topic = "assets#use"

    def __init__(
        self, workspace: Workspace, place: ChannelPlace, parent: QWidget | None = None, *, begin: UUID | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            place: Where it is to be shown.
            parent: The window.
            begin: The asset or the version to begin with.
        """
        super().__init__(workspace, _("What does “{channel}” show?").format(channel=place.label), _("Use"), parent)
        self.setMinimumWidth(WIDTH)
        self._place, self._begin = place, begin
        self._files: list[Pickable] = []
        self._job: Job | None = None
        self.placement = ChoiceEditor(_PLACEMENT, [(one, _(one.label)) for one in Placement])
        self.placement.show_value(place.placement)
        self.files = PickableList(workspace)
        self.since = named(LineEditor(_SINCE), "since")
        self.since.show_value(workspace.today())
        self.cutting = named(QPushButton(_("Cut to size...")), "cut-to-size", link=True)
        self.cutting.setAutoDefault(False)
        self._lay_out()
        self.placement.edited.connect(self._place_changed)
        self.files.chosen.connect(lambda _one: self._show_choice())
        self.cutting.clicked.connect(self._cut)
        self._load()
        self.files.setFocus()

    def decide(self) -> None:
        """Note what is shown."""
        chosen = self.files.value()
        try:
            since = self.since.value()
        except BadInputError as error:
            self.refuse(error)
            return
        if chosen is None:
            self.refuse(BadInputError(_("Please choose a file first.")))
            return
        place, placement, today = self._place, self.placement.value(), self.workspace.today()

        def write(session: Any) -> None:
            uses = [place.channel_id], placement, since
            show_on(session, chosen.version_id, *uses, today=today, by=acting(session))

        told = _("“{asset}” is noted as shown on {channel}.").format(asset=chosen.title, channel=place.label)
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Show asset on channels"), write, lambda _none: self.accept(), said=told, failed=self.refuse, owner=self
        )

    def _lay_out(self) -> None:
        self.body.addWidget(
            muted(_("Change the picture on the platform yourself. This registry only notes what is shown there."))
        )
        self.ask(_("&Placement"), self.placement)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(self.ask(_("&File"), self.files), 1)
        line.addLayout(self._column_of_looks())
        self.body.addLayout(line)
        since_hint = _("Leave it empty if nobody knows it. What it replaces ends on that day, or else today.")
        self.ask(_("&Since"), self.since, since_hint)

    def _column_of_looks(self) -> QVBoxLayout:
        """Return the column in which the choice is seen as the platform shows it."""
        inner = QWidget()
        inner.setFixedWidth(PREVIEW[True])
        self._shown = QVBoxLayout(inner)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self._shown.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(muted(_("As it is seen"), wrap=False))
        column.addWidget(inner)
        column.addWidget(self.cutting, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def _load(self) -> None:
        """Read what can be chosen."""
        platform = self._place.platform

        def read(registry: Registry) -> list[Pickable]:
            with registry.reading() as session:
                return pickable(session, platform, registry.today())

        self.workspace.read(read, self._offer, owner=self)

    def _offer(self, files: list[Pickable]) -> None:
        self._files = files
        self._place_changed()
        if not files:
            self.refuse(BadInputError(_("The library is empty. Add a file to it under “Appearance” first.")))
            self.primary.setEnabled(False)

    def _place_changed(self) -> None:
        """Offer the masters and what was cut for the place."""
        placement = self.placement.value()
        fitting = [
            one for one in self._files if not one.derived_for or is_cut_for(one, self._place.platform, placement)
        ]
        begun = (one.version_id for one in fitting if self._begin in {one.asset_id, one.version_id})
        self.files.show_files(fitting, next(begun, None))
        self._show_choice()

    def _show_choice(self) -> None:
        """Show the chosen file as the platform cuts it, and say what does not fit."""
        chosen, placement = self.files.value(), self.placement.value()
        spec = spec_of(self._place.platform, placement)
        self._clear()
        is_picture = chosen is not None and chosen.media_type.startswith("image/")
        self.cutting.setVisible(is_picture and spec is not None)
        self.primary.setEnabled(chosen is not None)
        if chosen is None:
            return
        frame = frame_for(placement, spec)
        dark = chosen.variant is AssetVariant.NEGATIVE
        preview = LookPreview(frame, PREVIEW[frame.width > frame.height], dark=dark)
        preview.setAccessibleName(chosen.title)
        self._shown.addWidget(preview)
        warnings = [("warning", sentence) for sentence in fits(chosen, self._place.platform, placement)]
        if not chosen.approved:
            warnings.insert(0, ("warning", _("Not approved: nobody has approved this version yet.")))
        if not chosen.may_be_shown:
            warnings.insert(0, ("severe", _("There is no consent to show this person here.")))
        for severity, sentence in warnings:
            self._shown.addWidget(SeverityLabel(severity, sentence, sentences=True))
        self._show_preview(chosen, preview)

    def _show_preview(self, chosen: Pickable, preview: LookPreview) -> None:
        if self._job is not None:
            self._job.cancel()

        def show(picture: QPixmap | None) -> None:
            preview.show_picture(picture, _("no preview"))

        def fail(error: RegistryError) -> None:
            preview.show_picture(None, _("no preview"))
            self.messages.show_message(error.sentence)

        file = (chosen.sha256, chosen.media_type)
        self._job = with_large_picture(self.workspace, file, show, fail, preview)

    def _clear(self) -> None:
        while (item := self._shown.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _cut(self) -> None:
        from gui.dialogs.derive_asset import DeriveAssetDialog

        chosen = self.files.value()
        if chosen is not None:
            target = (self._place.platform, self.placement.value())
            dialog = DeriveAssetDialog(self.workspace, chosen.version_id, self, target=target)
            dialog.kept.connect(self._choose)
            dialog.open()

    def _choose(self, version_id: UUID) -> None:
        self._begin = version_id
        self._load()
