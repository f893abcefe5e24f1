"""The page of the key cards: whose keys are verified by whom; what is believed lies in the keyring, not here."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.custody.identity.enrolling import enrol
from core.custody.identity.listing import CardRow
from core.errors import RegistryError
from core.i18n import _
from gui.actions import action
from gui.key_cards import CardsRead, Locked, in_use, is_open, read_cards, this_instant
from gui.keyring import with_keyring
from gui.pages.faced_page import FacedPage
from gui.pages.key_card_acts import KeyCardActs
from gui.pages.key_card_detail import KeyCardDetail
from gui.pages.key_card_list import KeyCardList
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split
from gui.workspace import Workspace

TABLES = frozenset({"key_card", "key_verification", "person", "registry_setting", "store"})
"""What the cards are read from; the keyring is not asked for other changes."""

FILTERS: dict[str, Callable[[CardsRead, CardRow], bool]] = {
    "": lambda _read, _row: True,
    "open": is_open,
    "used": lambda _read, row: in_use(row),
    "over": lambda _read, row: not in_use(row),
}


class KeyCardsPage(FacedPage):
    """Everybody's key cards, and one's own."""

    key = "key-cards"
    help_topic = "key-cards"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Whose keys have you verified?")
        self.read: CardsRead | None = None
        self._wanted: str | None = None
        self._person: UUID | None = None
        self.header = PageHeader(self.question, search=_("Search key cards"))
        self.list = KeyCardList()
        self.acts = KeyCardActs(workspace, self)
        self.detail = KeyCardDetail(self.acts.actions)
        self._make_actions()
        self._make_states()
        self._lay_out()
        self.header.searched.connect(self.list.search)
        self.header.search.returnPressed.connect(self.list.table.setFocus)
        self.list.chosen.connect(self._show_card)
        self.detail.wanted.connect(self.choose)

    def close_registry(self) -> None:
        """Show nothing."""
        self.read = None
        self.list.show_cards(CardsRead(), FILTERS)
        self.detail.show_card(CardsRead(), None)

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the cards again if anything about them changed; nobody is asked for a password by that."""
        if not tables or tables & TABLES:
            self._look(asking=False)

    def show_record(self, record: UUID) -> None:
        """Select the newest card of a person."""
        self._person = record
        self._show_person()

    def choose(self, fingerprint: str) -> None:
        """Bring a card into sight; a filter that would hide it is lifted."""
        self._person = None
        self.header.search.clear()
        self._wanted = fingerprint
        self.list.choose(fingerprint)

    def make_card(self) -> None:
        """Make keys and a card for this computer."""
        now = this_instant()
        with_keyring(self.workspace, lambda custodian: enrol(custodian, now).fingerprint, self._created, owner=self)

    def _make_actions(self) -> None:
        self.creating = action(self, "create-card", _("Create key card"), self.make_card)
        self.creating.setToolTip(_("Make keys for this computer"))
        self.opening = action(self, "open-card-file", _("Take in a file..."), self._open_file)
        self.opening.setToolTip(_("A key card, a certificate or a revocation that somebody sent you"))
        self.comparing = action(self, "read-cards", _("Read the cards &again"), lambda: self._look(asking=True))
        self.creating_button = self.header.add_primary(self.creating)
        self.header.add_button(self.opening)
        self.menu_actions: list[QAction] = [self.creating, self.opening, *self.acts.actions, self.comparing]
        self.creating.setEnabled(False)
        self.creating_button.hide()

    def _make_states(self) -> None:
        self.empty = EmptyState(
            "identification-card",
            _("No key cards yet"),
            _(
                "A key card says which key on which computer is yours, so that colleagues can seal logins to you "
                "alone. You give it to them once and compare six words on the telephone."
            ),
        )
        self.empty.offer(_("Create key card"), self.make_card)
        self.blocked = EmptyState("lock-key", "", "")
        self.unlocking = self.blocked.offer(_("Look again"), lambda: self._look(asking=True))

    def _lay_out(self) -> None:
        self.splitter = Split("key-cards", (self.list, self.detail), (724, 368), (3, 2))
        self._place((self.splitter, self.empty, self.blocked))

    def _look(self, *, asking: bool) -> None:
        if self.workspace.is_open:
            with_keyring(
                self.workspace,
                lambda custodian: read_cards(custodian, asking=asking),
                self.show_read,
                failed=self._blocked,
                owner=self,
            )

    def show_read(self, read: CardsRead | Locked) -> None:
        """Show what was read: the cards, the first step, or that the keyring is locked."""
        if isinstance(read, Locked):
            self._show_locked(read)
            return
        self.read = read
        self.creating.setEnabled(read.own is None)
        self.creating_button.setVisible(read.own is None and bool(read.rows))
        self.list.show_cards(read, FILTERS)
        if self._wanted is not None:
            self.list.choose(self._wanted)
        self._show_person()
        self.whole.setCurrentWidget(self.splitter if read.rows else self.empty)
        self.rows_came.emit()

    def _show_person(self) -> None:
        """Select a person's newest card, once one has been read."""
        rows = self.read.rows if self.read is not None else ()
        found = next((row for row in rows if row.person_id == self._person), None)
        if found is not None:
            self._person = None
            self.choose(found.fingerprint)

    def _show_locked(self, locked: Locked) -> None:
        if not locked.count:
            self.show_read(CardsRead())
            return
        self._block(_("The keyring is locked"), _("It keeps which cards you have verified."), _("Unlock"))

    def _blocked(self, error: RegistryError) -> None:
        self._block(_("The keyring cannot be read"), error.sentence, _("Look again"))

    def _block(self, title: str, sentence: str, verb: str) -> None:
        self.read = None
        self.acts.show_card(CardsRead(), None)
        self.blocked.set_texts(title, sentence)
        self.unlocking.setText(verb)
        self.whole.setCurrentWidget(self.blocked)

    def _show_card(self, fingerprint: str) -> None:
        read = self.read or CardsRead()
        row = next((one for one in read.rows if one.fingerprint == fingerprint), None)
        self._wanted = fingerprint or None
        self.acts.show_card(read, row)
        self.detail.show_card(read, row)

    def _created(self, fingerprint: str) -> None:
        self._wanted = fingerprint
        self.workspace.say(_("This computer has a key card. Give it to your colleagues now."))

    def _open_file(self) -> None:
        self.workspace.command("open_file")
