"""The work list: every place from which a version has to go, because it was replaced or the person does not agree.

It is derived from the records: a place stays open until its use ends, and what somebody cleaned is told with its day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.errors import ConflictError
from core.i18n import _
from core.inventory.assets.consents import ConsentState
from core.inventory.assets.standing import Terms, UseFacts, by_asset, facts_query, may_have_to_go, terms_query
from core.inventory.assets.uses import show_on, take_down
from core.inventory.assets.versions import version_to_use
from core.inventory.channels import label_of
from core.model import Asset, AssetUse, AssetVariant, AssetVersion, Channel, Consent, Person, Placement
from core.storage.sorting import sort_key


class Why(StrEnum):
    """Why a place has to be cleaned; where several reasons hold, the first one counts."""

    CONSENT = "consent"
    RETIRED = "retired"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a channel from which a version has to go, or has gone.

    Attributes:
        use_id: The use that has to end.
        asset_id: The asset.
        asset_title: What it is called.
        channel_id: The channel.
        channel_title: What it is called, with its platform.
        channel_url: Where it is; empty where nobody knows.
        placement: Where on the channel it is shown.
        why: Whether it was replaced, is not used any more, or is shown without the person's consent.
        since: Since when it should not be there; None where it was shown without consent since nobody knows when.
        done_on: When it was cleaned; None as long as it was not.
        done_by: Who cleaned it.
        unapproved: Whether the version that took its place is not approved.
    """

    use_id: UUID
    asset_id: UUID
    asset_title: str
    channel_id: UUID
    channel_title: str
    channel_url: str
    placement: Placement
    why: Why
    since: date | None
    done_on: date | None = None
    done_by: str = ""
    unapproved: bool = False


def places(session: Session, today: date, asset_id: UUID | None = None) -> list[Place]:
    """Return the places that have to be cleaned or were: open ones first, then by asset and channel.

    Args:
        session: A session that reads.
        today: The day.
        asset_id: Only those of one asset.
    """
    names, unapproved = _cleaners(session), _unapproved(session)
    found = []
    for facts, why, since in _to_clean(session, today, asset_id):
        newer = why is Why.REPLACED and (facts.asset_id, facts.variant) in unapproved
        found.append(replace(_place(facts, why, since, today, names), unapproved=newer))
    return sorted(found, key=_order)


def tick_off(session: Session, use_id: UUID, on: date, by: UUID | None) -> AssetUse | None:
    """Note that a place was cleaned, and show there what is in force after a replacement; call inside an action.

    Returns:
        The use that takes its place, None where nothing does.

    Raises:
        ConflictError: The place was cleaned or removed in the meantime, or there is nothing to clean.
        BadInputError: The use began only later.
    """
    facts = _facts(session, use_id, on)
    reason = reason_for(facts, _terms(session, facts.asset_id), on)
    if reason is None:
        raise ConflictError(_("What is shown there is in order by now. Nothing was saved."))
    use = take_down(session, use_id, on, by)
    if reason[0] is not Why.REPLACED:
        return None
    newer = version_to_use(session, use.version_id, on)
    return show_on(session, newer.id, [use.channel_id], use.placement, on, today=on, by=by)[0]


def clean(session: Session, use_id: UUID, on: date, by: UUID | None) -> AssetUse | None:
    """Tick a place off, or take down what is over or unapproved there; call inside an action.

    The end of a licence or a term and a lacking approval are findings, but no entries of the work list: nothing takes
    the place of what is shown.

    Returns:
        The use that takes its place, None where nothing does.

    Raises:
        ConflictError: The place was cleaned or removed in the meantime, or what is shown there is in order by now.
        BadInputError: The use began only later.
    """
    facts = _facts(session, use_id, on)
    if reason_for(facts, _terms(session, facts.asset_id), on) is None and _is_finding(facts, on):
        take_down(session, use_id, on, by)
        return None
    return tick_off(session, use_id, on, by)


def still_to_clean(session: Session, use_ids: Collection[UUID], today: date) -> set[UUID]:
    """Return those of some uses that `clean` would end."""
    terms = _terms(session, None)
    query = facts_query().where(AssetUse.id.in_(use_ids), or_(AssetUse.until.is_(None), AssetUse.until > today))
    shown = [UseFacts(*row) for row in session.execute(query)]
    return {one.use_id for one in shown if reason_for(one, terms, today) or _is_finding(one, today)}


def reason_for(facts: UseFacts, terms: Terms, day: date) -> tuple[Why, date | None] | None:
    """Return why a place has to be cleaned on a day and since when, None where what is shown may stay."""
    state, without_since = facts.consent(terms.get((facts.asset_id, facts.medium), ()), day)
    if state is not ConsentState.GIVEN:
        return Why.CONSENT, without_since
    since = facts.outdated_since(day)
    if since is None:
        return None
    retired = facts.retired_on is not None and facts.retired_on <= day
    return (Why.RETIRED if retired else Why.REPLACED), since


def _is_finding(facts: UseFacts, day: date) -> bool:
    """Say whether what is shown is over by its licence or term, or nobody has approved it."""
    return facts.expired_since(day) is not None or facts.not_approved_since(day) is not None


def _facts(session: Session, use_id: UUID, on: date) -> UseFacts:
    row = session.execute(facts_query().where(AssetUse.id == use_id)).first()
    facts = UseFacts(*row) if row is not None else None
    if facts is None or (facts.until is not None and facts.until <= on):
        raise ConflictError(_("This place was cleaned in the meantime. Nothing was saved."))
    return facts


def _to_clean(session: Session, today: date, asset_id: UUID | None) -> Iterator[tuple[UseFacts, Why, date | None]]:
    """Give the uses that should be over, and those that were ended when they should have been."""
    query = (
        facts_query()
        .add_columns(Channel.url)
        .where(may_have_to_go(), or_(AssetUse.since.is_(None), AssetUse.since <= today))
    )
    if asset_id is not None:
        query = query.where(Asset.id == asset_id)
    terms = _terms(session, asset_id)
    for row in session.execute(query):
        facts = UseFacts(*row)
        day = facts.until if facts.until is not None and facts.until <= today else today
        reason = reason_for(facts, terms, day)
        if reason is not None:
            yield facts, *reason


def _terms(session: Session, asset_id: UUID | None) -> Terms:
    query = terms_query() if asset_id is None else terms_query().where(Consent.asset_id == asset_id)
    return by_asset(session.execute(query))


def _place(facts: UseFacts, why: Why, since: date | None, today: date, names: dict[UUID, str]) -> Place:
    done = facts.until is not None and facts.until <= today
    return Place(
        use_id=facts.use_id,
        asset_id=facts.asset_id,
        asset_title=facts.asset_title,
        channel_id=facts.channel_id,
        channel_title=label_of(facts.channel_title, facts.platform),
        channel_url=facts.channel_url or "",
        placement=facts.placement,
        why=why,
        since=since,
        done_on=facts.until if done else None,
        done_by=names.get(facts.cleaned_by_id, "") if done and facts.cleaned_by_id is not None else "",
    )


def _unapproved(session: Session) -> set[tuple[UUID, AssetVariant]]:
    """Return the assets, with the variant, of which nobody has approved the version in force."""
    one = AssetVersion
    query = select(one.asset_id, one.variant).where(one.replaced_by_id.is_(None), one.derived_from_id.is_(None))
    return {(asset_id, variant) for asset_id, variant in session.execute(query.where(one.approved_on.is_(None)))}


def _cleaners(session: Session) -> dict[UUID, str]:
    """Return what those are called who ended a use."""
    ended = select(AssetUse.cleaned_by_id).where(AssetUse.cleaned_by_id.is_not(None))
    return {one.id: one.name for one in session.scalars(select(Person).where(Person.id.in_(ended)))}


def _order(place: Place) -> tuple[bool, str, str, int, str]:
    placement = list(Placement).index(place.placement)
    titles = sort_key(place.asset_title), sort_key(place.channel_title)
    return place.done_on is not None, *titles, placement, str(place.use_id)
