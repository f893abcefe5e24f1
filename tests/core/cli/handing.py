"""Erika, who leaves, and Max, who takes over, on the command line: with a copy of the registry each, or on one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from core.inventory.accesses import Grant, grant_access
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, PlatformRole, Responsibility, ResponsibilityRole
from core.registry import Registry
from tests.core.cli.staff import Person, given
from tests.factories import make_person
from tests.parts.keyrings import Keyrings

ERIKA, MAX = "Erika Mustermann", "Max Mustermann"
SECRETS = {"Instagram": "Sommer in Musterstadt 2026", "Facebook": "Winter in Musterstadt 2027"}
ANSWERS = ("sessions-ended=yes", "second-factor=not-there", "recovery=yes", "roles-removed=yes", "tokens-removed=yes")
TODAY = date.today


@dataclass
class Handing:
    """The two, and what they send each other."""

    giver: Person
    taker: Person
    shared: bool
    logins: dict[str, UUID] = field(default_factory=dict)
    sent: list[Path] = field(default_factory=list)
    handover: str = ""

    def done(self, person: Person, *words: object, stdin: str = "") -> str:
        """Give a command that must succeed, and return what it said."""
        code, out, err = person("handover", *words, stdin=stdin)
        assert (code, err) == (0, ""), (words, out, err)
        return out

    def file(self, person: Person, *words: object) -> Path:
        """Give a command that writes a file for the other one; return the file as it arrives there, by mail."""
        written = person.home / f"{len(self.sent)}.txt"
        said = self.done(person, *words, "--out", written)
        self.handover = said.split("Handover ")[1][:36] if words[0] in {"request", "propose"} else self.handover
        other = self.taker if person is self.giver else self.giver
        received = other.home / f"mail-{len(self.sent)}.txt"
        received.write_text("Hallo,\r\n\r\n> " + written.read_text().replace("\n", "\r\n> "), newline="")
        self.sent.append(written)
        return received

    def taken_in(self, person: Person, file: Path) -> None:
        """Let the other one take a file in, unless both use one registry."""
        if not self.shared:
            assert "Taken in." in self.done(person, "take-in", file)

    def detail(self, person: Person) -> Any:
        """How far it is for one of them."""
        return person.json("handover", "status", self.handover)

    def states(self) -> dict[str, str]:
        """How far each thing is, by its kind and label; both must say the same."""
        both = [{(one["kind"], one["label"]): one["state"] for one in self.detail(who)["items"]} for who in self.both]
        assert both[0] == both[1]
        return {f"{kind} {label}": state for (kind, label), state in both[0].items()}

    @property
    def both(self) -> tuple[Person, Person]:
        """The two."""
        return self.giver, self.taker

    def shown(self, person: Person, label: str, *more: str) -> str:
        """What is in somebody's keyring, shown to a program that may read it."""
        code, out, _err = person("secret", "show", label, "--stdout", *more)
        return out.rstrip("\n") if code == 0 else ""

    def holds(self) -> None:
        """Insist that both logs are whole."""
        for person in self.both:
            code, out, err = person("verify")
            assert code == 0, out + err


def hand(
    registry: Registry, keyrings: Keyrings, folder: Path, *, shared: bool, verified: bool = True, logins: int = 0
) -> Handing:
    """Let Erika have logins, a role and a duty, and Max sit at a computer of his own.

    Args:
        registry: The registry that one or both of them use.
        keyrings: Makes theirs.
        folder: Where they are at home.
        shared: Whether both use the one registry; else Max has a copy of it.
        verified: Whether they have compared the words of their cards.
        logins: So many more logins, of which Erika has not stored the secrets yet; then she holds the escrow, too.
    """
    many = things_of_erika(registry, logins)
    erika = _at_a_computer(folder / "Erika", keyrings, registry.path, ERIKA)
    assert erika("identity", "head", ERIKA)[0] == erika("identity", "enrol")[0] == 0
    for label, secret in ({} if logins else SECRETS).items():
        assert erika("secret", "store", label, stdin=secret + "\n")[0] == 0
    if logins:
        assert erika("escrow", "name", ERIKA)[0] == 0
    here = erika.registry if shared else folder / "copy.kanal"
    if not shared:
        shutil.copyfile(erika.registry, here)
    max_ = _at_a_computer(folder / "Max", keyrings, here, MAX)
    assert max_("identity", "enrol")[0] == 0
    if verified:
        verify_each_other(erika, max_)
    return Handing(erika, max_, shared, many)


def verify_each_other(one: Person, other: Person) -> None:
    """Let two people compare the words of their cards."""
    of_other, of_one = given(other, one), given(one, other)
    assert one.verify(of_other, other.words(of_one))[0] == 0
    assert other.verify(of_one, one.words(of_other))[0] == 0


def things_of_erika(registry: Registry, logins: int = 0) -> dict[str, UUID]:
    """Enter the people and what hangs on Erika; some more logins for whoever needs many."""
    erika, max_ = make_person(), make_person(given_name="Max")
    today = TODAY()
    with registry.action("things") as session:
        session.add_all([erika, max_])
        session.flush()
        channel = add_channel(session, "instagram.com/stadt.musterstadt", today=today)
        for label, of_office in (("Instagram", False), ("Facebook", True)):
            new = NewCredential(CredentialKind.PASSWORD, label, (channel.id,), "presse")
            add_credential(session, new).recovery_of_office = of_office
        role = Grant(erika.id, platform_role=PlatformRole.ADMIN)
        grant_access(session, channel.id, role, today - timedelta(days=300), None)
        session.add(Responsibility(channel_id=channel.id, person_id=erika.id, role=ResponsibilityRole.OWNER))
        many = [NewCredential(CredentialKind.PASSWORD, f"Login {number}", (channel.id,)) for number in range(logins)]
        return {one.label: add_credential(session, one).id for one in many}


def _at_a_computer(home: Path, keyrings: Keyrings, registry: Path, name: str) -> Person:
    home.mkdir()
    person = Person(home, keyrings(), registry)
    assert person("me", name)[0] == 0
    return person
