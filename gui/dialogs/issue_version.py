"""A new file of an asset: another variant, or what takes the place of the one before."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError, RegistryError
from core.exchange.pictures.guessing import guessed_variant
from core.exchange.pictures.taking_in import NewVersion, take_in_version
from core.fields import Day, Field, OneOf
from core.i18n import N_, _, ngettext
from core.inventory.assets.asset_sheet import AssetSheet, VersionRow
from core.model import AssetVariant
from gui.asset_files import Looked, Source
from gui.asset_words import version_name
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.widgets import muted, named
from gui.widgets.asset_file import AssetFile
from gui.widgets.severity import SeverityLabel
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

_VARIANT = Field("variant", N_("Variant"), OneOf(AssetVariant), required=True)
_UNTIL = Field("valid_until", N_("Valid until"), Day())


class IssueVersionDialog(Decision):
    """Says before it is done what becomes of the version before, and how many places there will be to clean."""

    help_topic = "assets#versions"

    def __init__(
        self, workspace: Workspace, sheet: AssetSheet, source: Source | None, parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            sheet: The asset.
            source: The file, if it was chosen already.
            parent: The window.
        """
        question = _("Which file is the new version or variant of “{title}”?").format(title=sheet.title)
        super().__init__(workspace, question, _("Issue version"), parent)
        self._sheet, self._chosen = sheet, False
        self.file = AssetFile(workspace)
        self.variant = ChoiceEditor(_VARIANT, [(one, _(one.label)) for one in AssetVariant])
        self.variant.setObjectName("variant")
        self.variant.show_value(sheet.current[0].variant if sheet.current else AssetVariant.COLOUR)
        self.valid_until = named(LineEditor(_UNTIL), "valid_until")
        self.approved = WrappedCheck(_("I approve it: the city may use it from today on"), "approved")
        self.effect = named(muted(""), "effect")
        self.unapproved = SeverityLabel("warning", sentences=True)
        self._lay_out()
        self.approved.box.toggled.connect(lambda _on: self._show_effect())
        self.variant.edited.connect(self._choose)
        self.file.looked.connect(self._show_looked)
        self.file.refused.connect(self._show_refused)
        self.primary.setEnabled(False)
        self._show_effect()
        self.file.setFocus()
        if source is not None:
            self.file.look(source)
            self.variant.setFocus()

    def decide(self) -> None:
        """Take the file in and issue it."""
        looked = self.file.file
        if looked is None:
            return
        try:
            told = NewVersion(
                looked.examined, self.variant.value(), self.approved.box.isChecked(), self.valid_until.value()
            )
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        asset_id, today = self._sheet.opened.id, self.workspace.today()
        self.workspace.read(
            lambda registry: take_in_version(registry, asset_id, told, today),
            self._issued,
            failed=self.refuse,
            owner=self,
        )

    def _lay_out(self) -> None:
        self.body.addWidget(self.file)
        self.ask(_("&Variant"), self.variant)
        self.body.addWidget(self.effect)
        self.ask(_("May be shown &until"), self.valid_until, _("Leave it empty if there is no end."))
        self.body.addWidget(self.approved)
        self.body.addWidget(named(self.unapproved, "unapproved"))

    def _choose(self) -> None:
        self._chosen = True
        self._show_effect()

    def _before(self) -> VersionRow | None:
        variant = self.variant.value()
        return next((one for one in self._sheet.current if one.variant is variant), None)

    def _show_effect(self) -> None:
        before, variant = self._before(), self.variant.value()
        self.effect.setText(_effect(self._sheet, before))
        self.primary.setText(_("Issue version") if before is not None else _("Add variant"))
        self.unapproved.setVisible(not self.approved.box.isChecked())
        self.unapproved.show_severity("warning", _unapproved(before))
        self.file.show_as(self._sheet.kind, variant)

    def _show_looked(self, looked: Looked) -> None:
        """Offer the variant that the file's name tells; what was chosen stays."""
        self.messages.clear()
        guessed = guessed_variant(looked.examined.file_name)
        if guessed is not None and not self._chosen:
            self.variant.show_value(guessed)
            self._show_effect()
        self.primary.setEnabled(True)

    def _show_refused(self, error: RegistryError) -> None:
        self.refuse(error)
        self.primary.setEnabled(False)

    def _issued(self, _version_id: Any) -> None:
        self.workspace.done.emit(_("“{title}” has a new version.").format(title=self._sheet.title))
        self.accept()


def _unapproved(before: VersionRow | None) -> str:
    """Say what it means that nobody approves the file yet."""
    if before is not None and before.approved_on is not None:
        return _("It takes the place of an approved version, but is not approved itself. That is shown wherever it is.")
    return _("It is not approved yet. That is shown wherever it is.")


def _effect(sheet: AssetSheet, before: VersionRow | None) -> str:
    """Say what issuing a file means for the one before, and for those that were cut from it."""
    if before is None:
        return _("This is the first file in this variant; nothing else changes.")
    cut = {one.id for one in sheet.versions if one.derived_from == before.id}
    shown = sum(one.version_id == before.id or one.version_id in cut for one in sheet.open_uses)
    name = version_name(before.variant, before.number)
    if not shown:
        return _("It takes the place of “{version}”, which is shown nowhere.").format(version=name)
    return ngettext(
        "It takes the place of “{version}”. The {count} place that shows it is put on the list of places to clean.",
        "It takes the place of “{version}”. The {count} places that show it are put on the list of places to clean.",
        shown,
    ).format(version=name, count=shown)
