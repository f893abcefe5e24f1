"""One asset: its files, where it is shown, whether its person agreed, its rights, what happened."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.i18n import N_, _, ngettext
from core.inventory.assets.asset_sheet import AssetSheet, asset_sheet
from core.inventory.lists import ASSETS
from core.model import AssetKind
from core.registry import Registry
from gui.asset_pictures import AssetPictures
from gui.asset_words import erased_words, not_approved, places
from gui.history_column import HistoryColumn
from gui.pages.asset_acts import AssetActs
from gui.pages.asset_consents import AssetConsents
from gui.pages.asset_uses import AssetUses
from gui.pages.asset_versions import AssetVersions
from gui.pages.record_detail import Reading, RecordDetail
from gui.record_form import RecordForm
from gui.widgets import muted, named
from gui.widgets.asset_picture import AssetPicture, Shown
from gui.widgets.flow import Flow
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

PICTURE = QSize(112, 88)
SECTIONS = {
    N_("The asset"): ("title", "kind", "person"),
    N_("Rights"): ("rights_holder", "licence", "licence_until", "source", "permitted_uses"),
    N_("Further"): ("notes",),
}
CONSENTS = 2
"""The place of the tab that only portraits have."""


class AssetDetail(RecordDetail[AssetSheet]):
    """The chosen asset, or a word that none is chosen."""

    key = "asset"

    def __init__(
        self, workspace: Workspace, acts: AssetActs, pictures: AssetPictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, parent)
        self._acts, self._pictures = acts, pictures
        self.versions = AssetVersions(acts, pictures)
        self.uses = AssetUses(acts)
        self.consents = AssetConsents(acts)
        self.facts = RecordForm(workspace, ASSETS, N_("Change asset"), SECTIONS)
        self.history = HistoryColumn(workspace, ASSETS)
        tabs = (
            (self.versions, _("Files")),
            (self.uses, _("Places")),
            (self.consents, _("Consents")),
            (self.facts, _("Facts")),
            (self.history, _("History")),
        )
        word = _("Choose something on the left to see its files and where they are shown.")
        self._lay_out(self._head(), tabs, word)
        self.clear()

    def show_troubles(self) -> None:
        """Show anew which files are missing or damaged."""
        if self._sheet is not None:
            self.versions.show_sheet(self._sheet)

    def _head(self) -> QVBoxLayout:
        self._picture = AssetPicture(self._pictures, PICTURE)
        self._name = named(QLabel(wordWrap=True), "section-title")
        self._about = muted("")
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._name)
        texts.addWidget(self._about)
        texts.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(texts, 1)
        self._standing = QWidget()
        self._standings = QVBoxLayout(self._standing)
        self._standings.setContentsMargins(0, 0, 0, 0)
        self._standings.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        head.addLayout(first)
        head.addWidget(self._buttons())
        head.addWidget(self._standing)
        return head

    def _more(self) -> QPushButton:
        more = named(QPushButton(_("More")), "more")
        menu = QMenu(more)
        menu.addActions(self._acts.actions)
        more.setMenu(menu)
        return more

    def _buttons(self) -> QWidget:
        """Offer what is done most, and the rest behind one more button."""
        whole = QWidget()
        line = Flow(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for one in (self._acts.showing, self._acts.issuing):
            button = named(QPushButton(one.text().replace("&", "").removesuffix("...")), f"do-{one.objectName()}")
            button.setToolTip(one.toolTip())
            button.clicked.connect(one.trigger)
            one.changed.connect(lambda button=button, one=one: button.setEnabled(one.isEnabled()))
            line.addWidget(button)
        line.addWidget(self._more())
        return whole

    def _read(self, registry: Registry, record_id: UUID) -> Reading[AssetSheet] | None:
        with registry.reading() as session:
            sheet = asset_sheet(session, record_id, registry.today())
            return Reading(sheet) if sheet is not None else None

    def _show_parts(self, read: Reading[AssetSheet]) -> None:
        sheet = read.sheet
        self._acts.show_sheet(sheet)
        self._name.setText(sheet.title)
        self._about.setText("\n".join(_about(sheet)))
        face = next(iter(sheet.current), None)
        shown = Shown(face.sha256, face.media_type, sheet.kind, face.variant) if face is not None else None
        self._picture.show_file(shown or Shown("", "", sheet.kind, None))
        self.tabs.setTabVisible(CONSENTS, sheet.kind is AssetKind.PORTRAIT)
        self._show_standing(sheet)

    def _show_standing(self, sheet: AssetSheet) -> None:
        """Say what has to be done; the findings about it are those of the channels that show it."""
        while (item := self._standings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        told = _told(sheet, self._acts.today())
        for severity, words, whole in told:
            self._standings.addWidget(SeverityLabel(severity, words, sentences=whole))
        self._standing.setVisible(bool(told))

    def _show_nothing(self) -> None:
        super()._show_nothing()
        self._acts.show_sheet(None)


def _told(sheet: AssetSheet, today: date) -> list[tuple[str, str, bool]]:
    """Return how an asset stands, the worst first: how severe, in which words, and whether they are sentences."""
    told = []
    retired = sheet.opened.values["retired_on"] is not None
    if sheet.erased:
        told.append(("notice", erased_words(), True))
    elif not retired and (gap := sheet.gap(None, today)):
        told.append(("severe", gap, True))
    dirty = sheet.to_clean
    if dirty:
        words = ngettext("{count} place to clean", "{count} places to clean", dirty).format(count=dirty)
        told.append(("warning", words, False))
    unapproved = sum(one.approved_on is None for one in sheet.current)
    if unapproved and not retired:
        told.append(("warning", not_approved(unapproved, len(sheet.current)), False))
    return told


def _about(sheet: AssetSheet) -> list[str]:
    """Return what it is, who is shown, and in how many places."""
    kind, person = _(sheet.kind.label), sheet.opened.listed["person"]
    lines = [_("{kind} of {person}").format(kind=kind, person=person) if person else kind]
    shown = len(sheet.open_uses)
    lines.append(_("Shown in {places}").format(places=places(shown)) if shown else _("Shown nowhere yet"))
    return lines
