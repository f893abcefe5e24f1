"""An office in memory: computers, copies of the registry, mail between them, and platforms that know what works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from core.custody.handover import protocol
from core.custody.handover.course import Course, course_of
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import QUESTIONS, ItemCourse
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.errors import ConflictError
from core.model.choices import Act, ItemKind, Way
from tests.core.custody.handover.looking import glance
from tests.core.custody.handover.memory_party import Crash, Keyring, MemoryParty, Registry, World, card_of
from tests.core.custody.handover.witness import begun_late, noticed

ERIKA, MAX, UTE, MALLORY = (UUID(int=number) for number in (1, 2, 3, 66))
NAMES = {ERIKA: "Erika Mustermann", MAX: "Max Mustermann", UTE: "Ute Muster", MALLORY: "Mallory Beispiel"}
OWNERS = {"erika-1": ERIKA, "erika-2": ERIKA, "max-1": MAX, "max-2": MAX, "ute-1": UTE}
MAIN = {ERIKA: "erika-1", MAX: "max-1", UTE: "ute-1"}
LOGINS = tuple(UUID(int=number) for number in (501, 502, 503))
ROLE, DUTY = UUID(int=601), UUID(int=701)
KINDS = {**dict.fromkeys(LOGINS, ItemKind.CREDENTIAL), ROLE: ItemKind.ACCESS, DUTY: ItemKind.RESPONSIBILITY}
OLD_DEVICE = "max-0"
"""A computer of Max's that was lost long ago; everybody knows that its card is revoked."""
STOPPED = (RefusedError, ConflictError, Crash)


@dataclass(frozen=True)
class Bundle:
    """A file that was sealed, and of which handover."""

    handover: UUID
    data: bytes


@dataclass
class Office:
    """What there is in the world; the secrets that the platforms accept among it.

    Attributes:
        shared: Whether everybody uses one registry by turns, or Max has a copy of his own.
        mail: All statements that were ever made, whoever made them; nothing is ever lost there.
        bundles: All bundles that were ever made.
        live: What each platform accepts.
        set_by: Which computer put it there.
        knows: Who has ever had a secret in a keyring or on the screen.
        handed: By handover and login, the secret that was to be handed over.
        opened: Which computer has opened the bundle of which handover.
        answered: Which computer has opened a bundle with which number of a request.
        ended: Which computer has seen which number of a request come to nothing.
        forgotten: By copy of the registry, the statements that are gone from it.
        free: The prepared secrets that were given up, so that their numbers are free: computer, login and revision.
        broken: Promises that were seen broken on the way.
        refused: How often which code was the answer.
    """

    shared: bool
    world: World = field(default_factory=World)
    desks: dict[str, MemoryParty] = field(default_factory=dict)
    mail: dict[str, Statement] = field(default_factory=dict)
    bundles: list[Bundle] = field(default_factory=list)
    live: dict[UUID, Secret] = field(default_factory=dict)
    set_by: dict[UUID, str] = field(default_factory=dict)
    knows: dict[str, set[UUID]] = field(default_factory=dict)
    handed: dict[tuple[UUID, UUID], Secret] = field(default_factory=dict)
    opened: set[tuple[str, UUID]] = field(default_factory=set)
    answered: set[tuple[str, str]] = field(default_factory=set)
    ended: set[tuple[str, str]] = field(default_factory=set)
    forgotten: dict[int, set[str]] = field(default_factory=dict)
    free: set[tuple[str, UUID, int]] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    made: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    _truths: dict[tuple[UUID, int, date], Course] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        first = Registry(names=dict(NAMES), head=UTE, revoked={card_of(MAX, NAMES[MAX], OLD_DEVICE, 0).fingerprint})
        copies = dict.fromkeys(OWNERS, first)
        if not self.shared:
            own = first.copied()
            copies |= {device: own for device in OWNERS if OWNERS[device] == MAX}
        for device, person in OWNERS.items():
            self.desks[device] = MemoryParty(self.world, Keyring(person, NAMES[person], device), copies[device])
        for desk in self.desks.values():
            for copy in self.copies:
                copy.cards[desk.keyring.card.fingerprint] = desk.keyring.card
        for credential, device in zip(LOGINS, ("erika-1", "erika-1", "max-1"), strict=True):
            self._first_secret(credential, self.desks[device])

    @property
    def copies(self) -> list[Registry]:
        """The copies of the registry, each once."""
        return list({id(desk.copy): desk.copy for desk in self.desks.values()}.values())

    def desk(self, person: UUID) -> MemoryParty:
        """Return the computer at which somebody works, the second one where the first is lost."""
        own = [self.desks[one] for one, owner in OWNERS.items() if owner == person]
        return next((one for one in own if not one.keyring.lost), own[0])

    def verify(self, device: str, other: str) -> None:
        """Two people compare the words of the real cards."""
        for mine, theirs in ((self.desks[device], self.desks[other]), (self.desks[other], self.desks[device])):
            mine.keyring.pins.add(theirs.keyring.card.fingerprint)
            mine.copy.cards[theirs.keyring.card.fingerprint] = theirs.keyring.card

    def new_secret(self) -> Secret:
        """Make a secret that was never there."""
        return Secret(f"geheim-{sha256(str(self.count()).encode()).hexdigest()[:12]}")

    def count(self) -> int:
        """Return a number that was never there."""
        self.made += 1
        return self.made

    def new_handover(self) -> UUID:
        """Return a number for a handover."""
        return UUID(int=9_000 + self.count())

    def forgets(self, copy: Registry, digests: Iterable[str]) -> None:
        """Note that statements are gone from a copy: a backup was put back, or the attacker removed them."""
        self.forgotten.setdefault(id(copy), set()).update(digests)

    def give_up(self, desk: MemoryParty, credential: UUID) -> None:
        """Give up a prepared secret; its number is free."""
        self.free.add((desk.keyring.device, credential, desk.newest(credential)))
        desk.abandon(credential)

    def change_alone(self, desk: MemoryParty, credential: UUID) -> None:
        """Somebody who can log in changes the secret, whatever the handovers are doing."""
        revision = desk.begin_rotation(credential, self.new_secret())
        self.change_on_platform(desk, credential, by_reset=False)
        desk.finish_rotation(credential, revision)
        self.learns(desk.person, self.live[credential])

    def learns(self, person: UUID, secret: Secret) -> None:
        """Note that somebody knows a secret."""
        self.knows.setdefault(secret.reveal(), set()).add(person)

    def attempt(
        self, step: Callable[..., Any], desk: MemoryParty, *args: Any, crash: int | None = None, **more: Any
    ) -> Any:
        """Let somebody do something, which the guards may refuse and a crash may end; what was said goes by mail."""
        before = glance(desk)
        try:
            with self.world.dying_at(crash):
                done = step(desk, *args, **more)
        except STOPPED as error:
            code = str(getattr(error, "code", type(error).__name__))
            self.refused[code] = self.refused.get(code, 0) + 1
            return None
        finally:
            self._see(desk)
            self.broken += noticed(self, desk, before)
        if step is protocol.begin and begun_late(desk, before, args[0], args[1]):
            self.broken.append("3: a change was begun of what somebody else had changed")
        self._post(desk, done)
        return done

    def open(self, desk: MemoryParty, bundle: Bundle, *, crash: int | None = None) -> Any:
        """Open a bundle, which takes effect at most once at each computer."""
        before = dict(desk.keyring.slots) if (desk.keyring.device, bundle.handover) in self.opened else None
        done = self.attempt(protocol.open_, desk, bundle.data, crash=crash)
        if before is not None and desk.keyring.slots != before:
            self.broken.append("6: a bundle took effect twice")
        if done is not None:
            self.opened.add((desk.keyring.device, bundle.handover))
            sealing = desk.copy.statements[done.handover][str(done.about["sealing"])]
            self.answered.add((desk.keyring.device, str(sealing.about["nonce"])))
        return done

    def _post(self, desk: MemoryParty, done: Any) -> None:
        for one in done if isinstance(done, tuple) else (done,):
            if isinstance(one, Statement) and one.digest not in self.mail:
                self.mail[one.digest] = one
                self._look_at(one)
        if isinstance(done, tuple):
            self.bundles.append(Bundle(done[0].handover, done[1]))

    def _look_at(self, statement: Statement) -> None:
        """Look at a statement that was just made: what it gives away, and which secrets are handed over."""
        text = statement.text.decode()
        if any(secret in text or sha256(secret.encode()).hexdigest() in text for secret in self.knows):
            self.broken.append("8: a secret, or its hash, in a statement")
        for told in statement.items:
            if statement.act is Act.SEALING or (statement.act is Act.REQUEST and told.way is Way.RESET):
                is_own = told.way is Way.RESET and OWNERS.get(self.set_by.get(told.id, "")) == statement.taker
                # A registry put back asks anew for what the successor changed already: nobody else knows that.
                handed = Secret("-") if is_own else self.live.get(told.id, Secret("-"))
                self.handed[statement.handover, told.id] = handed

    def change_on_platform(self, desk: MemoryParty, credential: UUID, *, by_reset: bool) -> bool:
        """Set the prepared secret on the platform; who does not know the old one needs the office's mailbox."""
        new = desk.held(credential, desk.newest(credential))
        holds = any(one == self.live[credential] for slot, one in desk.keyring.slots.items() if slot[0] == credential)
        if new is None or not (holds or by_reset):
            return False
        self.live[credential], self.set_by[credential] = new, desk.keyring.device
        return True

    def logs_in(self, desk: MemoryParty, credential: UUID, revision: int) -> bool:
        """Say whether what a keyring holds as a revision opens the account."""
        return desk.held(credential, revision) == self.live[credential]

    def answers(self, desk: MemoryParty, course: ItemCourse) -> Mapping[str, str] | None:
        """Answer the questions of one thing truthfully; None where the login does not work, so that nobody confirms."""
        told = course.told
        if told.kind is ItemKind.CREDENTIAL and not self.logs_in(desk, told.id, desk.newest(told.id)):
            return None
        asked = dict.fromkeys(QUESTIONS.get(told.way, ()), "yes")
        return asked | ({"login-seen": date.isoformat(desk.now.date())} if asked else {})

    def handovers(self) -> list[UUID]:
        """Return all handovers that were ever asked for, the newest last."""
        return list(dict.fromkeys(one.handover for one in self.mail.values()))

    def newest(self) -> UUID | None:
        """Return the newest handover that goes on, the newest of all where none does."""
        handovers = self.handovers()[::-1]
        going = (one for one in handovers if any(item.is_open for item in self.truth(one).items.values()))
        return next(going, handovers[0] if handovers else None)

    def truth(self, handover: UUID) -> Course:
        """Return how far a handover is if everything that the two and the head really said is known."""
        key = (handover, len(self.mail), self.world.now.date())
        if key not in self._truths:
            said = [one for one in self.mail.values() if one.handover == handover and self.is_real(one)]
            self._truths[key] = course_of(said, self.world.now)
        return self._truths[key]

    def is_real(self, statement: Statement) -> bool:
        """Say whether a statement is by a key of the office, not by the attacker."""
        return not statement.by.device.startswith("mallory")

    def bring_mail(self, desk: MemoryParty, handover: UUID) -> None:
        """Let somebody take in everything that the mail holds of a handover."""
        known = desk.copy.statements.get(handover, {})
        for digest, one in list(self.mail.items()):
            if one.handover == handover and digest not in known and self.is_real(one):
                self.attempt(protocol.take_in, desk, one)

    def _first_secret(self, credential: UUID, desk: MemoryParty) -> None:
        secret = self.new_secret()
        desk.keyring.slots[credential, 1] = secret
        self.live[credential], self.set_by[credential] = secret, desk.keyring.device
        for copy in self.copies:
            copy.revisions[credential] = 1
            copy.custody.add((desk.person, credential, 1))
            copy.envelopes[credential, 1] = secret
        self.learns(desk.person, secret)

    def _see(self, desk: MemoryParty) -> None:
        for secret in desk.keyring.slots.values():
            self.learns(desk.person, secret)


def thing(item: UUID, way: Way, revision: int | None = None) -> Told:
    """Return one thing as a request names it."""
    return Told(KINDS[item], item, way, revision, f"Konto {item.int}")


def ways_of(item: UUID, *, move: bool, cover: bool) -> Way:
    """Return the way that fits a thing best."""
    if item == ROLE:
        return Way.ROLE
    if item == DUTY:
        return Way.DUTY
    return Way.MOVE if move else Way.COPY if cover else Way.SEALED
