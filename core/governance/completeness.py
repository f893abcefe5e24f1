"""How complete the entries are: of each fact that can be asked of a channel, how often nobody knows the answer.

Not knowing is no fault and no finding; it is a percentage, and a list of what to ask next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from core.fields import Field
from core.inventory.asking import ASKED, ASKED_OF, OWNED_STATES, is_unknown, known_percent
from core.inventory.channels import FIELDS
from core.model import Channel
from core.storage.sorting import sort_key

PARTS = ((100, 100), (75, 99), (50, 74), (0, 49))
"""Parts of the channels by how complete they are: from and to how many percent."""


@dataclass(frozen=True, slots=True)
class FactKnown:
    """How often one fact is known.

    Attributes:
        field: The fact.
        asked: Of how many channels it is asked.
        missing: Of how many of them nobody knows it.
    """

    field: Field
    asked: int
    missing: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete some entries are.

    Attributes:
        facts: The facts in the order of the form.
    """

    facts: tuple[FactKnown, ...]

    @property
    def asked(self) -> int:
        """How many facts are asked of all channels together."""
        return sum(fact.asked for fact in self.facts)

    @property
    def missing(self) -> int:
        """How many of them nobody knows."""
        return sum(fact.missing for fact in self.facts)

    @property
    def percent(self) -> int:
        """How much is known, in percent; a hundred only if nothing is missing."""
        return 100 * (self.asked - self.missing) // self.asked if self.asked else 100

    def missing_most(self) -> list[FactKnown]:
        """Return the facts that are missing anywhere, those missing most often first."""
        return sorted((fact for fact in self.facts if fact.missing), key=lambda fact: -fact.missing)


def completeness(session: Session, channel_id: UUID | None = None) -> Completeness:
    """Return how complete the entries are, of all channels or of one."""
    query = _counts() if channel_id is None else _counts().where(Channel.id == channel_id)
    asked, missing = dict[str, int](), dict[str, int]()
    counts = (int(count or 0) for count in session.execute(query).one())
    for _condition, keys in ASKED:
        asked |= dict.fromkeys(keys, next(counts))
        missing |= {key: next(counts) for key in keys}
    return Completeness(
        tuple(FactKnown(field, asked[field.key], missing[field.key]) for field in FIELDS if field.key in ASKED_OF)
    )


def parts(session: Session) -> dict[tuple[int, int], int]:
    """Count the channels of each of the PARTS."""
    percent = known_percent()
    rows = session.execute(select(percent, func.count()).where(Channel.state.in_(OWNED_STATES)).group_by(percent)).all()
    known = [(one, number) for one, number in rows if one is not None]
    return {(first, last): sum(number for one, number in known if first <= one <= last) for first, last in PARTS}


def channels_missing(session: Session, key: str) -> list[UUID]:
    """Return the channels of which nobody knows a fact, in the order of their titles.

    Raises:
        KeyError: It is not one that is asked.
    """
    query = select(Channel.title, Channel.id).where(Channel.state.in_(OWNED_STATES), ASKED_OF[key], is_unknown(key))
    # Each database orders texts in its own way, and none of them as a telephone book does.
    titled = sorted((sort_key(title), channel_id) for title, channel_id in session.execute(query).all())
    return [channel_id for _key, channel_id in titled]


def missing_facts(session: Session, channel_id: UUID) -> tuple[Field, ...]:
    """Return the facts that nobody knows of one channel, in the order of the form."""
    return tuple(fact.field for fact in completeness(session, channel_id).facts if fact.missing)


@cache
def _counts() -> Select[Any]:
    """Return the query that counts of how many channels each part of ASKED is asked, and each of its facts missing."""
    counts = [
        func.sum(case((one, 1), else_=0))
        for condition, keys in ASKED
        for one in (condition, *(and_(condition, is_unknown(key)) for key in keys))
    ]
    return select(*counts).where(Channel.state.in_(OWNED_STATES))
