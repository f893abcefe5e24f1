"""What pages and dialogs are given: the open registry, work off the GUI thread, words to the user, the way around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import RegistryError
from core.i18n import _
from gui.tasks import Job, Lane, Tasks

if TYPE_CHECKING:
    from uuid import UUID

    from core.inventory.narrowing import Where
    from core.registry import Registry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of a record that somebody wants to edit; its key is empty where any will do."""

    record: UUID
    field: str = ""


class Workspace(QObject):
    """One open registry as the window sees it; all signals arrive on the GUI thread.

    Signals:
        opened: A registry is open (carries it).
        closed: It is no longer.
        changed: Names of the tables touched by a commit: own actions, undo, refreshed findings.
        said: A sentence for the bar at the bottom.
        done: The same after an action, which can be undone.
        warned: A sentence that something was done which should not stay so, for the same bar.
        refused: A sentence that something could not be done, for the page's message bar.
        going: The key of a page, and what is wanted there: the id of a record, a FieldOf, a Where, or None.
        commanded: The name of a command of the window (a method of gui.commands.Commands).
        history: What can be undone or redone has changed.
    """

    opened = Signal(object)
    closed = Signal()
    changed = Signal(frozenset)
    said = Signal(str)
    done = Signal(str)
    warned = Signal(str)
    refused = Signal(str)
    going = Signal(str, object)
    commanded = Signal(str)
    history = Signal()
    _committed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self._registry: Registry | None = None
        tasks.refused.connect(self.fail)
        # Committed on the database lane, announced here: a plain callable would be called on the sender's thread.
        self._committed.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    @property
    def registry(self) -> Registry:
        """The open registry; ask only between `opened` and `closed`."""
        if self._registry is None:
            raise RegistryError(_("No registry is open. Open one or make a new one."))
        return self._registry

    @property
    def is_open(self) -> bool:
        """Whether a registry is open."""
        return self._registry is not None

    def today(self) -> date:
        """Return the day that counts as today."""
        return date.today()  # noqa: DTZ011 - the reader's own calendar day is meant

    def read(
        self,
        work: Callable[[Registry], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[RegistryError], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `work(registry)` on the database lane and hand its result to `then` on the GUI thread."""
        registry = self.registry
        return self.tasks.run(Lane.DATABASE, lambda _job: work(registry), then, failed=failed, owner=owner)

    def read_long(
        self,
        work: Callable[[Registry, Job], T],
        then: Callable[[T], None],
        **ways: Any,
    ) -> Job:
        """Run long work (a report, an export) on the lane of its own; see `Tasks.run` for the other keywords."""
        registry = self.registry
        return self.tasks.run(Lane.LONG, lambda job: work(registry, job), then, **ways)

    def act(  # noqa: PLR0913 - an action has a name, a reason and two ends
        self,
        label: str,
        work: Callable[[Any], T],
        done: Callable[[T], None] | None = None,
        *,
        said: str = "",
        reason: str | None = None,
        failed: Callable[[RegistryError], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run one action on the database lane, then say what was done and offer to undo it.

        Args:
            label: Source text of the action's name, marked by N_, without names in it.
            work: Gets the session inside the action. It runs off the GUI thread: read widgets before.
            done: Gets what `work` returned, after `changed` was announced.
            said: The translated sentence for the bar; if empty, the one record that was touched and what was done.
            reason: Why, for the audit log.
            failed: Gets a RegistryError; without it the message bar of the window shows it.
            owner: The widget that asked; `done` and `failed` are not called once it is gone.

        Returns:
            The handle of the job.
        """
        registry = self.registry

        def change(_job: Job) -> tuple[T, str]:
            with registry.action(label, reason=reason) as session:
                result, action_id = work(session), session.info["journal"].action.id
            return result, said or _sentence(registry, label, action_id)

        def tell(told: tuple[T, str]) -> None:
            result, sentence = told
            self.done.emit(sentence)
            if done is not None:
                done(result)

        return self.tasks.run(Lane.DATABASE, change, tell, failed=failed, owner=owner)

    def check_again(self, *, quietly: bool = False) -> None:
        """Derive the findings anew, quietly when only the day has changed."""
        if self.is_open:
            self.read(lambda registry: registry.keep_current(), lambda new: self._checked(new, quietly))

    def say(self, sentence: str) -> None:
        """Show a sentence in the bar at the bottom."""
        self.said.emit(sentence)

    def fail(self, error: RegistryError) -> None:
        """Show why something could not be done."""
        self.refused.emit(error.sentence)

    def go(self, page: str, wanted: UUID | FieldOf | Where | None = None) -> None:
        """Show a page, and a record in it, one of its fields, or only the records that are meant."""
        self.going.emit(page, wanted)

    def command(self, name: str) -> None:
        """Run a command of the window: "import_list", "add_channel", "make_report"."""
        self.commanded.emit(name)

    def undo(self) -> None:
        """Undo the last action of this sitting."""
        self._step(lambda registry: registry.undo(), _("Undone: {action}"), _("There is nothing to undo."))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._step(lambda registry: registry.redo(), _("Done again: {action}"), _("There is nothing to do again."))

    def open(
        self,
        path: Path,
        *,
        then: Callable[[], None] = lambda: None,
        failed: Callable[[RegistryError], None] | None = None,
    ) -> Job:
        """Open a registry on the database lane; the data layer is imported there, not before."""

        def open_it(_job: Job) -> Registry:
            from core.registry import open_registry

            return open_registry(path)

        return self._take(open_it, lambda registry: self._afterwards(registry, then), failed)

    def _afterwards(self, registry: Registry, then: Callable[[], None]) -> None:
        then()
        self.read(_keep_plan, lambda _none: None)
        self._back_up(registry)

    def _back_up(self, _registry: Registry) -> None:
        """Erase absences that are over, and keep the day's backup, beside the work on the lane of long work."""

        def keep(registry: Registry, _job: Job) -> str:
            from core.protection.erasure.absences import forget_absences
            from core.restoring import back_up_daily

            forget_absences(registry)
            return back_up_daily(registry)

        self.read_long(keep, self._warn)

    def _warn(self, sentence: str) -> None:
        if sentence:
            self.warned.emit(sentence)

    def create(
        self,
        path: Path,
        *,
        city: str = "",
        fill: Callable[[Registry], object] | None = None,
        then: Callable[[Registry], None] | None = None,
        failed: Callable[[RegistryError], None] | None = None,
    ) -> Job:
        """Make a new registry on the database lane, fill it there (the demo city) if asked to, and open it."""

        def make_it(_job: Job) -> Registry:
            from core.registry import create_registry

            return _filled(create_registry(path, city=city), fill)

        return self._take(make_it, then, failed)

    def close(self) -> None:
        """Close the open registry, after all that is still under way in the database lane."""
        registry, self._registry = self._registry, None
        if registry is not None:
            self.closed.emit()
            self.tasks.run(Lane.DATABASE, lambda _job: registry.close())

    def _take(
        self,
        function: Callable[[Job], Registry],
        then: Callable[[Registry], None] | None,
        failed: Callable[[RegistryError], None] | None,
    ) -> Job:
        def taken(registry: Registry) -> None:
            self.close()
            self._registry = registry
            registry.subscribers.append(self._committed.emit)
            self.opened.emit(registry)
            self.history.emit()
            if then is not None:
                then(registry)

        return self.tasks.run(Lane.DATABASE, function, taken, failed=failed)

    def _step(self, step: Callable[[Registry], str | None], sentence: str, nothing: str) -> None:
        def tell(label: str | None) -> None:
            self.say(sentence.format(action=_(label)) if label else nothing)

        if self.is_open:
            self.read(step, tell)

    def _checked(self, any_new: bool, quietly: bool) -> None:
        if not quietly:
            self.say(_("Checked. The findings have changed.") if any_new else _("Checked. Nothing has changed."))
        self.changed.emit(frozenset({"finding", "channel"}))

    def _announce(self, tables: frozenset[str]) -> None:
        self.changed.emit(tables)
        self.history.emit()


def _sentence(registry: Registry, label: str, action_id: UUID) -> str:
    """Say what was done, and to which record if it was one."""
    from core.inventory.touched import touched_record
    from gui.done_sentences import done_sentence

    with registry.reading() as session:
        return done_sentence(label, touched_record(session, action_id))


def _keep_plan(registry: Registry) -> None:
    """Keep how the first channels are read, so that the next start shows them before the data layer is there."""
    from core.inventory.lists import CHANNELS
    from core.storage.first_rows_plan import keep_plan_of

    with registry.reading() as session:
        keep_plan_of(session.connection(), CHANNELS)


def _filled(registry: Registry, fill: Callable[[Registry], object] | None) -> Registry:
    """Fill a new registry; one that cannot be filled is taken away again, so that the next try finds its place free."""
    try:
        if fill is not None:
            fill(registry)
    except BaseException:
        registry.close()
        registry.path.unlink()
        raise
    return registry
