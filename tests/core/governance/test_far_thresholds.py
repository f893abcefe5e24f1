"""Thresholds of ten thousand years are only numbers: no date beyond the calendar breaks a page or a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.exchange.report.making import make_report
from core.governance.findings import find
from core.governance.overview import read_overview
from core.governance.retention import find_due
from core.registry import Registry
from core.settings import SETTINGS, change_setting, read_settings
from tests.core.custody.keeping_records import make_login
from tests.factories import make_channel, make_owner, make_person

FAR = 4_000_000


@pytest.fixture
def far(registry: Registry) -> Registry:
    """A registry in which every number of days and months is so high."""
    with registry.action("Begin") as session:
        session.add_all([channel := make_channel(), person := make_person(left_on=date(2020, 1, 1))])
        session.add(make_login(rotation_days=FAR, rotated_on=date(2026, 1, 1)))
        session.flush()
        session.add(make_owner(channel, person))
        for setting in SETTINGS:
            if setting.key.endswith((".days", ".months")) and setting.most is None:
                change_setting(session, setting.key, FAR)
        change_setting(session, "rules.stage", 4)
    return registry


def test_rules_overview_and_periods_take_them(far: Registry, today: date) -> None:
    with far.reading() as session:
        settings = read_settings(session)
        assert find(session, today, settings, 4)
        assert read_overview(session, today).confirmed.never == 1
        assert not find_due(session, today, settings).people


def test_so_does_the_report(far: Registry, tmp_path: Path, today: date) -> None:
    assert make_report(far, "2026Q4", tmp_path / "report.xlsx", today=today).path.exists()
