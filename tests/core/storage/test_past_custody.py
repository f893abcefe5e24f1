"""As of a day the secret is in force that was on it, as far as the log told by then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from core.model import Credential, CredentialKind
from core.registry import Registry

DAY = date(2026, 9, 30)


def put_right(registry: Registry, login: UUID, day: date, **values: Any) -> None:
    with registry.action("Put right", now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC)) as session:
        for key, value in values.items():
            setattr(session.get_one(Credential, login), key, value)


def changed_on(registry: Registry, login: UUID, **view: Any) -> date | None:
    with registry.snapshot(as_of=DAY, **view) as session:
        return session.get_one(Credential, login).rotated_on


@pytest.fixture
def login(registry: Registry) -> UUID:
    """A login that was changed in July and in October."""
    with registry.action("Add", now=datetime(2026, 7, 1, 9, tzinfo=UTC)) as session:
        session.add(made := Credential(kind=next(iter(CredentialKind)), label="Zugang", rotated_on=date(2026, 7, 1)))
    put_right(registry, made.id, date(2026, 10, 2), rotated_on=date(2026, 10, 2))
    return made.id


def test_the_last_change_by_a_day_is_told_from_the_log(registry: Registry, login: UUID) -> None:
    assert changed_on(registry, login) == date(2026, 7, 1)


def test_a_change_that_was_entered_after_a_report_was_not_known_when_it_was_issued(
    registry: Registry, login: UUID
) -> None:
    issued = registry.log()[-1].seq
    put_right(registry, login, date(2026, 10, 20), rotated_on=date(2026, 9, 15))
    put_right(registry, login, date(2026, 10, 21), rotated_on=date(2026, 10, 2))
    assert changed_on(registry, login) == date(2026, 9, 15)
    assert changed_on(registry, login, known_on=issued) == date(2026, 7, 1)
