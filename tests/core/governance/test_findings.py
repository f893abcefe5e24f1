"""Findings as a whole: their order, their sentences, their stage, and the rows in which they are kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core import i18n
from core.governance.finding_rows import refresh
from core.governance.findings import evidence_sentence, find, rule_title, stored
from core.governance.rules import RULES, rule_named
from core.model import (
    Access,
    AccessKind,
    Confirmation,
    ConfirmationResult,
    Person,
    PlatformRole,
    ResponsibilityRole,
    Severity,
)
from core.settings import Settings
from tests.core.custody.handover.handover_records import troubled_handovers
from tests.core.custody.keeping_records import troubled_logins
from tests.core.governance.raising import YESTERDAY, days_ago, healthy
from tests.core.inventory.assets.asset_records import wrong_appearance
from tests.factories import TODAY, make_channel, make_owner, make_person
from tests.memory import records_in_memory

LATER = date(2026, 12, 1)


def everything_wrong() -> list[object]:
    """Return records for which every rule has something to say, in every variant of its sentence."""
    long_ago = date(2015, 1, 1)
    gone = make_person(left_on=YESTERDAY, function="Pressesprecherin")
    nameless = make_person(left_on=YESTERDAY)
    today, tomorrow, soon = (make_person(leaving_on=TODAY + timedelta(days=days)) for days in (0, 1, 9))
    channels = [healthy(account_key=f"x:{uuid4().hex}") for _number in range(6)]
    owners = [make_owner(*pair) for pair in zip(channels, (gone, nameless, today, tomorrow, soon), strict=False)]
    accesses = [Access(channel_id=channels[0].id, person_id=person.id) for person in (gone, gone, nameless)]
    was_owned = make_channel(account_key="")
    ended = make_owner(was_owned, gone, until=YESTERDAY)
    posts = [days_ago(days).isoformat() for days in (31, 91, 181)]
    silent = [make_channel(account_key="", last_post_on=day) for day in (*posts, "2024-05", "2023", None)]
    rhythms = [make_channel(last_post_on=posts[0], posting_rhythm_days=days) for days in (1, 7)]
    platforms = [make_channel(account_key="", platform=key) for key in ("google-plus", "storify")]
    foreign = make_channel(account_key="", host_belongs=False, registered_on=long_ago)
    people = [gone, nameless, today, tomorrow, soon]
    return [
        *_wrong_in_later_stages(gone, soon),
        *troubled_logins(LATER),
        *troubled_handovers(LATER),
        *wrong_appearance(LATER),
        *people, *channels, *owners, *accesses, was_owned, ended, *silent, *rhythms, *platforms, foreign,
        *(make_channel() for _number in range(5)),
    ]  # fmt: skip


def _wrong_in_later_stages(gone: Person, here: Person) -> list[object]:
    """Return records for which the rules of stages 2 to 4 have something to say."""
    old: dict[str, Any] = {
        "account_key": "",
        "registered_on": date(2015, 1, 1),
        "last_post_on": "2020",
        "linked_from_site": False,
    }
    alone, shared, looked, *imprints = (make_channel(**old) for _number in range(6))
    deputy = make_owner(alone, gone, role=ResponsibilityRole.DEPUTY)
    admins = [Access(channel_id=alone.id, person_id=one.id, platform_role=PlatformRole.ADMIN) for one in (here, gone)]
    logins = [Access(channel_id=shared.id, person_id=here.id, kind=AccessKind.SHARED_LOGIN) for _number in range(2)]
    for channel in imprints:
        channel.imprint_url, channel.usage_concept_version = "https://www.moers.de/impressum", "1.0"
    imprints[0].imprint_clicks, imprints[1].imprint_checked_on = 3, date(2020, 1, 1)
    said = [(looked, 200, "correct"), (alone, 400, "correct"), (shared, 1, "should-close")]
    confirmations = [
        Confirmation(channel_id=channel.id, person_id=None, on=days_ago(days), result=ConfirmationResult(result))
        for channel, days, result in said
    ]
    alike = [make_channel(handle=f"stadtmoers{letter}", account_key="") for letter in "abcde"]
    return [alone, shared, looked, *imprints, deputy, *admins, *logins, *confirmations, *alike]


@pytest.fixture
def troubled():
    with records_in_memory() as session:
        session.add_all(everything_wrong())
        session.flush()
        yield session


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_can_be_said_with_and_without_names(troubled: Session, language: str):
    i18n.use_language(language)
    findings = find(troubled, LATER, Settings({"drill.on": True}), 4)
    assert {one.rule for one in findings} == {rule.key for rule in RULES} - {"platform-ending"}
    for finding in findings:
        sentence = evidence_sentence(finding.rule, finding.evidence)
        assert sentence.endswith(".")
        assert "{" not in sentence
        veiled = evidence_sentence(finding.rule, finding.evidence, with_names=False)
        assert "Mustermann" not in veiled
        assert rule_title(finding.rule)


def test_findings_come_gravest_first_and_rule_by_rule(troubled: Session):
    findings = find(troubled, TODAY, Settings(), 1)
    gravity = [list(Severity).index(one.severity) for one in findings]
    assert gravity == sorted(gravity, reverse=True)
    runs = [one for place, one in enumerate(findings) if place == 0 or findings[place - 1].rule != one.rule]
    assert len(runs) == len({(one.rule, one.severity) for one in findings})


def test_a_stage_switches_its_rules_on():
    with records_in_memory() as session:
        session.add(make_channel())
        session.flush()
        assert find(session, TODAY, Settings(), 0) == []
        assert find(session, TODAY, Settings(), 1)


def test_every_rule_says_why_whence_and_what_to_do():
    assert len({rule.key for rule in RULES}) == len(RULES) == 53
    for rule in RULES:
        assert rule_named(rule.key) is rule
        assert rule.stage in {1, 2, 3, 4}
        assert rule.why.endswith(".")
        assert rule.source
        assert rule.mends


def test_stored_findings_are_those_found(troubled: Session):
    refresh(troubled, TODAY, Settings())
    assert stored(troubled) == find(troubled, TODAY, Settings(), 1)


def test_refreshing_tells_whose_findings_changed():
    channel, person = healthy(registered_on=date(2026, 1, 5)), make_person()
    with records_in_memory() as session:
        session.add_all([channel, person])
        session.flush()
        assert refresh(session, TODAY, Settings()).records == {"channel": {channel.id}, "registry": set()}
        assert refresh(session, TODAY, Settings()).records == {}
        session.add(make_owner(channel, person))
        session.flush()
        assert refresh(session, TODAY, Settings()).records == {"channel": {channel.id}}
        assert [one.rule for one in stored(session)] == ["report-overdue"]


def test_refreshing_follows_the_calendar():
    with records_in_memory() as session:
        session.add(healthy(registered_on=TODAY))
        session.flush()
        refresh(session, TODAY, Settings())
        refresh(session, TODAY + timedelta(days=31), Settings())
        assert {one.rule for one in stored(session)} == {"no-owner", "quiet"}


def test_the_stage_of_the_registry_decides_what_is_stored():
    with records_in_memory() as session:
        session.add(make_channel())
        session.flush()
        refresh(session, TODAY, Settings({"rules.stage": 0}))
        assert stored(session) == []
