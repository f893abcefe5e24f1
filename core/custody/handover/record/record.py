"""What a handover record tells: who gave what to whom, each step, what is open, who signed, and with which keys.

All of it comes from the statements themselves; the maker of the record adds what the people are called and how each
key was verified. There is no room for a secret in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.custody.handover.course import BY_HEAD, Course, course_of, may_say
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import ItemCourse
from core.custody.handover.record.grade import Grade, grade_of, weakest
from core.custody.handover.record.record_file import RecordFile
from core.custody.handover.turns import Turn
from core.custody.identity.cards import Card
from core.custody.identity.circle import Standing
from core.model.choices import Act, ItemKind, ItemState, Occasion, Way


@dataclass(frozen=True, slots=True)
class Party:
    """One of the people of a handover.

    Attributes:
        id: The id of the person.
        name: What they are called: as they signed, else as the maker's registry calls them; may be empty.
        signed: Where and when they signed which statements, the oldest first.
        last_head: The last head of the log that they had seen when they signed, empty where they never did.
    """

    id: UUID
    name: str
    signed: tuple[Step, ...]
    last_head: str


@dataclass(frozen=True, slots=True)
class Step:
    """One signed statement.

    Attributes:
        place: Its number in the record, from 1.
        act: What was said.
        person: Who said it.
        name: What they are called on their card.
        device: At which computer.
        card: The fingerprint of the card.
        number: Which statement of that card it is.
        made_at: When, by the clock of that computer.
        head: The last head of the log that they had seen.
        things: The places of the things of which it was said.
        about: What else was said, as in the statement.
        digest: SHA-256 of the statement.
    """

    place: int
    act: Act
    person: UUID
    name: str
    device: str
    card: str
    number: int
    made_at: datetime
    head: str
    things: tuple[int, ...]
    about: Mapping[str, str | int | None] = field(hash=False)
    digest: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was handed over.

    Attributes:
        place: Its number in the record, from 1.
        id: The id of its record.
        kind: What sort of thing it is.
        label: What it is called.
        way: How it passed.
        state: How far it passed.
        since: Since when it is there.
        turn: Whose turn it is.
        before: The revision of the secret that was handed over.
        after: The revision that was put in force instead.
        sealed_on: The day on which a sealed file with it left the house.
        answers: What was done and seen, by question.
        still_open: The questions without an answer that settles them.
        to_be_changed: Whether the secret must be changed, because it left the house and that came to nothing.
        grade: Who vouches for it, and how.
    """

    place: int
    id: UUID
    kind: ItemKind
    label: str
    way: Way
    state: ItemState
    since: datetime
    turn: Turn
    before: int | None
    after: int | None
    sealed_on: date | None
    answers: Mapping[str, str] = field(hash=False)
    still_open: tuple[str, ...]
    to_be_changed: bool
    grade: Grade

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.grade is Grade.OPEN


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A card that signed something, or to which something was sealed.

    Attributes:
        card: The card.
        checked: How the maker of the record had verified it, None where the record does not say.
        checked_on: When.
        certified_by: The card that certified it, None where none did.
        revoked_at: When it was revoked, None where it was not.
    """

    card: Card
    checked: Standing | None
    checked_on: date | None
    certified_by: Card | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """A handover record as it is shown, printed and given to programs.

    Attributes:
        file: The file that it comes from.
        occasion: Why something was handed over, None where the request is missing.
        until: The last day of a cover.
        giver: Who hands over.
        taker: Who takes over; the same person where secrets move to another computer.
        head: The head of press, if one took part.
        things: What was handed over, by its name.
        steps: The statements, the oldest first.
        keys: The cards.
        grade: Who vouches for the whole, and how: as for the weakest of its things.
    """

    file: RecordFile
    occasion: Occasion | None
    until: date | None
    giver: Party
    taker: Party
    head: Party | None
    things: tuple[Thing, ...]
    steps: tuple[Step, ...]
    keys: tuple[SigningKey, ...]
    grade: Grade

    @property
    def signers(self) -> tuple[Party, ...]:
        """Those who sign: giver and taker, each once, and the head of press who closed."""
        some = (self.giver, self.taker, *((self.head,) if self.head is not None else ()))
        return tuple({one.id: one for one in some}.values())

    @property
    def finished_at(self) -> datetime | None:
        """When nothing was open any more, None where something is."""
        return None if any(thing.is_open for thing in self.things) else max(thing.since for thing in self.things)


def record_of(file: RecordFile) -> Record:
    """Return what a record tells, as of the instant at which it was made."""
    course = course_of(file.statements, file.made_at, head=file.known.head)
    counted = [one for one in file.statements if one.matter == course.matter and may_say(one, file.known.head)]
    things = tuple(_things(course, counted))
    steps = tuple(_steps(file.statements, things))
    matter = course.matter
    head = next((step.person for step in steps if step.act in BY_HEAD), None)
    return Record(
        file=file,
        occasion=course.occasion,
        until=course.until,
        giver=_party(matter.giver, steps, file),
        taker=_party(matter.taker, steps, file),
        head=_party(head, steps, file) if head is not None and head not in {matter.giver, matter.taker} else None,
        things=things,
        steps=steps,
        keys=tuple(_keys(file)),
        grade=weakest(thing.grade for thing in things),
    )


def cards_of(file: RecordFile) -> dict[str, Card]:
    """Return all cards in a record by fingerprint: of signers, of those to whom was sealed, of whoever certified."""
    known = file.known
    cards = [card for statement in file.statements for card in (statement.by, *statement.cards)]
    cards += [one.card for one in (*known.certificates, *known.revocations)]
    return {card.fingerprint: card for card in (*cards, *known.cards, file.by)}


def _things(course: Course, counted: Sequence[Statement]) -> Iterable[Thing]:
    items = sorted(course.items.items(), key=lambda one: (one[1].told.label.casefold(), str(one[0][1])))
    for place, (key, item) in enumerate(items, start=1):
        about = [statement for statement in counted if statement.told_of(key) is not None]
        yield _thing(place, item, grade_of(item, about))


def _thing(place: int, item: ItemCourse, grade: Grade) -> Thing:
    return Thing(
        place=place,
        id=item.told.id,
        kind=item.told.kind,
        label=item.told.label,
        way=item.way,
        state=item.state,
        since=item.since,
        turn=item.turn,
        before=item.revision_before,
        after=item.revision_after,
        sealed_on=item.sealed_on,
        answers=item.answers,
        still_open=item.still_open,
        to_be_changed=item.owes_rotation(item.revision_before or 0),
        grade=grade,
    )


def _steps(statements: Iterable[Statement], things: Iterable[Thing]) -> Iterable[Step]:
    places = {(thing.kind, thing.id): thing.place for thing in things}
    for place, statement in enumerate(statements, start=1):
        yield Step(
            place=place,
            act=statement.act,
            person=statement.by.person,
            name=statement.by.name,
            device=statement.by.device,
            card=statement.by.fingerprint,
            number=statement.number,
            made_at=statement.made_at,
            head=statement.head,
            things=tuple(sorted(places[told.key] for told in statement.items if told.key in places)),
            about=statement.about,
            digest=statement.digest,
        )


def _party(person: UUID, steps: Iterable[Step], file: RecordFile) -> Party:
    signed = tuple(step for step in steps if step.person == person)
    named = [card.name for card in cards_of(file).values() if card.person == person]
    name = signed[-1].name if signed else (named or [file.known.people.get(person, "")])[0]
    return Party(person, name, signed, signed[-1].head if signed else "")


def _keys(file: RecordFile) -> Iterable[SigningKey]:
    """Return the cards that matter to a reader: those that signed, or that something was sealed to."""
    cards, known = cards_of(file), file.known
    used = [statement.by.fingerprint for statement in file.statements]
    used += [fingerprint for statement in file.statements for fingerprint in statement.to]
    used += [file.by.fingerprint, *(one.by for one in known.certificates)]
    checked = {one.card: one for one in known.checked}
    certified = {one.card.fingerprint: cards.get(one.by) for one in known.certificates}
    revoked = {one.card.fingerprint: one.created for one in known.revocations}
    for fingerprint in dict.fromkeys(one for one in used if one in cards):
        seen = checked.get(fingerprint)
        yield SigningKey(
            card=cards[fingerprint],
            checked=seen.how if seen else None,
            checked_on=seen.on if seen else None,
            certified_by=certified.get(fingerprint),
            revoked_at=revoked.get(fingerprint),
        )
