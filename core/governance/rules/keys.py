"""Rules about keyrings and their key cards: somebody looked whether each is genuine, and each is still in use.

Whether a card is verified counts in each person's keyring; here is what they told the registry of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from core.custody.comparing import SEEN_DAYS
from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation, moved, shown_day, who
from core.governance.subjects import card_label, handover_label, store_label
from core.i18n import N_, _, ngettext
from core.inventory.people import display_name, is_here
from core.model import (
    Custody,
    Handover,
    HandoverItem,
    HandoverStatement,
    ItemState,
    KeyCard,
    KeyVerification,
    Person,
    Severity,
    Store,
    Way,
)

_WITH_KEYS = (Way.SEALED, Way.COPY)
_REPLACING = aliased(KeyCard)


def _in_force() -> ColumnElement[bool]:
    """Return the condition that nobody revoked a card, and that its keyring has no newer one."""
    newer = select(_REPLACING.id).where(
        _REPLACING.person_id == KeyCard.person_id,
        _REPLACING.store_id == KeyCard.store_id,
        or_(
            _REPLACING.created_on > KeyCard.created_on,
            and_(_REPLACING.created_on == KeyCard.created_on, _REPLACING.created_at > KeyCard.created_at),
        ),
    )
    return and_(KeyCard.revoked_on.is_(None), ~newer.correlate(KeyCard).exists())


@cache
def _waiting_query() -> Query:
    """Return the query of the handovers of which a sealed file is the next step, and whose card is to be verified."""
    seals = and_(HandoverItem.state == ItemState.REQUESTED, KeyCard.person_id == Handover.to_id)
    opens = and_(
        HandoverItem.state == ItemState.SEALED,
        KeyCard.person_id == Handover.from_id,
        or_(HandoverItem.expires_on.is_(None), HandoverItem.expires_on >= TODAY),
    )
    by_whom = or_(
        and_(KeyCard.person_id == Handover.to_id, KeyVerification.person_id == Handover.from_id),
        and_(KeyCard.person_id == Handover.from_id, KeyVerification.person_id == Handover.to_id),
    )
    other = aliased(KeyCard)
    verified = (
        select(KeyVerification.id)
        .join(other, other.id == KeyVerification.key_card_id)
        .where(other.person_id == KeyCard.person_id, other.revoked_on.is_(None), by_whom)
        .correlate(Handover, KeyCard)
    )
    person: list[Any] = [Person.id, display_name(Person), Person.function, func.min(HandoverItem.state_since)]
    return (
        select(Handover.id, *person)
        .join_from(Handover, HandoverItem, HandoverItem.handover_id == Handover.id)
        .join(KeyCard, or_(seals, opens))
        .join(Person, Person.id == KeyCard.person_id)
        .where(HandoverItem.way.in_(_WITH_KEYS), Handover.from_id != Handover.to_id)
        .where(_in_force(), ~verified.exists())
        .group_by(Handover.id, *person[:3])
        .order_by(Handover.id)
    )


@cache
def _nobody_query() -> Query:
    """Return the query of the cards that nobody verified although somebody could: who else has a card."""
    told = select(KeyVerification.id).where(KeyVerification.key_card_id == KeyCard.id).correlate(KeyCard)
    other, theirs = aliased(KeyCard), aliased(Person)
    somebody = select(other.id).join(theirs, theirs.id == other.person_id)
    somebody = somebody.where(other.person_id != KeyCard.person_id, other.revoked_on.is_(None), is_here(theirs, TODAY))
    person: list[Any] = [Person.id, display_name(Person), Person.function, KeyCard.created_on]
    return (
        select(KeyCard.id, *person)
        .join_from(KeyCard, Person, Person.id == KeyCard.person_id)
        .where(_in_force(), is_here(Person, TODAY), ~told.exists(), somebody.correlate(KeyCard).exists())
        .order_by(KeyCard.id)
    )


def _unverified(situation: Situation) -> Iterator[Raised]:
    """Raise the handovers that wait for a verification, and the cards that nobody verified."""
    for handover, person_id, name, function, since in situation.rows(_waiting_query()):
        person = {"person_id": str(person_id), "person": name, "function": function}
        fact = {"what": "handover", **person}
        yield Raised(handover, handover_label(), fact, since, Severity.WARNING, "handover")
    for card, person_id, name, function, since in situation.rows(_nobody_query()):
        person = {"person_id": str(person_id), "person": name, "function": function}
        yield Raised(card, card_label(), {"what": "card", **person}, since)


def _say_unverified(evidence: Evidence, with_names: bool) -> str:
    name = who(evidence, with_names)
    if evidence["what"] == "handover":
        return _("The handover waits until the other side has verified the key card of {who}.").format(who=name)
    return _("Nobody has verified the key card of {who} yet.").format(who=name)


@cache
def _stores_query() -> Query:
    """Return the query of the keyrings in use, with the days of what was last heard of each."""
    copies = select(func.max(func.coalesce(Custody.last_seen_on, Custody.since))).where(
        Custody.store_id == Store.id, Custody.until.is_(None)
    )
    carded = KeyCard.store_id == Store.id, KeyCard.revoked_on.is_(None)
    cards = select(func.max(KeyCard.created_on)).where(*carded)
    said = select(func.max(HandoverStatement.taken_in_on)).join(KeyCard, KeyCard.fingerprint == HandoverStatement.card)
    heard = [query.correlate(Store).scalar_subquery() for query in (copies, cards, said.where(*carded))]
    person: list[Any] = [Person.id, display_name(Person), Person.function, Store.remark, Store.since]
    return (
        select(Store.id, *person, *heard)
        .join_from(Store, Person, Person.id == Store.person_id)
        .where(Store.vanished_on.is_(None), or_(Store.until.is_(None), Store.until > TODAY), is_here(Person, TODAY))
        .where(or_(Person.absent_until.is_(None), Person.absent_until < TODAY))
        .order_by(Store.id)
    )


def _lost(situation: Situation) -> Iterator[Raised]:
    """Raise each keyring in which something lies and of which nothing was heard for long; who is absent is not asked.

    When a copy was seen is kept to the month (trust.md), so that a month is allowed besides.
    """
    days = situation.settings.days("workstation-lost")
    for store, person_id, name, function, remark, since, *heard in situation.rows(_stores_query()):
        last = _last_heard(since, heard)
        if last is not None and situation.today > (quiet := moved(last, SEEN_DAYS + days)):
            person = {"person_id": str(person_id), "person": name, "function": function}
            fact = {**person, "remark": remark, "on": last.isoformat(), "limit": days}
            yield Raised(store, store_label(), fact, moved(quiet, 1))


def _last_heard(since: date, heard: list[date | None]) -> date | None:
    """Return the last day on which something was heard; None for a keyring with neither copies nor a card."""
    known = [day for day in heard if day is not None]
    return max([since, *known]) if known else None


def _say_lost(evidence: Evidence, with_names: bool) -> str:
    name, day = who(evidence, with_names), shown_day(evidence["on"])
    return ngettext(
        "Nothing has been heard of a keyring of {who} since {day}; that is more than a month and {limit} day ago.",
        "Nothing has been heard of a keyring of {who} since {day}; that is more than a month and {limit} days ago.",
        evidence["limit"],
    ).format(who=name, day=day, limit=evidence["limit"])


RULES = (
    Rule(
        "key-unverified",
        Severity.NOTICE,
        2,
        N_("Key card not verified"),
        N_(
            "Nothing is sealed to a card that nobody verified: anybody could have put it there. Compare the words on "
            "the telephone, or let the head of press certify the card."
        ),
        N_("No trust on first use: somebody must have looked whether a key is genuine"),
        ("show-keys",),
        _unverified,
        _say_unverified,
        frozenset({"handover", "handover_item", "key_card", "key_verification", "person"}),
        subject_type="key_card",
    ),
    Rule(
        "workstation-lost",
        Severity.WARNING,
        2,
        N_("Workstation not heard of"),
        N_(
            "Perhaps the computer is broken, given away or lost, with secrets on it. Open the registry there and "
            "compare. If it is gone, say so: its copies count as lost, its key card is revoked, and what it kept is "
            "changed."
        ),
        N_("A keyring cannot say that it is gone; only silence tells"),
        ("reconcile", "show-keys"),
        _lost,
        _say_lost,
        frozenset({"custody", "handover_statement", "key_card", "person", "store"}),
        subject_type="store",
    ),
)
