"""The overview: what is counted, and in which order things are to be done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.governance.finding_lists import rule_counts
from core.governance.overview import Errand, next_steps, read_overview
from core.i18n import N_
from core.inventory.confirmations import confirm
from core.inventory.figures import NO_UNIT
from core.model import ChannelState, ReportRun, Severity
from core.settings import change_setting
from tests.factories import make_channel, make_owner, make_person, make_unit


def _add(registry, *records):
    with registry.action(N_("Fill")) as session:
        for one in records:
            session.add(one)
            session.flush()


def _overview(registry, today):
    registry.today = lambda: today
    registry.keep_current()
    with registry.reading() as session:
        return read_overview(session, today)


def _reported(registry, quarter, as_of, **values):
    defaults = {"reader": "committee", "figures": {"findings": {"severe": 1, "warning": 2, "notice": 0}}}
    with registry.deriving() as session:
        session.add(
            ReportRun(
                quarter=quarter,
                as_of=as_of,
                language="de",
                made_at=datetime(2026, 11, 1, tzinfo=UTC),
                file_name="bericht.xlsx",
                file_sha256="0" * 64,
                head_seq=1,
                head_hash="0" * 64,
                **{**defaults, **values},
            )
        )


def _errands(registry, today, *, known=True):
    overview = _overview(registry, today)
    return [one.rule.rule.key if one.rule else one.errand for one in next_steps(overview, known=known)]


@pytest.fixture
def owner():
    return make_person()


def test_channels_are_counted_by_platform_unit_and_state(registry, today):
    unit = make_unit()
    closed = make_channel(handle="c", platform="x", state=ChannelState.CLOSED)
    _add(registry, unit, make_channel(handle="a", unit_id=unit.id), make_channel(handle="b", platform="x"), closed)
    channels = _overview(registry, today).channels
    assert (channels.channels, channels.active) == (3, 2)
    assert [(one.key, one.all, one.active) for one in channels.by_platform] == [("facebook", 1, 1), ("x", 2, 1)]
    assert [(one.key, one.all) for one in channels.by_unit] == [(str(unit.id), 1), (NO_UNIT, 2)]
    assert [(one.key, one.all) for one in channels.by_state] == [("active", 2), ("closed", 1)]


def test_only_active_channels_are_asked_for_their_confirmation(registry, today):
    made = {handle: make_channel(handle=handle) for handle in "abc"}
    closed = make_channel(handle="d", state=ChannelState.CLOSED)
    _add(registry, *made.values(), closed)
    with registry.action(N_("Confirm")) as session:
        confirm(session, made["a"].id, person_id=None, on=today - timedelta(days=180))
        confirm(session, made["a"].id, person_id=None, on=today - timedelta(days=400))
        confirm(session, made["b"].id, person_id=None, on=today - timedelta(days=181))
        confirm(session, closed.id, person_id=None, on=today)
    confirmed = _overview(registry, today).confirmed
    assert (confirmed.lately, confirmed.earlier, confirmed.never) == (1, 1, 1)
    assert confirmed.since == today - timedelta(days=180)


def test_an_empty_registry_has_figures_too_and_nothing_to_do(registry, today):
    overview = _overview(registry, today)
    assert overview.channels.channels == 0
    assert list(overview.severities.values()) == [0, 0, 0]
    assert next_steps(overview, known=True) == []


def test_a_report_is_owed_until_it_is_made(registry, today):
    _add(registry, make_channel())
    assert _overview(registry, today).unreported == "2026Q3"
    _reported(registry, "2026Q3", date(2026, 9, 30))
    assert _overview(registry, today).unreported is None


def test_earlier_reports_tell_how_many_findings_there_were(registry, today):
    _reported(registry, "2026Q2", date(2026, 6, 30))
    _reported(registry, "2026Q3", date(2026, 9, 30), figures={"findings": {"severe": 4}})
    _reported(registry, "2026Q3", date(2026, 9, 30), reader="public", figures={"findings": {"severe": 0}})
    reported = _overview(registry, today).reported
    assert [(quarter, sum(counted.values())) for quarter, counted in reported] == [("2026Q3", 4), ("2026Q2", 3)]


def test_what_is_to_be_done_has_the_order_of_the_findings(registry, today, owner):
    old = "2026-08-01"
    channels = [make_channel(handle=f"a{n}", last_post_on=today.isoformat(), registered_on=today) for n in range(2)]
    stale = [make_channel(handle=f"b{n}", last_post_on=old, registered_on=today) for n in range(3)]
    gone = make_channel(handle="c", platform="vine", last_post_on=today.isoformat(), registered_on=today)
    _add(registry, owner, *channels, *stale, gone, *(make_owner(one, owner) for one in (*stale, gone)))
    _add(registry, make_channel(handle="d", platform="qik", last_post_on=today.isoformat(), registered_on=today))
    assert _errands(registry, today) == ["no-owner", "platform-gone", "stale"]
    with registry.reading() as session:
        assert _errands(registry, today) == [one.rule.key for one in rule_counts(session)]


def test_who_is_not_known_is_asked_for_the_name_after_what_is_severe(registry, today):
    _add(registry, make_channel(last_post_on=today.isoformat(), registered_on=today))
    assert _errands(registry, today, known=False) == ["no-owner", Errand.NAME]


def test_a_report_weighs_more_once_it_is_overdue(registry, owner):
    channel = make_channel(last_post_on="2026-10-10")
    _add(registry, owner, channel, make_owner(channel, owner))
    for day, severity in ((date(2026, 10, 15), Severity.NOTICE), (date(2026, 10, 16), Severity.WARNING)):
        first, *_rest = next_steps(_overview(registry, day), known=True)
        assert (first.errand, first.severity) == (Errand.REPORT, severity), day


def test_when_nothing_is_left_the_next_stage_is_offered_until_the_last(registry, today, owner):
    channel = make_channel(last_post_on=today.isoformat(), registered_on=today)
    _add(registry, owner, channel, make_owner(channel, owner))
    assert _errands(registry, today) == [Errand.STAGE]
    with registry.action(N_("Change setting")) as session:
        change_setting(session, "rules.stage", 4)
    overview = _overview(registry, today)
    assert Errand.STAGE not in [one.errand for one in next_steps(overview, known=True)]
