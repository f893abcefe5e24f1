"""Recognising a file that was opened, dropped or pasted: what it is, from whom, and what happens next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from core.custody.handover.formats.age_armor import LARGEST_FILE
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement, read_statement_file
from core.custody.handover.item_course import BY_BUNDLE
from core.custody.handover.record.record_file import RecordFile, read_record
from core.custody.identity.armor import LARGEST, Kind, letter_of, unarmored
from core.custody.identity.cards import Card, read_card
from core.custody.identity.refusals import RefusedError
from core.custody.identity.statements import Said
from core.custody.identity.statements import Statement as AboutCard
from core.custody.identity.statements import read_statement as read_about_card
from core.errors import UnusableFileError
from core.i18n import _, ngettext
from core.model import Act
from core.system_reasons import reason_of

_AGE = "-----BEGIN AGE ENCRYPTED FILE-----"


class Sort(StrEnum):
    """What a file is."""

    CARD = "card"
    CERTIFICATE = "certificate"
    REVOCATION = "revocation"
    STATEMENT = "statement"
    BUNDLE = "bundle"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was recognised; nothing of it is believed yet but that its own signature fits.

    Attributes:
        sort: What it is.
        handover: Which handover it belongs to, None for cards and for what is still sealed.
        person: Whose key signed it, None for what is still sealed.
        name: What that person's card calls them.
        what: What it is, in one sentence.
        next: What happens next, in one sentence.
        statement: The statement in it.
        card: The card in it, or the one of which it speaks.
        about: The certificate or revocation in it.
        record: The record in it.
        content: The file itself, for what is still sealed.
    """

    sort: Sort
    handover: UUID | None
    person: UUID | None
    name: str
    what: str
    next: str
    statement: Statement | None = None
    card: Card | None = None
    about: AboutCard | None = None
    record: RecordFile | None = None
    content: bytes = b""


_WHAT: Mapping[Act, Callable[[int], str]] = {
    Act.PROPOSAL: lambda count: ngettext(
        "{name} proposes a handover of {count} thing.",
        "{name} proposes a handover of {count} things.",
        count,
    ),
    Act.REQUEST: lambda count: ngettext(
        "{name} asks for {count} thing of a handover.",
        "{name} asks for {count} things of a handover.",
        count,
    ),
    Act.SEALING: lambda count: ngettext(
        "{name} says that {count} thing was sealed.",
        "{name} says that {count} things were sealed.",
        count,
    ),
    Act.RECEIPT: lambda count: ngettext(
        "{name} has opened the sealed file with {count} thing.",
        "{name} has opened the sealed file with {count} things.",
        count,
    ),
    Act.CONFIRMATION: lambda count: ngettext(
        "{name} confirms that {count} thing was taken over.",
        "{name} confirms that {count} things were taken over.",
        count,
    ),
    Act.RELEASE: lambda count: ngettext(
        "{name} releases {count} thing and keeps no copy of it.",
        "{name} releases {count} things and keeps no copies of them.",
        count,
    ),
    Act.RETURN: lambda count: ngettext(
        "{name} gives {count} copy back.",
        "{name} gives {count} copies back.",
        count,
    ),
    Act.REFUSAL: lambda count: ngettext(
        "{name} refuses {count} thing.",
        "{name} refuses {count} things.",
        count,
    ),
    Act.WITHDRAWAL: lambda count: ngettext(
        "{name} withdraws {count} thing.",
        "{name} withdraws {count} things.",
        count,
    ),
    Act.CLOSING: lambda count: ngettext(
        "{name} closes {count} thing as head of press.",
        "{name} closes {count} things as head of press.",
        count,
    ),
    Act.SUPERSESSION: lambda count: ngettext(
        "{name} ends {count} thing as head of press, because a computer or a key was lost.",
        "{name} ends {count} things as head of press, because a computer or a key was lost.",
        count,
    ),
}
"""By act, what a statement says of so many things; {name} is whoever made it."""


def recognise_file(source: Path | bytes, *, person: UUID | None = None) -> Found:
    """Say what a file is; nothing is changed, and no keyring is asked.

    Args:
        source: The file, or its content.
        person: Who reads it, so that it can be said what comes next for them.

    Raises:
        UnusableFileError: It cannot be read.
        RefusedError: It is nothing of ours, or damaged.
    """
    content = source if isinstance(source, bytes) else _read(source)
    if _AGE in letter_of(content[: LARGEST_FILE + 1]):
        return _bundle(content)
    kind, text = unarmored(content)
    match kind:
        case Kind.KEY_CARD:
            return _card(read_card(text))
        case Kind.CERTIFICATE | Kind.REVOCATION:
            return _about_card(read_about_card(text, Said.CERTIFIED if kind is Kind.CERTIFICATE else Said.REVOKED))
        case Kind.HANDOVER_RECORD:
            return _record(read_record(text))
        case _:
            return told_by(read_statement_file(content), person)


def what_is_said(act: Act, name: str, count: int) -> str:
    """Say what somebody says of so many things, in one statement or in several."""
    return _WHAT[act](count).format(name=name, count=count)


def told_by(statement: Statement, person: UUID | None) -> Found:
    """Say what a statement is, and what comes next for a person."""
    name = statement.by.name
    return Found(
        Sort.STATEMENT,
        statement.handover,
        statement.by.person,
        name,
        what_is_said(statement.act, name, len(statement.items)),
        _next(statement, person),
        statement=statement,
        card=statement.by,
    )


def _bundle(content: bytes) -> Found:
    if len(content) > LARGEST_FILE:
        raise RefusedError(HandoverRefusal.TOO_LARGE)
    what = _("This is the sealed file of a handover. Whose it is can only be seen by whom it is sealed for.")
    then = _("Next, your keyring opens it and keeps what is in it; then a receipt goes back.")
    return Found(Sort.BUNDLE, None, None, "", what, then, content=content)


def _card(card: Card) -> Found:
    what = _("This is the key card of {name}, from the computer “{device}”.").format(name=card.name, device=card.device)
    then = _("Next, compare the words with {name} on the telephone.").format(name=card.name)
    return Found(Sort.CARD, None, card.person, card.name, what, then, card=card)


def _about_card(about: AboutCard) -> Found:
    name = about.card.name
    if about.said is Said.CERTIFIED:
        what = _("The head of press certifies that this is the key card of {name}.").format(name=name)
        then = _("Next, the card counts as verified, if you have verified the one of the head of press.")
        return Found(Sort.CERTIFICATE, None, None, "", what, then, card=about.card, about=about)
    what = _("A key card of {name} is revoked.").format(name=name)
    then = _("Next, nothing is sealed to this card any more, and nothing that it signs counts.")
    return Found(Sort.REVOCATION, None, None, "", what, then, card=about.card, about=about)


def _record(record: RecordFile) -> Found:
    name = record.by.name
    what = _("This is the record of a handover, made by {name}.").format(name=name)
    then = _("Next, its signatures are checked; nothing is taken in.")
    return Found(Sort.RECORD, record.handover, record.by.person, name, what, then, card=record.by, record=record)


def _next(statement: Statement, person: UUID | None) -> str:
    if person not in {statement.giver, statement.taker}:
        return _("Next, this registry notes it. You yourself have nothing to do.")
    gives = person == statement.giver
    match statement.act:
        case Act.PROPOSAL if not gives:
            return _("Next, you look at it and ask for what you take over.")
        case Act.REQUEST if gives and any(told.way in BY_BUNDLE for told in statement.items):
            return _("Next, you verify the card of {name} if need be, and seal what is asked for.").format(
                name=statement.by.name
            )
        case Act.REQUEST if gives:
            return _("Next, {name} takes it over and confirms it; then you release it.").format(name=statement.by.name)
        case Act.CONFIRMATION if gives:
            return _("Next, you release it, and your own copy is removed.")
        case Act.SEALING if not gives:
            return _("Next, you open the sealed file that belongs to it.")
        case Act.RECEIPT if gives:
            return _("Next, {name} sets a new secret, unless it is a copy. You keep yours until then.").format(
                name=statement.by.name
            )
        case Act.REFUSAL | Act.WITHDRAWAL | Act.SUPERSESSION:
            return _("Next, whoever hands over changes the secrets that were sealed already.")
        case _:
            return _("Next, this registry notes it. You yourself have nothing to do.")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error
