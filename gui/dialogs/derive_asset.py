"""A part of an approved file, scaled to the size that a platform wants; it is kept beside the file it comes from."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from core.errors import BadInputError, RegistryError
from core.exchange.pictures.deriving import NO_MARGIN
from core.exchange.pictures.kinds import JPEG
from core.fields import Field, OneOf
from core.i18n import N_, _
from core.inventory.assets.choosing import Pickable, version_to_cut
from core.inventory.assets.presentation import Shape, Spec, catalogue, spec_of
from core.inventory.platforms import platforms
from core.model import AssetVariant, Placement
from core.registry import Registry
from gui.asset_cutting import Cut, cut_out, source_size
from gui.asset_large import with_large_picture
from gui.crop_box import CropBox, box_around, largest_box
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor
from gui.widgets import muted, named
from gui.widgets.crop_area import CLEAR, CropArea, part_of
from gui.widgets.crop_margin import CropMargin
from gui.widgets.look_preview import LookPreview, frame_for
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

LARGEST = 100
"""The slider's end at which as much as possible is kept."""
PREVIEW = 112
WIDTH = 680
_PLACE = Field("place", N_("For"), OneOf(Placement), required=True)


class DeriveAssetDialog(Decision):
    """Choose for which place a file is cut, and which part of it.

    Signals:
        kept: What was cut out is in the library (carries the id of its version).
    """

    kept = Signal(object)
    help_topic = "assets#derive"

    def __init__(
        self,
        workspace: Workspace,
        version_id: UUID,
        parent: QWidget | None = None,
        *,
        target: tuple[str, Placement] | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            version_id: The file, or something that was cut from it before.
            parent: The window.
            target: Platform and placement to begin with.
        """
        super().__init__(workspace, _("Which part is to be seen?"), _("Cut out"), parent)
        self.setMinimumWidth(WIDTH)
        self._file: Pickable | None = None
        self._picture = QPixmap()
        specs = [(spec, spec_name(spec)) for spec in catalogue().values()]
        self.place = ChoiceEditor(_PLACE, specs)
        begin = spec_of(*target) if target is not None else None
        self.place.show_value(begin or specs[0][0])
        self.area = CropArea()
        self.zoom = named(QSlider(Qt.Orientation.Horizontal), "crop-size")
        self.zoom.setRange(1, LARGEST)
        self.margin = CropMargin()
        self.facts = muted("")
        self.blurred = SeverityLabel("warning", sentences=True)
        self._lay_out()
        self._connect()
        self._load(version_id)

    def decide(self) -> None:
        """Cut the part out and keep it."""
        box, file, spec = self.area.box, self._file, self.place.value()
        if box is None or file is None:
            return
        try:
            ground = self.margin.value() if box.loose else NO_MARGIN
        except BadInputError as error:
            self.refuse(error)
            return
        cut = Cut(file, box.source, box.points(), box.target, ground)
        self.primary.setEnabled(False)
        self.facts.setText(_("Cutting..."))
        self.workspace.read_long(
            lambda registry, _job: cut_out(registry, cut),
            lambda made: self._keep(file, made, spec),
            failed=self._refuse_cut,
            owner=self,
        )

    def _keep(self, file: Pickable, made: bytes, spec: Spec) -> None:
        """Keep what was cut out, on the lane on which everything is written."""

        def keep(registry: Registry) -> UUID:
            from core.exchange.pictures.taking_in import keep_derived

            return keep_derived(registry, file.version_id, made, spec.platform, spec.placement, registry.today())

        self.workspace.read(keep, self._end, failed=self._refuse_cut, owner=self)

    def _end(self, version_id: UUID) -> None:
        told = _("Kept in the library, cut for {place}.").format(place=spec_name(self.place.value()))
        self.workspace.done.emit(told)
        self.kept.emit(version_id)
        self.accept()

    def _refuse_cut(self, error: RegistryError) -> None:
        self.refuse(error)
        self._tell(self.area.box)

    def _lay_out(self) -> None:
        self.ask(_("&For"), self.place)
        self._preview_room = QVBoxLayout()
        self._preview_room.setSpacing(8)
        self._preview_room.addWidget(muted(_("As it is seen"), wrap=False))
        self._preview: LookPreview | None = None
        self._preview_room.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.area, 1)
        line.addLayout(self._preview_room)
        self.body.addLayout(line, 1)
        self.ask(_("&Size of the part"), self.zoom)
        self.body.addWidget(self.margin)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.blurred)
        self.blurred.hide()

    def _connect(self) -> None:
        self.place.edited.connect(self._begin)
        self.area.chosen.connect(self._tell)
        self.zoom.valueChanged.connect(self._resize)
        self.margin.toggled.connect(lambda _on: self._begin())
        self.margin.edited.connect(self._show_ground)

    def _load(self, version_id: UUID) -> None:
        self.primary.setEnabled(False)
        self.facts.setText(_("The picture is being made..."))

        def read(registry: Registry) -> Pickable | None:
            with registry.reading() as session:
                return version_to_cut(session, version_id)

        self.workspace.read(read, self._look, owner=self)

    def _look(self, file: Pickable | None) -> None:
        if file is None:
            self._fail(BadInputError(_("This version was removed in the meantime.")))
            return
        self._file = file
        self.margin.offer_clear(possible=file.media_type != JPEG)
        with_large_picture(self.workspace, (file.sha256, file.media_type), self._show, self._fail, self)

    def _show(self, picture: QPixmap | None) -> None:
        if picture is None:
            self._fail(BadInputError(_("This file is no picture that can be cut.")))
            return
        self._picture = picture
        self.primary.setEnabled(True)
        self._begin()
        self.area.setFocus()

    def _fail(self, error: RegistryError) -> None:
        self.facts.setText("")
        self.messages.show_message(error.sentence)

    def _begin(self) -> None:
        """Begin with as much as possible of what the chosen place has room for."""
        spec: Spec = self.place.value()
        if self._file is None or self._picture.isNull():
            return
        self._change_preview(spec)
        source = source_size(self._file, (self._picture.width(), self._picture.height()))
        target, is_round = (spec.width, spec.height), spec.shape is Shape.ROUND
        box = box_around(source, target, round_shape=is_round) if self.margin.on else largest_box(source, target)
        self.area.show_picture(self._picture, box, round_shape=is_round, dark=self._is_dark())

    def _is_dark(self) -> bool:
        return self._file is not None and self._file.variant is AssetVariant.NEGATIVE

    def _change_preview(self, spec: Spec) -> None:
        if self._preview is not None:
            self._preview.hide()
            self._preview.deleteLater()
        self._preview = LookPreview(frame_for(spec.placement, spec), PREVIEW, dark=self._is_dark())
        self._preview.setAccessibleName(_("As it is seen"))
        self._preview_room.insertWidget(1, self._preview, 0, Qt.AlignmentFlag.AlignTop)

    def _resize(self, value: int) -> None:
        box = self.area.box
        if box is not None:
            self.area.choose(box.sized(box.narrowest + (box.widest - box.narrowest) * value / LARGEST))

    def _tell(self, box: CropBox | None) -> None:
        """Say in words which part is chosen, and show it small."""
        if box is None or self._file is None:
            return
        left, top, width, height = box.points()
        points = _("{width} × {height} pixels, {left} from the left and {top} from the top, become {wide} × {high}.")
        if box.has_margin:
            points = _("{width} × {height} pixels with the margin become {wide} × {high}.")
        facts = points.format(width=width, height=height, left=left, top=top, wide=box.target[0], high=box.target[1])
        self.facts.setText(facts)
        self.area.setAccessibleName(_("Part of the picture: {facts}").format(facts=facts))
        blurred = box.enlarged and self._file.media_type != "image/svg+xml"
        self.blurred.setVisible(blurred)
        if blurred:
            self.blurred.show_severity("warning", _("The part has too few pixels for this size and will look blurred."))
        span = box.widest - box.narrowest
        with QSignalBlocker(self.zoom):
            self.zoom.setValue(round(LARGEST * (box.width - box.narrowest) / span) if span else LARGEST)
        if self._preview is not None:
            self._preview.show_picture(part_of(self._picture, box, self.area.ground))

    def _show_ground(self) -> None:
        self.area.show_ground(self.margin.shown() if self.margin.on else CLEAR)


def spec_name(spec: Spec) -> str:
    """Return what a place of a platform is called, with its size."""
    known = platforms().get(spec.platform)
    return _("{platform}, {placement} ({width} × {height})").format(
        platform=known.name if known else spec.platform,
        placement=_(spec.placement.label),
        width=spec.width,
        height=spec.height,
    )
