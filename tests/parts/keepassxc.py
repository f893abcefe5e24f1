"""A real KeePassXC that serves a database as the Secret Service, on a screen and a bus of its own."""

from __future__ import annotations

import base64
import re
import subprocess
from contextlib import ExitStack
from types import TracebackType
from typing import Self
from uuid import UUID

from tests.parts.keyrings import PASSWORD, SERVICE, Bus, secretstorage_connection, wait_until
from tests.parts.missing import needed_program

# It is not saved after every change, which is its default: KeePassXC 2.7.4 dies of that now and then (signal 11), when
# more entries change while it saves.
SETTINGS = """[General]
ConfigVersion=2
UpdateCheckMessageShown=true
AutoSaveAfterEveryChange=false
AutoSaveOnExit=true
[GUI]
CheckForUpdates=false
[Security]
LockDatabaseIdle=false
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmAccessItem=false
ConfirmDeleteItem=false
"""


class KeePassXC:
    """KeePassXC with one open database, all of it given to the Secret Service, and no questions by its settings."""

    def __init__(self, display: str) -> None:
        self.bus = Bus({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1"})
        # There is one KeePassXC for each folder of temporary files: the second one only shows the first.
        self._environment = self.bus.environment() | {"TMPDIR": str(self.bus.home / "run")}
        self.address = self.bus.address
        self.database = self.bus.home / "vault.kdbx"
        self._settings = self.bus.home / "config" / "keepassxc.ini"
        self._settings.write_text(SETTINGS, "utf-8")
        with ExitStack() as on_failure:
            on_failure.callback(self.bus.remove)
            self._make_database()
            self.start()
            on_failure.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._program.kill()
        self._program.wait(timeout=10)
        self.bus.remove()

    def start(self) -> None:
        """Start it and open the database; it is ready when the collection is there and open."""
        command = [needed_program("keepassxc"), "--config", str(self._settings), "--localconfig"]
        self._program = subprocess.Popen(
            [*command, str(self.bus.home / "local.ini"), "--pw-stdin", str(self.database)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._program.stdin is not None
        self._program.stdin.write(f"{PASSWORD}\n".encode())
        self._program.stdin.close()
        with ExitStack() as on_failure:
            on_failure.callback(self.kill)
            wait_until(lambda: self.bus.has(SERVICE) and self._is_open(), "KeePassXC")
            on_failure.pop_all()

    def lock(self) -> None:
        """Lock the database, as a user does who goes away; it wants a prompt for that, which needs no answer."""
        from secretstorage.collection import DEFAULT_COLLECTION, SERVICE_IFACE
        from secretstorage.defines import SS_PATH
        from secretstorage.util import DBusAddressWrapper, exec_prompt

        with secretstorage_connection(self.address) as connection:
            service = DBusAddressWrapper(SS_PATH, SERVICE_IFACE, connection)
            _locked, prompt = service.call("Lock", "ao", [DEFAULT_COLLECTION])
            if prompt != "/":
                exec_prompt(connection, prompt, timeout=20)
        wait_until(lambda: not self._is_open(), "the locked database")

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self._program.kill()
        self._program.wait(timeout=10)

    def restart(self) -> None:
        """End it as a user does, and start it with what it wrote."""
        self._program.terminate()
        self._program.wait(timeout=20)
        self.start()

    def listed(self) -> str:
        """Return what its own command line finds in the file."""
        return self._cli("ls", "-R", "-f", str(self.database), typed=f"{PASSWORD}\n")

    def _is_open(self) -> bool:
        import secretstorage

        with secretstorage_connection(self.address) as connection:
            try:
                return not secretstorage.Collection(connection).is_locked()
            except secretstorage.SecretStorageException:
                return False

    def _make_database(self) -> None:
        """Make a database whose first group is given out, which its command line can only do by way of XML."""
        empty, written = self.bus.home / "empty.kdbx", self.bus.home / "written.xml"
        self._cli("db-create", "-p", str(empty), typed=f"{PASSWORD}\n" * 2)
        xml = self._cli("export", "-f", "xml", str(empty), typed=f"{PASSWORD}\n")
        found = re.search(r"<Group>\s*<UUID>(.+?)</UUID>", xml)
        assert found is not None
        group = UUID(bytes=base64.b64decode(found[1]))
        item = f"<Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{{{group}}}</Value></Item>"
        written.write_text(xml.replace("</Meta>", f"<CustomData>{item}</CustomData></Meta>"), "utf-8")
        self._cli("import", "-p", str(written), str(self.database), typed=f"{PASSWORD}\n" * 2)

    def _cli(self, *words: str, typed: str) -> str:
        command = [needed_program("keepassxc-cli"), *words]
        said = subprocess.run(command, input=typed, env=self._environment, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        return said.stdout
