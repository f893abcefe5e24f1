"""Handovers and the escrow on the command line with planted secrets, partly as processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from core.custody.custodian import Custodian
from core.custody.recovery import new_recovery_key, put_in_force
from core.custody.vault import open_vault
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind
from core.registry import Registry, open_registry
from tests.core.cli.handing import ANSWERS, ERIKA, MAX, TODAY, Handing
from tests.core.cli.staff import SLOWEST, Person
from tests.journeys.canary_keys import Sought
from tests.sources import ROOT

REASON = "Erika ist krank"
KINDS = (CredentialKind.PASSWORD, CredentialKind.TOTP, CredentialKind.RECOVERY_CODES, CredentialKind.API_TOKEN)
PASSED_ON = "mail-"
"""How the files begin that one has sent the other."""


@dataclass
class Commands:
    """Erika and Max at their computers, with the logins that they walk through everything.

    Attributes:
        pair: The two.
        sought: What is searched for in the end.
        secrets: The secret of each login, by label.
        bundles: What was sealed, with the secrets in it.
    """

    pair: Handing
    sought: Sought
    secrets: dict[str, str]
    bundles: list[tuple[Path, list[str]]] = field(default_factory=list)

    def labels(self, word: str) -> list[str]:
        """Return the labels with a word in them."""
        return [label for label in self.secrets if word in label]

    def store(self) -> None:
        """Let Erika store all of them, the first in a process of its own."""
        for number, (label, text) in enumerate(self.secrets.items()):
            run = done if number else alone
            run(self.pair.giver, "secret", "store", label, stdin=f"{text}\n")

    def take_in(self, person: Person, file: Path) -> None:
        """Take a file in, with what it brings along."""
        assert "Taken in." in self.pair.done(person, "take-in", file, "--yes")

    def sealed(self, labels: list[str], way: str, *more: object) -> None:
        """Ask, seal and open; each party hears of it."""
        erika, max_ = self.pair.both
        asked = self.pair.file(max_, "request", "--from", ERIKA, "--way", way, *more, "--item", *labels)
        bundle = self.pair.file(erika, "seal", asked, "--yes")
        self.bundles.append((bundle, labels))
        assert erika("handover", "open", bundle)[0] == 2, "it is not for her"
        receipt = max_.home / f"receipt-{len(self.bundles)}.txt"
        run = alone if len(self.bundles) == 1 else done
        run(max_, "handover", "open", bundle, "--yes", "--out", receipt)
        self.take_in(erika, receipt)

    def change(self, labels: list[str], *released: str) -> None:
        """Prepare new secrets, confirm them, and let go of the old ones."""
        erika, max_ = self.pair.both
        for label in labels:
            kind = next(kind for kind in KINDS if label.endswith(kind.value))
            if kind is CredentialKind.PASSWORD:
                self.pair.done(max_, "begin", self.pair.handover, label)
                show = ("secret", "show", label, "--prepared", "--stdout")
                made = alone(max_, *show, asked_for=True).rstrip("\n")
                assert len(made) == 20
                self.sought.texts.append(made)
            else:
                run = alone if kind is CredentialKind.API_TOKEN else done
                run(max_, "handover", "begin", self.pair.handover, label, stdin=self.sought.take(kind))
        answers = [word for answer in ANSWERS for word in ("--answer", answer)]
        confirmed = self.pair.file(max_, "confirm", self.pair.handover, "--logged-in", TODAY(), *answers)
        self.take_in(erika, confirmed)
        self.take_in(max_, self.pair.file(erika, "release", self.pair.handover, *released))
        assert set(self.pair.states().values()) == {"closed"}

    def record(self) -> None:
        """Make the record as a file and on paper, and check it."""
        person = self.pair.giver
        file, paper = (person.home / f"{self.pair.handover}.{kind}" for kind in ("txt", "pdf"))
        alone(person, "record", "make", self.pair.handover, "--out", file, "--pdf", paper)
        done(person, "record", "verify", file, "--json")
        done(person, "record", "verify", file)


def handed_over(commands: Commands) -> None:
    """Walk all ways: sealed, reset, a copy that is given back."""
    pair = commands.pair
    commands.sealed(commands.labels("sealed"), "sealed")
    commands.change(commands.labels("sealed"))
    commands.record()
    reset = commands.labels("reset")
    asked = pair.file(pair.taker, "request", "--from", ERIKA, "--way", "reset", "--item", *reset)
    commands.take_in(pair.giver, asked)
    commands.change(reset, "--tried")
    commands.sealed(commands.labels("copy"), "copy", "--until", TODAY())
    returned = pair.file(pair.taker, "return", pair.handover)
    commands.take_in(pair.giver, returned)
    assert set(pair.states().values()) == {"closed"}


def put_into_escrow(commands: Commands) -> Person:
    """Name holders, drill, break the glass alone, by two and with the paper; return Max at Erika's registry."""
    erika, max_ = commands.pair.giver, replace(commands.pair.taker, registry=commands.pair.giver.registry)
    done(max_, "me", MAX)
    done(max_, "identity", "enrol")
    done(erika, "escrow", "name", MAX)
    done(max_, "escrow", "drill")
    first, second, third, *_others = commands.labels("escrow")
    alone(max_, "escrow", "open", first, "--reason", REASON)
    assert max_("escrow", "open", first, "--reason", REASON)[0] == 2, "it is here already"
    with signed_in(erika) as custodian:
        paper = new_recovery_key()
        put_in_force(custodian, paper.recipient, place="Tresor")
    commands.sought.note_age(paper.private)
    done(erika, "escrow", "needed", 2)
    written = paper.private.reveal()
    done(max_, "escrow", "drill", "--paper", "--json", stdin=written)
    alone(max_, "escrow", "open", second, "--reason", REASON, "--paper", stdin=written)
    assert max_("escrow", "open", third, "--reason", REASON, "--paper", stdin=written[:-1])[0] == 2
    done(erika, "secret", "release", third)
    _by_two(erika, max_, third, commands.pair.giver.home / "handed.age")
    done(erika, "escrow", "status")
    done(erika, "escrow", "status", "--json")
    return max_


def _by_two(one: Person, other: Person, label: str, file: Path) -> None:
    """Let whoever can begin do so, and the other one go on with the file."""
    words = ("escrow", "open", label, "--reason", REASON)
    codes = {person("escrow", "open", label, "--reason", REASON, "--out", file)[0]: person for person in (one, other)}
    assert sorted(codes) == [0, 2], "only one of them can begin"
    done(codes[2], *words, file)


def end_identities(commands: Commands, aside: Path) -> dict[str, Path]:
    """Give out both private keys, renew one and revoke it; return the files of the old ones by name."""
    files = {}
    for person in commands.pair.both:
        note(commands, person)
        files[person.home.name] = aside / f"{person.home.name}.key"
        done(person, "identity", "export", "--out", files[person.home.name])
    max_ = commands.pair.taker
    done(max_, "identity", "enrol", "--renew", "--json")
    note(commands, max_)
    done(max_, "identity", "revoke", "--out", max_.home / "revoked.txt")
    return files


def tell_everything(commands: Commands) -> None:
    """Ask both programs for all that they tell: lists, log, checks, reports, backups."""
    quarter = f"{TODAY().year}Q{(TODAY().month + 2) // 3}"
    for person in commands.pair.both:
        for line in ("log", "list credentials", "list custody", "identity list", "handover status"):
            done(person, *line.split(), "--json")
        done(person, "log")
        done(person, "handover", "status", commands.pair.handover)
        for line in ("check --stage all", "vault check", "verify"):
            assert person(*line.split(), "--json")[0] in {0, 1}
        done(person, "backup", person.home / "backup.kanal")
    for reader in ("internal", "committee", "public"):
        target = commands.pair.giver.home / f"report-{reader}.xlsx"
        done(commands.pair.giver, "report", "--quarter", quarter, "--out", target, "--reader", reader)


def add_logins(registry: Registry, sought: Sought, mark: str) -> dict[str, str]:
    """Add logins for each way; their labels bear the mark, the way and the kind."""
    ways = {"sealed": KINDS, "reset": KINDS[:1], "copy": KINDS[1:3], "escrow": KINDS[:3]}
    made = {f"{mark} {way} {kind.value}": kind for way, kinds in ways.items() for kind in kinds}
    with registry.action("logins") as session:
        for label, kind in made.items():
            add_credential(session, NewCredential(kind, label))
    return {label: sought.take(kind) for label, kind in made.items()}


def note(commands: Commands, person: Person) -> None:
    """Search for somebody's private keys, too."""
    with signed_in(person) as custodian:
        commands.sought.note_identity(custodian)


@contextmanager
def signed_in(person: Person) -> Iterator[Custodian]:
    """Be a person at their computer, in this process."""
    with pytest.MonkeyPatch.context() as here:
        for name, value in person.place().items():
            here.setenv(name, value)
        registry = open_registry(person.registry)
        try:
            yield Custodian(registry, open_vault(registry.id), registry.today())
        finally:
            registry.close()


def done(person: Person, *words: object, stdin: str = "") -> str:
    """Give a command that must succeed."""
    code, out, err = person(*words, stdin=stdin)
    assert code == 0, (words, out, err)
    return out


def alone(person: Person, *words: object, stdin: str = "", asked_for: bool = False) -> str:
    """Give a command to a process of its own; what it says is kept, but not what was asked for."""
    command = [sys.executable, str(ROOT / "main.py"), *person.words_of(*words)]
    place = {**os.environ, **person.place()}
    ran = subprocess.run(command, input=stdin.encode(), env=place, capture_output=True, timeout=SLOWEST, check=False)
    with (person.home / "said.txt").open("ab") as said:
        said.write(ran.stderr + (b"" if asked_for else ran.stdout))
    assert ran.returncode == 0, (words, ran.stderr)
    return ran.stdout.decode()
