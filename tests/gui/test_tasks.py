"""Work off the GUI thread and its way back."""

from __future__ import annotations

import threading
import time
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from gui.tasks import Job, Lane, Tasks


@pytest.fixture
def tasks(qtbot):
    made = Tasks()
    yield made
    made.close()


def test_a_result_arrives_on_the_thread_of_the_window(tasks, qtbot):
    threads = []
    tasks.run(
        Lane.DATABASE,
        lambda _job: threading.current_thread().name,
        lambda name: threads.extend([name, threading.current_thread()]),
    )
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0].startswith("database")
    assert threads[1] is threading.main_thread()


def test_jobs_of_one_lane_run_in_the_order_in_which_they_were_asked_for(tasks, qtbot):
    seen: list[object] = []
    for number in range(20):
        tasks.run(Lane.DATABASE, lambda _job, number=number: number, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_long_work_does_not_keep_the_database_waiting(tasks, qtbot):
    release = threading.Event()
    seen: list[object] = []
    tasks.run(Lane.LONG, lambda _job: release.wait(5), lambda _done: seen.append("long"))
    tasks.run(Lane.DATABASE, lambda _job: None, lambda _done: seen.append("database"))
    qtbot.waitUntil(lambda: seen == ["database"])
    release.set()
    qtbot.waitUntil(lambda: seen == ["database", "long"])


def _refuse(_job: Job) -> None:
    raise BadInputError("Das geht so nicht.")


def _until_cancelled(job: Job) -> None:
    while not job.cancelled():
        time.sleep(0.001)


def _note(done: list[int], number: int, _job: Job) -> None:
    done.append(number)


def test_a_refusal_goes_to_who_asked(tasks, qtbot):
    said: list[object] = []
    tasks.run(Lane.DATABASE, _refuse, failed=lambda error: said.append(error.sentence))
    qtbot.waitUntil(lambda: said == ["Das geht so nicht."])


def test_a_refusal_that_nobody_takes_goes_to_the_window(tasks, qtbot):
    with qtbot.waitSignal(tasks.refused) as caught:
        tasks.run(Lane.DATABASE, _refuse)
    assert caught.args[0].sentence == "Das geht so nicht."


def test_a_bug_is_never_taken_for_a_refusal(tasks, qtbot):
    asked: list[object] = []
    with qtbot.waitSignal(tasks.failed) as caught:
        tasks.run(Lane.DATABASE, lambda _job: 1 // 0, asked.append, failed=asked.append)
    assert isinstance(caught.args[0], ZeroDivisionError)
    assert asked == []


def test_a_job_cancelled_before_its_turn_never_runs(tasks, qtbot):
    release = threading.Event()
    ran: list[int] = []
    stopped: list[int] = []
    tasks.run(Lane.DATABASE, lambda _job: release.wait(5))
    job = tasks.run(Lane.DATABASE, lambda _job: ran.append(1), stopped=lambda: stopped.append(1))
    job.cancel()
    release.set()
    qtbot.waitUntil(lambda: stopped == [1])
    assert ran == []


def test_cancelled_work_delivers_nothing(tasks, qtbot):
    begun = threading.Event()
    seen: list[str] = []

    def work(job: Job) -> str:
        begun.set()
        _until_cancelled(job)
        return "half"

    job = tasks.run(Lane.LONG, work, seen.append, stopped=lambda: seen.append("stopped"))
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: seen == ["stopped"])


def test_progress_arrives_and_ends_with_the_last_step(tasks, qtbot):
    steps: list[tuple[int, int]] = []
    done: list[None] = []

    def work(job: Job) -> None:
        for step in range(1000):
            job.report(step + 1, 1000)

    tasks.run(Lane.LONG, work, done.append, progressed=lambda *step: steps.append(step))
    qtbot.waitUntil(lambda: done == [None])
    assert steps[-1] == (1000, 1000)
    assert len(steps) < 100


def test_nothing_is_told_to_a_widget_that_is_gone(tasks, qtbot):
    release = threading.Event()
    seen: list[object] = []
    owner = QWidget()
    tasks.run(Lane.DATABASE, lambda _job: release.wait(5), seen.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(10)
    release.set()
    qtbot.waitUntil(tasks.idle)
    assert seen == []


def test_no_widget_is_destroyed_on_a_worker(tasks, qtbot):
    died_on = []

    class Held(QObject):
        pass

    for _number in range(50):
        held = Held()
        weakref.finalize(held, lambda: died_on.append(threading.current_thread()))
        tasks.run(Lane.DATABASE, lambda _job, held=held: repr(held) and None, lambda _none, held=held: None)
        del held
    qtbot.waitUntil(tasks.idle)
    qtbot.waitUntil(lambda: len(died_on) == 50)
    assert set(died_on) == {threading.main_thread()}


def test_closing_finishes_what_was_asked_of_the_database_and_stops_long_work(qtbot):
    tasks = Tasks()
    done: list[int] = []
    tasks.run(Lane.LONG, _until_cancelled)
    for number in range(5):
        tasks.run(Lane.DATABASE, partial(_note, done, number))
    tasks.close()
    assert done == [0, 1, 2, 3, 4]


def test_busy_is_said_once_at_the_beginning_and_once_at_the_end(tasks, qtbot):
    said: list[object] = []
    tasks.busy.connect(said.append)
    for _number in range(3):
        tasks.run(Lane.DATABASE, lambda _job: None)
    qtbot.waitUntil(tasks.idle)
    assert said == [1, 0]
