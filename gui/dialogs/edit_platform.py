"""Adding a platform to the registry, or changing what the registry says of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Day, Field, TextList
from core.i18n import N_, _, ngettext
from core.inventory.platform_changes import ListedPlatform, add_platform, change_platform
from core.inventory.platform_facts import LETTERS, LINKS, LIVES, LONGEST_HANDLE, PATHS, SHUT_DOWN, PlatformFacts
from core.inventory.platform_texts import LINK_LABELS
from core.inventory.typed_values import read_typed
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.pages.settings_parts import NumberField
from gui.widgets import muted, named
from gui.workspace import Workspace

WIDTH = 640
_LIST = Field("called", N_("Also called"), TextList())
_ENDS = Field("ends_on", N_("Day"), Day())

MARGINS = 64
LEAST_WIDTH = 160
"""What a choice takes in any case; more of it where there is room."""


class EditPlatformDialog(Decision):
    """One form for own platforms and for those that come with the program; of these, addresses are not changed."""

    help_topic = "settings#platforms"

    def __init__(self, workspace: Workspace, one: ListedPlatform | None, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            one: The platform to change; a new one without.
            parent: The window.
        """
        question = (
            _("What do you want to change about {platform}?").format(platform=one.facts.name)
            if one is not None
            else _("Which platform does your city use besides?")
        )
        super().__init__(workspace, question, _("Save") if one is not None else _("Add platform"), parent)
        self._one = one
        self._facts = one.facts if one is not None else PlatformFacts()
        self._own = one is None or one.own
        self._make(self._facts)
        self._lay_out()
        self.setMinimumWidth(max(WIDTH, self.form.sizeHint().width() + MARGINS))  # No more than the screen has.
        self.life.currentIndexChanged.connect(lambda _place: self._show_what_matters())
        self._show_what_matters()
        self.name.setFocus()

    def decide(self) -> None:
        """Store the platform; a refusal says what to correct."""
        try:
            facts = self._typed()
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        if self._one is None:
            self._act(N_("Add platform"), facts, lambda session: add_platform(session, facts)[1])
        else:
            key = self._one.key
            self._act(N_("Change platform"), facts, lambda session: change_platform(session, key, facts))

    def _act(self, label: str, facts: PlatformFacts, work: Any) -> None:
        name = " ".join(facts.name.split())

        def stored(number: int) -> None:
            self.workspace.done.emit(_told(name, number))
            self.accept()

        self.workspace.act(label, work, stored, failed=self.refuse, owner=self)

    def _make(self, facts: PlatformFacts) -> None:
        self.name = named(QLineEdit(facts.name, placeholderText="Stadtnetz"), "name")
        self.called = named(LineEditor(_LIST), "called")
        self.called.show_value(facts.called)
        self.hosts = named(QLineEdit(", ".join(facts.hosts), placeholderText="stadtnetz.example"), "hosts")
        self.path = named(_choice({path: path.replace("{name}", _("name")) for path in PATHS}, facts.path), "path")
        self.letters = named(_choice({key: _(one[0]) for key, one in LETTERS.items()}, facts.letters), "letters")
        self.longest = named(NumberField(), "longest")
        self.longest.setRange(1, LONGEST_HANDLE)
        self.longest.setValue(facts.longest)
        lives = {key: _(label) for key, label in LIVES.items() if self._own or key != "renamed"}
        self.life = named(_choice(lives, facts.life), "life")
        self.ends_on = named(LineEditor(_ENDS), "ends_on")
        self.ends_on.show_value(facts.ends_on)
        self.former = named(QLineEdit(facts.former), "former")
        self.links = {link: named(QLineEdit(getattr(facts, link), placeholderText="https://"), link) for link in LINKS}

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self._add(_("&Name"), self.name)
        if self._own:
            self._add(_("&Also called"), self.called)
            self._add(_("&Hosts"), self.hosts)
            self._add(_("&Address of an account"), self.path)
            self._add(_("A name &consists of"), self.letters)
            self._add(_("C&haracters at most"), self.longest)
        self._add(_("How it s&tands"), self.life)
        self._add(_("Da&y of the end"), self.ends_on)
        self._add(_("&Former name"), self.former)
        for link, editor in self.links.items():
            self._add(_(LINK_LABELS[link]), editor)
        self.body.addLayout(self.form)
        if self._own:
            self.body.addWidget(
                muted(_("Hosts without “www.”, separated by commas. The first is used for the address of an account."))
            )

    def _add(self, label: str, editor: QWidget) -> None:
        editor.setAccessibleName(label.replace("&", ""))
        self.form.addRow(label, editor)

    def _show_what_matters(self) -> None:
        life = str(self.life.currentData())
        self.form.setRowVisible(self.ends_on, life in SHUT_DOWN)
        self.form.setRowVisible(self.former, life == "renamed")

    def _typed(self) -> PlatformFacts:
        """Return what is typed.

        Raises:
            BadInputError: The day is none.
        """
        life = str(self.life.currentData())
        facts = replace(
            self._facts,
            name=self.name.text(),
            life=life,
            ends_on=self.ends_on.value() if life in SHUT_DOWN else None,
            terms=self.links["terms"].text(),
            privacy=self.links["privacy"].text(),
            recovery=self.links["recovery"].text(),
            password=self.links["password"].text(),
        )
        if not self._own:
            return facts
        return replace(
            facts,
            called=self.called.value(),
            hosts=read_typed(_LIST, self.hosts.text()),
            path=str(self.path.currentData()),
            letters=str(self.letters.currentData()),
            longest=self.longest.value(),
            former=self.former.text(),
        )


class _Choice(QComboBox):
    """Shows the longest of its texts where there is room, and makes do with less at 200 %."""

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few letters."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())


def _choice(choices: Mapping[str, str], chosen: str) -> QComboBox:
    box = _Choice()
    for key, label in choices.items():
        box.addItem(label, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _told(name: str, number: int) -> str:
    """Say what was stored, and how many channels are read differently since."""
    if not number:
        return _("Saved: {platform}.").format(platform=name)
    return ngettext(
        "Saved: {platform}. {number} channel is read differently now.",
        "Saved: {platform}. {number} channels are read differently now.",
        number,
    ).format(platform=name, number=number)
