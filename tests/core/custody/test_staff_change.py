"""A staff change from the first day to the last, with real registries and real keyrings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.custody import keeping, rotating
from core.custody.custodian import Custodian
from core.custody.owed import rotation_list
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.governance.finding_lists import of_subject, rule_counts
from core.governance.mended import mended_findings
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential, tie_channels
from core.inventory.people import mark_left
from core.model import Channel, Credential, CredentialKind, Person
from core.registry import Registry, open_registry
from core.settings import change_setting
from tests.factories import make_channel

OLD, NEW = Secret("altes Geheimnis"), Secret("neues Geheimnis")
LABELS = ("Amt", "Bad", "Chor", "Zoo")


@pytest.fixture
def desks(registry: Registry, keyrings, today: date, monkeypatch, tmp_path) -> Callable[[str], Custodian]:
    """Workstations by name, each with a home, a keyring and a person of its own; asked for, one is in use."""
    rings = {name: keyrings() for name in ("Erika Mustermann", "Max Mustermann")}
    homes = {name: tmp_path / name for name in rings}

    def sit_down(name: str) -> Custodian:
        for place in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(place, str(homes[name] / place))
        keyrings.use(rings[name])
        theirs = open_registry(registry.path, today=lambda: today)
        if theirs.me() is None:
            with theirs.action("bind") as session:
                bind(session, theirs.store_id, name, today)
        return Custodian(theirs, open_vault(theirs.id, limit_seconds=60), today)

    return sit_down


def logins_of(custodian: Custodian) -> dict[str, UUID]:
    with custodian.registry.action("fill") as session:
        change_setting(session, "rules.stage", 2)
        made = {label: add_credential(session, NewCredential(CredentialKind.PASSWORD, label)) for label in LABELS}
        channel = make_channel()
        session.add(channel)
        session.flush()
        tie_channels(session, made["Amt"], [channel.id])
        return {label: one.id for label, one in made.items()}


def listed(custodian: Custodian, person: UUID | None = None) -> list[tuple[str, bool, bool]]:
    with custodian.registry.reading() as session:
        found = rotation_list(session, custodian.today, person)
    return [(one.label, one.sole, one.done_on is not None) for one in found]


def rules_of(custodian: Custodian, login: UUID) -> set[str]:
    with custodian.registry.reading() as session:
        return {one.rule for one in of_subject(session, login)}


def test_a_staff_change_gives_exactly_the_right_list_and_ends_with_the_new_secrets(desks, today):
    erika = desks("Erika Mustermann")
    logins, her_id = logins_of(erika), erika.person_id
    for label in ("Amt", "Bad", "Zoo"):
        keeping.store_secret(erika, logins[label], OLD)
    max_ = desks("Max Mustermann")
    for label in ("Amt", "Bad"):
        keeping.keep_copy(max_, logins[label], OLD)
    keeping.store_secret(max_, logins["Chor"], OLD)
    earlier = replace(max_, today=today - timedelta(days=10))
    rotating.begin_rotation(earlier, logins["Bad"], NEW)
    rotating.confirm_rotation(earlier, logins["Bad"])
    assert listed(max_) == []
    assert "sole-holder" in rules_of(max_, logins["Zoo"])

    with max_.registry.action("leave") as session:
        mark_left(session.get_one(Person, her_id), today - timedelta(days=1), today=today)
    assert listed(max_, her_id) == listed(max_) == [("Zoo", True, False), ("Amt", False, False)]
    assert "rotation-owed" in rules_of(max_, logins["Zoo"]) & rules_of(max_, logins["Amt"])
    assert not rules_of(max_, logins["Bad"]) & {"rotation-owed", "rotation-overdue"}

    keeping.store_secret(max_, logins["Zoo"], NEW)
    rotating.begin_rotation(max_, logins["Amt"], NEW)
    assert ("Amt", False, False) in listed(max_), "it is not changed before it is confirmed to work"
    rotating.confirm_rotation(max_, logins["Amt"])
    assert listed(max_) == []
    assert listed(max_, her_id) == [("Amt", False, True), ("Zoo", False, True)]
    with max_.registry.reading() as session:
        done = {one.label: (one.done_on, one.done_by) for one in rotation_list(session, today, her_id)}
        mended = {(one.rule, one.subject_id) for one in mended_findings(session)}
        counts = {one.rule.key for one in rule_counts(session)}
    assert done == dict.fromkeys(("Amt", "Zoo"), (today, max_.person_id))
    assert {("rotation-owed", logins["Amt"]), ("rotation-owed", logins["Zoo"])} <= mended
    assert not counts & {"rotation-owed", "rotation-overdue"}


def test_a_copy_that_is_given_back_is_followed_in_the_same_action(desks):
    erika = desks("Erika Mustermann")
    logins = logins_of(erika)
    keeping.store_secret(erika, logins["Amt"], OLD)
    with erika.registry.reading() as session:
        (channel,) = session.query(Channel).all()
        assert session.get_one(Credential, logins["Amt"]).revision == 1
        before = next(one for one in of_subject(session, channel.id) if one.rule == "too-few-admins")
    assert [one["name"] for one in before.evidence["people"]] == ["Erika Mustermann"]
    keeping.release(erika, logins["Amt"])
    with erika.registry.reading() as session:
        after = next(one for one in of_subject(session, channel.id) if one.rule == "too-few-admins")
    assert after.evidence["people"] == []
    assert {"rotation-owed", "secret-missing"} <= rules_of(erika, logins["Amt"])
