"""The thread on which a keyring is asked: whoever waits gets an answer, an error or an end in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar, cast

from core.custody.vault.errors import CancelledError, KeyringSlowError

LOOK_SECONDS = 0.02
"""How often it is looked whether the user cancelled."""
REST_SECONDS = 2.0
"""How long after the last question the keyring is left in peace."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one use of the keyring may take, and whether the user still wants it."""

    until: float
    seconds: float
    cancelled: threading.Event | None = None

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            CancelledError: The user cancelled.
            KeyringSlowError: Nothing is left.
        """
        if self.cancelled is not None and self.cancelled.is_set():
            raise CancelledError
        left = self.until - time.monotonic()
        if left <= 0:
            raise KeyringSlowError(self.seconds)
        return left


def patience(seconds: float, cancelled: threading.Event | None = None) -> Patience:
    """Return the patience that begins now."""
    return Patience(time.monotonic() + seconds, seconds, cancelled)


class Answer(Generic[_Value]):
    """What became of one question: a value, an error, or nothing yet."""

    def __init__(self) -> None:
        self.given = threading.Event()
        self.value: _Value | None = None
        self.error: BaseException | None = None

    def __enter__(self) -> None:
        """Begin to listen."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        """Keep whatever the keyring raised, for the one who asked to judge."""
        self.error = error
        self.given.set()
        return True


@dataclass(slots=True)
class _Worker:
    """A thread that answers one question after the other until it is told that nobody waits any more.

    Attributes:
        rest: Done on the thread when nothing was asked for a while, and when it ends.
    """

    rest: Callable[[], None]
    questions: SimpleQueue[Callable[[], None] | None] = field(default_factory=SimpleQueue)

    def start(self) -> None:
        threading.Thread(target=self._work, name="vault", daemon=True).start()

    def _work(self) -> None:
        while (question := self._next()) is not None:
            question()
            # What was asked refers to the vault, which could not be forgotten while the thread waits for more.
            del question
        self.rest()

    def _next(self) -> Callable[[], None] | None:
        try:
            return self.questions.get(timeout=REST_SECONDS)
        except Empty:
            self.rest()
            return self.questions.get()


class Lane:
    """Asks a keyring on a thread of its own, which is left behind when it does not answer.

    Args:
        rest: Done on that thread when nothing was asked for a while, and when it ends.
    """

    def __init__(self, rest: Callable[[], None] = lambda: None) -> None:
        self._rest = rest
        self._worker: _Worker | None = None
        self._turn = threading.Lock()

    def ask(self, question: Callable[[], _Value], within: Patience) -> Answer[_Value]:
        """Ask and wait; the answer holds a value or whatever error the question ended in.

        Raises:
            CancelledError: The user cancelled; a later answer is thrown away.
            KeyringSlowError: There was no answer in time; a later one is thrown away.
        """
        answer: Answer[_Value] = Answer()
        while not self._turn.acquire(timeout=min(within.left(), LOOK_SECONDS)):
            pass
        try:
            self._free_worker().questions.put(lambda: _answer(question, answer))
            self._wait(answer, within)
        finally:
            self._turn.release()
        return answer

    def close(self) -> None:
        """Let the thread end when it has answered."""
        if self._worker is not None:
            self._worker.questions.put(None)
            self._worker = None

    def __del__(self) -> None:
        self.close()

    def _free_worker(self) -> _Worker:
        if self._worker is None:
            self._worker = _Worker(self._rest)
            self._worker.start()
        return self._worker

    def _wait(self, answer: Answer[_Value], within: Patience) -> None:
        try:
            while not answer.given.wait(min(within.left(), LOOK_SECONDS)):
                pass
        except (CancelledError, KeyringSlowError):
            self.close()
            raise


def value_of(answer: Answer[_Value]) -> _Value:
    """Return the value of an answer that is no error."""
    return cast("_Value", answer.value)


def _answer(question: Callable[[], _Value], answer: Answer[_Value]) -> None:
    with answer:
        answer.value = question()
