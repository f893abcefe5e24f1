"""A report made again says what is told otherwise than in the one that was issued last."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.exchange.report.making import make_report
from core.inventory.channels import close
from core.inventory.responsibilities import assign
from core.model import Channel, FollowerCount, Person, ReportRun, ResponsibilityRole
from core.registry import Registry
from core.restoring import restore_registry
from tests.core.exchange.report.workbooks import load, midnight, table, texts
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")
MISSING = "not in the report"


@pytest.fixture
def channel(registry: Registry, today: date) -> Channel:
    """A channel of Erika's, whose report on the third quarter was issued in October."""
    registry.today = lambda: today
    erika, channel = make_person(function="Redaktion"), make_channel(last_post_on="2026-09-28")
    with registry.action("Begin", now=datetime(2026, 1, 5, 12).astimezone()) as session:
        session.add_all([erika, make_person(given_name="Max"), channel, make_owner(channel, erika)])
    make_report(registry, "2026Q3", registry.path.with_name("issued.xlsx"), reader="internal", today=date(2026, 10, 5))
    return channel


def corrections(registry: Registry, today: date, reader: str = "internal", quarter: str = "2026Q3") -> list[Any] | None:
    path = make_report(registry, quarter, registry.path.with_name("again.xlsx"), reader=reader, today=today).path
    if "Corrections" not in load(path).sheetnames:
        return None
    rows = [tuple(row.values()) for row in table(path, "Corrections")]
    return [row for row in rows if row[1] not in {"Complete in %", "Deputy"} and row[0] != "Key figures"]


def enter_late(registry: Registry, channel: Channel) -> None:
    """Say in November that Max took over in August and that followers were counted in September."""
    with registry.action("Assign owner") as session:
        who = session.scalars(select(Person).where(Person.given_name == "Max")).one()
        assign(session, channel.id, who.id, ResponsibilityRole.OWNER, since=date(2026, 8, 1), replace=True)
        session.add(FollowerCount(channel_id=channel.id, on=date(2026, 9, 15), count=120))


def test_where_nothing_was_entered_there_are_none(channel: Channel, registry: Registry, today: date):
    assert corrections(registry, today) is None


def test_what_was_entered_late_is_told_with_what_was_said_before(channel: Channel, registry: Registry, today: date):
    enter_late(registry, channel)
    label = "Stadt Moers (Facebook)"
    assert corrections(registry, today) == [
        ("Stadt Moers", "other owner (1 Aug 2026)", MISSING, "Erika Mustermann → Max Mustermann"),
        (label, "Followers", None, 120),
        (label, "Followers on 30 Sep 2026", None, 120),
        (label, "Owner", "Erika Mustermann", "Max Mustermann"),
        (label, "Owner, since", None, midnight(2026, 8, 1)),
    ]


def test_who_else_answers_for_a_channel_is_compared_too(channel: Channel, registry: Registry, today: date):
    with registry.action("Assign editor") as session:
        who = session.scalars(select(Person).where(Person.given_name == "Max")).one()
        assign(session, channel.id, who.id, ResponsibilityRole.EDITOR, since=date(2026, 8, 1))
    label = "Stadt Moers (Facebook)"
    assert corrections(registry, today) == [
        (label, "Editor", None, "Max Mustermann"),
        (label, "Editor, since", None, midnight(2026, 8, 1)),
    ]


def test_what_happened_after_the_day_corrects_nothing(channel: Channel, registry: Registry, today: date):
    with registry.action("Close channel") as session:
        one = session.get_one(Channel, channel.id)
        one.title = "Anders"
        close(one, on=date(2026, 11, 1))
        session.add(FollowerCount(channel_id=channel.id, on=date(2026, 10, 15), count=120))
    assert corrections(registry, today) is None


def test_a_channel_that_was_not_known_is_told_once(channel: Channel, registry: Registry, today: date):
    with registry.action("Add channel") as session:
        session.add(make_channel(handle="neu", title="Neu", opened_on="2026-08-03", registered_on=today))
    told = corrections(registry, today)
    assert told is not None
    assert [row[:3] for row in told if row[0] == "Neu (Facebook)" and row[1] == "Channel"] == [
        ("Neu (Facebook)", "Channel", MISSING)
    ]
    assert not [row for row in told if row[1] in {"Title", "Owner", "State"}]


def test_findings_that_were_told_wrongly_are_corrected(channel: Channel, registry: Registry, today: date):
    with registry.action("End", now=datetime(2026, 11, 2, 12).astimezone()) as session:
        session.scalars(select(Person).where(Person.given_name == "Erika")).one().left_on = date(2026, 9, 1)
    told = corrections(registry, today)
    assert told == [
        (
            "Stadt Moers (Facebook)",
            "Owner has left",
            MISSING,
            "Left on 1 Sep 2026 and still entered as owner: Erika Mustermann.",
        )
    ]


def test_it_is_compared_with_the_one_that_was_issued_last(channel: Channel, registry: Registry, today: date):
    enter_late(registry, channel)
    first = corrections(registry, today)
    assert first is not None
    assert corrections(registry, today) == first  # Nothing was written down in between.
    with registry.action("Count") as session:
        session.add(FollowerCount(channel_id=channel.id, on=date(2026, 9, 16), count=130))
    label = "Stadt Moers (Facebook)"
    expected = [(label, "Followers", 120, 130), (label, "Followers on 30 Sep 2026", 120, 130)]
    assert corrections(registry, today) == expected


def test_where_nothing_is_told_otherwise_the_cover_says_nothing(channel: Channel, registry: Registry, today: date):
    with registry.action("Rename") as session:
        session.get_one(Channel, channel.id).title = "Neu"
    assert corrections(registry, today) is None
    assert "Corrected version" not in texts(registry.path.with_name("again.xlsx"))


def test_cover_and_sheet_name_the_day_and_key_figures_come_first(channel: Channel, registry: Registry, today: date):
    with registry.deriving() as session:
        session.scalars(select(ReportRun)).one().made_at = datetime(2026, 10, 5, 12, tzinfo=UTC)
    with registry.action("Add channel") as session:
        session.add(make_channel(handle="neu", title="Neu", opened_on="2026-08-03", registered_on=today))
    path = make_report(registry, "2026Q3", registry.path.with_name("again.xlsx"), reader="internal", today=today).path
    cover = {row[0]: row[1] for row in load(path)["Cover"].iter_rows(values_only=True)}
    assert cover["Corrected version"] == (
        "It replaces the report issued on 5 Oct 2026; the sheet “Corrections” lists the differences."
    )
    rows = [tuple(row.values()) for row in table(path, "Corrections")]
    assert rows[:2] == [("Key figures", "channels", 1, 2), ("Key figures", "of them active", 1, 2)]
    assert list(table(path, "Corrections")[0])[2] == "In the report issued on 5 Oct 2026"


def test_each_reader_has_issued_reports_of_its_own(channel: Channel, registry: Registry, today: date):
    enter_late(registry, channel)
    assert corrections(registry, today, "committee") is None
    assert corrections(registry, today, "public") is None


def test_a_running_quarter_is_not_corrected(channel: Channel, registry: Registry, today: date):
    assert corrections(registry, today, quarter="2026Q4") is None
    enter_late(registry, channel)
    assert corrections(registry, today, quarter="2026Q4") is None


def test_a_run_whose_entry_is_not_in_the_log_is_passed_over(channel: Channel, registry: Registry, today: date):
    with registry.deriving() as session:
        session.scalars(select(ReportRun)).one().head_hash = "0" * 64
    enter_late(registry, channel)
    assert corrections(registry, today) is None


def test_after_restoring_a_backup_it_is_still_told(channel: Channel, registry: Registry, today: date, tmp_path: Path):
    backup = tmp_path / "elsewhere" / "b.kanal"
    backup.parent.mkdir()
    registry.back_up(backup)
    new = tmp_path / "new" / "r.kanal"
    new.parent.mkdir()
    restore_registry(backup, new)
    shutil.copy(new, tmp_path / "copy.kanal")
    from core.registry import open_registry

    restored = open_registry(tmp_path / "copy.kanal", today=lambda: today)
    enter_late(restored, channel)
    told = corrections(restored, today)
    restored.close()
    assert told is not None
    assert len(told) == 5
