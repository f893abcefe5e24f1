"""Walk handovers by command line while each command is killed at a durable step, given again, and gone on with.

The platform is played here: it knows one password of each login, which changes only when the successor sets the new
one. After each kill somebody's keyring must hold what the platform knows; at the end everything happened just once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.custody.secret import Secret
from core.custody.vault import DamagedEntryError
from core.custody.vault.entries import join, read_entry
from core.model import Act, Custody, Handover, HandoverStatement, Rotation
from core.registry import open_registry
from tests.core.cli.handing import ERIKA, TODAY, Handing
from tests.core.cli.staff import Person
from tests.endurance.killed_commands import Outcome, run_command

STEPS = {
    "request sealed": 6,
    "request reset": 6,
    "seal": 8,
    "open": 15,
    "take in a request": 2,
    "take in a receipt": 3,
    "begin": 5,
    "confirm": 10,
    "take in a confirmation": 3,
    "release": 9,
    "take in a release": 5,
    "withdraw": 6,
    "refuse": 9,
    "take in an end": 5,
}
"""How many durable steps each command has taken, for runs that are too short to count them."""

KillAt = Callable[[str], Sequence[int]]
"""Says at which steps a command, by its name, is killed, time after time; then it lives."""


@dataclass(slots=True)
class Counts:
    """What the runs came to."""

    walks: int = 0
    commands: int = 0
    kills: int = 0
    closed: int = 0
    aborted: int = 0
    left_over: int = 0
    revived: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    reached: set[tuple[str, int]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Tell of all of it."""
        return (
            f"handovers killed: {self.walks} walks, {self.commands} commands, {self.kills} kills at "
            f"{len(self.reached)} different durable steps; closed {self.closed}, cleanly broken "
            f"off {self.aborted}, lockouts, double effects and other faults {len(self.wrong)}; old secrets that wait "
            f"in Max's keyring for the next comparison {self.left_over}; keyrings that ended with a window and were "
            f"started again {self.revived}"
        )


@dataclass(slots=True)
class Walk:
    """One handover of one login, the commands of which are killed."""

    pair: Handing
    label: str
    login: UUID
    kill_at: KillAt
    counts: Counts
    old: str
    live: str
    handover: str = ""

    def sealed(self) -> None:
        """From the request to the end, by a sealed file."""
        bundle = self._sealed_file()
        receipt = self._file("open", self.pair.taker, "open", bundle)
        self._take_in("take in a receipt", self.pair.giver, receipt)
        self._change_and_close(["request", "sealing", "receipt", "confirmation", "release"])

    def reset(self) -> None:
        """From the request to the end, by a reset."""
        request = self._asked("reset")
        self._take_in("take in a request", self.pair.giver, request)
        self._change_and_close(["request", "confirmation", "release"])

    def withdrawn(self) -> None:
        """Sealed and taken back; the file that left the house does not open any more."""
        bundle = self._sealed_file()
        self._ended("withdrawal", self.pair.taker, self._file("withdraw", self.pair.giver, "withdraw", self.handover))
        self._expect(
            "the withdrawn file does not open", self._now(self.pair.taker, "handover", "open", bundle).code == 2
        )

    def refused(self) -> None:
        """Sealed and refused."""
        bundle = self._sealed_file()
        self._ended("refusal", self.pair.giver, self._file("refuse", self.pair.taker, "refuse", self.handover))
        self._opens_nothing(bundle)

    def _opens_nothing(self, bundle: Path) -> None:
        outcome = self._now(self.pair.taker, "handover", "open", bundle)
        self._expect("what came to nothing does not open", outcome.code == 2)
        self._expect("Max never could log in", self._held(self.pair.taker) == [])

    def _sealed_file(self) -> Path:
        request = self._asked("sealed")
        return self._file("seal", self.pair.giver, "seal", request, "--yes")

    def _asked(self, way: str) -> Path:
        words = ("request", "--from", ERIKA, "--item", self.label, "--way", way)
        request = self._file(f"request {way}", self.pair.taker, *words)
        with _records(self.pair.taker) as session:
            query = select(HandoverStatement).order_by(HandoverStatement.number.desc())
            newest = session.scalars(query.where(HandoverStatement.act == Act.REQUEST)).first()
            self.handover = str(newest.handover_id)
        return request

    def _change_and_close(self, acts: Sequence[str]) -> None:
        giver, taker = self.pair.both
        self._do("begin", taker, "begin", self.handover, self.label)
        fresh = self._now(taker, "secret", "show", self.label, "--prepared", "--stdout").said.strip()
        self._expect("a new secret is prepared", len(fresh) == 20)
        self.live = fresh
        confirmation = self._file("confirm", taker, "confirm", self.handover, "--logged-in", TODAY())
        self._take_in("take in a confirmation", giver, confirmation)
        release = self._file("release", giver, "release", self.handover)
        self._take_in("take in a release", taker, release)
        self._check_closed(acts)

    def _ended(self, act: str, other: Person, file: Path) -> None:
        self._take_in("take in an end", other, file)
        self._expect("Erika can log in", self._held(self.pair.giver) == [self.live])
        self._expect("Max never could", self._held(self.pair.taker) == [])
        self._check_once(self.pair.giver, ["request", "sealing", act])
        self._check_once(self.pair.taker, ["request", act])
        self.counts.aborted += 1

    def _file(self, name: str, person: Person, *words: object) -> Path:
        """Give a command that writes a file, until it lives; return the file as the other one gets it."""
        written = person.home / f"{self.label}-{name}.txt".replace(" ", "-")
        self._do(name, person, *words, "--out", written)
        return written

    def _take_in(self, name: str, person: Person, file: Path) -> None:
        self._do(name, person, "take-in", file, "--yes")

    def _do(self, name: str, person: Person, *words: object) -> None:
        """Give a command, and again each time it was killed."""
        killed = list[int]()
        for at in (*self.kill_at(name), 0):
            outcome = self._now(person, "handover", *words, kill_at=at)
            if not outcome.killed:
                break
            killed.append(at)
            self.counts.kills += 1
            self.counts.reached.add((name, at))
            self._expect(f"{name}, killed at {killed}: somebody can log in", self._somebody_holds())
        self._expect(f"{name}, after kills at {killed}: {outcome.said}", outcome.code == 0)
        if not killed:
            self.counts.steps[name] = min(self.counts.steps.get(name, outcome.steps), outcome.steps)

    def _now(self, person: Person, *words: object, kill_at: int = 0) -> Outcome:
        self.counts.commands += 1
        return run_command(person.place(), person.words_of(*words), kill_at)

    def _somebody_holds(self) -> bool:
        return any(self.live in self._held(person) for person in self.pair.both)

    def _held(self, person: Person) -> list[str]:
        """Return what a keyring holds of this login: the old secret, the one that works, or both."""
        texts = [_read(text) for _label, _attributes, text in person.keyring.texts()]
        return [text for text in texts if text in {self.old, self.live}]

    def _check_closed(self, acts: Sequence[str]) -> None:
        held = Counter(self._held(self.pair.taker))
        self._expect(f"Max can log in: {held}", held[self.live] == 1 and held[self.old] <= 1)
        self.counts.left_over += held[self.old]
        self._expect("Erika cannot", self._held(self.pair.giver) == [])
        for person in self.pair.both:
            self._check_once(person, acts)
            with _records(person) as session:
                kept = select(Custody.revision).where(Custody.credential_id == self.login, Custody.until.is_(None))
                by_others = kept.where(Custody.person_id != self._taker_id())
                self._expect("Max keeps it once", Counter(session.scalars(kept))[2] == 1)
                self._expect("nobody else keeps it", not session.scalars(by_others).all())
        self.counts.closed += 1

    def _taker_id(self) -> UUID:
        with _records(self.pair.taker) as session:
            taker: UUID = session.get_one(Handover, UUID(self.handover)).to_id
            return taker

    def _check_once(self, person: Person, acts: Sequence[str]) -> None:
        """Insist that a registry knows these statements, each once, and a change where there was one, once, too."""
        with _records(person) as session:
            query = select(HandoverStatement.act).where(HandoverStatement.handover_id == UUID(self.handover))
            found = Counter(act.value for act in session.scalars(query))
            self._expect(f"each once: {found}", found == Counter(acts))
            rotated = select(func.count()).where(Rotation.credential_id == self.login, Rotation.revision > 1)
            self._expect("changed once", session.scalar(rotated) == int(self.live != self.old))

    def _expect(self, what: str, holds: bool) -> None:
        if not holds:
            self.counts.wrong.append(f"{self.label}: {what}")
            raise AssertionError(f"{self.label}: {what}")


def walk(pair: Handing, kind: str, kill_at: KillAt, counts: Counts) -> None:
    """Walk one handover, with a login that none was about before.

    Args:
        pair: The two.
        kind: How it goes: "sealed", "reset", "withdrawn" or "refused".
        kill_at: Where each command is killed.
        counts: What came of it.

    Raises:
        AssertionError: Something did not hold; it is counted, too.
    """
    label = f"Login {counts.walks}"
    secret = f"Geheimnis {counts.walks} von Erika"
    assert pair.giver("secret", "store", label, stdin=secret)[0] == 0
    counts.walks += 1
    one = Walk(pair, label, pair.logins[label], kill_at, counts, secret, secret)
    getattr(one, kind)()


def _read(text: str) -> str:
    """Return what an entry of a keyring holds; what has several parts is no password."""
    try:
        part = read_entry(Secret(text))
        return join([part]).reveal() if part.count == 1 else ""
    except DamagedEntryError:
        return ""


@contextmanager
def _records(person: Person) -> Iterator[Any]:
    registry = open_registry(person.registry)
    try:
        with registry.reading() as session:
            yield session
    finally:
        registry.close()
