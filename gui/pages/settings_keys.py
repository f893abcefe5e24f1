"""Who is head of press, whose certificates of key cards count, and what that means."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from core.custody.identity.certifying import name_head
from core.custody.identity.circle import HEAD_OF_PRESS
from core.errors import BadInputError
from core.i18n import N_, _
from core.settings import Settings, change_setting
from gui.pages.settings_parts import LABEL_WIDTH, Section
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.workspace import Workspace

MEANING = (
    N_("Whoever verified the card of the head of press accepts each card that the head certified, without more calls."),
    N_("The head of press can revoke any card, and closes handovers of people who are no longer there."),
    N_("Whoever verified the head's card before compares the words once more, so that nobody can slip in a head."),
)


class KeysSection(Section):
    """The head of press; others add what belongs to keys and handovers."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "keys",
            _("Keys and handovers"),
            _("One person can vouch for the key cards of all, so that not everybody has to call everybody."),
            parent,
        )
        self._workspace = workspace
        self._stored: UUID | None = None
        self.head = named(ReferenceBox(workspace, "person"), HEAD_OF_PRESS)
        self.naming = named(QPushButton(_("Appoint")), "name-head")
        self.naming.setAccessibleName(_("Name head of press"))
        self.ask(_("&Head of press"), self.head, self.naming)
        self.head.setMinimumWidth(240)
        for sentence in MEANING:
            line = muted(_(sentence))
            line.setContentsMargins(LABEL_WIDTH + 12, 0, 0, 0)
            self.column.addWidget(line)
        self.end()
        self.head.textChanged.connect(lambda _text: self._allow())
        self.head.edited.connect(self._allow)
        self.head.offered.connect(self._allow)
        self.head.returnPressed.connect(self._name)
        self.naming.clicked.connect(lambda _checked: self._name())
        self._allow()

    def show_settings(self, settings: Settings) -> None:
        """Show who is head of press, unless another name is being typed."""
        stored = _person(settings)
        if stored != self._stored or not self.head.hasFocus():
            self._stored = stored
            self.head.show_value(stored)
        self._allow()

    def _allow(self) -> None:
        self.naming.setEnabled(self._chosen() != self._stored)

    def _chosen(self) -> UUID | None:
        """Return who is chosen; an unfinished name means nobody else yet."""
        try:
            return self.head.value()
        except BadInputError:
            return self._stored

    def _name(self) -> None:
        chosen = self._chosen()
        if not self._workspace.is_open or chosen == self._stored:
            return
        self._stored = chosen

        def change(session: Any) -> None:
            if chosen is None:
                change_setting(session, HEAD_OF_PRESS, "")
            else:
                name_head(session, chosen)

        said = _("{name} is head of press.").format(name=self.head.text()) if chosen else _("Nobody is head of press.")
        self._workspace.act(N_("Name head of press"), change, said=said, owner=self)
        self._allow()


def _person(settings: Settings) -> UUID | None:
    try:
        return UUID(str(settings[HEAD_OF_PRESS]))
    except ValueError:
        return None
