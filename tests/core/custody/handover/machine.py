"""The state machine of handovers: two who give and take, a head of press, an attacker, and all that goes wrong."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.custody.handover import protocol
from core.errors import ConflictError
from core.model.choices import Act, Occasion, Way
from tests.core.custody.handover.attacking import forge
from tests.core.custody.handover.memory_party import Registry
from tests.core.custody.handover.mishaps import MISHAPS, WITHOUT_EFFECT
from tests.core.custody.handover.office_in_memory import (
    DUTY,
    ERIKA,
    LOGINS,
    MAX,
    OWNERS,
    ROLE,
    Office,
    thing,
)
from tests.core.custody.handover.promises import Promises
from tests.core.custody.handover.working import LOST_CARD, WAYS, ask, break_glass, do_next, release

NUMBERS = st.integers(0, 999)
SEEDS = st.integers(0, 2**24 - 1)
CRASHES = st.one_of(st.none(), st.none(), st.integers(0, 9))
DEVICES = st.sampled_from(sorted(OWNERS))
THINGS = (*LOGINS, ROLE, DUTY)
FORGED = st.sampled_from([None, Way.RESET])
PAIRS = (("erika-1", "max-1"), ("max-1", "ute-1"), ("erika-1", "ute-1"))
ASKED = st.tuples(
    st.sampled_from([ERIKA, MAX, MAX]),
    st.sampled_from([Way.SEALED, Way.SEALED, Way.RESET, Way.COPY]),
    st.sets(st.sampled_from(THINGS), min_size=1, max_size=3),
    st.integers(-1, 1).map(lambda number: number * 20),
    st.integers(0, 7).map(lambda number: number == 7),
)
REACHED: Counter[str] = Counter()
"""How often each state was reached: once a handover, thing and copy of the registry, in all runs of this process."""


class Handovers(RuleBasedStateMachine):
    """Everything that people, crashes, clocks, backups and an attacker may do, in any order."""

    @initialize(seed=SEEDS, asked=ASKED, tricks=st.integers(1, 4))
    def found(self, seed, asked, tricks):
        """Begin with one handover, in which somebody tries all sorts of things from the beginning.

        What is tried follows from numbers: drawn one by one, a run would too often be nearly the one before.
        """
        self.chance = Random(seed)
        self.office = Office(shared=self.chance.random() < 0.5)
        self.promises = Promises(self.office)
        self.backups: dict[int, Registry] = {}
        for device, other in PAIRS if self.chance.random() < 0.9 else ():
            self.office.verify(device, other)
        ask(self.office, asked, None)
        for _one in range(tricks):
            self._try_a_trick()
        self._go_on_against_tricks(tricks)

    # What people do.

    @rule(asked=ASKED, crash=CRASHES)
    def ask(self, asked, crash):
        ask(self.office, asked, crash)

    @rule(chosen=st.sets(st.sampled_from(THINGS), min_size=1, max_size=2), crash=CRASHES)
    def plan(self, chosen, crash):
        desk = self.office.desk(ERIKA)
        things = [thing(one, WAYS.get(one, Way.SEALED), desk.revision(one) or None) for one in sorted(chosen)]
        self.office.attempt(
            protocol.propose, desk, self.office.new_handover(), MAX, things, Occasion.LEAVING, crash=crash
        )

    @rule(item=st.sampled_from(LOGINS), crash=CRASHES)
    def move(self, item, crash):
        desk, second = self.office.desk(ERIKA), self.office.desks["erika-2"]
        if desk is second:
            return
        self.office.verify(desk.keyring.device, "erika-2")
        things = [thing(item, Way.MOVE, second.revision(item))]
        self.office.attempt(
            protocol.request, second, self.office.new_handover(), ERIKA, things, Occasion.MOVE, crash=crash
        )

    @rule(number=NUMBERS, steps=st.integers(1, 6), crash=CRASHES)
    def go_on(self, number, steps, crash):
        """Do what comes next in a handover, as both see it who exchange everything."""
        for done in range(steps):
            self._promises_hold_between(done)
            if (handover := self._handover(number)) is not None:
                do_next(self.office, handover, crash)

    @rule(steps=st.integers(1, 6), crash=CRASHES)
    def go_on_with_the_newest(self, steps, crash):
        for done in range(steps):
            self._promises_hold_between(done)
            if (newest := self.office.newest()) is not None:
                do_next(self.office, newest, crash)

    @rule(steps=st.integers(1, 4), seed=SEEDS)
    def go_on_against_tricks(self, steps, seed):
        self.chance = Random(seed)
        self._go_on_against_tricks(steps)

    @rule(steps=st.integers(1, 4), seed=SEEDS)
    def go_on_against_other_tricks(self, steps, seed):
        """Do the same; so important are the tricks that half of the runs must not go without them."""
        self.chance = Random(seed)
        self._go_on_against_tricks(steps)

    @rule(steps=st.integers(1, 6))
    def go_on_without_a_crash(self, steps):
        for done in range(steps):
            self._promises_hold_between(done)
            if handovers := self.office.handovers():
                do_next(self.office, handovers[-1 - done % min(2, len(handovers))], None)

    @rule(
        number=NUMBERS,
        device=DEVICES,
        act=st.sampled_from(["refuse", "withdraw", "close_as_head", "supersede", "release", "return_"]),
        crash=CRASHES,
    )
    def say(self, number, device, act, crash):
        desk, handover = self.office.desks[device], self._handover(number)
        if handover is None:
            return
        match act:
            case "supersede":
                self.office.attempt(protocol.supersede, desk, handover, LOST_CARD, crash=crash)
            case "release":
                release(self.office, desk, handover, crash)
            case _:
                self.office.attempt(getattr(protocol, act), desk, handover, crash=crash)

    @rule(number=NUMBERS, how=st.sampled_from(["withdrawn", "refused", "late"]), crash=CRASHES)
    def it_comes_to_nothing(self, number, how, crash):
        if (handover := self._handover(number)) is None:
            return
        matter = self.office.truth(handover).matter
        match how:
            case "withdrawn":
                self.office.attempt(protocol.withdraw, self.office.desk(matter.giver), handover, crash=crash)
            case "refused":
                self.office.attempt(protocol.refuse, self.office.desk(matter.taker), handover, crash=crash)
            case _:
                self.office.world.now += timedelta(days=15)

    @rule(number=NUMBERS, device=DEVICES, crash=CRASHES)
    def seal(self, number, device, crash):
        if (handover := self._handover(number)) is not None:
            self.office.attempt(protocol.seal, self.office.desks[device], handover, crash=crash)

    @rule(number=NUMBERS, device=DEVICES, crash=CRASHES)
    def open_any_bundle(self, number, device, crash):
        if self.office.bundles:
            bundle = self.office.bundles[number % len(self.office.bundles)]
            self.office.open(self.office.desks[device], bundle, crash=crash)

    @rule(number=NUMBERS, device=DEVICES, crash=CRASHES)
    def take_in_any_statement(self, number, device, crash):
        if self.office.mail:
            statement = list(self.office.mail.values())[number % len(self.office.mail)]
            self.office.attempt(protocol.take_in, self.office.desks[device], statement, crash=crash)

    @rule(device=DEVICES, item=st.sampled_from(LOGINS))
    def change_what_is_owed(self, device, item):
        """Change a secret by oneself where that is asked for, as the page of the logins does."""
        desk = self.office.desks[device]
        holds = desk.held(item, desk.revision(item)) == self.office.live[item]
        in_progress = any(
            (one := self.office.truth(handover).item(item)) and one.is_open for handover in self.office.handovers()
        )
        if holds and desk.owes_rotation(item) and not in_progress and desk.newest(item) == desk.revision(item):
            with suppress(ConflictError):
                self.office.change_alone(desk, item)

    @rule(device=DEVICES, item=st.sampled_from(LOGINS))
    def give_up_a_prepared_secret(self, device, item):
        desk = self.office.desks[device]
        newest = desk.newest(item)
        if newest > desk.revision(item) and desk.held(item, newest) != self.office.live[item]:
            self.office.give_up(desk, item)

    # What goes wrong.

    @rule(days=st.sampled_from([1, 2, 9, 15, 30]))
    def time_passes(self, days):
        self.office.world.now += timedelta(days=days)

    @rule(device=DEVICES, days=st.integers(-20, 20))
    def a_clock_jumps(self, device, days):
        self.office.desks[device].keyring.ahead = timedelta(days=days)

    @rule(device=st.sampled_from(["erika-2", "max-1", "max-1", "erika-1"]), sure=st.integers(0, 3))
    def a_machine_is_lost(self, device, sure):
        desk = self.office.desks[device]
        if sure or desk.keyring.lost:
            return
        for copy in self.office.copies:
            copy.revoked.add(desk.keyring.card.fingerprint)
        desk.keyring.lost = True
        desk.keyring.slots.clear()
        break_glass(self.office)

    @rule(device=DEVICES)
    def a_keyring_is_enrolled_anew(self, device):
        desk = self.office.desks[device]
        desk.keyring.turn += 1
        desk.copy.cards[desk.keyring.card.fingerprint] = desk.keyring.card

    @rule(device=DEVICES, other=DEVICES)
    def words_are_compared(self, device, other):
        if device != other:
            self.office.verify(device, other)

    @rule(device=DEVICES, other=DEVICES)
    def a_card_is_revoked(self, device, other):
        """Somebody revokes their own card; the other copy learns of it later, or never."""
        desk, mine = self.office.desks[other], self.office.desks[device].keyring
        desk.copy.revoked.add(mine.card.fingerprint)

    @rule(number=st.integers(0, 1))
    def a_backup_is_made(self, number):
        copy = self.office.copies[number % len(self.office.copies)]
        self.backups[id(copy)] = copy.copied()

    @rule(number=st.integers(0, 1))
    def a_backup_is_put_back(self, number):
        copy = self.office.copies[number % len(self.office.copies)]
        if (backup := self.backups.get(id(copy))) is None:
            return
        older = backup.copied()
        forgotten = {digest for known in copy.statements.values() for digest in known}
        copy.statements, copy.revisions, copy.custody = older.statements, older.revisions, older.custody
        copy.cards, copy.revoked = older.cards | copy.cards, older.revoked | copy.revoked
        self.promises.forget_registry(copy)
        self.office.forgets(copy, forgotten)
        for desk in [one for one in self.office.desks.values() if one.copy is copy]:
            for bundle in self.office.bundles:
                self.office.open(desk, bundle)

    # What the attacker and those do who lie.

    @rule(number=NUMBERS, act=st.sampled_from(list(Act)), device=DEVICES, smuggled=st.booleans(), way=FORGED)
    def a_statement_is_forged(self, number, act, device, smuggled, way):
        if (handover := self._handover(number)) is not None:
            forge(self.office, handover, act, self.office.desks[device], way, smuggled=smuggled)

    @rule(number=NUMBERS, what=st.sampled_from([*WITHOUT_EFFECT, *MISHAPS.values()]))
    def anything_is_tried(self, number, what):
        if (handover := self._handover(number)) is not None:
            what(self.office, handover, number)

    @invariant()
    def all_promises_hold(self):
        if hasattr(self, "promises"):
            broken = self.promises.broken()
            assert not broken, broken

    def teardown(self):
        if hasattr(self, "promises"):
            REACHED.update(state.value for _copy, _handover, _item, state in self.promises.reached)

    # How.

    def _go_on_against_tricks(self, steps: int) -> None:
        for done in range(steps):
            self._promises_hold_between(done)
            self._try_a_trick()
            if (handover := self.office.newest()) is not None:
                do_next(self.office, handover, None)

    def _promises_hold_between(self, done: int) -> None:
        """Ask between two steps of one rule; before and after it they are asked anyway."""
        if done:
            self.all_promises_hold()

    def _try_a_trick(self) -> None:
        """Try a trick on the newest handover, now and then a mishap, after which it is often over."""
        tricks = list(MISHAPS.values()) if self.chance.random() < 0.2 else WITHOUT_EFFECT
        if (handover := self.office.newest()) is not None:
            self.chance.choice(tricks)(self.office, handover, self.chance.randrange(1_000))
            self.all_promises_hold()

    def _handover(self, number: int) -> UUID | None:
        handovers = self.office.handovers()
        return handovers[number % len(handovers)] if handovers else None
