"""A locked keyring asks on a real screen, and the person types the password, says no, or is not there."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from core.custody.secret import Secret
from core.custody.vault import CancelledError, Held, PromptDismissedError, PromptUnansweredError, Vault, open_vault
from tests.core.custody.vault.contract import OTHER_SLOT, REGISTRY, SLOT
from tests.parts.keyrings import PASSWORD, Keyring, Keyrings, wait_until
from tests.parts.missing import needed_program
from tests.parts.screen import Screen

PROMPTER = "org.gnome.keyring.SystemPrompter"


class Person:
    """Who sits before the screen."""

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}
        self._program = needed_program("xdotool")

    def sees_the_question(self) -> bool:
        """Return whether the question is on the screen."""
        asked = [self._program, "search", "--onlyvisible", "--name", "Unlock"]
        return subprocess.run(asked, env=self._environment, capture_output=True, check=False).returncode == 0

    def answers(self, *keys: str, text: str = "") -> None:
        """Wait for the question, type and press."""
        until = time.monotonic() + 20
        while not self.sees_the_question() and time.monotonic() < until:
            time.sleep(0.05)  # Whether it came at all, too, the test sees at the keyring.
        time.sleep(0.3)  # The window is there a moment before it takes the keyboard.
        if text:
            subprocess.run([self._program, "type", "--delay", "20", text], env=self._environment, check=False)
        # A key that comes before the window takes the keyboard is lost; what came of it the test sees at the keyring.
        for _try in range(10):
            subprocess.run([self._program, "key", *keys], env=self._environment, check=False)
            time.sleep(0.5)
            if not self.sees_the_question():
                return


@pytest.fixture
def display() -> Iterator[str]:
    """A screen for each test: a question of the one before may stay on it for a moment."""
    with Screen() as screen:
        yield screen.display


@pytest.fixture
def person(display: str) -> Person:
    return Person(display)


@pytest.fixture
def keyring(keyrings: Keyrings, display: str) -> Keyring:
    keyring = keyrings.on_screen(display)
    # Where the prompter takes too long to start, the keyring takes that for a no.
    with suppress(OSError), open_dbus_connection(keyring.address) as connection:
        Proxy(message_bus, connection).StartServiceByName(PROMPTER)
        wait_until(lambda: keyring.bus.has(PROMPTER), "the prompter")
    return keyring


@pytest.fixture
def vault(keyring: Keyring) -> Vault:
    """A vault with one secret, whose keyring is locked."""
    vault = open_vault(REGISTRY, limit_seconds=60)
    vault.put(SLOT, 1, Secret("hinter Schloss"))
    keyring.lock()
    return vault


def test_who_types_the_password_gets_the_secret(vault: Vault, person: Person):
    typing = threading.Thread(target=person.answers, args=["Return"], kwargs={"text": PASSWORD})
    typing.start()
    assert vault.get(SLOT, prompt_seconds=60) == Held(1, Secret("hinter Schloss"))
    typing.join()
    vault.put(OTHER_SLOT, 1, Secret("ohne noch eine Frage"))


def test_who_says_no_is_told_so(vault: Vault, person: Person, in_english):
    typing = threading.Thread(target=person.answers, args=["Escape"])
    typing.start()
    with pytest.raises(PromptDismissedError, match="The keyring's question was closed"):
        vault.get(SLOT, prompt_seconds=60)
    typing.join()


def test_where_nobody_sits_the_wait_ends_and_a_later_answer_only_unlocks(vault: Vault, person: Person):
    with pytest.raises(PromptUnansweredError):
        vault.put(OTHER_SLOT, 1, Secret("neu"), prompt_seconds=1.5)
    person.answers("Return", text=PASSWORD)
    wait_until(lambda: vault.state().unlocked is True, "the open keyring")
    assert vault.get(OTHER_SLOT) is None
    assert vault.get(SLOT) == Held(1, Secret("hinter Schloss"))


def test_who_cancels_is_let_go_at_once_and_the_keyring_lives(vault: Vault, person: Person):
    cancelled, at = threading.Event(), []

    def cancel() -> None:
        wait_until(person.sees_the_question, "the question")
        at.append(time.monotonic())
        cancelled.set()

    cancelling = threading.Thread(target=cancel)
    cancelling.start()
    with pytest.raises(CancelledError):
        vault.get(SLOT, prompt_seconds=60, cancelled=cancelled)
    assert time.monotonic() - at[0] < 30  # and not the minute there was
    cancelling.join()
    person.answers("Return", text=PASSWORD)
    wait_until(lambda: vault.state().unlocked is True, "the open keyring")
    assert vault.get(SLOT) == Held(1, Secret("hinter Schloss"))


def test_looking_at_the_state_asks_nobody(vault: Vault, person: Person):
    assert vault.state().unlocked is False
    assert not person.sees_the_question()
