"""Key cards on the command line: two people with homes and keyrings of their own, who meet only through files."""

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

from core.custody.identity.enrolling import IDENTITY
from core.custody.identity.keys import Keys
from core.custody.identity.notes import note_slots, read_note
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.registry import Registry
from main import main
from tests.factories import make_person
from tests.parts.canaries import Search
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


@dataclass
class Person:
    """Somebody at a computer of their own, with the program on the command line."""

    home: Path
    keyring: Keyring
    registry: Path

    def __call__(self, *words: object, read_out: dict[int, str] | None = None) -> tuple[int, str, str]:
        """Run one command at this person's computer, in this process: a hundred processes would take minutes.

        Args:
            words: The command.
            read_out: The words that the other side reads out, by number, when this one asks for some.
        """
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as here, redirect_stdout(out), redirect_stderr(err):
            for name, value in self._place().items():
                here.setenv(name, value)
            here.setattr(sys, "stdin", Answers(out, read_out or {}))
            try:
                code = main(self._words(*words))
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
            [sys.executable, str(ROOT / "main.py"), *self._words("identity", "verify", card)],
            env={**os.environ, **self._place()},
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

    def _words(self, *words: object) -> list[str]:
        return ["--registry", str(self.registry), "--lang", "en", *map(str, words)]

    def _place(self) -> dict[str, str]:
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


def test_two_people_verify_each_other(staff: tuple[Person, Person]):
    erika, max_ = staff
    assert erika("identity", "card", "--out", erika.home / "early.txt")[0] == 2, "there is none yet"
    hers, his = erika.json("identity", "enrol"), max_.json("identity", "enrol")
    assert set(hers) == {"registry", "person", "name", "device", "store", "recipient", "created", "fingerprint"}
    assert max_.json("identity", "enrol") == his, "once is enough"
    of_max, of_erika = given(max_, erika), given(erika, max_)
    words = erika.words(of_max)
    assert words == max_.words(of_erika)
    assert list(words) == [1, 2, 3, 4, 5, 6]
    code, out, err = erika.verify(of_max, dict.fromkeys(words, "falsch"))
    assert (code, "Verified" in out, bool(err)) == (1, False, True)
    code, out, _err = max_.verify_apart(of_erika, words)
    assert (code, "head of press" in out) == (0, True)
    assert erika.verify(of_max, words)[0] == 0
    assert {row["person"]: row["verified"] for row in erika.json("identity", "list")} == {
        "Erika Mustermann": "own",
        "Max Mustermann": "words",
    }


def test_the_head_certifies_a_renewed_card_and_revokes_it_later(staff: tuple[Person, Person]):
    erika, max_ = staff
    erika.json("identity", "enrol")
    his = max_.json("identity", "enrol")
    of_max, of_erika, certificate = given(max_, erika), given(erika, max_), erika.home / "certificate.txt"
    assert erika("identity", "certify", of_max, "--out", certificate)[0] == 2, "not verified yet"
    words = max_.words(of_erika)
    assert erika.verify(of_max, words)[0] == max_.verify(of_erika, words)[0] == 0
    renewed = max_.json("identity", "enrol", "--renew")
    assert renewed["fingerprint"] != his["fingerprint"]
    again = given(max_, erika, "new.txt")
    assert erika.verify(again, max_.words(of_erika))[0] == 0
    assert erika("identity", "words", of_max)[0] == 2, "replaced"
    assert erika("identity", "certify", again, "--out", certificate)[0] == 0
    assert max_("identity", "verify", certificate)[0] == 2, "his own card"
    statement = erika.home / "revocation.txt"
    assert erika("identity", "revoke", renewed["fingerprint"][:16], "--out", statement)[0] == 0
    assert {row["fingerprint"]: bool(row["revoked"]) for row in erika.json("identity", "list")}[renewed["fingerprint"]]
    assert max_("identity", "verify", statement)[0] == 0
    assert max_("identity", "card", "--out", max_.home / "late.txt")[0] == 2, "he has none in force"
    assert erika("identity", "list")[1].count("Max Mustermann") == 2


def test_no_private_half_is_in_any_file_or_on_any_screen(staff: tuple[Person, Person], keyrings: Keyrings):
    canaries = []
    for person, other in (staff, staff[::-1]):
        person.json("identity", "enrol")
        given(person, other)
        keyrings.use(person.keyring)
        vault = open_vault(person.json("identity", "enrol")["registry"])
        store = vault.store()
        assert store is not None
        held = read_note(vault, store, IDENTITY)
        assert held is not None
        seed = json.loads(held.secret.reveal())["seed"]
        canaries += [seed, Keys(Secret(seed)).age_identity().reveal()]
        labels = [label for label, _attributes, _text in person.keyring.texts()]
        assert all(str(slot) in "".join(labels) for slot in note_slots(store, IDENTITY) if vault.get(slot))
    erika, max_ = staff
    words = erika.words(erika.home / "from-Max-card.txt")
    assert max_.verify(max_.home / "from-Erika-card.txt", words)[0] == 0
    for person in staff:
        assert person("log", "--json")[0] == person("identity", "list")[0] == person("identity", "revoke")[0] == 0
        assert person("backup", person.home / "copy.kanal")[0] == 0
    search, searched = Search(canaries), 0
    for file in [one for person in staff for one in person.home.rglob("*") if one.is_file()]:
        assert not list(search.hits(file.read_bytes())), file
        searched += 1
    assert searched > 10
    assert list(search.hits(b"x" * 5 + canaries[0].encode() + b"y" * 9)), "what is there is found"


def test_a_wrong_file_is_refused_with_a_sentence(staff: tuple[Person, Person]):
    erika, _max = staff
    erika.json("identity", "enrol")
    (erika.home / "junk.txt").write_text("Grüße")
    for words in (
        ("words", erika.home / "junk.txt"),
        ("verify", erika.home / "missing.txt"),
        ("certify", erika.registry, "--out", erika.home / "c.txt"),
        ("revoke", "ffffffff"),
        ("head", "Niemand"),
    ):
        code, out, err = erika("identity", *words)
        assert (code, out) == (2, ""), words
        assert (err.count("\n"), "Traceback" in err) == (1, False)
    assert erika("identity")[0] == 2
