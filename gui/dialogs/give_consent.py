"""The person of a portrait agreed to be shown: in which media, since when, until when, on which paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.errors import BadInputError
from core.exchange.pictures.taking_in import NewConsent, take_in_consent
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory.assets.asset_sheet import AssetSheet
from core.model import AssetKind, AssetVariant, ConsentMedium
from gui.asset_files import Looked
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named
from gui.widgets.asset_file import AssetFile
from gui.workspace import Workspace

_GIVEN = Field("given_on", N_("Given on"), Day(), required=True)
_UNTIL = Field("until", N_("Until"), Day())


class GiveConsentDialog(Decision):
    """Each medium becomes a consent of its own, so that one can be withdrawn and the others stay."""

    help_topic = "assets#consent"

    def __init__(self, workspace: Workspace, sheet: AssetSheet, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _question(sheet), _("Enter consent"), parent)
        self._sheet = sheet
        self.media = {one: named(QCheckBox(_(one.label)), f"medium-{one.value}") for one in ConsentMedium}
        self.media[ConsentMedium.SOCIAL_MEDIA].setChecked(True)
        self.given_on = named(LineEditor(_GIVEN), "given_on")
        self.given_on.show_value(workspace.today())
        self.until = named(LineEditor(_UNTIL), "until")
        self.form = AssetFile(workspace)
        self.form.show_as(AssetKind.TEMPLATE, AssetVariant.COLOUR)
        self.unproved = named(muted(_("Without the form the consent is not proved.")), "unproved")
        self.form.looked.connect(self._show_form)
        self.form.refused.connect(self.refuse)
        self._lay_out()
        self.media[ConsentMedium.SOCIAL_MEDIA].setFocus()

    def decide(self) -> None:
        """Enter a consent for each medium."""
        try:
            told = self._told()
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        asset_id = self._sheet.opened.id
        self.workspace.read(
            lambda registry: take_in_consent(registry, asset_id, told), self._entered, failed=self.refuse, owner=self
        )

    def _told(self) -> NewConsent:
        media = [one for one, box in self.media.items() if box.isChecked()]
        if not media:
            raise BadInputError(_("Please choose at least one medium."))
        form = self.form.file.examined if self.form.file is not None else None
        return NewConsent(media, self.given_on.value(), self.until.value(), form)

    def _lay_out(self) -> None:
        boxes = QWidget()
        column = QVBoxLayout(boxes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for box in self.media.values():
            column.addWidget(box)
        boxes.setFocusProxy(self.media[ConsentMedium.SOCIAL_MEDIA])
        self.ask(_("May be shown in"), boxes)
        self.ask(_("&Given on"), self.given_on)
        self.ask(_("&Until"), self.until, _("Leave it empty if the consent has no end."))
        self.ask(_("Signed &form"), self.form, _("The scan is kept in the library."))
        self.body.addWidget(self.unproved)

    def _show_form(self, _looked: Looked) -> None:
        self.messages.clear()
        self.unproved.hide()

    def _entered(self, _none: Any) -> None:
        self.workspace.done.emit(_("The consent for “{title}” is entered.").format(title=self._sheet.title))
        self.accept()


def _question(sheet: AssetSheet) -> str:
    """Ask by the name of the person, where somebody has entered who is shown."""
    person = sheet.opened.listed["person"]
    if person:
        return _("What did {person} agree to?").format(person=person)
    return _("What was agreed to for “{title}”?").format(title=sheet.title)
