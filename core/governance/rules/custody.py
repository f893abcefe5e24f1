"""Rules about copies: each secret is kept by more than one person, and each copy is where the registry says.

They look at logins in use whose secrets keyrings keep. Whoever can open an envelope of the escrow counts as a keeper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.custody.escrow.standing import openers
from core.days import local_day
from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation, moved, shown_day, who
from core.governance.subjects import store_label
from core.i18n import N_, _, ngettext
from core.inventory.credentials import in_use, live_custody
from core.inventory.people import display_name, last_day
from core.model import Credential, Custody, KeptIn, Person, Severity, Store

_STORED = and_(Credential.kept_in == KeptIn.KEYRING, Credential.revision >= 1)
_MISSING_READS = frozenset({"credential", "custody", "person", "store"})


@cache
def _held_query() -> Query:
    """Return the query of who ever kept the secret in force of which login, from when to when."""
    person: list[Any] = [Person.id, display_name(Person), Person.function, last_day(Person)]
    kept: list[Any] = [Custody.since, Custody.until, Custody.missing_since, Store.vanished_on, Store.until]
    return (
        select(Credential.id, Credential.label, *person, *kept)
        .join_from(Credential, Custody, Custody.credential_id == Credential.id)
        .join(Person, Person.id == Custody.person_id)
        .join(Store, Store.id == Custody.store_id)
        .where(_STORED, in_use(TODAY), Custody.revision == Credential.revision)
        .order_by(Credential.id, Person.id, Custody.since)
    )


def _sole(situation: Situation) -> Iterator[Raised]:
    """Raise each login of which one person who is here keeps the secret in force, or only people who have left.

    It is not raised where others can open an envelope without that person.
    """
    today = situation.today
    escrow = openers(situation.session, today)
    for (login, label), rows in groupby(situation.rows(_held_query()), lambda row: (row[0], row[1])):
        ends = [(row, _ended_on(row)) for row in rows]
        live = [row for row, end in ends if end is None]
        leave = {row[2]: row for row in live if row[5] is not None and row[5] < today}
        holders = {row[2]: row for row in live if row[2] not in leave} or leave
        if len(holders) != 1:
            continue
        ((person_id, row),) = holders.items()
        if any(person_id not in parties for parties in escrow.get(login, ())):
            continue
        begun = min(one[6] for one in live if one[2] == person_id)
        gone = [_gone_on(one, end, today) for one, end in ends if one[2] != person_id]
        fact = {
            "person_id": str(person_id),
            "person": row[3],
            "function": row[4],
            "leaves_on": row[5].isoformat() if row[5] is not None else None,
            "left": row[5] is not None and row[5] < today,
        }
        yield Raised(login, label, fact, max([begun, *(day for day in gone if day is not None)]))


def _ended_on(row: Any) -> date | None:
    """Return the first day on which a copy was of no use any more."""
    return min((day for day in row[7:11] if day is not None), default=None)


def _gone_on(row: Any, ended_on: date | None, today: date) -> date | None:
    """Return the first day on which somebody else's copy did not count any more."""
    left = moved(row[5], 1) if row[5] is not None and row[5] < today else None
    return min((day for day in (ended_on, left) if day is not None), default=None)


def _say_sole(evidence: Evidence, with_names: bool) -> str:
    name, day = who(evidence, with_names), evidence["leaves_on"]
    if evidence["left"]:
        return _("Only {who} keeps the secret, and left on {day}.").format(who=name, day=shown_day(day))
    if day is not None:
        return _("Only {who} keeps the secret, and leaves on {day}.").format(who=name, day=shown_day(day))
    return _("Only {who} keeps the secret.").format(who=name)


def _in_a_store_that_is_there() -> list[ColumnElement[bool]]:
    return [Custody.until.is_(None), Store.vanished_on.is_(None), or_(Store.until.is_(None), Store.until > TODAY)]


@cache
def _gone_query() -> Query:
    """Return the query of the copies that a keyring should have, but has not."""
    person: list[Any] = [Person.id, display_name(Person), Person.function, Custody.missing_since]
    return (
        select(Credential.id, Credential.label, *person)
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .join(Person, Person.id == Custody.person_id)
        .join(Store, Store.id == Custody.store_id)
        .where(*_in_a_store_that_is_there(), in_use(TODAY), Custody.revision >= Credential.revision)
        .where(Custody.missing_since.is_not(None))
        .order_by(Credential.id, Custody.missing_since, Person.id)
    )


@cache
def _unheld_query() -> Query:
    """Return the query of the logins whose secret in force nobody at all keeps; a vanished keyring may come back."""
    held = select(Custody.id).where(Custody.credential_id == Credential.id, Custody.revision == Credential.revision)
    held = held.where(Custody.until.is_(None)).correlate(Credential)
    last = select(func.max(Custody.until)).where(Custody.credential_id == Credential.id).correlate(Credential)
    columns: list[Any] = [Credential.id, Credential.label, last.scalar_subquery(), Credential.rotated_on]
    return select(*columns, Credential.created_at).where(_STORED, in_use(TODAY), ~held.exists())


@cache
def _vanished_query() -> Query:
    """Return the query of the keyrings that are gone, with the logins of which they kept a copy."""
    kept = select(func.count(Custody.id)).where(Custody.store_id == Store.id, Custody.until.is_(None)).correlate(Store)
    person: list[Any] = [Person.id, display_name(Person), Person.function, Store.remark, kept.scalar_subquery()]
    return (
        select(Store.id, Store.vanished_on, *person)
        .join_from(Store, Person, Person.id == Store.person_id)
        .where(Store.vanished_on.is_not(None), or_(Store.until.is_(None), Store.until > TODAY))
        .order_by(Store.id)
    )


def _missing(situation: Situation) -> Iterator[Raised]:
    """Raise what keyrings do not have: single secrets, secrets that nobody has, and keyrings as a whole."""
    yield from _gone(situation.rows(_gone_query()))
    for login, label, ended_on, rotated_on, created_at in situation.rows(_unheld_query()):
        since = ended_on or rotated_on or local_day(created_at)
        yield Raised(login, label, {"what": "unheld"}, since)
    for store, vanished_on, person_id, name, function, remark, count in situation.rows(_vanished_query()):
        person = {"person_id": str(person_id), "person": name, "function": function}
        fact = {"what": "keyring", **person, "remark": remark, "secrets": count}
        yield Raised(store, store_label(), fact, vanished_on, subject_type="store")


def _gone(rows: Iterable[Any]) -> Iterator[Raised]:
    for (login, label), some in groupby(rows, lambda row: (row[0], row[1])):
        people = [{"id": str(row[2]), "name": row[3], "function": row[4], "on": row[5]} for row in some]
        since = min(one["on"] for one in people)
        told = [{**one, "on": one["on"].isoformat()} for one in people]
        yield Raised(login, label, {"what": "copies", "people": told}, since)


def _say_missing(evidence: Evidence, with_names: bool) -> str:
    match evidence["what"]:
        case "unheld":
            return _("No keyring keeps the secret any more.")
        case "keyring":
            count = evidence["secrets"]
            return ngettext(
                "The keyring of {who} is gone, and with it {count} copy.",
                "The keyring of {who} is gone, and with it {count} copies.",
                count,
            ).format(who=who(evidence, with_names), count=count)
        case _:
            people = "; ".join(_say_copy(one, with_names) for one in evidence["people"])
            return _("A keyring should have the secret, but has not: {people}.").format(people=people)


def _say_copy(one: Evidence, with_names: bool) -> str:
    name = who({"person": one["name"], "function": one["function"]}, with_names)
    return _("{who}, found on {day}").format(who=name, day=shown_day(one["on"]))


@cache
def _unseen_query() -> Query:
    seen = func.max(func.coalesce(Custody.last_seen_on, Custody.since))
    return (
        select(Credential.id, Credential.label, seen)
        .join_from(Credential, Custody, Custody.credential_id == Credential.id)
        .where(_STORED, in_use(TODAY), live_custody(TODAY))
        .group_by(Credential.id, Credential.label)
    )


def _unseen(situation: Situation) -> Iterator[Raised]:
    """Raise each login whose secret in force no workstation has found in its keyring for long."""
    days = situation.settings.days("secret-not-seen")
    for login, label, last in situation.rows(_unseen_query()):
        if situation.today > moved(last, days):
            yield Raised(login, label, {"seen_on": last.isoformat(), "limit": days}, moved(last, days + 1))


def _say_unseen(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    return ngettext(
        "No workstation has found the secret in its keyring since {day}; that is more than {limit} day ago.",
        "No workstation has found the secret in its keyring since {day}; that is more than {limit} days ago.",
        evidence["limit"],
    ).format(day=shown_day(evidence["seen_on"]), limit=evidence["limit"])


RULES = (
    Rule(
        "sole-holder",
        Severity.SEVERE,
        2,
        N_("Secret kept by one person only"),
        N_(
            "If that person falls ill or leaves, or their computer breaks, nobody gets into the account any more. Let "
            "a deputy keep a copy, too, or have the secret sealed for the escrow."
        ),
        N_("TeamPass: what only one person holds is lost with them"),
        ("share-secret", "show-escrow"),
        _sole,
        _say_sole,
        frozenset({"credential", "custody", "envelope", "escrow_key", "key_card", "person", "store"}),
        subject_type="credential",
    ),
    Rule(
        "secret-missing",
        Severity.SEVERE,
        2,
        N_("Secret missing"),
        N_(
            "A secret that no keyring has cannot be used when it is needed. Compare the registry with the keyring, "
            "bring the secret back from the recovery key, or set a new one on the platform."
        ),
        N_("A keyring cannot list its entries, so nobody else would notice"),
        ("reconcile", "rotate-secret", "release-secret"),
        _missing,
        _say_missing,
        _MISSING_READS,
        subject_type="credential",
    ),
    Rule(
        "secret-not-seen",
        Severity.WARNING,
        2,
        N_("Secret not seen for long"),
        N_(
            "Whether a copy is still in its keyring is only known when that computer opens the registry. Open the "
            "registry there and compare, or let somebody else keep a copy."
        ),
        N_("A keyring cannot list its entries, so nobody else would notice"),
        ("reconcile", "share-secret"),
        _unseen,
        _say_unseen,
        frozenset({"credential", "custody", "store"}),
        subject_type="credential",
    ),
)
