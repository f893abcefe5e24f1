"""Walk handovers in two windows that meet through a shared folder, each killed at durable steps and opened again.

After each kill somebody's keyring must hold what opens the account; at the end everything happened just once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from core.custody.handover.formats.statements import read_statement_file
from core.custody.handover.mailbox import FolderMailbox, statement_name
from core.custody.handover.possible import Doing
from core.model import ItemState
from tests.core.cli.handing import MAX, Handing
from tests.core.cli.staff import Person
from tests.endurance.killed_handovers import Counts, Walk
from tests.endurance.killed_windows import Order, Sat, kill_at, sit
from tests.parts.keyrings import SERVICE

MOST_KILLS = 40
"""Nobody is killed more often in one sitting: each thing that is done there is killed once."""

MOST_SITTINGS = 6
"""More turns no handover needs: then it does not come to its end."""


@dataclass(slots=True)
class WindowWalk(Walk):
    """One handover of one login at two windows, which are killed.

    Attributes:
        folder: The shared folder.
        kills: After which durable step of each thing that is done the window is killed (see `Order`).
        done: What was done, by name.
    """

    folder: Path = field(default_factory=Path)
    kills: Mapping[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @property
    def platform(self) -> Path:
        """The file that says which secret opens the account."""
        return self.folder.with_suffix(".platform")

    def sealed(self) -> None:
        """Proposed, asked for, sealed, opened, changed, released."""
        self._begin("sealed")
        self._by_turns()
        self._check_closed(["proposal", "request", "sealing", "receipt", "confirmation", "release"])

    def reset(self) -> None:
        """Proposed, asked for, reset, released."""
        self._begin("reset")
        self._by_turns()
        self._check_closed(["proposal", "request", "confirmation", "release"])

    def withdrawn(self) -> None:
        """Sealed, then withdrawn."""
        self._begin("sealed")
        self._sit(self.pair.taker)
        self._sit(self.pair.giver)
        self._sit(self.pair.giver, Doing.WITHDRAW)
        self._broken_off(self.pair.taker, ["proposal", "request", "sealing", "withdrawal"], "withdrawn")

    def refused(self) -> None:
        """Sealed, then refused."""
        self._begin("sealed")
        self._sit(self.pair.taker)
        self._sit(self.pair.giver)
        self._sit(self.pair.taker, Doing.REFUSE)
        self._broken_off(self.pair.giver, ["proposal", "request", "sealing", "refusal"], "refused")

    def _begin(self, way: str) -> None:
        """Let Erika propose; that plans, and does nothing else."""
        self.folder.mkdir()
        self.platform.write_text(json.dumps(self.old), "utf-8")
        file = self.folder.with_suffix(".aussage")
        words = ("handover", "propose", "--to", MAX, "--item", self.label, "--way", way, "--out", file)
        code, _out, err = self.pair.giver(*words)
        assert code == 0, err
        proposal = read_statement_file(file.read_bytes())
        self.handover = str(proposal.handover)
        FolderMailbox(self.folder).put(statement_name(proposal), file.read_bytes())

    def _by_turns(self) -> None:
        """Let both sit down by turns until both know that it is closed."""
        for turn in range(MOST_SITTINGS):
            self._sit(self.pair.both[1 - turn % 2])
            if turn and self._states() == {ItemState.CLOSED.value}:
                return
        self._expect(f"it comes to its end: {self._states()}", False)

    def _broken_off(self, other: Person, acts: Sequence[str], state: str) -> None:
        self._sit(other)
        self._expect(f"both know: {self._states()}", self._states() == {state})
        self._expect("Erika can log in", self._held(self.pair.giver) == [self.live] == [self.old])
        self._expect("Max never could", self._held(self.pair.taker) == [])
        for person in self.pair.both:
            # The sealing says nothing that Max's registry must know: it comes where files were saved once more.
            steps = [one["act"] for one in person.json("handover", "status", self.handover)["steps"]]
            self._check_once(person, [act for act in acts if act != "sealing" or "sealing" in steps])
        self.counts.aborted += 1

    def _states(self) -> set[str]:
        details = [person.json("handover", "status", self.handover) for person in self.pair.both]
        return {item["state"] for detail in details for item in detail["items"]}

    def _sit(self, person: Person, end: Doing | None = None) -> None:
        """Let somebody sit down at the window, and again each time it was killed."""
        killed = frozenset[str]()
        for _time in range(MOST_KILLS):
            sat = self._sat(person, end, killed)
            self.live = json.loads(self.platform.read_text("utf-8"))
            for name in sat.taken.keys() - killed:
                self.counts.steps[name] = min(self.counts.steps.get(name, sat.taken[name]), sat.taken[name])
            if not sat.killed:
                self.done |= sat.taken.keys()
                return
            self.counts.kills += 1
            self.counts.reached.add((sat.killed, kill_at(self.kills, sat.killed)))
            killed |= {sat.killed}
            self._expect(f"killed in {sorted(killed)} at {self.kills}: somebody can log in", self._somebody_holds())
        self._expect(f"it can be gone on with after {sorted(killed)}", False)

    def _somebody_holds(self) -> bool:
        """Look into both keyrings; a daemon that gave up with the program that was killed is started again first."""
        for person in self.pair.both:
            if not person.keyring.bus.has(SERVICE):  # gnome-keyring aborts now and then when a client vanishes.
                person.keyring.start()
                self.counts.revived += 1
        return Walk._somebody_holds(self)

    def _sat(self, person: Person, end: Doing | None, killed: frozenset[str]) -> Sat:
        self.counts.commands += 1
        order = Order(person.place(), person.registry, self.folder, self.platform, UUID(self.handover), end)
        return sit(replace(order, again=bool(killed), kills=self.kills, spared=killed))


def walk_windows(pair: Handing, kind: str, folder: Path, counts: Counts, kills: Mapping[str, int]) -> frozenset[str]:
    """Walk one handover, with a login that none was about before.

    Args:
        pair: The two.
        kind: How it goes: "sealed", "reset", "withdrawn" or "refused".
        folder: Where the shared folder is made.
        counts: What came of it.
        kills: After which durable step of each thing that is done the window is killed (see `Order`).

    Returns:
        What was done, by name.

    Raises:
        AssertionError: Something did not hold; it is counted, too.
    """
    label = f"Login {counts.walks}"
    secret = f"Geheimnis {counts.walks} von Erika"
    assert pair.giver("secret", "store", label, stdin=secret)[0] == 0
    one = WindowWalk(pair, label, pair.logins[label], lambda _name: (), counts, secret, secret)
    one.folder, one.kills = folder / f"Übergabe {counts.walks}", kills
    counts.walks += 1
    getattr(one, kind)()
    return frozenset(one.done)
