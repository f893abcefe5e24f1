"""The same registry on PostgreSQL: our migrations make its tables, and every answer is the one of SQLite."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from core.governance.completeness import channels_missing, completeness, missing_facts
from core.governance.finding_lists import about_person, of_rule, of_subject, rule_counts
from core.governance.finding_rows import refresh, refresh_some
from core.governance.findings import find, stored
from core.governance.mended import mended_findings
from core.governance.overview import read_overview
from core.governance.rules import RULES, Situation
from core.governance.stages import preview_stages
from core.governance.waivers import waived
from core.i18n import N_
from core.inventory.asking import ASKED_OF
from core.inventory.figures import channel_figures, unit_names
from core.inventory.lists import LISTS
from core.inventory.narrowing import Span, where
from core.inventory.quick_filters import filter_counts
from core.model import (
    Action,
    Base,
    Channel,
    ChannelState,
    Finding,
    Person,
)
from core.registry import Registry, open_registry
from core.settings import read_settings
from core.storage import chain, history, journal, migrating
from core.storage.log_view import LogFilter, action_numbers, read_actions
from core.storage.schema import SCHEMA, schema_of
from core.storage.values import TABLES
from tests.core.filled import make_filled
from tests.factories import TODAY, make_channel
from tests.parts.server import Server

SOON = TODAY + timedelta(days=5)
DERIVED = {"finding", "finding_state"}
"""What is kept about logins: the queries are asked here, too, of a registry that has none."""
DAYS = (TODAY, date(2019, 3, 1), date(2027, 12, 1))
"""Today, a day before a platform was shut down, and one on which nobody has touched anything for long."""


@dataclass
class Kept:
    """What the first test made and every other one copies: the registry's file, and a database with the same rows."""

    file: Path
    database: str | None = None


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("filled") / "filled.kanal")


@pytest.fixture
def filled(own_folders: Path, kept: Kept, tmp_path: Path) -> Iterator[Registry]:
    """The demo city and, besides, what it lacks: every rule raises something of it."""
    if not kept.file.exists():
        make_filled(kept.file)
    registry = open_registry(Path(shutil.copy(kept.file, tmp_path)), today=lambda: TODAY)
    yield registry
    registry.close()


@pytest.fixture
def copied(filled: Registry, kept: Kept, server: Server) -> Iterator[Engine]:
    """A registry on PostgreSQL, migrated by us, with the same rows; what is derived is left to it."""
    if kept.database is None:
        with server.database() as engine:
            _copy(filled, engine)
            kept.database = engine.url.database
    with server.database(kept.database) as engine:
        yield engine


def _copy(filled: Registry, engine: Engine) -> None:
    migrating.upgrade(engine)
    with filled.reading() as session, engine.begin() as connection:
        for name, table in TABLES.items():
            rows = [] if name in DERIVED else [dict(row) for row in session.execute(select(table)).mappings()]
            if rows:
                connection.execute(insert(table), rows)


def answers(session: Session, today: date) -> dict[str, Any]:
    """Ask a registry everything that its pages, its report and its command line ask of a day."""
    settings = read_settings(session)
    situation = Situation(session, today, settings)
    raised = {rule.key: sorted(rule.find(situation), key=repr) for rule in RULES}
    people = session.scalars(select(Person.id).order_by(Person.id)).all()
    return {
        **{f"rule {key}": found for key, found in raised.items()},
        **{f"list {records.name}": _rows(records.read(session.connection(), None, today)) for records in LISTS},
        "found": find(session, today, settings, 4),
        "stages": preview_stages(session, today, settings),
        "overview": read_overview(session, today),
        "waived": waived(session, today),
        "filters": filter_counts(session, today, people[0]),
        "narrowed": [sorted(session.scalars(where(LISTS[0], values, today))) for values in _NARROWED],
    }


def answers_of_any_day(session: Session) -> dict[str, Any]:
    """Ask a registry everything that has the same answer on every day."""
    channels = session.scalars(select(Channel.id).order_by(Channel.id)).all()
    people = session.scalars(select(Person.id).order_by(Person.id)).all()
    return {
        "stored": stored(session),
        "rules": rule_counts(session),
        "of rules": [of_rule(session, rule.key) for rule in RULES],
        "of channels": {one: of_subject(session, one) for one in channels},
        "of people": {one: about_person(session, one) for one in people},
        "figures": channel_figures(session, unit_names(session)),
        "completeness": completeness(session),
        "missing": {one: missing_facts(session, one) for one in channels},
        "channels missing": {key: channels_missing(session, key) for key in ASKED_OF},
        "mended": mended_findings(session),
        "log": [read_actions(session, action_numbers(session, wanted)) for wanted in _logged(channels, people)],
        "entries": history.entries(session),
        "chain": chain.verify(session),
    }


_NARROWED: tuple[dict[str, Any], ...] = (
    {"state": ChannelState.ACTIVE, "unit": None},
    {"last_post_on": Span("2026-05", "2026-10")},
    {"confirmed_on": Span(None, TODAY), "title": "Zoo"},
    {"owner": "Erika Mustermann"},
)


def _logged(channels: Any, people: Any) -> list[LogFilter]:
    return [LogFilter(), LogFilter(record_id=channels[0]), LogFilter(record_id=people[0], since=TODAY, until=TODAY)]


def _rows(read: Iterator[Any]) -> list[Any]:
    return sorted(({**row} for row in read), key=lambda row: str(row["id"]))


def test_our_migrations_make_the_tables_that_the_program_expects(postgresql: Engine):
    with postgresql.connect() as connection:
        assert schema_of(connection) == 0
    migrating.upgrade(postgresql)
    with postgresql.connect() as connection:
        assert schema_of(connection) == SCHEMA
        known = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(known, Base.metadata) == []


def test_every_question_has_the_answer_that_it_has_on_sqlite(filled: Registry, copied: Engine):
    with Session(copied) as session:
        refresh(session, TODAY, read_settings(session))
        session.commit()
    with filled.reading() as here, Session(copied) as there:
        _same("any day", answers_of_any_day(here), answers_of_any_day(there))
    tried = set[str]()
    for day in DAYS:
        with filled.reading() as here, Session(copied) as there:
            expected = answers(here, day)
            _same(str(day), expected, answers(there, day))
        tried |= {rule.key for rule in RULES if expected[f"rule {rule.key}"]}
    assert {rule.key for rule in RULES} - tried == set(), "of these rules nothing was compared"


def _same(when: str, expected: dict[str, Any], found: dict[str, Any]) -> None:
    for question, answer in expected.items():
        assert found[question] == answer, f"{question} on {when}"


def test_few_channels_are_asked_about_alone_as_on_sqlite(filled: Registry, copied: Engine):
    with Session(copied) as session:
        refresh(session, TODAY, read_settings(session))
        ids = session.scalars(select(Channel.id).order_by(Channel.id)).all()
        assert not refresh_some(Situation(session, TODAY, read_settings(session)), RULES, ids)
        session.connection().execute(delete(Finding))
        changed = refresh_some(Situation(session, TODAY, read_settings(session)), RULES, ids)
        mine = {(one.rule, one.record_id) for one in changed.new}
    with filled.reading() as session:
        assert mine == {(one.rule, one.subject_id) for one in stored(session)}


def test_a_change_is_written_to_the_log_and_taken_back(copied: Engine):
    action = _act(N_("Add channel"))
    with copied.begin() as connection:
        written = journal.Journal(action)
        with journal.JournaledSession(bind=connection, info={"journal": written}) as session:
            session.add(make_channel(handle="neu"))
            session.flush()
        journal.write(connection, action, list(written.entries.values()))
    with copied.begin() as connection:
        assert connection.scalar(select(Channel.title).where(Channel.handle == "neu")) == "Stadt Moers"
        history.undo(connection, action.id, _act(history.UNDO, undoes_id=action.id))
    with copied.begin() as connection:
        assert connection.scalar(select(Channel.title).where(Channel.handle == "neu")) is None
        assert chain.verify(connection).broken_at is None


def test_a_change_by_somebody_else_is_not_overwritten(copied: Engine):
    journals = [{"journal": journal.Journal(_act(N_("Edit")))} for _editor in range(2)]
    with (
        journal.JournaledSession(copied, info=journals[0]) as mine,
        journal.JournaledSession(copied, info=journals[1]) as theirs,
    ):
        first, second = (session.scalars(select(Channel).order_by(Channel.id)).first() for session in (mine, theirs))
        assert first is not None
        assert second is not None
        second.title = "Ihres"
        theirs.commit()
        first.title = "Meines"
        with pytest.raises(StaleDataError):
            mine.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change",
        "UPDATE change SET kind = 'create'",
        "UPDATE action SET label = ''",
        "DELETE FROM action",
        "DELETE FROM change_value",
        "UPDATE change_value SET text = '{}'",
    ],
)
def test_the_log_is_only_appended_to(copied: Engine, statement: str):
    with pytest.raises(DBAPIError, match="the log"), copied.begin() as connection:
        connection.execute(text(statement))
    with copied.begin() as connection:
        connection.execute(text("UPDATE change_value SET text = NULL WHERE personal"))


def _act(label: str, **more: Any) -> Action:
    return Action(label=label, at=datetime(2026, 11, 22, 12, tzinfo=UTC), schema_number=SCHEMA, **more)
