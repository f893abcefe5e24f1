"""All cards of the registry as one person sees them: whose, on which computer, verified by whom, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.identity.circle import Circle, Standing, look
from core.custody.identity.refusals import RefusedError
from core.custody.identity.statements import Said, Statement, read_statement
from core.model import KeyCard, KeyVerification, Person


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card.

    Attributes:
        person_id: Whose it is.
        person: What the card calls them; what is damaged bears the registry's name.
        device: The remark about the computer.
        store: The keyring.
        fingerprint: SHA-256 of the card.
        created: When it was made.
        verified: How the person at this keyring verified it.
        told: The names of those who say that they verified it; nobody relies on it.
        head: Whether it is a card of the head of press.
        revoked: From which day on it is not used; None where it is in force.
        replaced: Whether a newer card took its place.
        problem: The code of what is wrong with what the registry keeps.
    """

    person_id: UUID
    person: str
    device: str
    store: UUID
    fingerprint: str
    created: datetime | None
    verified: Standing
    told: tuple[str, ...]
    head: bool
    revoked: date | None
    replaced: bool
    problem: str | None = None


def card_rows(custodian: Custodian) -> list[CardRow]:
    """Return all cards, by name, the newest first.

    Raises:
        VaultError: The keyring does not answer.
    """
    return rows_of(look(custodian), custodian)


def rows_of(circle: Circle, custodian: Custodian) -> list[CardRow]:
    """Return all cards as a circle has them, by name, the newest first; the keyring is not asked again."""
    with custodian.registry.reading() as session:
        kept = list(session.scalars(select(KeyCard).where(KeyCard.text != "")))  # Those of erased people are empty.
        names = {one.id: one.name for one in session.scalars(select(Person))}
        said: dict[UUID, list[str]] = {}
        for one in session.scalars(select(KeyVerification)):
            said.setdefault(one.key_card_id, []).append(names.get(one.person_id, ""))
        session.expunge_all()
    rows = [_row(row, circle, names, tuple(sorted(said.get(row.id, ()))), custodian.today) for row in kept]
    rows.sort(key=lambda row: row.created.isoformat() if row.created else "", reverse=True)
    return sorted(rows, key=lambda row: row.person.casefold())


def count_cards(session: Session) -> int:
    """Return how many cards the registry keeps; the keyring is not asked."""
    return session.scalar(select(func.count()).select_from(KeyCard).where(KeyCard.text != "")) or 0


def kept_certificates(session: Session) -> dict[str, Statement]:
    """Return the certificates that the registry keeps, by the fingerprint of their card; damaged ones are left out."""
    kept = select(KeyCard.fingerprint, KeyCard.certificate)
    found = dict[str, Statement]()
    for fingerprint, text in session.execute(kept):
        if text is None:
            continue
        try:
            statement = read_statement(text.encode("utf-8", "surrogatepass"), Said.CERTIFIED)
        except RefusedError:
            continue
        if statement.card.fingerprint == fingerprint:
            found[fingerprint] = statement
    return found


def _row(row: KeyCard, circle: Circle, names: Mapping[UUID, str], told: tuple[str, ...], today: date) -> CardRow:
    listed, problem = circle.cards.get(row.fingerprint), circle.broken.get(row.fingerprint)
    card = listed.card if listed is not None else None
    return CardRow(
        person_id=row.person_id,
        person=card.name if card else names.get(row.person_id, ""),
        device=card.device if card else "",
        store=row.store_id,
        fingerprint=row.fingerprint,
        created=card.created if card else None,
        verified=circle.standing(card) if card else Standing.NO,
        told=told,
        head=row.person_id == circle.head,
        revoked=row.revoked_on or (today if row.fingerprint in circle.pins.revoked else None),
        replaced=card is not None and circle.is_replaced(card),
        problem=problem.value if problem else None,
    )
