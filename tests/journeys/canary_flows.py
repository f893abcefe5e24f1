"""Every way a secret can go, walked with planted ones: in the core, in processes, on the page, and where it fails."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook

from core.custody import keeping, rotating
from core.custody.custodian import Custodian
from core.custody.one_time_codes import one_time_codes
from core.custody.recovery import restore
from core.custody.secret import Secret
from core.errors import RegistryError
from core.exchange.exporting import FORMATS, Export, export
from core.exchange.keepass.exporting import export_keepass, exportable
from core.exchange.keepass.proposing import propose
from core.exchange.keepass.reading import read_keepass
from core.exchange.keepass.taking_in import take_in
from core.inventory.lists import CREDENTIALS
from core.model import Credential, CredentialKind, KeptIn
from core.registry import Registry
from core.storage.searching import View
from main import main
from tests.parts.keyrings import Keyring
from tests.sources import ROOT


@dataclass
class Walk:
    """A registry with a login for each planted secret, and what was said on the way.

    Attributes:
        custodian: Who keeps the secrets.
        secrets: The planted ones, each with its login.
        spare: Those without one.
        said: Everything that was written to an output or shown in an error, by where that was.
    """

    custodian: Custodian
    secrets: list[tuple[UUID, str]]
    spare: list[str]
    folder: Path
    capfd: pytest.CaptureFixture[str]
    said: dict[str, bytes] = field(default_factory=dict)

    @property
    def registry(self) -> Registry:
        """The open registry."""
        registry = self.custodian.registry
        assert isinstance(registry, Registry)
        return registry

    def take(self, count: int) -> list[tuple[UUID, str]]:
        """Return some logins that nothing was done with yet."""
        taken, self.secrets = self.secrets[:count], self.secrets[count:]
        assert len(taken) == count
        return taken

    def note(self, where: str, text: str) -> None:
        """Keep what was said."""
        self.said[f"{where} ({len(self.said)})"] = text.encode("utf-8", "surrogatepass")

    def command(self, *words: object, registry: Path | None = None, stdin: bytes = b"") -> str:
        """Carry out a subcommand in this process and return what it wrote to stdout."""
        self.capfd.readouterr()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
        try:
            main(["--registry", str(registry or self.registry.path), "--lang", "en", *map(str, words)])
        finally:
            sys.stdin = before
        out, err = self.capfd.readouterr()
        self.note(f"{words} stdout", out)
        self.note(f"{words} stderr", err)
        return out

    def refused(self, work: Callable[[], object]) -> None:
        """Do what cannot be done, and keep all that the error tells, on whatever way it is printed."""
        with pytest.raises(RegistryError) as told:
            work()
        error = told.value
        self.note("error", "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error)))
        self.note("sentence", error.sentence)


def kind_of(text: str) -> CredentialKind:
    """Return what a secret looks like."""
    if text.isupper() and text.isalnum():
        return CredentialKind.TOTP
    if text.startswith("ghp_"):
        return CredentialKind.API_TOKEN
    return CredentialKind.RECOVERY_CODES if "\n" in text else CredentialKind.PASSWORD


def keep_and_rotate(walk: Walk, many: Sequence[tuple[UUID, str]], spare: Sequence[str]) -> None:
    """Store, read, rotate, give up, confirm and release in this process."""
    custodian = walk.custodian
    for number, (login, text) in enumerate(many):
        new = Secret(spare[number % len(spare)])
        keeping.store_secret(custodian, login, Secret(text))
        assert keeping.read_secret(custodian, login).reveal() == text
        match number % 8:
            case 0:
                rotating.begin_rotation(custodian, login, new)
                rotating.confirm_rotation(custodian, login)
            case 1:
                rotating.begin_rotation(custodian, login, new)
                rotating.abandon_rotation(custodian, login)
            case 2:
                keeping.store_secret(custodian, login, new)
                rotating.confirm_works(custodian, login)
            case 3:
                keeping.release(custodian, login)
            case _:
                pass


@contextmanager
def debugging(file: Path) -> Iterator[None]:
    """Let everything that can log do so at debug level; SQL with its rows is among it for what is opened meanwhile."""
    root, sql = logging.getLogger(), logging.getLogger("sqlalchemy")  # SQLAlchemy does not ask the root.
    handler = logging.FileHandler(file, encoding="utf-8")
    before = [(one, one.level) for one in (root, sql)]
    root.addHandler(handler)
    for logger, _level in before:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for logger, level in before:
            logger.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def as_processes(walk: Walk, taken: Sequence[tuple[UUID, str]]) -> None:
    """Store and show as processes of their own, as a script does; confirm and release."""
    (first, old), (_second, new), (_third, bad) = taken
    store, show = ("secret", "store", first), ("secret", "show", first)
    assert alone(walk, *store, stdin=f"{old}\n".encode()).returncode == 0
    assert alone(walk, *show).returncode == 2, "nobody asked for it on a pipe"
    assert alone(walk, *store, stdin=f"{new}\n".encode()).returncode == 0
    shown = alone(walk, *show, "--stdout", asked_for=True)
    assert shown.stdout.decode() == f"{new}\n"
    assert alone(walk, *store, stdin=bad.encode() + b"\xff\xfe").returncode == 2
    walk.command(*store, stdin=bad.encode() * 9_000)
    walk.command("secret", "confirm", first)
    walk.command("secret", "release", first)


def alone(
    walk: Walk, *words: object, stdin: bytes = b"", asked_for: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process; what it writes is kept, but not what was asked for."""
    command = [sys.executable, str(ROOT / "main.py"), "--registry", str(walk.registry.path), "--lang", "en"]
    done = subprocess.run([*command, *map(str, words)], input=stdin, capture_output=True, timeout=60, check=False)
    walk.said[f"{words} stderr ({len(walk.said)})"] = done.stderr
    if not asked_for:
        walk.said[f"{words} stdout ({len(walk.said)})"] = done.stdout
    return done


def tell_everything(walk: Walk) -> None:
    """Ask the program for all that it tells: lists, log, checks, reports, exports, backups."""
    for words in (
        ("log",),
        ("log", "--json"),
        ("verify", "--json"),
        ("list", "custody", "--json"),
        ("list", "custody"),
        ("list", "credentials", "--json"),
        ("check", "--stage", "all", "--json"),
        ("vault", "check", "--json"),
    ):
        walk.command(*words)
    for reader in ("internal", "committee", "public"):
        target = walk.folder / f"report-{reader}.xlsx"
        walk.command("report", "--quarter", "2026Q3", "--out", target, "--reader", reader)
        assert target.exists()
    keys = tuple(one.key for one in CREDENTIALS.fields)
    for suffix in FORMATS:
        wanted = Export(CREDENTIALS, keys, View("", "label", False), "Logins")
        export(walk.registry, wanted, walk.folder / f"logins{suffix}", today=walk.custodian.today)
    walk.command("backup", walk.folder / "backup.kanal")
    walk.command("restore", walk.folder / "backup.kanal", registry=walk.folder / "other" / "restored.kanal")
    walk.registry.back_up_automatically("daily")


def list_with_passwords(texts: Sequence[str], folder: Path) -> Path:
    """Return a list in which somebody kept passwords, in a column of their own and between notes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Titel", "Adresse", "Passwort", "Bemerkung"])
    for number, text in enumerate(texts):
        one_line = " ".join(text.split())
        sheet.append([f"Amt {number}", f"https://www.facebook.com/amt{number}", one_line, f"Passwort: {one_line}"])
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def import_list(walk: Walk, brought: Path) -> None:
    """Look at a list, and take it in."""
    walk.command("import", brought, "--dry-run", "--json")
    walk.command("import", brought)
    assert "Amt 1" in walk.command("list", "channels", "--json")


def through_keepass(walk: Walk, password: str, wrong: str) -> None:
    """Write the logins to a KeePass file, be refused with another password, read it again and take it in."""
    custodian, file = walk.custodian, walk.folder / "logins.kdbx"
    some = [one.id for one in exportable(custodian)][:8]
    assert export_keepass(custodian, some, file, Secret(password)).count == len(some)
    walk.refused(lambda: read_keepass(file, Secret(wrong)))
    read = read_keepass(file, Secret(password))
    proposal = propose(custodian, read)
    walk.note("keepass", repr(read) + repr(proposal))
    walk.note("taken in", repr(take_in(custodian, [row for row in proposal.rows if row.takeable])))


def fail_in_every_way(walk: Walk, taken: Sequence[tuple[UUID, str]], keyring: Keyring) -> None:
    """Meet every error: locked, killed, kept elsewhere, too long, half a letter, no key, no text."""
    (login, text), (elsewhere, other) = taken
    custodian, secret = walk.custodian, Secret(text)
    keeping.store_secret(custodian, login, Secret(text + "\ud83d"))
    keyring.lock()
    walk.refused(lambda: keeping.store_secret(custodian, login, secret))
    walk.refused(lambda: keeping.read_secret(custodian, login))
    keyring.restart()
    keyring.kill()
    walk.refused(lambda: rotating.begin_rotation(custodian, login, secret))
    walk.refused(lambda: keeping.read_secret(custodian, login))
    walk.command("secret", "store", login, stdin=text.encode())
    keyring.start()
    walk.refused(lambda: rotating.begin_rotation(custodian, login, Secret(text * 90_000)))
    walk.refused(lambda: keeping.keep_copy(custodian, login, secret))
    with walk.registry.action("move") as session:
        session.get_one(Credential, elsewhere).kept_in = KeptIn.ENVELOPE
    walk.refused(lambda: keeping.store_secret(custodian, elsewhere, Secret(other)))
    walk.refused(lambda: one_time_codes(Secret(f"{other}!")))
    walk.refused(lambda: restore(custodian, Secret(f"AGE-SECRET-KEY-1{other}"), reason=None))
    walk.command("secret", "store", login, stdin=text.encode() + b"\xff")


def meet_a_bug(walk: Walk, text: str, details: Callable[[BaseException], str]) -> None:
    """Raise an error nobody expected while a secret stands in a local variable."""

    def careless(password: str) -> Any:
        secret, words = Secret(password), {"password": password}
        return words["user"], secret

    try:
        careless(text)
    except KeyError as error:
        walk.note("bug", details(error))
        walk.note("traceback", traceback.format_exc())
