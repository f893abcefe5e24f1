"""What the committee reads of custody: how many logins of which kind are protected how, never which one lacks what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select

from core.exchange.report.content import Content
from core.exchange.report.craft.looks import NUMBER
from core.exchange.report.craft.table import Column
from core.exchange.report.figures import platform_name
from core.governance.rules.rule import moved
from core.i18n import _
from core.model import Channel, Credential, CredentialChannel, SecondFactor
from core.storage.sorting import sort_key

Place: TypeAlias = tuple[str, str]
"""A platform's name and a kind of logins."""

_TWO = 2


@dataclass(slots=True)
class _Tally:
    """How many logins there are in one place, and how they are protected."""

    logins: int = 0
    with_factor: int = 0
    with_two: int = 0
    due: int = 0


def columns() -> tuple[Column, ...]:
    """Return the columns of the sheet."""
    figures = _("Logins"), _("With a second factor"), _("Kept by two or more"), _("To be changed")
    return (
        Column(_("Platform"), widest=30, total="count"),
        Column(_("Kind"), widest=24),
        *(Column(title, NUMBER, total="sum") for title in figures),
    )


def count_logins(content: Content, logins: list[tuple[Credential, int, bool]]) -> list[tuple[Place, list[str | int]]]:
    """Count logins by platform and kind.

    Args:
        content: What the report speaks of.
        logins: Each with how many people keep it, and whether somebody knows it who should not any more.
    """
    platforms, found = _platforms(content), dict[Place, _Tally]()
    for login, keepers, owed in logins:
        tally = found.setdefault((_platform(platforms.get(login.id, set())), _(login.kind.label)), _Tally())
        tally.logins += 1
        tally.with_factor += login.second_factor not in {None, SecondFactor.NONE}
        tally.with_two += keepers >= _TWO
        tally.due += owed or _is_due(login, content.order.day)
    order = sorted(found, key=lambda place: tuple(map(sort_key, place)))
    return [(place, [*place, *_numbers(found[place])]) for place in order]


def _numbers(tally: _Tally) -> tuple[int, ...]:
    return tally.logins, tally.with_factor, tally.with_two, tally.due


def _platforms(content: Content) -> dict[UUID, set[str]]:
    tied = select(CredentialChannel.credential_id, Channel.platform)
    found: dict[UUID, set[str]] = {}
    for login, platform in content.session.execute(tied.join(Channel, Channel.id == CredentialChannel.channel_id)):
        found.setdefault(login, set()).add(platform)
    return found


def _platform(platforms: set[str]) -> str:
    match len(platforms):
        case 0:
            return _("no channel")
        case 1:
            return platform_name(next(iter(platforms)))
        case _:
            return _("several platforms")


def _is_due(login: Credential, day: date) -> bool:
    """Say whether a login has had its secret for longer than it is to have one."""
    if login.rotation_days is None or login.rotated_on is None:
        return False
    return moved(login.rotated_on, login.rotation_days) < day
