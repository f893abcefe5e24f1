"""A trusted keyring as the vault uses it: texts by service name, each call within its time and its errors ours."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from core.custody.secret import Secret
from core.custody.vault import secret_service
from core.custody.vault.backends import Serving, serving
from core.custody.vault.bus import hang_up
from core.custody.vault.errors import (
    KeyringGoneError,
    KeyringLockedError,
    KeyringSlowError,
    NoKeyringError,
    PromptDismissedError,
    PromptUnansweredError,
)
from core.custody.vault.lane import Lane, Patience, patience, value_of
from core.custody.vault.translating import translated

USER = "kanalregister"
"""The user name of every entry: labels and attributes can be read by other programs, so they name nobody."""

_Value = TypeVar("_Value")


class Ring:
    """One trusted keyring and the thread on which it is asked."""

    def __init__(self, serving: Serving, lane: Lane, limit_seconds: float) -> None:
        self.kind = serving.kind
        self.limit_seconds = limit_seconds
        self._native = serving.native
        self._lane = lane

    def ready(self, cancelled: threading.Event | None, prompt_seconds: float | None) -> Patience:
        """Unlock the keyring if need be, and return the time there is for what is to be done with it.

        Args:
            cancelled: Set when the user no longer wants to wait.
            prompt_seconds: How long a person may take to answer; None is the limit of every other call.

        Raises:
            VaultError: It is locked, gone or slow, or the person said no.
        """
        limit = self.limit_seconds
        prompt = limit if prompt_seconds is None else prompt_seconds
        if not self.kind.says_when_it_asks:
            return patience(max(limit, prompt), cancelled)
        within = patience(limit, cancelled)
        if self._is_open(within):
            return within
        self._unlock(patience(prompt, cancelled))
        return patience(limit, cancelled)

    def is_unlocked(self, within: Patience) -> bool | None:
        """Return whether it is unlocked, asking nobody; None where that cannot be known."""
        return self._ask(secret_service.is_unlocked, within) if self.kind.says_when_it_asks else None

    def name(self, within: Patience) -> str:
        """Return what people call this keyring."""
        served_by = self._ask(secret_service.server_name, within) if self.kind.says_when_it_asks else None
        return served_by or self.kind.name

    def read(self, service: str, within: Patience) -> Secret | None:
        """Return a text, None where there is none."""

        def ask() -> Secret | None:
            text = self._native.get_password(service, USER)
            return None if text is None else Secret(text)

        return self._ask(ask, within)

    def write(self, service: str, text: Secret, within: Patience) -> None:
        """Hand a text over; whether it was kept is another question."""
        self._ask(lambda: self._native.set_password(service, USER, text.reveal()), within)

    def delete(self, service: str, within: Patience) -> None:
        """Have a text removed; whether it is gone is another question."""
        self._ask(lambda: self._native.delete_password(service, USER), within)

    def _is_open(self, within: Patience) -> bool:
        """Return whether it is unlocked; what seems gone is asked once more, for a busy bus drops a connection, too."""
        try:
            return self._ask(secret_service.is_unlocked, within)
        except KeyringGoneError:
            time.sleep(min(secret_service.AGAIN_SECONDS, within.left()))
            return self._ask(secret_service.is_unlocked, within)

    def _unlock(self, within: Patience) -> None:
        question = secret_service.Question()
        try:
            outcome = self._ask(lambda: secret_service.unlock(question), within)
        except KeyringSlowError:
            if question.asked.is_set():
                raise PromptUnansweredError from None
            raise
        finally:
            question.over.set()
        match outcome:
            case "locked":
                raise KeyringLockedError
            case "dismissed":
                raise PromptDismissedError
            case "open":
                return

    def _ask(self, question: Callable[[], _Value], within: Patience) -> _Value:
        """Ask on the lane; the foreign error goes no further, nor do the frames that hold what it was about."""
        answer = self._lane.ask(question, within)
        if answer.error is not None:
            raise translated(answer.error, self.kind.key)
        return value_of(answer)


def trusted_ring(limit_seconds: float) -> Ring:
    """Return the trusted keyring that answers here.

    Raises:
        NoKeyringError: None does.
        KeyringSlowError: It was not known within the limit.
    """
    lane = Lane(rest=hang_up)
    answer = lane.ask(serving, patience(limit_seconds))
    if answer.error is not None:
        raise translated(answer.error, "")
    found = value_of(answer)
    if found is None:
        raise NoKeyringError
    return Ring(found, lane, limit_seconds)
