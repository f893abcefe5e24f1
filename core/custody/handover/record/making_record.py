"""Making the record of a handover: the registry says what was signed, the keyring how each key was verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.handover.course import BY_HEAD
from core.custody.handover.formats.statements import Signer, Statement, read_statement
from core.custody.handover.record.record_file import RecordFile, in_order, make_record_file
from core.custody.handover.record.record_known import Checked, Known
from core.custody.identity.cards import Card
from core.custody.identity.circle import HEAD_OF_PRESS, Circle, Standing, look, own_identity
from core.custody.identity.enrolling import enrol
from core.custody.identity.listing import kept_certificates
from core.custody.identity.refusals import RefusedError
from core.custody.identity.statements import Said
from core.custody.identity.statements import Statement as AboutCard
from core.custody.identity.statements import read_statement as read_about_card
from core.errors import BadInputError
from core.i18n import _
from core.model import Change, Handover, HandoverStatement, Person, RegistrySetting
from core.settings import read_settings
from core.storage import chain
from core.storage.history import entries

SHORTEST_PIECE = 4
_NO_NUMBER = 1
"""A record is no statement of the handover and takes no number from the keyring."""


def make_record(custodian: Custodian, handover: UUID, now: datetime) -> RecordFile:
    """Make the record of a handover as this registry and this keyring know it; a keyring without a card gets one.

    Raises:
        BadInputError: There is no such handover, none of its statements can be read, or nobody works here yet.
        RefusedError: There is more than a record can hold.
        VaultError: The keyring does not answer.
    """
    with custodian.registry.reading() as session:
        statements, unreadable = kept_statements(session, handover)
    if not statements:
        raise BadInputError(_("There is no handover “{id}”, or nobody has signed anything in it.").format(id=handover))
    enrol(custodian, now)
    circle = look(custodian)
    me = own_identity(circle, custodian)
    with custodian.registry.reading() as session:
        known = _known(session, circle, statements, me.card, unreadable)
        head = chain.head(session)[1]
    return make_record_file(statements, known, Signer(me.card, me.keys, _NO_NUMBER, head, now))


def handover_called(session: Session, text: str) -> UUID:
    """Return the handover that an id or its beginning means.

    Raises:
        BadInputError: There is none, or several.
    """
    wanted = text.strip().lower()
    ids = [one for one in session.scalars(select(Handover.id)) if str(one).startswith(wanted)]
    if len(wanted) < SHORTEST_PIECE or not ids:
        raise BadInputError(_("There is no handover “{id}”. Please give its id.").format(id=text))
    if len(ids) > 1:
        raise BadInputError(_("Several handovers begin with “{id}”. Please give more of the id.").format(id=text))
    return ids[0]


def kept_statements(session: Session, handover: UUID) -> tuple[tuple[Statement, ...], int]:
    """Return the statements of a handover that the registry keeps, the oldest first, and how many nobody can read."""
    texts = list(session.scalars(select(HandoverStatement.text).where(HandoverStatement.handover_id == handover)))
    read = readable(texts, handover)
    return read, len(texts) - len(read)


def readable(texts: Iterable[str], handover: UUID) -> tuple[Statement, ...]:
    """Return the statements of a handover among texts, the oldest first; whoever writes to the registry wrote them."""
    read = (_read(text) for text in texts)
    return tuple(sorted((one for one in read if one is not None and one.handover == handover), key=in_order))


def _read(text: str) -> Statement | None:
    try:
        return read_statement(text.encode("utf-8", "surrogatepass"))
    except RefusedError:
        return None


def _known(session: Session, circle: Circle, statements: Sequence[Statement], maker: Card, unreadable: int) -> Known:
    certificates = kept_certificates(session)
    cards = {card.fingerprint: card for one in statements for card in (one.by, *one.cards)}
    cards[maker.fingerprint] = maker
    certified = [certificates[one] for one in cards if one in certificates]
    revoked = list(_revocations(circle, cards))
    signers = _signers(circle, [*certified, *revoked])
    checked = {card.fingerprint: card for card in (*cards.values(), *signers)}
    return Known(
        city=str(read_settings(session)["city.name"]),
        people=_people(circle, statements[0], [card.person for card in cards.values()]),
        head=_head(session, circle, statements),
        checked=tuple(_checked(circle, card) for card in checked.values()),
        certificates=tuple(certified),
        revocations=tuple(revoked),
        cards=tuple(card for card in signers if card.fingerprint not in cards),
        unreadable=unreadable,
    )


def _head(session: Session, circle: Circle, statements: Iterable[Statement]) -> UUID | None:
    """Return who was head of press for a handover: whoever closed it, if the log knows them as that, else today's."""
    closers = {one.by.person for one in statements if one.act in BY_HEAD}
    return closers.pop() if len(closers) == 1 and closers <= _heads_ever(session) else circle.head


def _heads_ever(session: Session) -> set[UUID]:
    """Return whom the settings have ever named, as the log tells."""
    setting = session.scalar(select(RegistrySetting.id).where(RegistrySetting.key == HEAD_OF_PRESS))
    told = entries(session, Change.table_name == RegistrySetting.__tablename__, Change.record_id == setting)
    values = [entry.after.get("value") for entry in told if entry.after]
    named = {str(one.get("value")) for one in values if isinstance(one, dict)}
    return {person for person in session.scalars(select(Person.id)) if str(person) in named}


def _people(circle: Circle, statement: Statement, others: Iterable[UUID]) -> dict[UUID, str]:
    wanted = {statement.giver, statement.taker, *others, *([circle.head] if circle.head else [])}
    return {person: circle.people[person] for person in wanted if person in circle.people}


def _revocations(circle: Circle, fingerprints: Iterable[str]) -> Iterator[AboutCard]:
    for fingerprint in fingerprints:
        listed = circle.cards.get(fingerprint)
        if listed is None or listed.revocation is None:
            continue
        try:
            yield read_about_card(listed.revocation.encode("utf-8", "surrogatepass"), Said.REVOKED)
        except RefusedError:
            continue  # What nobody can read proves nothing.


def _signers(circle: Circle, said: Iterable[AboutCard]) -> list[Card]:
    found = {one.by: circle.cards[one.by].card for one in said if one.by in circle.cards}
    return list(found.values())


def _checked(circle: Circle, card: Card) -> Checked:
    standing, pin = circle.standing(card), circle.pin(card.fingerprint)
    return Checked(card.fingerprint, standing, pin.on if pin is not None and standing is not Standing.OWN else None)
