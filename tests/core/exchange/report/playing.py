"""Enters the five quarters into a registry, as a user would: each day's actions with that day's date."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.governance.waivers import waive
from core.inventory.channels import close, enter_last_post, rename
from core.inventory.confirmations import confirm
from core.inventory.responsibilities import assign
from core.model import (
    Channel,
    FollowerCount,
    OrgUnit,
    Person,
    PersonKind,
    Responsibility,
    ResponsibilityRole,
)
from core.registry import Registry
from core.settings import change_setting
from tests.core.exchange.report.five_quarters import (
    FIRST,
    PEOPLE,
    UNITS,
    Closed,
    Confirmed,
    Counted,
    Happened,
    Left,
    Opened,
    Owned,
    Posted,
    Renamed,
    Waived,
)

OWNER = ResponsibilityRole.OWNER


class Player:
    """Enters what happened.

    Attributes:
        registry: Into which registry.
        ids: The ids of the channels by their names, of the people and the units by theirs.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.ids: dict[str, UUID] = {name: uuid4() for name in (*PEOPLE, *UNITS, "Pressestelle")}
        self._begin_day(FIRST)
        with registry.action("Begin", now=_noon(FIRST)) as session:
            change_setting(session, "rules.stage", 3)
            change_setting(session, "imprint.days", 3_000)
            for name in UNITS:
                session.add(OrgUnit(id=self.ids[name], name=name))
            session.add(Person(id=self.ids["Pressestelle"], kind=PersonKind.OFFICE, family_name="Pressestelle"))
            for name in PEOPLE:
                given, family = name.split()
                function = f"Redaktion {PEOPLE.index(name) + 1}"
                session.add(Person(id=self.ids[name], given_name=given, family_name=family, function=function))

    def enter(self, one: Happened) -> None:
        """Enter something on its day."""
        if self.registry.today() != one.entered:
            self._begin_day(one.entered)
        with self.registry.action(type(one).__name__, now=_noon(one.entered)) as session:
            self._do(session, one)

    def _begin_day(self, day: date) -> None:
        self.registry.today = lambda: day
        self.registry.keep_current()

    def _do(self, session: Session, one: Happened) -> None:
        match one:
            case Opened():
                self._open(session, one)
            case Left(person=person, on=on):
                session.get_one(Person, self.ids[person]).left_on = on
            case Closed() | Owned() | Confirmed() | Waived() | Counted() | Posted() | Renamed():
                self._care(session, session.get_one(Channel, self.ids[one.channel]), one)

    def _care(self, session: Session, channel: Channel, one: Happened) -> None:
        match one:
            case Closed(on=on, reason=reason):
                close(channel, on=on, reason=reason)
            case Owned(person=person, since=since):
                assign(session, channel.id, self.ids[person], OWNER, since=since, replace=True)
            case Confirmed(on=on):
                confirm(session, channel.id, person_id=None, on=on)
            case Waived(rule=rule, reason=reason, until=until, entered=today):
                waive(session, rule, "channel", channel.id, reason=reason, until=until, today=today)
            case Counted(on=on, count=count):
                session.add(FollowerCount(channel_id=channel.id, on=on, count=count))
            case Posted(on=on):
                enter_last_post(channel, on.isoformat(), today=one.entered)
            case Renamed(title=title):
                rename(channel, title)

    def _open(self, session: Session, one: Opened) -> None:
        channel = Channel(
            title=one.title,
            platform=one.platform,
            unit_id=self.ids[one.unit],
            opened_on=one.opened,
            registered_on=one.entered,
            last_post_on=one.posted.isoformat() if one.posted is not None else None,
            **_address(one),
            **_IN_ORDER,
        )
        session.add(channel)
        self.ids[one.channel] = channel.id
        office = self.ids["Pressestelle"]
        session.add(Responsibility(channel_id=channel.id, person_id=office, role=ResponsibilityRole.DEPUTY))
        if one.owner is not None:
            since = date.fromisoformat(one.opened) if len(one.opened) == 10 else None
            assign(session, channel.id, self.ids[one.owner], OWNER, since=since)


_IN_ORDER: dict[str, Any] = {
    "approved_on": date(2025, 1, 1),
    "approved_under": "Bestand",
    "imprint_url": "https://musterstadt.example/impressum",
    "imprint_clicks": 1,
    "imprint_checked_on": date(2025, 6, 1),
    "privacy_notice_url": "https://musterstadt.example/datenschutz",
    "netiquette_url": "https://musterstadt.example/netiquette",
    "equivalent_offer": "Rathaus",
    "usage_concept_version": "1",
    "usage_concept_due_on": date(2036, 1, 1),
}
"""Facts that silence the rules of which the play does not speak."""


def _address(one: Opened) -> dict[str, Any]:
    handle = f"{one.channel}-{one.unit.lower()}-{'abcdefgh'[int(one.channel[-2:]) % 8] * 6}{one.channel[-2:]}"
    url = f"https://{one.platform}.example/{handle}"
    return {"handle": handle, "account_key": f"{one.platform}:{handle}", "url": url, "url_as_entered": url}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12)).astimezone()
