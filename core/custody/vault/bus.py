"""The connection to the session bus over which the Secret Service is asked, kept open as long as work goes on.

Each thread has its own, for a thread that waits in vain is left behind with it. Opening one and agreeing on a key for
the secrets on it costs many times what a question costs.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from secretstorage.dhcrypto import Session

CONNECT_SECONDS = 60.0
"""How long a busy bus may take to let somebody in; who waits for it gives up sooner, and says so."""
ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
_STALE_SESSION = "org.freedesktop.Secret.Error.NoSession"

_Value = TypeVar("_Value")
_here = threading.local()


@dataclass(slots=True)
class Line:
    """A connection, to the bus of an address, and the session on it that encrypts secrets on their way."""

    connection: DBusConnection
    address: str | None
    encrypted: Session | None = None

    def session(self) -> Session:
        """Return the session, agreed on when it is needed first."""
        from secretstorage.util import open_session

        if self.encrypted is None:
            self.encrypted = open_session(self.connection)
        return self.encrypted


def connected() -> DBusConnection:
    """Return a connection to the session bus.

    The library's own way to it gives a bus one second, and calls a machine that is only busy one without a keyring.
    """
    from jeepney.bus import get_bus
    from jeepney.io.blocking import DBusConnection, prep_socket
    from secretstorage import SecretServiceNotAvailableException
    from secretstorage.util import add_match_rules

    with ExitStack() as on_failure:
        try:
            # A busy bus may hang up after it let somebody in, and the library then forgets to close its end.
            line = on_failure.enter_context(prep_socket(get_bus("SESSION"), timeout=CONNECT_SECONDS))
            connection = DBusConnection(line)
        except (KeyError, ConnectionError, ValueError) as error:
            raise SecretServiceNotAvailableException(type(error).__name__) from error
        add_match_rules(connection)
        on_failure.pop_all()
    return connection


def on_the_line(use: Callable[[Line], _Value]) -> _Value:
    """Use this thread's connection, which stays open; one that has gone stale meanwhile is replaced once.

    Bus or keyring may have been started anew since it was opened. What is done again over a new one is safe to do
    twice: looking, writing the same text to the same place, removing.
    """
    from jeepney import DBusErrorResponse
    from secretstorage import ItemNotFoundException, SecretServiceNotAvailableException

    was_kept = _kept() is not None
    try:
        return use(_line())
    except (OSError, ItemNotFoundException, SecretServiceNotAvailableException):
        hang_up()
        if not was_kept:
            raise
    except DBusErrorResponse as error:
        hang_up()
        if not was_kept or error.name != _STALE_SESSION:
            raise
    return use(_line())


def hang_up() -> None:
    """Close this thread's connection, if there is one."""
    kept: Line | None = getattr(_here, "line", None)
    _here.line = None
    if kept is not None:
        kept.connection.close()


def _kept() -> Line | None:
    """Return the connection that is open, unless the session's bus is another one by now."""
    kept: Line | None = getattr(_here, "line", None)
    return kept if kept is not None and kept.address == os.environ.get(ADDRESS) else None


def _line() -> Line:
    kept = _kept()
    if kept is None:
        hang_up()
        kept = _here.line = Line(connected(), os.environ.get(ADDRESS))
    return kept
