"""What is derived after each action is what asking everything anew would give, and it tells who mended what."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from core.errors import IrreversibleError
from core.governance.finding_rows import current_for
from core.governance.findings import find, stored
from core.governance.mended import mended_findings
from core.governance.rules import RULES, Situation
from core.governance.waivers import waive
from core.i18n import N_
from core.inventory import channels
from core.inventory.binding import bind
from core.model import (
    Access,
    AccessKind,
    Base,
    Channel,
    ChannelKind,
    ChannelState,
    Confirmation,
    ConfirmationResult,
    Credential,
    Custody,
    CustodyEnd,
    Person,
    PlatformRole,
    Responsibility,
    ResponsibilityRole,
    SecondFactor,
    Store,
)
from core.registry import Registry
from core.settings import Settings, change_setting, read_settings
from core.storage.values import journaled_tables
from tests.core.custody.keeping_records import make_copy, make_login, make_store, tied
from tests.factories import TODAY, make_channel, make_owner, make_person
from tests.founding import new_registry
from tests.memory import records_in_memory

ADD, EDIT, ASSIGN = N_("Add channel"), N_("Edit"), N_("Assign owner")
DAYS = st.sampled_from([None, *(TODAY + timedelta(days=days) for days in (-400, -200, -1, 0, 1, 20))])
WHAT_A_CHANNEL_IS_CALLED = {"channel.title", "channel.platform"}
"""Told with each finding, but not stored with it."""
THE_LOG = {"action", "change", "change_value"}
"""It never changes but together with a record that it tells of."""

EDITS = ("own", "end", "post", "leave", "handle", "state", "access", "confirm", "add", "waive", "keep", "give", "login")
YES_OR_NO = st.sampled_from([None, True, False])
HANDLES = st.sampled_from(["stadtmoers", "stadtmoerz", "stadtmors", "hafen"])


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Registry:
    """One registry for many examples: each leaves it to the next as it is."""
    registry = new_registry(tmp_path_factory.mktemp("derived") / "r.kanal")
    registry.today = lambda: TODAY
    with registry.action(EDIT) as session:
        change_setting(session, "rules.stage", 4)
        people = [make_person(given_name=name) for name in ("Erika", "Max", "Ute")]
        chosen = [make_channel(handle=f"kanal{place}") for place in range(3)]
        logins = [make_login(revision=revision) for revision in (1, 2)]
        session.add_all([*people, *chosen, *logins, *(make_store(one) for one in people)])
        session.flush()
        session.add_all([*tied(logins[0], chosen[0]), *tied(logins[1], *chosen[1:])])
    return registry


def _edit_custody(data: st.DataObject, session: Session, edit: str) -> None:
    login = data.draw(st.sampled_from(list(session.scalars(select(Credential).order_by(Credential.revision)))))
    store = data.draw(st.sampled_from(list(session.scalars(select(Store).order_by(Store.id)))))
    match edit:
        case "keep":
            session.add(make_copy(login, store, revision=data.draw(st.integers(1, 2)), last_seen_on=data.draw(DAYS)))
        case "give":
            store.vanished_on = data.draw(DAYS)
            for one in session.scalars(select(Custody).where(Custody.store_id == store.id)):
                one.until, one.ended = data.draw(DAYS), data.draw(st.sampled_from([None, *CustodyEnd]))
                one.missing_since = data.draw(DAYS)
        case _:
            login.retired_on, login.rotated_on = data.draw(DAYS), data.draw(DAYS)
            login.rotation_days, login.recovery_of_office = data.draw(st.sampled_from([None, 90])), data.draw(YES_OR_NO)
            login.second_factor = data.draw(st.sampled_from([None, SecondFactor.APP]))


def _edit(data: st.DataObject, session: Session, chosen: list[Channel], people: list[Person]) -> None:
    channel, person = data.draw(st.sampled_from(chosen)), data.draw(st.sampled_from(people))
    match data.draw(st.sampled_from(EDITS)):
        case "own":
            role, until = data.draw(st.sampled_from(list(ResponsibilityRole))), data.draw(DAYS)
            session.add(make_owner(channel, person, role=role, until=until))
        case "end":
            for one in session.scalars(select(Responsibility).where(Responsibility.channel_id == channel.id)):
                session.delete(one)
        case "post":
            channel.last_post_on = data.draw(st.sampled_from([None, "2026", "2026-10", "2026-08-01", "2024-01-01"]))
            channel.posting_rhythm_days = data.draw(st.sampled_from([None, 7, 60]))
        case "leave":
            person.left_on, person.leaving_on = data.draw(DAYS), data.draw(DAYS)
            person.successor_id = data.draw(st.sampled_from(people)).id
        case "handle":
            handle = data.draw(HANDLES)
            channel.handle, channel.account_key = handle, f"{channel.platform}:{handle}"
        case "state":
            channel.state = data.draw(st.sampled_from(list(ChannelState)))
            channel.kind = data.draw(st.sampled_from(list(ChannelKind)))
            channel.title = data.draw(st.sampled_from(["Stadt", "Hafen"]))
        case "access":
            can, until = data.draw(st.sampled_from(list(PlatformRole))), data.draw(DAYS)
            kind = data.draw(st.sampled_from(list(AccessKind)))
            to, who = channel.id, person.id
            session.add(Access(channel_id=to, person_id=who, kind=kind, platform_role=can, withdrawn_on=until))
        case "confirm":
            result = data.draw(st.sampled_from(list(ConfirmationResult)))
            on = data.draw(DAYS) or TODAY
            session.add(Confirmation(channel_id=channel.id, person_id=None, on=on, result=result))
        case "add":
            handle = data.draw(HANDLES)
            session.add(make_channel(handle=handle, account_key=f"facebook:{handle}"))
        case "keep" | "give" | "login" as edit:
            _edit_custody(data, session, edit)
        case "waive":
            rule = data.draw(st.sampled_from([rule.key for rule in RULES if rule.subject_type == "channel"]))
            waive(session, rule, "channel", channel.id, reason="Umzug", until=TODAY, today=TODAY)


def _same(registry: Registry) -> None:
    with registry.reading() as session:
        derived = stored(session)
        asked = find(session, TODAY, read_settings(session), 4)
        assert derived == asked
        state = current_for(session)
    assert state is not None and state[1] == TODAY  # noqa: PT018 - one thing: it is followed, not left behind


# Examples go on from what those before them left, so that a failing one cannot be made smaller.
@settings(max_examples=30, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_following_an_action_gives_what_asking_everything_gives(kept, data):
    with kept.action(EDIT) as session:
        # The first three, by age: what an example draws may not depend on what examples before it added.
        chosen = list(session.scalars(select(Channel).order_by(Channel.created_at, Channel.id).limit(3)))
        people = list(session.scalars(select(Person).order_by(Person.id)))
        for _step in range(data.draw(st.integers(1, 3))):
            _edit(data, session, chosen, people)
    _same(kept)
    if kept.undoable and data.draw(st.booleans()):
        with suppress(IrreversibleError):  # what came later happened in a keyring
            kept.undo()
        _same(kept)


def test_who_is_counted_but_not_named_is_asked_again(tmp_path):
    """Evidence names three others only: when the sixth of one account goes, the others' counts go down."""
    registry = new_registry(tmp_path / "r.kanal")
    registry.today = lambda: TODAY
    same = {"handle": "hafen", "account_key": "facebook:hafen"}
    with registry.action(ADD) as session:
        chosen = [make_channel(**same, registered_on=TODAY - timedelta(days=9 - place)) for place in range(6)]
        session.add_all(chosen)
    with registry.action(EDIT) as session:
        last = session.get_one(Channel, chosen[-1].id)
        last.handle, last.account_key = "kai", "facebook:kai"
    with registry.reading() as session:
        assert {one.evidence["count"] for one in stored(session) if one.rule == "duplicate"} == {4}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_says_what_it_reads(rule):
    """What an action touched decides which rules are asked again, so nothing may be left out."""
    tables = Base.metadata.sorted_tables
    known = {f"{table.name}.{column.key}" for table in tables for column in table.columns if not column.primary_key}
    read: set[str] = set()

    def note(*told):
        read.update(re.findall(r"\w+\.\w+", re.sub(r"_\d+\.", ".", told[2]).replace('"', "")))

    with records_in_memory() as session:
        session.add_all([make_channel(), make_channel()])
        session.flush()
        event.listen(session.connection(), "before_cursor_execute", note)
        list(rule.find(Situation(session, TODAY, Settings())))
        event.remove(session.connection(), "before_cursor_execute", note)
    whole = {one for one in known if one.partition(".")[0] in rule.reads | THE_LOG}
    assert (read & known) - WHAT_A_CHANNEL_IS_CALLED <= rule.reads | whole
    assert rule.reads <= known | set(Base.metadata.tables)


def test_a_change_that_no_rule_reads_asks_none(registry, today):
    with registry.action(ADD) as session:
        channel = make_channel()
        session.add(channel)
    asked: list[str] = []
    event.listen(registry._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    with registry.action(EDIT) as session:
        session.get_one(Channel, channel.id).notes = "Nichts Persönliches"
    assert not [
        statement for statement in asked if re.search(r"FROM finding\s+WHERE finding\.subject_id IN", statement)
    ]
    assert len(asked) < 40


def test_another_day_asks_everything_anew(registry, today):
    days = iter([today] * 20)
    registry.today = lambda: next(days, today + timedelta(days=31))
    with registry.action(ADD) as session:
        session.add(make_channel(registered_on=today, last_post_on=today.isoformat()))
    for _rest in days:
        pass
    assert registry.keep_current()
    with registry.reading() as session:
        assert "quiet" in {one.rule for one in stored(session)}


def test_a_registry_opens_without_asking_what_is_known(registry, today):
    with registry.action(ADD) as session:
        session.add(make_channel())
    assert not registry.keep_current()


def owned_by(registry: Registry, channel: Channel) -> None:
    with registry.action(ASSIGN) as session:
        person = make_person()
        session.add_all([person, make_owner(channel, person)])


@pytest.fixture
def troubled(registry, today) -> Channel:
    with registry.action(N_("Bind")) as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    with registry.action(ADD) as session:
        return channels.add_channel(session, "facebook.com/stadtmoers", today=registry.today())


@pytest.mark.usefixtures("in_english")
def test_who_mended_a_finding_and_how_is_told(registry, troubled):
    owned_by(registry, troubled)
    with registry.reading() as session:
        (mended,) = mended_findings(session, subject_id=troubled.id)
    assert (mended.rule, mended.label, mended.actor) == ("no-owner", "Assign owner", "Erika Mustermann")
    assert mended.since == troubled.registered_on


def test_what_was_undone_is_not_mended(registry, troubled):
    owned_by(registry, troubled)
    registry.undo()
    with registry.reading() as session:
        assert mended_findings(session) == []
        assert "no-owner" in {one.rule for one in stored(session)}


def test_waiving_deleting_and_loosening_a_rule_mend_nothing(registry, troubled):
    today = registry.today()
    with registry.action(N_("Waive finding")) as session:
        waive(session, "no-owner", "channel", troubled.id, reason="Umzug", until=today, today=today)
    with registry.action(EDIT) as session:
        change_setting(session, "rules.stage", 0)
    registry.undo()
    registry.undo()
    registry.undo()
    with registry.reading() as session:
        assert session.get(Channel, troubled.id) is None
        assert mended_findings(session) == []


def test_a_day_that_passes_mends_nothing(registry, troubled, today):
    with registry.action(ASSIGN) as session:
        person = make_person()
        session.add_all([person, make_owner(troubled, person, since=registry.today() + timedelta(days=1))])
    registry.today = lambda: date.today() + timedelta(days=1)  # noqa: DTZ011 - the day after the registry's own
    assert registry.keep_current()
    with registry.reading() as session:
        assert mended_findings(session) == []


def test_every_table_that_a_rule_reads_is_logged_or_asked_about_at_every_look():
    logged = {table.name for table in journaled_tables()}
    unlogged = {rule.key for rule in RULES if any(one.partition(".")[0] not in logged for one in rule.reads)}
    assert unlogged == {"report-overdue"}
