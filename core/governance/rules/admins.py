"""The rule about admins: a page with one of them is one illness away from lost.

It looks at every channel that is neither closed nor rejected and for which an access or a login has been recorded, be
it withdrawn or retired by now. Whoever has the admin's role, the shared login, or the password in their keyring can
manage it. Who has left is no admin, and neither are agencies and tools.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, distinct, func, or_, select
from sqlalchemy.orm import aliased

from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation, moved, still_counts
from core.i18n import N_, _, ngettext
from core.inventory.accesses import is_open
from core.inventory.channels import label_of
from core.inventory.credentials import in_use, live_custody
from core.inventory.people import display_name, has_left, last_day
from core.model import (
    Access,
    AccessKind,
    Channel,
    Credential,
    CredentialChannel,
    CredentialKind,
    Custody,
    Person,
    PlatformRole,
    Severity,
    Store,
)

_CAN_MANAGE = or_(Access.platform_role == PlatformRole.ADMIN, Access.kind == AccessKind.SHARED_LOGIN)


class _Hold(NamedTuple):
    """From when to when a person could manage a channel; an end of None has not come."""

    person_id: UUID
    name: str
    function: str | None
    first: date | None
    last: date | None

    def covers(self, day: date) -> bool:
        """Say whether it counts on a day; an unknown beginning always counts."""
        return (self.first is None or self.first <= day) and (self.last is None or self.last >= day)


@cache
def _query() -> Query:
    """Return the query of the channels with too few admins, each with all who ever could manage it."""
    of_channel = Access.channel_id == Channel.id
    recorded = or_(
        select(Access.id).where(of_channel).correlate(Channel).exists(),
        select(CredentialChannel.id).where(CredentialChannel.channel_id == Channel.id).correlate(Channel).exists(),
    )
    person = aliased(Person)
    gone = select(person.id).where(has_left(person, TODAY))
    managing = select(Access.person_id).where(of_channel, _CAN_MANAGE, is_open(TODAY), Access.person_id.not_in(gone))
    managing = managing.where(Access.person_id.is_not(None))
    holding = _keeping(select(Custody.person_id)).where(live_custody(TODAY), Custody.person_id.not_in(gone))
    holding = holding.where(in_use(TODAY), Custody.person_id.not_in(managing.correlate(Channel)))
    admins = _people(managing, Access.person_id) + _people(holding, Custody.person_id)
    holder: list[Any] = [Person.id, display_name(Person), Person.function, last_day(Person)]
    return (
        select(Channel.id, Channel.title, Channel.platform, Channel.registered_on)
        .add_columns(*holder, Access.granted_on, Access.withdrawn_on)
        .join_from(Channel, Access, and_(of_channel, _CAN_MANAGE), isouter=True)
        .join(Person, Person.id == Access.person_id, isouter=True)
        .where(recorded, admins < bindparam("wanted"), still_counts())
    )


def _people(found: Select[Any], person: Any) -> ColumnElement[int]:
    """Return how many people a query gives for the channel at hand."""
    return found.with_only_columns(func.count(distinct(person))).correlate(Channel).scalar_subquery()


def _keeping(wanted: Select[Any]) -> Select[Any]:
    """Return a query of the copies of a channel's passwords."""
    tied = wanted.join_from(Custody, Credential, Credential.id == Custody.credential_id)
    tied = tied.join(CredentialChannel, CredentialChannel.credential_id == Credential.id)
    return tied.where(CredentialChannel.channel_id == Channel.id, Credential.kind == CredentialKind.PASSWORD)


@cache
def _copies_query() -> Query:
    """Return the query of who ever kept the password in force of which channel, from when to when."""
    ends: list[Any] = [Custody.until, Custody.missing_since, Store.vanished_on, Store.until, Credential.retired_on]
    person: list[Any] = [Person.id, display_name(Person), Person.function, last_day(Person)]
    return (
        select(Channel.id, *person, Custody.since, *ends)
        .join_from(Channel, CredentialChannel, CredentialChannel.channel_id == Channel.id)
        .join(Credential, Credential.id == CredentialChannel.credential_id)
        .join(Custody, Custody.credential_id == Credential.id)
        .join(Store, Store.id == Custody.store_id)
        .join(Person, Person.id == Custody.person_id)
        .where(Credential.kind == CredentialKind.PASSWORD, Custody.revision == Credential.revision, still_counts())
    )


def _copies(situation: Situation) -> dict[UUID, list[_Hold]]:
    """Return from when to when people could manage channels because they kept the password."""
    found: dict[UUID, list[_Hold]] = {}
    for channel_id, *who, since, until, missing, vanished, gone, retired in situation.rows(_copies_query()):
        over = [min(day, situation.today) for day in (until, missing, vanished) if day is not None]  # It has happened.
        ended_on = min((*over, *(day for day in (gone, retired) if day is not None)), default=None)
        found.setdefault(channel_id, []).append(_hold((*who, since, ended_on)))
    return found


def _too_few(situation: Situation) -> Iterator[Raised]:
    """Raise each channel that too few of the people who are here can manage."""
    wanted, today = int(situation.settings["too-few-admins.people"]), situation.today
    # The few that are found are put in order here; SQLite would go through all channels in the order of their ids.
    found = sorted(situation.rows(_query(), wanted=wanted), key=lambda row: row[0])
    copies = _copies(situation)
    for (channel_id, title, platform, registered_on), rows in groupby(found, lambda row: tuple(row[:4])):
        holds = [_hold(row[4:]) for row in rows if row[4] is not None] + copies.get(channel_id, [])
        here = sorted((hold for hold in holds if hold.covers(today)), key=lambda one: (one.name, str(one.person_id)))
        now = {hold.person_id: hold for hold in here}
        fact = {
            "wanted": wanted,
            "people": [{"id": str(one), "name": hold.name, "function": hold.function} for one, hold in now.items()],
        }
        yield Raised(channel_id, label_of(title, platform), fact, _since(holds, wanted, registered_on, today))


def _hold(columns: Sequence[Any]) -> _Hold:
    person_id, name, function, leaves_on, granted_on, withdrawn_on = columns
    ends = (leaves_on, moved(withdrawn_on, -1) if withdrawn_on else None)
    return _Hold(person_id, name, function, granted_on, min((day for day in ends if day), default=None))


def _since(holds: list[_Hold], wanted: int, registered_on: date, today: date) -> date:
    """Return the day after the last one on which enough people could manage the channel."""
    ends = sorted((hold.last for hold in holds if hold.last is not None and hold.last < today), reverse=True)
    for day in ends:
        if len({hold.person_id for hold in holds if hold.covers(day)}) >= wanted:
            return moved(day, 1)
    return registered_on


def _say_too_few(evidence: Evidence, with_names: bool) -> str:
    told = "; ".join(str(one["name"] if with_names else one["function"] or _unnamed()) for one in evidence["people"])
    count, wanted = len(evidence["people"]), evidence["wanted"]
    if not count:
        return _("Nobody who is still here can manage the account; {wanted} people should.").format(wanted=wanted)
    return ngettext(
        "Only one person can manage the account, {wanted} should: {people}.",
        "Only {count} people can manage the account, {wanted} should: {people}.",
        count,
    ).format(count=count, wanted=wanted, people=told)


def _unnamed() -> str:
    return _("a person without a recorded function")


RULES = (
    Rule(
        "too-few-admins",
        Severity.SEVERE,
        2,
        N_("Too few admins"),
        N_(
            "If the only admin falls ill, leaves or is hijacked, the city cannot get into its own channel any more. "
            "Give a second person the role on the platform, then enter the access here; or let a second person keep "
            "the password."
        ),
        N_("Amriswil 2016: five of seven admins removed in one stroke"),
        ("grant-access", "close-channel"),
        _too_few,
        _say_too_few,
        frozenset(
            {
                "channel.state",
                "channel.registered_on",
                "access",
                "person",
                "credential",
                "credential_channel",
                "custody",
                "store",
            }
        ),
    ),
)
