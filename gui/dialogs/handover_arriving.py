"""A file of a handover that was opened or dropped: what it is, from whom, what it brings along, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.custody.custodian import OpenRegistry
from core.custody.handover.acting import Actor
from core.custody.handover.arriving import Arrived, arrive, peeked
from core.custody.handover.kept import statements_of
from core.custody.handover.lacking import Difference, Lacking, differences, lacking
from core.custody.handover.reading import Found, Sort
from core.custody.handover.refusals import HandoverRefusal
from core.custody.handover.refusing import logged_refusals
from core.custody.identity.refusals import RefusedError
from core.errors import RegistryError
from core.i18n import _, ngettext
from gui.dialogs.handover_decision import HandoverDecision
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
    """

    found: Found
    lacking: tuple[Lacking, ...] = ()
    differing: tuple[Difference, ...] = ()
    is_known: bool = False


class ArrivingDialog(HandoverDecision):
    """One dialog for every signed or sealed file; the core looks who may say what."""

    help_topic = "handovers#files"

    def __init__(self, workspace: Workspace, found: Found, parent: QWidget | None = None) -> None:
        self._is_sealed = found.sort is Sort.BUNDLE
        question = _("A sealed file of a handover") if self._is_sealed else _("A file of a handover")
        super().__init__(workspace, question, _("Open") if self._is_sealed else _("Take in"), parent)
        self._found, self._looked = found, False
        self.what, self.then = QLabel(found.what, wordWrap=True), muted(found.next)
        self.brings = QWidget()
        column = QVBoxLayout(self.brings)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._lines = column
        for label in (self.what, self.then):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.body.addWidget(label)
        self.body.addWidget(self.brings)
        self._look()

    def may_decide(self) -> bool:
        """What it brings along is in sight."""
        return self._looked

    def show_looked(self, looked: Looked) -> None:
        """Show what the file would bring along."""
        self._found, self._looked = looked.found, True
        self.what.setText(looked.found.what)
        statement = looked.found.statement
        if statement is not None:
            self._list(_("It is about:"), [thing_text(one) for one in statement.items])
        if looked.is_known and not self._is_sealed:
            self.messages.show_message(_("This file was taken in before. Nothing changes."), "notice")
        if looked.lacking:
            lines = [lacking_text(one.table, one.label) for one in looked.lacking]
            self._list(_("This registry lacks the following. It is added:"), lines)
        if looked.differing:
            heading = _("The file says something else than this registry. Nothing of that is taken over:")
            self._list(heading, [_difference(one) for one in looked.differing])
        self.primary.setFocus()

    def take(self) -> None:
        """Let it take effect."""
        found = self._found

        def take_in(actor: Actor) -> Arrived:
            return arrive(actor.custodian, found, actor.now, add=True)

        self.ask_keyring(take_in, self.show_arrived, self.show_refused)

    def show_arrived(self, arrived: Arrived) -> None:
        """Say what became of it, and offer the answer."""
        handover = arrived.found.handover or (arrived.answer.handover if arrived.answer is not None else None)
        answer = [statement_file(arrived.answer)] if arrived.answer is not None else []
        if handover is not None:
            hint = _about_answer(arrived.found.name) if answer else ""
            self.finish(handover, _told(arrived), answer, hint)

    def show_refused(self, error: RegistryError) -> None:
        """Say why it does not count; where comparing words helps, offer it."""
        card = self._found.card
        is_unverified = isinstance(error, RefusedError) and error.code in _UNVERIFIED and card is not None
        self.messages.show_message(
            error.sentence, way_out=(_("Compare words..."), self._verify) if is_unverified else None
        )

    def _look(self) -> None:
        found = self._found
        if self._is_sealed:
            self.ask_keyring(lambda actor: _peek(actor, found), self.show_looked, self.show_refused)
        else:
            self.ask_registry(lambda registry: _looked(registry, found), self.show_looked)

    def _verify(self) -> None:
        from gui.dialogs.verify_card import VerifyCardDialog

        if self._found.card is not None:
            VerifyCardDialog(self.workspace, self._found.card, self).open()

    def _list(self, heading: str, lines: Iterable[str]) -> None:
        told = list(lines)
        shown = told[:_MOST_LINES]
        if len(told) > len(shown):
            more = len(told) - len(shown)
            shown.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self._lines.addWidget(muted(heading))
        for text in shown:
            label = QLabel(_("• {text}").format(text=text), wordWrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._lines.addWidget(label)


def _peek(actor: Actor, found: Found) -> Looked:
    with logged_refusals(actor.custodian):
        return _looked(actor.custodian.registry, peeked(actor.custodian, found, actor.now))


def _looked(registry: OpenRegistry, found: Found) -> Looked:
    statement = found.statement
    if statement is None or statement.registry != registry.id:
        raise RefusedError(HandoverRefusal.OTHER_REGISTRY)
    with registry.reading() as session:
        known = any(one.digest == statement.digest for one in statements_of(session, statement.handover))
        return Looked(found, lacking(session, statement), differences(session, statement), known)


def _difference(one: Difference) -> str:
    return _("{label}, {what}: here “{here}”, in the file “{there}”").format(
        label=one.label, what=one.what, here=one.here, there=one.there
    )


def _told(arrived: Arrived) -> list[str]:
    found, answer = arrived.found, arrived.answer
    if answer is not None:
        count = len(answer.items)
        kept = ngettext("{count} secret is in your keyring now.", "{count} secrets are in your keyring now.", count)
        return [kept.format(count=count), _("Send the receipt back to {name}.").format(name=found.name)]
    if not arrived.taken:
        return [_("This file was taken in before. Nothing changed.")]
    return [_("Taken in: {what}").format(what=found.what), found.next]


def _about_answer(name: str) -> str:
    return _(
        "The receipt tells {name} that the file has arrived; nothing in it is secret. If you both work with the same "
        "registry file, it is not needed."
    ).format(name=name)
