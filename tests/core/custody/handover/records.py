"""Handovers from the first step to the last, and records of them, for tests of what a record tells and of its check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from core.custody.handover.formats.abouts import About, cards_text, fingerprints_text
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.handover.record.record_file import RecordFile, make_record_file
from core.custody.handover.record.record_known import Checked, Known
from core.custody.identity.circle import Standing
from core.custody.identity.statements import Said
from core.custody.identity.statements import make_statement as say_of_card
from core.model.choices import Act, ItemKind, Occasion, Way
from tests.core.custody.handover.parties import DIGEST, ERIKA, LISA, MATTER, MAX, NONCE, NOW, Human

SECRET = "geheim-9876"
INSTAGRAM = Told(ItemKind.CREDENTIAL, UUID(int=501), Way.SEALED, 3, "Instagram stadt.musterstadt")
FACEBOOK = Told(ItemKind.CREDENTIAL, UUID(int=502), Way.RESET, 1, "Facebook Stadt Musterstadt")
LINKEDIN = Told(ItemKind.ACCESS, UUID(int=503), Way.ROLE, None, "LinkedIn Musterstadt, Administration")
NEWSLETTER = Told(ItemKind.RESPONSIBILITY, UUID(int=504), Way.DUTY, None, "Newsletter, verantwortlich")
ALL = (INSTAGRAM, FACEBOOK, LINKEDIN, NEWSLETTER)
CHECKS: dict[str, str] = {
    "login-seen": "2026-11-24",
    "sessions-ended": "yes",
    "second-factor": "yes",
    "recovery": "yes",
    "roles-removed": "yes",
    "tokens-removed": "not-there",
}
MAKER = Human(4, "Nina Muster")


@dataclass
class Talk:
    """The statements of a handover, an hour between any two; numbers go up by person."""

    statements: list[Statement] = field(default_factory=list)
    now: datetime = NOW
    numbers: dict[UUID, int] = field(default_factory=dict)
    matter: Matter = MATTER
    giver: Human = field(default_factory=lambda: ERIKA)
    taker: Human = field(default_factory=lambda: MAX)
    head: Human = field(default_factory=lambda: LISA)

    def says(self, who: Human, act: Act, items: Sequence[Told], about: About | None = None) -> Statement:
        """Let somebody say something."""
        self.now += timedelta(hours=1)
        self.numbers[who.id] = number = self.numbers.get(who.id, 0) + 1
        signer = Signer(who.card, who.keys, number, f"{len(self.statements):02x}" * 32, self.now)
        self.statements.append(make_statement(act, self.matter, items, about or {}, signer))
        return self.statements[-1]

    def ask(self, items: Sequence[Told] = ALL, until: date | None = None) -> Statement:
        """Let the taker ask for things."""
        occasion = Occasion.COVER if until else Occasion.LEAVING
        about = {"nonce": NONCE, "occasion": occasion.value, "until": until.isoformat() if until else None}
        return self.says(self.taker, Act.REQUEST, items, about | {"cards": cards_text([self.taker.card])})

    def seal(self, request: Statement, items: Sequence[Told] = (INSTAGRAM,), **other: str) -> Statement:
        """Let the giver seal."""
        about = {"nonce": NONCE, "expires": "2026-12-07", "to": fingerprints_text([self.taker.card])}
        return self.says(self.giver, Act.SEALING, items, about | {"request": request.digest} | other)

    def open(self, sealing: Statement, items: Sequence[Told] = (INSTAGRAM,)) -> Statement:
        """Let the taker open."""
        return self.says(self.taker, Act.RECEIPT, items, {"bundle": DIGEST, "sealing": sealing.digest})

    def confirm(self, items: Sequence[Told] = ALL, answers: Mapping[str, str] = CHECKS) -> Statement:
        """Let the taker confirm."""
        return self.says(self.taker, Act.CONFIRMATION, [_confirmed(one, answers) for one in items])

    def release(self, confirmation: Statement, items: Sequence[Told] = ALL[:3], paper: str | None = None) -> Statement:
        """Let the giver release."""
        return self.says(self.giver, Act.RELEASE, items, {"confirmation": confirmation.digest, "paper": paper})

    def close(self, items: Sequence[Told] = ALL[:3], who: Human | None = None, paper: str | None = None) -> Statement:
        """Let the head of press close."""
        about = {"reason": "Frau Mustermann ist ausgeschieden.", "paper": paper}
        return self.says(who or self.head, Act.CLOSING, items, about)


def _confirmed(told: Told, answers: Mapping[str, str]) -> Told:
    """Return what is confirmed of a thing: a newer revision where there is a secret, and what was checked."""
    if told.way is Way.DUTY:
        return told
    roles = {name: answers[name] for name in ("login-seen", "roles-removed") if name in answers}
    newer = told.revision + 1 if told.revision is not None else None
    return replace(told, revision=newer, answers=roles if told.way is Way.ROLE else dict(answers))


def talk_in(registry: str, handover: UUID = MATTER.handover, now: datetime = NOW) -> Talk:
    """Begin a handover of the same people in another registry."""
    giver, taker, head = (Human(one.number, one.name, registry) for one in (ERIKA, MAX, LISA))
    matter = Matter(registry, handover, giver.id, taker.id)
    return Talk(now=now, matter=matter, giver=giver, taker=taker, head=head)


def whole(talk: Talk | None = None, *, by_head: bool = False) -> Talk:
    """Tell a handover of four things in four ways, from asking to releasing."""
    talk = talk or Talk()
    talk.open(talk.seal(talk.ask()))
    confirmation = talk.confirm()
    if by_head:
        talk.close()
    else:
        talk.release(confirmation)
    return talk


def known(**other: object) -> Known:
    """Tell what Nina knows: Lisa is head of press and certified Max's card; Nina compared words with Erika."""
    certificate = say_of_card(Said.CERTIFIED, MAX.card, LISA.card, LISA.keys, NOW)
    told = Known(
        city="Stadt Musterstadt",
        people={one.id: one.name for one in (ERIKA, MAX, LISA, MAKER)},
        head=LISA.id,
        checked=(
            Checked(ERIKA.card.fingerprint, Standing.WORDS, NOW.date()),
            Checked(MAX.card.fingerprint, Standing.CERTIFICATE, NOW.date()),
            Checked(LISA.card.fingerprint, Standing.NO, None),
            Checked(MAKER.card.fingerprint, Standing.OWN, None),
        ),
        certificates=(certificate,),
        cards=(LISA.card,),
    )
    return replace(told, **other)  # type: ignore[arg-type]  # a test names what it wants otherwise


def record_file(talk: Talk | None = None, **other: object) -> RecordFile:
    """Make a record of a handover, an hour after its last step."""
    talk = talk or whole()
    now = talk.now + timedelta(hours=1)
    return make_record_file(talk.statements, known(**other), Signer(MAKER.card, MAKER.keys, 1, "fe" * 32, now))
