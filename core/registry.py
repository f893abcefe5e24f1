"""The open registry: what window and command line are given, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core import workstation
from core.errors import RegistryError
from core.governance.deriving import derive, follow
from core.governance.finding_rows import refresh
from core.i18n import N_
from core.model import Action
from core.settings import Settings, change_setting, read_settings
from core.sitting import Sitting
from core.storage import backing_up, chain, founding, history, past, places
from core.storage.bindings import bound_person
from core.storage.catching_up import News, Seen
from core.storage.engine import WRITING
from core.storage.journal import CREATE, Entry, Journal, JournaledSession, write
from core.storage.log_view import label_of_undoing
from core.storage.opening import closed, damaged, identity, refuse_replaced, understood
from core.storage.private_copy import Watch
from core.storage.schema import SCHEMA
from core.storage.values import REASON_TABLE


class Registry:
    """One registry's file, open for reading and for labelled actions.

    Attributes:
        path: The registry's file.
        id: The registry's random name, the same in all its copies.
        store_id: The store of this workstation's user.
        subscribers: Called after each commit with the names of the tables it touched.
        sitting: What can be undone and redone since the registry was opened.
    """

    def __init__(self, path: Path, *, today: Callable[[], date] = date.today, wait_seconds: float = 10.0) -> None:
        self.path = path
        self.store_id = workstation.store_id()
        self.subscribers: list[Callable[[frozenset[str]], None]] = []
        self.today = today
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._engine = founding.open_current(path, wait_seconds=wait_seconds)
        self._identity = identity(path)
        self.sitting = Sitting()
        self._turn = threading.RLock()  # The window writes on two lanes: the database's and the keyring's.
        self._me: UUID | None = None
        try:
            with self.reading() as session:
                self.id = str(read_settings(session)["registry.id"])
                self._seen = Seen(chain.head(session))
            self.keep_current()
        except (RegistryError, ValueError, LookupError) as error:
            self.close()
            raise error if isinstance(error, RegistryError) else damaged(path) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
        closed(self.path)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that reads one consistent state; fetch and leave, so that others can write."""
        with understood(self.path, self._engine), self._engine.connect() as connection, connection.begin():
            with JournaledSession(bind=connection, autoflush=False) as session:
                yield session

    @contextmanager
    def action(
        self, label: str, *, reason: str | None = None, batch: UUID | None = None, now: datetime | None = None
    ) -> Iterator[Session]:
        """Give a session whose changes become one action of the log, or nothing at all.

        Args:
            label: Source text of what is done, marked by N_, without names in it.
            reason: Why, in the user's words; erasable.
            batch: Ties several actions together.
            now: The instant that is recorded.

        Raises:
            ConflictError: A record was changed by somebody else, or something refers to a record that is gone.
            BusyError: Another program keeps the registry locked.
        """
        with self._writing() as connection:
            action = self._new_action(connection, label, now, batch)
            journal = Journal(action)
            with JournaledSession(bind=connection, info={"journal": journal}, expire_on_commit=False) as session:
                yield session
                session.flush()
                session.expunge_all()
            entries = list(journal.entries.values())
            if entries and reason:
                entries.append(Entry(REASON_TABLE, action.id, CREATE, None, {"reason": reason}))
            if entries:
                head = write(connection, action, entries)
                changed = follow(connection, action.id, entries, head[0], self.today())
        if entries:
            if history.can_be_undone(entries):
                self.sitting.did(action.id, label)
            self._settle(head, {entry.table for entry in entries}, changed)

    @contextmanager
    def deriving(self) -> Iterator[Session]:
        """Give a session that writes what lies outside the log: derived findings, report runs, cached rows."""
        with self._writing() as connection, Session(bind=connection) as session:
            yield session
            session.flush()

    @contextmanager
    def snapshot(
        self, *, as_of: date | None = None, known_on: date | int | None = None, watch: Watch | None = None
    ) -> Iterator[Session]:
        """Give a session on a private copy, for reports, exports and views of the past.

        Its arguments are those of `past.viewing`, which names in `info["bypassed"]` what was changed past the log.
        """
        day, view = as_of or known_on, past.viewing(self._engine, as_of=as_of, known_on=known_on, watch=watch)
        with understood(self.path, self._engine), view as session:
            if isinstance(day, date):
                refresh(session, day, read_settings(session))
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        refuse_replaced(self.path, self._identity)
        with self._turn, understood(self.path, self._engine):
            with self._engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
                yield connection

    def _new_action(
        self, connection: Connection, label: str, now: datetime | None, batch: UUID | None, undoes: UUID | None = None
    ) -> Action:
        self._me = self._me or bound_person(connection, self.store_id)
        action = Action(
            label=label,
            at=(now or self.now()).astimezone(UTC),
            actor_id=self._me,
            store_id=self.store_id,
            batch_id=batch,
            undoes_id=undoes,
            schema_number=SCHEMA,
        )
        return self._seen.noted(action)

    def _settle(self, head: tuple[int, str], touched: set[str], changed: bool | None = None) -> None:
        """Remember the head outside the file, derive what has been left behind, and tell who listens."""
        workstation.keep_head(self.id, *head)
        self._me = None if "store_binding" in touched else self._me
        try:
            changed = self.keep_current() if changed is None else changed
        except RegistryError:  # What was done is saved all the same; whoever writes next derives the rest.
            changed = True
        touched = touched | {"finding"} if changed else touched
        for subscriber in list(self.subscribers):
            subscriber(frozenset(touched))

    def keep_current(self) -> bool:
        """Derive findings and cached rows anew where the records or the day have changed; say if any finding has."""
        with self.deriving() as session:
            return derive(session, self.today())

    def catch_up(self) -> News | None:
        """Notice what other programs did to the file and tell who listens; None where they did nothing."""
        refuse_replaced(self.path, self._identity)
        with self.reading() as session:
            news = self._seen.news(session)
        if news is not None:
            self._settle(news.head, {*news.tables, "finding"})
            self._seen.head = news.head
        return news

    def undo(self) -> str | None:
        """Take back the last action of this sitting and return its label, None where there is none.

        Raises:
            ConflictError: One of its records was changed again since, by another program for example.
        """
        return self.sitting.step_back(self._take_back)

    def redo(self) -> str | None:
        """Do again what was taken back last and return its label, None where there is nothing."""
        return self.sitting.step_forward(self._take_back)

    def undo_action(self, action_id: UUID) -> None:
        """Take back any action of the log; it can be redone.

        Raises:
            ConflictError: One of its records was changed again since.
        """
        back = self._take_back(action_id)
        with self.reading() as session:
            self.sitting.did(back, label_of_undoing(session, action_id))

    @property
    def undoable(self) -> str | None:
        """The label of the action that `undo` would take back."""
        return self.sitting.undoable

    @property
    def redoable(self) -> str | None:
        """The label of the action that `redo` would do again."""
        return self.sitting.redoable

    def _take_back(self, action_id: UUID) -> UUID:
        with self._writing() as connection:
            back = self._new_action(connection, history.UNDO, None, None, action_id)
            entries = history.undo(connection, action_id, back)
            head = chain.head(connection)
            changed = follow(connection, back.id, entries, head[0], self.today())
        self._settle(head, {entry.table for entry in entries}, changed)
        return back.id

    def settings(self) -> Settings:
        """Return the settings in force."""
        with self.reading() as session:
            return read_settings(session)

    def me(self) -> UUID | None:
        """Return the person who is bound to this account and store, None where nobody is yet."""
        if self._me is None:
            with self.reading() as session:
                self._me = bound_person(session.connection(), self.store_id)
        return self._me

    def verify(self) -> chain.Verdict:
        """Check the whole log, against the last head this workstation saw, too."""
        with self.reading() as session:
            if session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise damaged(self.path)
            verdict = chain.verify(session, workstation.last_head(self.id))
        if verdict.broken_at is None and verdict.head is not None:
            workstation.keep_head(self.id, verdict.entries, verdict.head)
        return verdict

    def head(self) -> tuple[int, str]:
        """Return number and hash of the newest log entry."""
        with self.reading() as session:
            return chain.head(session.connection())

    def log(self) -> list[history.LogEntry]:
        """Return the whole log, oldest entry first."""
        with self.reading() as session:
            return history.entries(session)

    def back_up(self, target: Path, missed: Container[str] = ()) -> None:
        """Copy the registry to a file while it is in use; an older backup there keeps missed files that it has."""
        backing_up.back_up(self._engine, self.path, target, missed)

    def back_up_automatically(self, why: str) -> Path:
        """Keep a dated copy beside the registry; the last ten are kept."""
        return backing_up.back_up_automatically(self._engine, self.path, why, datetime.now(UTC))


def open_registry(path: Path, *, today: Callable[[], date] = date.today, wait_seconds: float = 10.0) -> Registry:
    """Open a registry; one of an older program is backed up and upgraded first.

    Raises:
        UnusableFileError: Not there, on a network drive, read-only, not a registry, damaged, or from a newer program.
        BusyError: Another program keeps it locked.
    """
    return Registry(path, today=today, wait_seconds=wait_seconds)


def create_registry(path: Path, *, city: str = "", now: datetime | None = None) -> Registry:
    """Make a new registry in a new file.

    Raises:
        UnusableFileError: Something lies there already, or the place cannot be used.
    """
    places.make_private_folder(path.parent)
    places.refuse_network(path)
    founding.refuse_leftovers(path)
    with places.written_aside(path, new=True) as aside:
        founding.lay_out(aside)
        _write_first_entry(aside, city, now)
    return Registry(path)


def _write_first_entry(path: Path, city: str, now: datetime | None) -> None:
    registry = Registry(path)
    try:
        registry.id = str(uuid4())
        with registry.action(N_("Create registry"), now=now) as session:
            change_setting(session, "registry.id", registry.id)
            if city:
                change_setting(session, "city.name", city)
        registry.keep_current()  # What fails in this must fail before the file has its name.
    finally:
        registry.close()
