"""Real keyrings of the Secret Service: gnome-keyring on a bus, in a home and under a password of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.parts.missing import missing_part, needed_program

START_SECONDS = 60
SHORT = tempfile.gettempdir()
"""Socket paths end at 107 characters, and those of pytest are long; a test may have put its temporary files there."""
PASSWORD = "correct horse"
SERVICE = "org.freedesktop.secrets"
COLLECTION = "/org/freedesktop/secrets/aliases/default"

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Bus:
    """A session bus of its own, with folders of its own for the programs on it.

    Args:
        more: What else the programs on it have in their environment, a DISPLAY for instance.
        services: A folder of services the bus may start; without one it starts none.
    """

    def __init__(self, more: Mapping[str, str] | None = None, services: Path | None = None) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="kr-", dir=SHORT))
        self.address = f"unix:path={self.home / 'bus'}"
        self._more = dict(more or {})
        self._services = f"<servicedir>{services}</servicedir>" if services else ""
        for folder in ("run", "data", "config", "cache", "control"):
            (self.home / folder).mkdir(mode=0o700)
        self.start()

    def start(self) -> None:
        """Start the bus."""
        settings = self.home / "bus.conf"
        settings.write_text(BUS.format(socket=self.home / "bus", services=self._services), "utf-8")
        command = [needed_program("dbus-daemon"), f"--config-file={settings}", "--nofork", "--nopidfile"]
        self._daemon = subprocess.Popen(
            command, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.was_killed = False
        with ExitStack() as on_failure:
            on_failure.callback(self.remove)
            wait_until(lambda: self.has("org.freedesktop.DBus"), "the bus")
            on_failure.pop_all()

    def environment(self) -> dict[str, str]:
        """Return the environment of a program on this bus: no screen unless the test gave one."""
        here = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        own = {
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }
        return here | own | self._more

    def has(self, name: str) -> bool:
        """Return whether somebody on the bus goes by a name."""
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import Proxy, open_dbus_connection

        try:
            with open_dbus_connection(self.address) as connection:
                return bool(Proxy(message_bus, connection).NameHasOwner(name)[0])
        except OSError:  # The socket is there a moment before the bus listens to it.
            return False

    def status(self) -> int | None:
        """Return with what the bus ended, None while it lives."""
        return self._daemon.poll()

    def kill(self) -> None:
        """End the bus at once."""
        self.was_killed = True
        self._daemon.kill()
        self._daemon.wait(timeout=10)
        (self.home / "bus").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Let the bus live and answer nothing, as on a machine with too much to do; `thaw` ends it."""
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the bus go on."""
        self._daemon.send_signal(signal.SIGCONT)

    def remove(self) -> None:
        """End the bus and remove its folders."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


class Keyring:
    """One person's gnome-keyring; `address` is what DBUS_SESSION_BUS_ADDRESS has to be.

    Args:
        bus: The bus it serves on.
        unlocked: Whether its password is given at the start; without, it is as on a first sign-in without one.
    """

    def __init__(self, bus: Bus | None = None, *, unlocked: bool = True) -> None:
        self.bus = bus or Bus()
        self.address = self.bus.address
        with ExitStack() as on_failure:
            on_failure.callback(self.bus.remove)
            self.start(unlocked=unlocked)
            on_failure.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        ended = self._ended_by_itself()
        self.kill()
        self.bus.remove()
        if ended:
            pytest.fail(ended, pytrace=False)

    def start(self, *, unlocked: bool = True, password: str = PASSWORD) -> None:
        """Start the daemon, which is ready when it has its name on the bus."""
        command = [needed_program("gnome-keyring-daemon"), "--foreground", "--components=secrets"]
        command.append(f"--control-directory={self.bus.home / 'control'}")
        self._daemon = subprocess.Popen(
            [*command, "--unlock"] if unlocked else command,
            env=self.bus.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._killed = False
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(password.encode() if unlocked else b"")
        self._daemon.stdin.close()
        with ExitStack() as on_failure:
            on_failure.callback(self.kill)
            wait_until(lambda: self.bus.has(SERVICE), "gnome-keyring")
            on_failure.pop_all()

    def _ended_by_itself(self) -> str:
        """Say which of both ended though no test ended it: then no other failure of the test means anything."""
        if self.bus.was_killed:
            return ""
        if (status := self.bus.status()) is not None:
            return f"The bus ended by itself with status {status}."
        status = self._daemon.poll()
        return "" if self._killed or status is None else f"gnome-keyring ended by itself with status {status}."

    def lock(self) -> None:
        """Lock the collection, as its own program does."""
        import secretstorage

        with secretstorage_connection(self.address) as connection:
            secretstorage.Collection(connection, COLLECTION).lock()

    def kill(self) -> None:
        """End the daemon at once, as a crash does."""
        self._killed = True
        self._daemon.kill()
        self._daemon.wait(timeout=10)

    def freeze(self) -> None:
        """Let the daemon live and answer nothing; `thaw` ends it."""
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the daemon go on."""
        self._daemon.send_signal(signal.SIGCONT)

    def restart(self, *, unlocked: bool = True) -> None:
        """End the daemon and start it anew, with what it had written."""
        self.kill()
        wait_until(lambda: not self.bus.has(SERVICE), "the end of gnome-keyring")
        self.start(unlocked=unlocked)

    def texts(self) -> list[tuple[str, dict[str, str], str]]:
        """Return label, attributes and secret of everything in it."""
        import secretstorage

        with secretstorage_connection(self.address) as connection:
            items = list(secretstorage.Collection(connection, COLLECTION).get_all_items())
            return [(item.get_label(), item.get_attributes(), item.get_secret().decode()) for item in items]


class Keyrings:
    """The keyrings of several people, of whom one is signed in at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def __call__(self, bus: Bus | None = None, *, unlocked: bool = True) -> Keyring:
        """Return one more keyring; nobody is signed in to it yet."""
        return self._stack.enter_context(Keyring(bus, unlocked=unlocked))

    def on_screen(self, display: str) -> Keyring:
        """Return a keyring that asks for its password on a screen, and sign its person in there."""
        services = Path(tempfile.mkdtemp(prefix="kr-"))
        self._stack.callback(shutil.rmtree, services, ignore_errors=True)
        prompter = Path("/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service")
        if not prompter.exists():
            missing_part("gcr-prompter")
        shutil.copy(prompter, services)
        # A program on that screen that wants a11y would start services this bus has not.
        made = self(Bus({"DISPLAY": display, "NO_AT_BRIDGE": "1"}, services))
        self.use(made)
        self._monkeypatch.setenv("DISPLAY", display)
        return made

    def use(self, keyring: Keyring) -> None:
        """Sign the person in: this process uses that keyring from now on, on no screen."""
        self._monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", keyring.address)
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            self._monkeypatch.delenv(name, raising=False)


def secretstorage_connection(address: str):
    """Return a connection that the secretstorage library can use, whatever bus this process is on."""
    from jeepney.io.blocking import open_dbus_connection
    from secretstorage.util import add_match_rules

    connection = open_dbus_connection(address)
    add_match_rules(connection)
    return connection


def wait_until(happened, what: str, seconds: float = START_SECONDS) -> None:
    """Wait for something outside of this process."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            pytest.fail(f"{what} did not come in {seconds} s.", pytrace=False)
        time.sleep(0.01)
