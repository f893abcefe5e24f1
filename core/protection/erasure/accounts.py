"""Accounts that carry somebody's name, or are an office holder's own: what people have to do before an erasure.

The address of an account that the city still uses is what the register is about; it stays unless somebody ticks it, for
only the platform can rename it. Once the person is erased, nobody can tell any more whose name it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.i18n import _
from core.inventory.channel_fields import GONE_STATES
from core.model import Channel, ChannelKind, Person, Responsibility
from core.protection.erasure.mentions import Mention

_OF_HOLDERS = (
    ChannelKind.OFFICE_HOLDER_OFFICIAL,
    ChannelKind.OFFICE_HOLDER_MIXED,
    ChannelKind.OFFICE_HOLDER_PRIVATE,
)


def accounts_in_use(session: Session) -> frozenset[UUID]:
    """Return the channels whose addresses the city uses: neither gone nor somebody's private account."""
    query = select(Channel.id).where(Channel.state.not_in(GONE_STATES))
    return frozenset(session.scalars(query.where(Channel.kind != ChannelKind.OFFICE_HOLDER_PRIVATE)))


def told_accounts(session: Session, mentions: Iterable[Mention], people: Iterable[UUID], today: date) -> list[str]:
    """Return a sentence for each account that somebody has to see to before anybody is erased.

    Args:
        session: A session that reads.
        mentions: Where the records name whoever is to be erased.
        people: Who that is.
        today: The day that counts as today.
    """
    named = {one.place.record_id for one in mentions if one.place.is_account and not one.ticked}
    return [*_named(session, named), *_held(session, frozenset(people), today)]


def _named(session: Session, channels: Iterable[UUID]) -> Iterator[str]:
    told = _(
        "The address of the account “{title}” ({address}) may name somebody. Have the account renamed or closed, and "
        "enter that here, before you erase: afterwards nobody can tell whose name it is."
    )
    for one in session.scalars(select(Channel).where(Channel.id.in_(channels)).order_by(Channel.title, Channel.id)):
        yield told.format(title=one.title, address=one.url or one.url_as_entered)


def _held(session: Session, people: frozenset[UUID], today: date) -> Iterator[str]:
    """Give the accounts of office holders for which somebody who is to be erased answers until now."""
    told = _(
        "“{title}” is an office holder's account, and {name} still answers for it here. Enter who does so now, or "
        "close the account."
    )
    query = (
        select(Channel.title, Person)
        .join(Responsibility, Responsibility.channel_id == Channel.id)
        .join(Person, Person.id == Responsibility.person_id)
        .where(Channel.kind.in_(_OF_HOLDERS), Channel.state.not_in(GONE_STATES))
        .where(or_(Responsibility.until.is_(None), Responsibility.until > today))
        .order_by(Channel.title, Channel.id)
    )
    yield from dict.fromkeys(
        told.format(title=title, name=person.name) for title, person in session.execute(query) if person.id in people
    )
