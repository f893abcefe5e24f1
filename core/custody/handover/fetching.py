"""What lies in a mailbox for one person: read and told from whom it is, but not taken in, and not believed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.handover.item_course import BY_BUNDLE
from core.custody.handover.kept import head_of_press, statements_of
from core.custody.handover.mailbox import BUNDLE, CARD, Mailbox, remove_sealed
from core.custody.handover.reading import Found, Sort, recognise_file
from core.custody.identity.cards import Card
from core.custody.identity.refusals import RefusedError
from core.errors import UnusableFileError
from core.model import Act, Handover, HandoverItem, HandoverStatement, ItemState, KeyCard, KeyVerification, Person

_TO_OPEN = (ItemState.REQUESTED, ItemState.SEALED)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks into a mailbox.

    Attributes:
        session: A session that reads.
        registry: The id of the registry.
        person: Who it is.
        store: Their keyring; what it signed itself is not for it.
    """

    session: Session
    registry: str
    person: UUID
    store: UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """All that one person has laid down and this one has not taken in yet.

    Attributes:
        sender: The id of that person, as the files claim.
        name: What the registry calls them, or their card where the registry does not know them yet.
        found: The files, in the order in which they are taken in.
    """

    sender: UUID
    name: str
    found: tuple[Found, ...]


def letters_for(reader: Reader, mailbox: Mailbox) -> tuple[Letter, ...]:
    """Return what lies there for somebody, by sender; what is damaged or of no use is left alone.

    Raises:
        UnusableFileError: The mailbox cannot be listed.
    """
    by_sender: dict[UUID, list[Found]] = {}
    names = sorted(mailbox.list(), key=lambda name: name.endswith(BUNDLE))
    for name in names:
        with suppress(RefusedError, UnusableFileError):
            for found in _for_me(reader, mailbox, name):
                if found.person is not None:
                    by_sender.setdefault(found.person, []).append(found)
    people = {one.id: one.name for one in reader.session.scalars(select(Person).where(Person.id.in_(by_sender)))}
    return tuple(Letter(one, people.get(one, files[0].name), _in_order(files)) for one, files in by_sender.items())


def clear_sealed(reader: Reader, mailbox: Mailbox) -> None:
    """Remove the sealed files of the person's handovers that are over; their hashes stay in the receipts."""
    mine = Handover.from_id == reader.person
    over = reader.session.scalars(select(Handover.id).where(mine, Handover.finished_on.is_not(None)))
    remove_sealed(mailbox, over.all())


def _for_me(reader: Reader, mailbox: Mailbox, name: str) -> Iterator[Found]:
    if name.endswith(CARD):
        if name.startswith(str(reader.person)):
            yield from _card(reader, recognise_file(mailbox.get(name), person=reader.person))
    elif name.endswith(BUNDLE):
        yield from _sealed(reader, mailbox, UUID(Path(name).stem) if _is_id(Path(name).stem) else None)
    elif not _is_known_by_name(reader, name):
        found = recognise_file(mailbox.get(name), person=reader.person)
        if found.sort is Sort.STATEMENT and _is_new(reader, found):
            yield found


def _is_new(reader: Reader, found: Found) -> bool:
    """Say whether a statement is for this person, from elsewhere, and not taken in yet."""
    said = found.statement
    if said is None or said.registry != reader.registry or said.by.store == reader.store:
        return False
    if reader.person not in {said.giver, said.taker, head_of_press(reader.session)}:
        return False
    known = select(HandoverStatement.id).where(HandoverStatement.digest == said.digest)
    return reader.session.scalar(known) is None


def _is_known_by_name(reader: Reader, name: str) -> bool:
    """Say whether a statement was taken in, by the beginning of its hash; most was, and is not read."""
    begin = Path(name).stem[-8:]
    known = select(HandoverStatement.id).where(HandoverStatement.digest.startswith(begin, autoescape=True))
    return reader.session.scalars(known.limit(1)).first() is not None


def _sealed(reader: Reader, mailbox: Mailbox, handover: UUID | None) -> Iterator[Found]:
    """Give the sealed file of a handover in which this person waits for one."""
    record = reader.session.get(Handover, handover) if handover is not None else None
    if record is None or record.to_id != reader.person:
        return
    waits = select(HandoverItem.id).where(
        HandoverItem.handover_id == record.id, HandoverItem.way.in_(BY_BUNDLE), HandoverItem.state.in_(_TO_OPEN)
    )
    said = statements_of(reader.session, record.id)
    is_own = any(one.act is Act.SEALING and one.by.store == reader.store for one in said)
    if reader.session.scalars(waits.limit(1)).first() is not None and not is_own:
        found = recognise_file(mailbox.get(f"{record.id}{BUNDLE}"))
        yield replace(found, handover=record.id, person=record.from_id)


def _card(reader: Reader, found: Found) -> Iterator[Found]:
    """Give a card that this person has not verified."""
    card = found.card
    if found.sort is not Sort.CARD or card is None or card.registry != reader.registry:
        return
    if card.store != reader.store and not _is_verified(reader, card):
        yield found


def _is_verified(reader: Reader, card: Card) -> bool:
    """Say whether the registry tells that this person verified a card, or that somebody revoked it; only for show."""
    kept = reader.session.scalars(select(KeyCard).where(KeyCard.fingerprint == card.fingerprint)).first()
    if kept is None:
        return False
    mine = select(KeyVerification.id).where(
        KeyVerification.key_card_id == kept.id, KeyVerification.person_id == reader.person
    )
    return kept.revoked_on is not None or reader.session.scalar(mine) is not None


def _in_order(files: list[Found]) -> tuple[Found, ...]:
    """Return cards, then statements as they were made, then what is sealed."""
    sorts = (Sort.CARD, Sort.STATEMENT, Sort.BUNDLE)

    def place(found: Found) -> tuple[int, str]:
        return sorts.index(found.sort), found.statement.made_at.isoformat() if found.statement is not None else ""

    return tuple(sorted(files, key=place))


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
