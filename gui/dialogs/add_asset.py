"""Taking files into the library: what each is, what it is called, who is shown, and whether it belongs to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from core.errors import BadInputError, RegistryError
from core.exchange.pictures.guessing import (
    guessed_entry,
    guessed_kind,
    guessed_person,
    guessed_title,
    guessed_variant,
)
from core.exchange.pictures.kinds import RASTERS
from core.exchange.pictures.taking_in import NewFile, NewVersion, take_in_asset, take_in_version
from core.fields import Field, OneOf
from core.i18n import N_, _
from core.inventory.assets.gallery import KnownFile
from core.inventory.assets.library import shelf_of
from core.inventory.assets.surroundings import Entry, Surroundings, surroundings
from core.inventory.candidates import Candidate
from core.model import AssetKind, AssetVariant
from core.registry import Registry
from gui.asset_files import Looked, Source
from gui.asset_words import version_name
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
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
        self._around = Surroundings(None, False, (), ())
        self._told_namesake = False
        self.file = AssetFile(workspace)
        self.kind = ChoiceEditor(_KIND, [(one, _(one.label)) for one in AssetKind])
        self.kind.setObjectName("kind")
        self.title = named(QLineEdit(), "title")
        self.belongs = named(ReferenceBox(workspace, "asset"), "belongs")
        self.effect = named(muted(""), "effect")
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
            take_in = self._taking_in(looked)
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        self.workspace.read(take_in, self._added, failed=self.refuse, owner=self)

    def _taking_in(self, looked: Looked) -> Callable[[Registry], UUID]:
        """Return what takes the file in: as an asset of its own, or as a file of one that is there.

        Raises:
            BadInputError: Something is typed that no record was chosen for.
        """
        today, asset_id = self.workspace.today(), self.belongs.value()
        if asset_id is None:
            told = self._told(looked)
            return lambda registry: take_in_asset(registry, told, today)
        version = NewVersion(looked.examined, self.variant.value(), self.approved.box.isChecked())

        def issue(registry: Registry) -> UUID:
            take_in_version(registry, asset_id, version, today)
            return asset_id

        return issue

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
        whose = _("Another variant or a new version of something in the library; empty for an entry of its own.")
        self.ask(_("Belongs t&o"), self.belongs, whose)
        self._own_parts = [
            self.ask(_("&Kind"), self.kind),
            self.ask(_("&Title"), self.title, _("What the team calls it: “Coat of arms since 2019”.")),
        ]
        self.ask(_("&Variant"), self.variant)
        self.body.addWidget(self.effect)
        self._person_part = self.ask(
            _("&Person shown"), self.person, _("Their consent is entered afterwards, with the signed form.")
        )
        rights = self.ask(
            _("&Rights holder"), self.rights_holder, _("Whose work it is: the photographer, the designer.")
        )
        self._own_parts.append(rights)
        self.body.addWidget(self.approved)

    def _connect(self) -> None:
        self.file.looked.connect(self._show_looked)
        self.file.refused.connect(self._show_refused)
        for edited in (self.kind.edited, self.variant.edited, self.belongs.edited, self.title.textEdited):
            edited.connect(lambda *_what: self._show_what_is_asked())

    def _show_what_is_asked(self) -> None:
        entry = self._entry()
        kind = entry.kind if entry is not None else self.kind.value()
        for part in self._own_parts:
            part.setVisible(entry is None)
        self._person_part.setVisible(kind is AssetKind.PORTRAIT and entry is None)
        self.effect.setVisible(entry is not None)
        self.effect.setText(_effect(entry, self.variant.value()) if entry is not None else "")
        self.file.show_as(kind, self.variant.value())
        self._show_namesake(entry)

    def _entry(self) -> Entry | None:
        """Return the asset that the file is to belong to, None for one of its own."""
        try:
            return self._around.entry(self.belongs.value())
        except BadInputError:
            return None

    def _show_namesake(self, entry: Entry | None) -> None:
        """Say that something is called so already; what is said of the file itself comes first."""
        namesake = self._around.called(self.title.text(), self.kind.value()) if entry is None else None
        if self._around.known is not None or self._around.lacking:
            return
        if namesake is not None:
            sentence = _(
                "“{title}” ({kind}) is in the library already. Is this another variant or a new version of it?"
            )
            told = sentence.format(title=namesake.title, kind=_(namesake.kind.label))
            self.messages.show_message(told, "notice", (_("Add it there"), lambda: self._join(namesake)))
            self._told_namesake = True
        elif self._told_namesake:
            self.messages.clear()
            self._told_namesake = False

    def _join(self, entry: Entry) -> None:
        """Let the file belong to an asset."""
        self.belongs.show_candidate(Candidate(entry.asset_id, entry.title, entry.title))
        self._show_what_is_asked()

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
        self.workspace.read(
            lambda registry: _around(registry, one.sha256), lambda found: self._offer(looked, found), owner=self
        )

    def _offer(self, looked: Looked, found: Surroundings) -> None:
        """Offer what the file probably belongs to, or whom it shows, as long as its title is the offered one."""
        self._around, name = found, looked.examined.file_name
        if self.title.text() == guessed_title(name):
            person = guessed_person(name, found.people) if looked.examined.media_type in RASTERS else None
            entry = guessed_entry(name, self.kind.value(), found)
            if entry is not None and found.known is None:
                self._join(entry)
            elif person is not None:
                self.kind.show_value(AssetKind.PORTRAIT)
                self.title.setText(person.plain_name)
                self.person.show_candidate(Candidate(person.id, person.name, person.name))
        self._show_known(found.known, lacking=found.lacking)
        self._show_what_is_asked()

    def _show_known(self, known: KnownFile | None, *, lacking: bool) -> None:
        """Say that the file is there already, or that it is the one that the library lacks."""
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
        entry = self._entry()
        if entry is not None:
            self.workspace.done.emit(_("“{title}” has one more file.").format(title=entry.title))
        else:
            self.workspace.done.emit(_("“{title}” is in the library.").format(title=self.title.text().strip()))
        self.workspace.go("assets", asset_id)
        self._go_on()

    def _go_on(self) -> None:
        """Ask of the next file, if there is one."""
        rest, window = self._rest, self.parentWidget()
        self.accept()
        add_assets(self.workspace, rest, window)


def _effect(entry: Entry, variant: AssetVariant) -> str:
    """Say what becomes of the asset that the file belongs to."""
    if variant in entry.variants:
        sentence = _(
            "“{title}” has a file in this variant; this one takes its place, and places that show it are listed."
        )
    else:
        sentence = _("“{title}” gets its first file in this variant; nothing else changes.")
    return sentence.format(title=entry.title)


def _around(registry: Registry, sha256: str) -> Surroundings:
    with registry.reading() as session:
        return surroundings(session, shelf_of(registry.path), sha256, registry.today())
