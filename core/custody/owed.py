"""The rotation work list: which secrets are to be changed because somebody who knows them has lost access, and where.

What is owed ends with the next revision alone; nobody ticks anything off. For one person the list also tells what was
changed since they lost access, by whom and when, and what was retired instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.knowing import still_in
from core.custody.losing import Loser, losses
from core.custody.settled import Finished, finished
from core.inventory.channels import label_of
from core.inventory.platforms import password_page
from core.model import Channel, Credential, CredentialChannel, CredentialKind
from core.settings import read_settings
from core.storage.sorting import sort_key

OVERDUE = "rotation-overdue.days"
MOST_DAYS = 10_000  # Whoever sets more wants to hear of it never; the calendar ends.
ON_THE_PLATFORM = (
    CredentialKind.PASSWORD,
    CredentialKind.TOTP,
    CredentialKind.RECOVERY_CODES,
    CredentialKind.API_TOKEN,
)
"""What is changed on the platform itself; a mailbox, a device or a SIM card is changed elsewhere."""


@dataclass(frozen=True, slots=True)
class OpenedChannel:
    """A channel that a login opens."""

    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class OwedRotation:
    """A secret that is to be changed, or was because somebody lost access.

    Attributes:
        credential_id: The login.
        label: What the team calls it.
        kind: What it is.
        channels: What it opens.
        people: Who knows it and has lost access, in the order in which that happened.
        since: The day on which the first of them did.
        sole: Whether nobody who is here can get in besides.
        overdue_on: The day from which it is overdue.
        overdue: Whether it is.
        change_at: The page where it is changed; None where nobody knows.
        done_on: The day on which a newer one took effect, or the login was retired.
        done_by: Who changed it; None where that was not recorded.
    """

    credential_id: UUID
    label: str
    kind: CredentialKind
    channels: tuple[OpenedChannel, ...]
    people: tuple[Loser, ...]
    since: date
    sole: bool
    overdue_on: date
    overdue: bool
    change_at: str | None
    done_on: date | None = None
    done_by: UUID | None = None


def rotation_list(session: Session, today: date, person_id: UUID | None = None) -> list[OwedRotation]:
    """Return the secrets to be changed: first those that nobody else can get at, then overdue ones, then by label.

    Args:
        session: A session that reads.
        today: The day.
        person_id: Only what this person knows; what was changed since they lost access follows at the end.
    """
    lost = losses(session, today)
    if person_id is not None:
        lost = {one: people for one, people in lost.items() if person_id in {loser.person_id for loser in people}}
    done = finished(session, today, person_id) if person_id is not None else {}
    days = int(read_settings(session)[OVERDUE])
    logins, reached = _logins(session, lost.keys() | done.keys()), set(session.scalars(still_in(today)))
    owed = [_owed(logins[one], people, one not in reached, days, today) for one, people in lost.items()]
    settled = [_settled(logins[one], how, days) for one, how in done.items() if one not in lost]
    return [*sorted(owed, key=_order), *sorted(settled, key=_order)]


def overdue_from(since: date, days: int) -> date:
    """Return the first day on which something is older than so many working days, Monday to Friday."""
    weeks, rest = divmod(min(days, MOST_DAYS) + 1, 5)
    day = since - timedelta(days=max(since.weekday() - 4, 0)) + timedelta(weeks=weeks)
    for _step in range(rest):
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return day


@dataclass(frozen=True, slots=True)
class _Login:
    """A credential with the channels that it opens."""

    credential: Credential
    channels: tuple[Channel, ...]


def _logins(session: Session, ids: Iterable[UUID]) -> dict[UUID, _Login]:
    wanted = set(ids)
    tied: dict[UUID, list[Channel]] = {}
    ties = select(CredentialChannel.credential_id, Channel).join(Channel, Channel.id == CredentialChannel.channel_id)
    for login, channel in session.execute(ties.order_by(Channel.title, Channel.id)):
        tied.setdefault(login, []).append(channel)
    found = (one for one in session.scalars(select(Credential)) if one.id in wanted)
    return {one.id: _Login(one, tuple(tied.get(one.id, ()))) for one in found}


def _owed(login: _Login, people: tuple[Loser, ...], sole: bool, days: int, today: date) -> OwedRotation:
    overdue_on = overdue_from(people[0].day, days)
    return _told(login, people, sole=sole, overdue_on=overdue_on, overdue=overdue_on <= today)


def _settled(login: _Login, how: Finished, days: int) -> OwedRotation:
    overdue_on = overdue_from(how.loser.day, days)
    told = _told(login, (how.loser,), sole=False, overdue_on=overdue_on, overdue=False)
    return replace(told, done_on=how.on, done_by=how.by)


def _told(login: _Login, people: tuple[Loser, ...], *, sole: bool, overdue_on: date, overdue: bool) -> OwedRotation:
    credential = login.credential
    channels = tuple(OpenedChannel(one.id, label_of(one.title, one.platform)) for one in login.channels)
    return OwedRotation(
        credential.id,
        credential.label,
        credential.kind,
        channels,
        people,
        people[0].day,
        sole,
        overdue_on,
        overdue,
        _change_at(login),
    )


def _change_at(login: _Login) -> str | None:
    """Return the login's own sign-in page, else the platform's page for passwords, else the channel itself."""
    if login.credential.address:
        return login.credential.address
    if login.credential.kind not in ON_THE_PLATFORM:
        return None
    return next(_pages(login.channels), None)


def _pages(channels: Iterable[Channel]) -> Iterator[str]:
    known = [(one.platform, one.url) for one in channels if one.url]
    yield from filter(None, (password_page(platform, url) for platform, url in known))
    yield from (url for _platform, url in known)


def _order(one: OwedRotation) -> tuple[Any, ...]:
    return not one.sole, not one.overdue, sort_key(one.label), str(one.credential_id)
