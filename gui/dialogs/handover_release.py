"""Releasing what the successor has confirmed: what is deleted here, and what must be sure before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.listing import HandoverDetail, ItemRow
from core.custody.handover.pages import page_of
from core.custody.handover.possible import Possible
from core.custody.handover.steps.case import best
from core.custody.handover.steps.step_guards import numbers_meet
from core.custody.identity.cards import Card
from core.i18n import _, show_date
from core.model import Act, ItemKind, Way
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import statement_file
from gui.handover_words import thing_text
from gui.widgets import named
from gui.widgets.paper_scan import PaperScan
from gui.widgets.severity import SeverityLabel
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Who confirmed what.

    Attributes:
        unverified: The card of the successor, where the person here has not verified it.
        doubted: The logins of which only a try tells whether the old secret is of no use any more.
        changed_here: Those of them that this person changed, too, as the successor's registry did not know.
        pages: Where the own roles are given back, by thing; as the program itself knows.
    """

    unverified: Card | None
    doubted: frozenset[UUID]
    changed_here: frozenset[UUID]
    pages: dict[UUID, str]


class ReleaseHandoverDialog(HandoverDecision):
    """Removes the own copies, and signs that they are gone."""

    help_topic = "handovers#release"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        question = _("Release what {taker} has confirmed?").format(taker=detail.row.taker)
        super().__init__(workspace, question, _("Release it"), parent)
        self._detail, self._items = detail, {one.id: one for one in possible.items}
        self._read: Confirmations | None = None
        self.things = TickedThings("thing", [_thing(one) for one in self._items.values()])
        self.things.changed.connect(self.enable)
        self.body.addWidget(self.things)
        self.tried: TickedThings | None = None
        self.paper = PaperScan(workspace)
        handover, items = detail.row.id, tuple(possible.items)
        self.ask_keyring(lambda actor: _look(actor, handover, items), self.show_confirmations)

    def may_decide(self) -> bool:
        """Something is ticked, and each login of which there is doubt was tried."""
        if self._read is None:
            return False
        tried = set(self.tried.chosen()) if self.tried is not None else set()
        chosen = set(self.things.chosen())
        return bool(chosen) and (chosen & self._read.doubted) <= tried

    def show_confirmations(self, read: Confirmations) -> None:
        """Show what must be sure before it is released."""
        first, self._read = self._read is None, read
        if first:
            self._offer_pages(read.pages)
        self._show_doubt(read)
        if first:
            self.body.addWidget(self.paper)
            self.things.setFocus()
        self.enable()

    def take(self) -> None:
        """Let go of it."""
        handover, wanted, paper = self._detail.row.id, self.things.chosen(), self.paper.digest
        doubted = self._read.doubted if self._read is not None else frozenset()
        tried = [one for one in self.tried.chosen() if one in doubted] if self.tried is not None else []

        def release(actor: Actor) -> Statement:
            return protocol.release(actor, handover, wanted, paper=paper, tried=tried)

        self.ask_keyring(release, self._released)

    def _released(self, statement: Statement) -> None:
        told = [_("Released. The handover goes on without you for what you ticked.")]
        if any(one.kind is ItemKind.CREDENTIAL for one in statement.items):
            told = [_("Released. Your copies are deleted from this keyring.")]
        self.finish(statement.handover, told, [statement_file(statement)])

    def _offer_pages(self, pages: dict[UUID, str]) -> None:
        for place, (id, page) in enumerate(pages.items()):
            text = _("Open the platform of “{label}” to give the role back").format(label=self._items[id].label)
            button = named(QPushButton(text), f"open-page-{place}", link=True)
            button.setAutoDefault(False)
            button.setToolTip(page)
            button.clicked.connect(lambda _on=False, page=page: self.open_page(page))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_doubt(self, read: Confirmations) -> None:
        """Ask of each login of which there is doubt whether it was tried; what was ticked stays ticked."""
        if self.tried is None:
            if not read.doubted:
                return
            self._ask_whether_tried([one for one in self._items if one in read.doubted])
        sentences = list[str]()
        if read.unverified is not None:
            sentences.append(_about_unverified(read.unverified))
            self._comparing.setText(_("Compare words with {name}...").format(name=read.unverified.name))
        if read.changed_here:
            sentences.append(_(HandoverRefusal.SAME_NUMBER.sentence))
        self._doubt.show_severity("warning", "\n".join(sentences))
        self._doubt.setVisible(bool(read.doubted))
        self._comparing.setVisible(bool(read.doubted) and read.unverified is not None)
        for id, check in self.tried.checks.items() if self.tried is not None else ():
            check.setVisible(id in read.doubted)

    def _ask_whether_tried(self, doubted: Iterable[UUID]) -> None:
        self._doubt = SeverityLabel("warning", sentences=True)
        self._comparing = named(QPushButton(), "compare-words")
        self._comparing.setAutoDefault(False)
        self._comparing.clicked.connect(self._verify)
        asked = _("I have tried the old secret of “{label}”: it does not open the account any more.")
        self.tried = TickedThings(
            "tried", [Thing(id, asked.format(label=self._items[id].label), ticked=False) for id in doubted]
        )
        self.tried.changed.connect(self.enable)
        self.body.addWidget(self._doubt)
        self.body.addWidget(self._comparing, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.tried)

    def _verify(self) -> None:
        from gui.handover_comparing import compare_words

        if self._read is None or self._read.unverified is None:
            return
        handover, items = self._detail.row.id, tuple(self._items.values())
        dialog = compare_words(self.workspace, self._read.unverified, self)
        dialog.finished.connect(
            lambda _outcome: self.ask_keyring(lambda actor: _look(actor, handover, items), self.show_confirmations)
        )


def _look(actor: Actor, handover: UUID, items: tuple[ItemRow, ...]) -> Confirmations:
    known = actor.statements(handover)
    logins = (one.id for one in items if one.kind is ItemKind.CREDENTIAL)
    confirmed = {id: best(actor, known, Act.CONFIRMATION, id) for id in logins}
    said = {id: one for id, one in confirmed.items() if one is not None}
    unverified = {id: one.by for id, one in said.items() if not actor.verified(one.by)}
    changed_here = {id for id, one in said.items() if _is_changed_here(actor, id, one)}
    with actor.custodian.registry.reading() as session:
        pages = {one.id: page_of(session, one) for one in items if one.way is Way.ROLE}
    return Confirmations(
        next(iter(unverified.values()), None),
        frozenset(unverified.keys() | changed_here),
        frozenset(changed_here),
        {id: page for id, page in pages.items() if page},
    )


def _is_changed_here(actor: Actor, login: UUID, confirmation: Statement) -> bool:
    """Say whether the own change of a login bears the number of the confirmed one or a later one, as in two copies."""
    told = next(one for one in confirmation.items if one.id == login)
    return numbers_meet(actor, told, told.revision or 0)


def _about_unverified(card: Card) -> str:
    return _(
        "You have not verified the card of {name}, who confirmed this. Compare the words, or try yourself whether "
        "the old secret still opens the account. Release only what it does not open any more."
    ).format(name=card.name)


def _thing(item: ItemRow) -> Thing:
    on = show_date(item.since)
    if item.way is Way.ROLE:
        note = _("Confirmed on {day}. Give your own role back on the platform first; then nothing of it is yours.")
    else:
        note = _("A new secret is in force since {day}. Your old one is deleted from this keyring.")
    return Thing(item.id, thing_text(item), note.format(day=on))
