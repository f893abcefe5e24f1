"""What of somebody who is to be erased is still going on: said before, because afterwards nobody can tell whose it was.

Nobody is erased by mistake in silence: whoever still answers for a channel may not have left at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.governance.retention import consents_over, still_shown
from core.governance.rules.rule import Query
from core.i18n import N_, _
from core.inventory.accesses import is_open
from core.inventory.assets.uses import is_shown
from core.inventory.channels import GONE_STATES, label_of
from core.model import Access, Asset, AssetKind, AssetUse, AssetVersion, Channel, Person, Responsibility

_ANSWERS = N_(
    "{name} still answers for {channels}. Choose “Hand on” at the person and say who does so now, before you erase."
)
_GETS_IN = N_(
    "{name} still has access to {channels}. Have it withdrawn there and note that at the channel, before you erase."
)
_SHOWN = N_(
    "A picture of {name} is still shown on {channels}. Take it down there and note that at the asset, before you erase."
)
_WITHOUT_CONSENT = N_(
    "“{title}” is still shown on {channels} although no consent holds any more. Take it down there and note that at "
    "the asset; only then is it erased."
)
_RESTRICTED = N_(
    "The data of {name} is restricted (Art. 18 GDPR). Ask them before you erase it; keep it for a running case if they "
    "need it."
)


def open_ends(session: Session, people: Collection[UUID], today: date) -> tuple[str, ...]:
    """Return a sentence for each thing that is still going on, with the way to mend it.

    Args:
        session: A session that reads.
        people: Who is to be erased.
        today: The day that counts as today.
    """
    told = open_ends_by_person(session, people, today).values()
    return (*(sentence for some in told for sentence in some), *_without_consent(session, today))


def open_ends_by_person(session: Session, people: Collection[UUID], today: date) -> dict[UUID, tuple[str, ...]]:
    """Return the sentences about those of whom something is still going on, or whose data is restricted.

    Args:
        session: A session that reads.
        people: Who is to be erased.
        today: The day that counts as today.
    """
    known = [one for one in session.scalars(select(Person)) if one.id in people]
    known.sort(key=lambda one: (one.name.casefold(), one.id))
    told = {one.id: tuple(_told_of(session, one, today)) for one in known}
    return {one: sentences for one, sentences in told.items() if sentences}


def _told_of(session: Session, person: Person, today: date) -> Iterator[str]:
    for sentence, query in ((_ANSWERS, _answers(today)), (_GETS_IN, _accesses(today)), (_SHOWN, _pictures(today))):
        if channels := _channels(session.execute(query.where(_person_of(query) == person.id))):
            yield _(sentence).format(name=person.name, channels=", ".join(channels))
    if person.restricted_on is not None:
        yield _(_RESTRICTED).format(name=person.name)


def _person_of(query: Query) -> Any:
    return query.selected_columns["person_id"]


def _channels(rows: Iterable[Any]) -> list[str]:
    told = dict.fromkeys(label_of(row.title, row.platform) for row in rows)
    return [_("“{name}”").format(name=one) for one in told]


def _answers(today: date) -> Query:
    query = select(Channel.title, Channel.platform, Responsibility.person_id).join_from(Responsibility, Channel)
    query = query.where(or_(Responsibility.until.is_(None), Responsibility.until >= today))
    return query.where(Channel.state.not_in(GONE_STATES)).order_by(Channel.title, Channel.id)


def _accesses(today: date) -> Query:
    query = select(Channel.title, Channel.platform, Access.person_id).join_from(Access, Channel)
    return query.where(is_open(today)).order_by(Channel.title, Channel.id)


def _pictures(today: date) -> Query:
    query = (
        select(Channel.title, Channel.platform, Asset.person_id)
        .join_from(AssetUse, AssetVersion, AssetVersion.id == AssetUse.version_id)
        .join(Asset, Asset.id == AssetVersion.asset_id)
        .join(Channel, Channel.id == AssetUse.channel_id)
    )
    return query.where(is_shown(today), Channel.state.not_in(GONE_STATES)).order_by(Channel.title, Channel.id)


def _without_consent(session: Session, today: date) -> Iterator[str]:
    """Give the portraits that would be due if no channel showed them."""
    query = select(Asset.id, Asset.title).where(Asset.kind == AssetKind.PORTRAIT, still_shown(today))
    for asset, title in session.execute(query.where(consents_over(today)).order_by(Asset.title, Asset.id)).all():
        channels = _channels(session.execute(_pictures(today).where(Asset.id == asset)))
        if channels:
            yield _(_WITHOUT_CONSENT).format(title=title, channels=", ".join(channels))
