"""Taking files into the library: what each is, what it is called, who is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from core.errors import BadInputError, RegistryError
from core.exchange.pictures.guessing import guessed_kind, guessed_title, guessed_variant
from core.exchange.pictures.taking_in import NewFile, take_in_asset
from core.fields import Field, OneOf
from core.i18n import N_, _
from core.inventory.assets.gallery import KnownFile, known_file
from core.inventory.assets.library import recorded_files, shelf_of
from core.model import AssetKind, AssetVariant
from core.registry import Registry
from gui.asset_files import Looked, Source
from gui.asset_words import version_name
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.widgets.asset_file import AssetFile
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

_KIND = Field("kind", N_("Kind"), OneOf(AssetKind), required=True)
_VARIANT = Field("variant", N_("Variant"), OneOf(AssetVariant), required=True)


def add_assets(workspace: Workspace, sources: Sequence[Source], window: QWidget | None) -> None:
    """Ask of each file in turn what it is."""
    if sources:
        AddAssetDialog(workspace, sources, window).open()


class AddAssetDialog(Decision):
    """One file, and those that follow it; rights and all else are entered on the page of the asset."""

    help_topic = "assets#library"

    def __init__(self, workspace: Workspace, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        """Make the dialog and look at the first file.

        Args:
            workspace: The open registry.
            sources: The files; the dialog is opened again for each that follows.
            parent: The window.
        """
        super().__init__(workspace, _("What do you want to take into the library?"), _("Add to the library"), parent)
        self._rest = list(sources[1:])
        self.file = AssetFile(workspace)
        self.kind = ChoiceEditor(_KIND, [(one, _(one.label)) for one in AssetKind])
        self.kind.setObjectName("kind")
        self.title = named(QLineEdit(), "title")
        self.variant = ChoiceEditor(_VARIANT, [(one, _(one.label)) for one in AssetVariant])
        self.variant.setObjectName("variant")
        self.person = named(ReferenceBox(workspace, "person"), "person")
        self.rights_holder = named(QLineEdit(), "rights_holder")
        self.approved = WrappedCheck(_("I approve it: the city may use it from today on"), "approved")
        self._lay_out()
        self._connect()
        self._show_what_is_asked()
        self.primary.setEnabled(False)
        self.file.look(sources[0])
        self.title.setFocus()

    def decide(self) -> None:
        """Take the file in, and go on with the next one."""
        looked = self.file.file
        if looked is None:
            return
        try:
            told = self._told(looked)
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        today = self.workspace.today()
        self.workspace.read(
            lambda registry: take_in_asset(registry, told, today), self._added, failed=self.refuse, owner=self
        )

    def _told(self, looked: Looked) -> NewFile:
        portrait = self.kind.value() is AssetKind.PORTRAIT
        return NewFile(
            looked.examined,
            self.kind.value(),
            self.title.text(),
            self.variant.value(),
            person_id=self.person.value() if portrait else None,
            rights_holder=self.rights_holder.text(),
            approved=self.approved.box.isChecked(),
        )

    def _lay_out(self) -> None:
        if self._rest:
            follow = _("Files that follow this one: {count}").format(count=len(self._rest))
            self.body.addWidget(named(QLabel(follow), "files-to-follow", muted=True))
            self.leaving_out = named(QPushButton(_("Leave this one out")), "leave-out")
            self.leaving_out.setAutoDefault(False)
            self.leaving_out.clicked.connect(self._go_on)
            self.buttons.insertWidget(1, self.leaving_out)
        self.body.addWidget(self.file)
        self.ask(_("&Kind"), self.kind)
        self.ask(_("&Title"), self.title, _("What the team calls it: “Coat of arms since 2019”."))
        self.ask(_("&Variant"), self.variant)
        self._person_part = self.ask(
            _("&Person shown"), self.person, _("Their consent is entered afterwards, with the signed form.")
        )
        self.ask(_("&Rights holder"), self.rights_holder, _("Whose work it is: the photographer, the designer."))
        self.body.addWidget(self.approved)

    def _connect(self) -> None:
        self.file.looked.connect(self._show_looked)
        self.file.refused.connect(self._show_refused)
        self.kind.edited.connect(self._show_what_is_asked)
        self.variant.edited.connect(self._show_what_is_asked)

    def _show_what_is_asked(self) -> None:
        kind = self.kind.value()
        self._person_part.setVisible(kind is AssetKind.PORTRAIT)
        self.file.show_as(kind, self.variant.value())

    def _show_looked(self, looked: Looked) -> None:
        """Offer what the file says of itself; what was typed stays."""
        one = looked.examined
        self.messages.clear()
        if not self.title.text().strip():
            self.title.setText(guessed_title(one.file_name))
            self.title.selectAll()
            self.kind.show_value(guessed_kind(one))
            self.variant.show_value(guessed_variant(one.file_name) or self.variant.value())
        self._show_what_is_asked()
        self.primary.setEnabled(True)
        self.workspace.read(lambda registry: _known(registry, one.sha256), self._show_known, owner=self)

    def _show_known(self, found: tuple[KnownFile | None, bool]) -> None:
        """Say that the file is there already, or that it is the one that the library lacks."""
        known, lacking = found
        if lacking:
            sentence = _("The library lacks this very file, or holds it damaged.")
            self.messages.show_message(sentence, "warning", (_("Put it back"), self._put_back))
        elif known is not None:
            sentence = _("This very file is in the library already: “{title}”, {version}.").format(
                title=known.title, version=version_name(known.variant, known.number)
            )
            show = (_("Show it"), lambda: self._show_it(known.asset_id))
            self.messages.show_message(sentence, "notice", show)

    def _put_back(self) -> None:
        """Put the file where it belongs; no asset is added."""
        looked = self.file.file
        if looked is not None:
            data = looked.examined.data
            self.workspace.read(
                lambda registry: shelf_of(registry.path).put(data), self._is_back, failed=self.refuse, owner=self
            )

    def _is_back(self, _sha256: str) -> None:
        self.workspace.say(_("The file is in the library again."))
        self.workspace.changed.emit(frozenset({"asset_version"}))
        self._go_on()

    def _show_it(self, asset_id: UUID) -> None:
        self.reject()
        self.workspace.go("assets", asset_id)

    def _show_refused(self, error: RegistryError) -> None:
        self.refuse(error)
        self.primary.setEnabled(False)

    def _added(self, asset_id: Any) -> None:
        self.workspace.done.emit(_("“{title}” is in the library.").format(title=self.title.text().strip()))
        self.workspace.go("assets", asset_id)
        self._go_on()

    def _go_on(self) -> None:
        """Ask of the next file, if there is one."""
        rest, window = self._rest, self.parentWidget()
        self.accept()
        add_assets(self.workspace, rest, window)


def _known(registry: Registry, sha256: str) -> tuple[KnownFile | None, bool]:
    """Return which version a file is, and whether the library should have it and does not."""
    with registry.reading() as session:
        recorded = sha256 in recorded_files(session)
        return known_file(session, sha256), recorded and bool(shelf_of(registry.path).check([sha256]))
