"""Looks at the Secret Service before it is used: who serves it, is it locked, and asking the person to unlock it.

The `keyring` library unlocks in the middle of a call and waits for ever. Here unlocking is a step of its own, so that
waiting for a person is told apart from waiting for a program, and an answer that comes too late only unlocks.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from core.custody.vault.bus import ADDRESS, connected, on_the_line
from core.i18n import _

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

Outcome = Literal["open", "locked", "dismissed"]

LOOK_SECONDS = 0.05
AGAIN_SECONDS = 0.3
"""So long after a keyring seemed gone it is asked once more."""
NO_PROMPT = "/"
KEEPASSXC = "KeePassXC"
SERVERS = {
    "gnome-keyring-d": "GNOME Keyring",
    "keepassxc": KEEPASSXC,
    "kwalletd5": "KWallet",
    "kwalletd6": "KWallet",
    "ksecretd": "KWallet",
}
"""What people call a server, by the name of its process as the kernel cuts it."""


@dataclass(slots=True)
class Question:
    """The question to unlock: whether it was put to a person, and whether anybody still waits for the answer."""

    asked: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


def can_show_a_question() -> bool:
    """Return whether this process has a screen on which a question can appear."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def answers() -> bool:
    """Return whether a Secret Service is there or can be started.

    Where there is no bus, or the bus says that nobody goes by that name, that is believed at once; a bus that fails is
    asked once more, as it may only be busy.
    """
    answer = _answer()
    if answer is None and os.environ.get(ADDRESS):
        time.sleep(AGAIN_SECONDS)
        answer = _answer()
    return bool(answer)


def _answer() -> bool | None:
    """Return what the bus says, None where it says nothing."""
    import secretstorage
    from jeepney import DBusErrorResponse

    try:
        return on_the_line(lambda line: bool(secretstorage.check_service_availability(line.connection)))
    except (secretstorage.SecretStorageException, DBusErrorResponse, OSError):
        return None


def server_name() -> str | None:
    """Return what people call the program that serves; None where it is a stranger."""
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy
    from secretstorage.util import BUS_NAME

    with closing(connected()) as connection:
        bus = Proxy(message_bus, connection)
        if not bus.NameHasOwner(BUS_NAME)[0]:
            return None
        process = bus.GetConnectionUnixProcessID(BUS_NAME)[0]
    place = Path("/proc", str(process), "comm")
    return SERVERS.get(place.read_text("utf-8").strip()) if place.exists() else None


def advice(server: str) -> tuple[str, ...]:
    """Return what the user of a server should know, as sentences."""
    if server != KEEPASSXC:
        return ()
    return (_("KeePassXC keeps what is removed in its recycle bin: switch that off for this database, or empty it."),)


def is_unlocked() -> bool:
    """Return whether the collection that secrets go into is there and open."""
    return on_the_line(lambda line: _is_unlocked(line.connection))


def unlock(question: Question) -> Outcome:
    """Unlock the collection, or let it be made where there is none; asks the person if there is a screen to ask on."""
    with closing(connected()) as connection:
        prompt = _wanted_prompt(connection)
        if prompt != NO_PROMPT:
            if not can_show_a_question():
                return "locked"
            if not _answered(connection, prompt, question):
                return "dismissed"
        return "open" if _is_unlocked(connection) else "locked"


def _is_unlocked(connection: DBusConnection) -> bool:
    from secretstorage import ItemNotFoundException
    from secretstorage.collection import COLLECTION_IFACE, DEFAULT_COLLECTION
    from secretstorage.util import DBusAddressWrapper

    try:
        return not DBusAddressWrapper(DEFAULT_COLLECTION, COLLECTION_IFACE, connection).get_property("Locked")
    except ItemNotFoundException:
        return False


def _wanted_prompt(connection: DBusConnection) -> str:
    """Return the prompt that has to be answered, which is not shown yet."""
    import secretstorage
    from secretstorage.collection import DEFAULT_COLLECTION
    from secretstorage.defines import SS_PATH, SS_PREFIX
    from secretstorage.util import DBusAddressWrapper

    service = DBusAddressWrapper(SS_PATH, f"{SS_PREFIX}Service", connection)
    try:
        secretstorage.Collection(connection)
    except secretstorage.ItemNotFoundException:
        label = {f"{SS_PREFIX}Collection.Label": ("s", "Default")}
        _made, prompt = service.call("CreateCollection", "a{sv}s", label, "default")
    else:
        _ready, prompt = service.call("Unlock", "ao", [DEFAULT_COLLECTION])
    return str(prompt)


def _answered(connection: DBusConnection, path: str, question: Question) -> bool:
    """Show a prompt and wait for the person, as long as anybody waits.

    After that it stays on the screen, and an answer unlocks the keyring and no more. It is not dismissed from here:
    gnome-keyring 42 aborts when a prompt that is shown is dismissed over the bus.
    """
    from jeepney import MatchRule, MessageType
    from secretstorage.util import PROMPT_IFACE, DBusAddressWrapper

    prompt = DBusAddressWrapper(path, PROMPT_IFACE, connection)
    rule = MatchRule(path=path, interface=PROMPT_IFACE, member="Completed", type=MessageType.signal)
    with connection.filter(rule) as answers:
        prompt.call("Prompt", "s", "")
        question.asked.set()
        while not question.over.is_set():
            if (answer := _next(connection, answers)) is not None:
                return not answer.body[0]
    return False


def _next(connection: DBusConnection, answers: Any) -> Any:
    try:
        return connection.recv_until_filtered(answers, timeout=LOOK_SECONDS)
    except TimeoutError:
        return None
