"""What was done since the registry was opened, in the order in which it can be undone and redone."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from core.errors import IrreversibleError

_Step = tuple[uuid.UUID, str]


class Sitting:
    """The actions of one sitting: those done, newest last, and those taken back."""

    def __init__(self) -> None:
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    def did(self, action_id: uuid.UUID, label: str) -> None:
        """Note a new action; what had been taken back cannot be done again after it."""
        self._done.append((action_id, label))
        self._undone.clear()

    @property
    def undoable(self) -> str | None:
        """The label of the action that would be taken back."""
        return self._done[-1][1] if self._done else None

    @property
    def redoable(self) -> str | None:
        """The label of the action that would be done again."""
        return self._undone[-1][1] if self._undone else None

    def step_back(self, take_back: Callable[[uuid.UUID], uuid.UUID]) -> str | None:
        """Take back the newest action; `take_back` returns the action that did so. Nothing moves if it raises."""
        return _step(self._done, self._undone, take_back)

    def step_forward(self, take_back: Callable[[uuid.UUID], uuid.UUID]) -> str | None:
        """Do again what was taken back last, by taking back the taking back."""
        return _step(self._undone, self._done, take_back)


def _step(source: list[_Step], target: list[_Step], take_back: Callable[[uuid.UUID], uuid.UUID]) -> str | None:
    if not source:
        return None
    action_id, label = source[-1]
    try:
        back = take_back(action_id)
    except IrreversibleError:
        source.pop()  # It never can be taken back: whoever asks again means the step before.
        raise
    source.pop()
    target.append((back, label))
    return label
