"""A file of a handover that was opened or dropped: what it is, from whom, what it brings along, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.custody.handover.acting import Actor
from core.custody.handover.arriving import Arrived, arrive, peeked
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import BY_BUNDLE
from core.custody.handover.kept import statements_of
from core.custody.handover.lacking import Difference, Lacking, differences, lacking
from core.custody.handover.reading import Found, Sort, what_is_said
from core.custody.handover.refusing import logged_refusals
from core.custody.identity.cards import Card
from core.custody.identity.refusals import RefusedError
from core.errors import RegistryError
from core.i18n import _, ngettext
from core.model import Act
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_comparing import compare_first, compare_words
from gui.handover_files import statement_file
from gui.handover_words import lacking_text, thing_text
from gui.widgets import muted
from gui.workspace import Workspace

_UNVERIFIED = frozenset({HandoverRefusal.NOT_VERIFIED, HandoverRefusal.STRANGER})
"""Refusals after which comparing the words with the sender can help."""
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would bring along.

    Attributes:
        found: The file; of a sealed one, with the statement in it.
        lacking: What would be added to the registry.
        differing: What it tells otherwise; nothing of that is taken over.
        is_known: Whether it was taken in before.
        unverified: The card that is to be verified first, as far as this can be told before.
    """

    found: Found
    lacking: tuple[Lacking, ...] = ()
    differing: tuple[Difference, ...] = ()
    is_known: bool = False
    unverified: Card | None = None

    @property
    def tells_nothing_else(self) -> bool:
        """Whether there is nothing to look at before it takes effect."""
        return not (self.lacking or self.differing or self.is_known) and self.unverified is None


class ArrivingDialog(HandoverDecision):
    """One dialog for all signed and sealed files; the core looks who may say what."""

    help_topic = "handovers#files"

    def __init__(
        self, workspace: Workspace, found: Sequence[Found], parent: QWidget | None = None, *, at_once: bool = False
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            found: The file, or several that were opened at once, the oldest first.
            parent: The window.
            at_once: Whether it takes effect without another click, unless there is something to look at.
        """
        self._at_once = at_once
        self._is_sealed = any(one.sort is Sort.BUNDLE for one in found)
        question, verb = _question(found)
        super().__init__(workspace, question, verb, parent)
        self._found, self._is_looked_at = tuple(found), False
        self._to_verify: Card | None = None
        self.what, self.then = QLabel(_what(found), wordWrap=True), muted(found[0].next)
        self.brings = QWidget()
        self._lines = QVBoxLayout(self.brings)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.what, self.then, self.brings):
            self.body.addWidget(label)
        self.then.setVisible(len(found) == 1)
        self._look()

    def may_decide(self) -> bool:
        """What it brings along is in sight."""
        return self._is_looked_at

    def show_looked(self, looked: Sequence[Looked]) -> None:
        """Show what the files would bring along."""
        self._found, self._is_looked_at = tuple(one.found for one in looked), True
        self.what.setText(_what(self._found))
        only = looked[0].found.statement if len(looked) == 1 else None
        if only is not None:
            self._list(_("It is about:"), [thing_text(one) for one in only.items])
        if all(one.is_known for one in looked) and not self._is_sealed:
            self.messages.show_message(_("This was taken in before. Nothing changes."), "notice")
        missing = [lacking_text(one.table, one.label) for file in looked for one in file.lacking]
        if missing:
            self._list(_("This registry lacks the following. It is added:"), dict.fromkeys(missing))
        differing = [_difference(one) for file in looked for one in file.differing]
        if differing:
            heading = _("The file says something else than this registry. Nothing of that is taken over:")
            self._list(heading, dict.fromkeys(differing))
        self.enable()
        self.primary.setFocus()
        self._to_verify = next((one.unverified for one in looked if one.unverified is not None), None)
        if self._to_verify is not None:
            self.messages.show_message(compare_first(self._to_verify.name), "notice", closable=False)
            self.primary.setText(_("Compare words..."))
        elif self._at_once and all(one.tells_nothing_else for one in looked):
            self.take()

    def take(self) -> None:
        """Let it take effect; what took effect before another file was refused stays. Words are compared first."""
        if self._to_verify is not None:
            self._verify(self._to_verify)
            return
        found = self._found

        def take_in(actor: Actor) -> list[Arrived]:
            return [arrive(actor.custodian, one, actor.now, add=True) for one in found]

        self.ask_keyring(take_in, self.show_arrived, self.show_refused)

    def show_arrived(self, arrived: Sequence[Arrived]) -> None:
        """Say what became of it, and offer the answer."""
        answers = [one.answer for one in arrived if one.answer is not None]
        handovers = [one.handover for one in self._found if one.handover] + [one.handover for one in answers]
        name = arrived[0].found.name
        hint, files = _about_answer(name) if answers else "", [statement_file(one) for one in answers]
        self.by_hand = _send_back(name)
        self.finish(handovers[-1], _told(arrived), files, hint)

    def show_refused(self, error: RegistryError) -> None:
        """Say why it does not count; where comparing words helps, offer it."""
        card = self._card() if isinstance(error, RefusedError) and error.code in _UNVERIFIED else None
        way_out = (_("Compare words..."), lambda: self._verify(card)) if card is not None else None
        self.messages.show_message(error.sentence, way_out=way_out)

    def _look(self) -> None:
        found = self._found
        self.ask_keyring(lambda actor: [_peek(actor, one) for one in found], self.show_looked, self.show_refused)

    def _card(self) -> Card | None:
        """Return whose card signed all of it, None where several people did."""
        cards = {one.card.fingerprint: one.card for one in self._found if one.card is not None}
        return next(iter(cards.values())) if len(cards) == 1 else None

    def _verify(self, card: Card) -> None:
        def verified() -> None:
            self._to_verify = None
            self.take()

        compare_words(self.workspace, card, self).accepted.connect(verified)

    def _list(self, heading: str, lines: Iterable[str]) -> None:
        told = list(lines)
        shown = told[:_MOST_LINES]
        if len(told) > len(shown):
            more = len(told) - len(shown)
            shown.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self._lines.addSpacing(8)
        self._lines.addWidget(muted(heading))
        for text in shown:
            label = QLabel(_("• {text}").format(text=text), wordWrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._lines.addWidget(label)


def _question(found: Sequence[Found]) -> tuple[str, str]:
    """Return the question, and the verb."""
    if len(found) > 1:
        told = ngettext("{count} file of a handover", "{count} files of a handover", len(found))
        return told.format(count=len(found)), _("Take all in")
    if found[0].sort is Sort.BUNDLE:
        return _("A sealed file of a handover"), _("Open")
    return _("A file of a handover"), _("Take in")


def _what(found: Sequence[Found]) -> str:
    if len(found) == 1:
        return found[0].what
    return "\n".join(_("• {text}").format(text=text) for text in _summed_up(found))


def _summed_up(found: Iterable[Found]) -> list[str]:
    """Say what files are; what one person says in several of them, of one handover, is said once."""
    said, what = dict[tuple[Act, UUID], list[Statement]](), dict[tuple[Act, UUID] | int, str]()
    for place, one in enumerate(found):
        if one.statement is None:
            what[place] = one.what
            continue
        key = one.statement.act, one.statement.handover
        said.setdefault(key, []).append(one.statement)
        things = {told.key for statement in said[key] for told in statement.items}
        what[key] = what_is_said(one.statement.act, one.name, len(things))
    return list(what.values())


def _peek(actor: Actor, found: Found) -> Looked:
    with logged_refusals(actor.custodian):
        return _looked(actor, peeked(actor.custodian, found, actor.now))


def _looked(actor: Actor, found: Found) -> Looked:
    statement, registry = found.statement, actor.custodian.registry
    if statement is None or statement.registry != registry.id:
        raise RefusedError(HandoverRefusal.OTHER_REGISTRY)
    with registry.reading() as session:
        known = any(one.digest == statement.digest for one in statements_of(session, statement.handover))
        missing, differing = lacking(session, statement), differences(session, statement)
    return Looked(found, missing, differing, known, None if known else _unverified(actor, statement))


def _unverified(actor: Actor, statement: Statement) -> Card | None:
    """Return whose card is to be verified first; the guards ask it again, and more, when it is taken in."""
    sealed = any(told.way in BY_BUNDLE for told in statement.items)
    own = actor.me().card.fingerprint  # For a move, it is another card of this very person.
    others = [one for one in actor.usable(statement.by.person) if one.fingerprint != own]
    return statement.by if sealed and not others and not actor.verified(statement.by) else None


def _difference(one: Difference) -> str:
    return _("{label}, {what}: here “{here}”, in the file “{there}”").format(
        label=one.label, what=one.what, here=one.here, there=one.there
    )


def _told(arrived: Sequence[Arrived]) -> list[str]:
    told, answers = [], [one.answer for one in arrived if one.answer is not None]
    if answers:
        count = sum(len(one.items) for one in answers)
        kept = ngettext("{count} secret is in your keyring now.", "{count} secrets are in your keyring now.", count)
        told += [kept.format(count=count), _send_back(arrived[0].found.name)]
    taken = [one.found for one in arrived if one.taken and one.answer is None]
    told += [_("Taken in: {what}").format(what=what) for what in _summed_up(taken)]
    if len(arrived) == 1 and taken:
        told.append(taken[0].next)
    return told or [_("This was taken in before. Nothing changed.")]


def _send_back(name: str) -> str:
    return _("Send the receipt back to {name}.").format(name=name)


def _about_answer(name: str) -> str:
    return _(
        "The receipt tells {name} that the file has arrived; nothing in it is secret. If you both work with the same "
        "registry file, it is not needed."
    ).format(name=name)
