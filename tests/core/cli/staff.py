"""People at computers of their own, with homes and keyrings, who use the command line and meet through files."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.registry import Registry
from main import main
from tests.factories import make_person
from tests.parts.keyrings import Keyring, Keyrings
from tests.sources import ROOT

SLOWEST = 120


@dataclass
class Answers:
    """What somebody types who reads each question first."""

    shown: io.StringIO
    read_out: dict[int, str]

    def isatty(self) -> bool:
        return False

    def readline(self, _most: int) -> str:
        asked = self.shown.getvalue().splitlines()[-1]
        return self.read_out[int(asked.removeprefix("Word ").rstrip(":"))] + "\n"


class Typed(io.TextIOWrapper):
    """What somebody types at a terminal."""

    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode()), "utf-8")

    def isatty(self) -> bool:
        return True


@dataclass
class Person:
    """Somebody at a computer of their own, with the program on the command line."""

    home: Path
    keyring: Keyring
    registry: Path

    def __call__(
        self, *words: object, read_out: dict[int, str] | None = None, stdin: str = "", typed: str = ""
    ) -> tuple[int, str, str]:
        """Run one command at this person's computer, in this process: a hundred processes would take minutes.

        Args:
            words: The command.
            read_out: The words that the other side reads out, by number, when this one asks for some.
            stdin: What another program writes to it otherwise.
            typed: What is typed at a terminal instead.
        """
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as here, redirect_stdout(out), redirect_stderr(err):
            for name, value in self.place().items():
                here.setenv(name, value)
            written = Typed(typed) if typed else io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
            here.setattr(sys, "stdin", written if read_out is None else Answers(out, read_out))
            try:
                code = main(self.words_of(*words))
            except SystemExit as stopped:
                code = int(stopped.code or 0)
        with (self.home / "said.txt").open("a", encoding="utf-8") as said:
            said.write(out.getvalue() + err.getvalue())
        return code, out.getvalue(), err.getvalue()

    def json(self, *words: object) -> Any:
        code, out, _err = self(*words, "--json")
        assert code == 0
        return json.loads(out)

    def words(self, card: Path) -> dict[int, str]:
        code, out, _err = self("identity", "words", card)
        assert code == 0
        numbered = [line.split() for line in out.splitlines()[1:]]
        return {int(number): word for number, word in numbered}

    def verify(self, card: Path, read_out: dict[int, str]) -> tuple[int, str, str]:
        """Answer the questions as they come."""
        return self("identity", "verify", card, read_out=read_out)

    def verify_apart(self, card: Path, read_out: dict[int, str]) -> tuple[int, str, str]:
        """Answer the questions of a process of its own: a program on stdin reads each before it writes."""
        asking = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *self.words_of("identity", "verify", card)],
            env={**os.environ, **self.place()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert asking.stdin is not None
        assert asking.stdout is not None
        said, asked = "", list[int]()
        while len(asked) < 2 and (line := asking.stdout.readline()):
            said += line
            if line.startswith("Word "):
                asked.append(int(line.removeprefix("Word ").rstrip(":\n")))
                asking.stdin.write(read_out[asked[-1]] + "\n")
                asking.stdin.flush()
        rest, err = asking.communicate(timeout=SLOWEST)
        assert len(set(asked)) == 2
        return asking.returncode, said + rest, err

    def words_of(self, *words: object) -> list[str]:
        """The whole command."""
        return ["--registry", str(self.registry), "--lang", "en", *map(str, words)]

    def place(self) -> dict[str, str]:
        """The environment of this person's programs."""
        own = {f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
        return {**own, "HOME": str(self.home), "DBUS_SESSION_BUS_ADDRESS": self.keyring.address}


@pytest.fixture
def staff(registry: Registry, keyrings: Keyrings, tmp_path: Path) -> tuple[Person, Person]:
    """Erika, head of press, and Max, each with a copy of the registry."""
    with registry.action("people") as session:
        session.add_all([make_person(), make_person(given_name="Max")])
    people = []
    for name in ("Erika", "Max"):
        home = tmp_path / name
        home.mkdir()
        copied = home / "registry.kanal"
        shutil.copyfile(registry.path, copied)
        person = Person(home, keyrings(), copied)
        assert person("me", f"{name} Mustermann")[0] == 0
        assert person("identity", "head", "Erika Mustermann")[0] == 0
        people.append(person)
    return people[0], people[1]


def given(person: Person, other: Person, name: str = "card.txt") -> Path:
    """Let one person write their card and the other have it, by mail."""
    assert person("identity", "card", "--out", person.home / name)[0] == 0
    received = other.home / f"from-{person.home.name}-{name}"
    received.write_text("Hallo,\r\n\r\n" + (person.home / name).read_text().replace("\n", "\r\n"), newline="")
    return received
