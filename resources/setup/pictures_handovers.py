"""A running handover and the key cards of the demo city: what the pictures of these two pages show.

No keyring is asked, and nobody keeps these keys: they are made for the pictures, and gone with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from resources.setup.picture_window import rest, say_the_keyring_is_open

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from core.custody.handover.formats.items import Told
    from core.custody.handover.formats.statements import Statement
    from core.custody.identity.cards import Card
    from core.custody.identity.circle import Circle
    from core.custody.identity.keys import Keys
    from core.model import Act, Occasion
    from core.registry import Registry
    from gui.app import Sitting

DEVICES = {"Frieda": "SMM-12", "Erika": "Presse-1", "Max": "Presse-3", "Lieschen": "Presse-2", "Otto": "Feuerwache-7"}
_HEAD = "0" * 64
_SAID = {
    "login-seen": "",
    "sessions-ended": "yes",
    "second-factor": "yes",
    "recovery": "yes",
    "roles-removed": "yes",
    "tokens-removed": "not-there",
}


@dataclass
class Someone:
    """Somebody with keys, who signs."""

    card: Card
    keys: Keys
    number: int = 0


@dataclass
class Talk:
    """One handover, in which both say what they would say at their own computers."""

    registry: Registry
    giver: Someone
    taker: Someone
    items: Sequence[Told]
    id: UUID = field(default_factory=uuid4)

    def say(
        self, act: Act, days_ago: int, about: Mapping[str, str | None], items: Sequence[Told] | None = None
    ) -> Statement:
        """Let the one whose turn it is say something, some days ago."""
        from core.custody.handover.formats.statements import Matter, Signer, make_statement
        from core.custody.handover.kept import keep
        from core.model import Act

        who = self.giver if act in {Act.PROPOSAL, Act.SEALING, Act.RELEASE} else self.taker
        who.number += 1
        now = _at(self.registry.today() - timedelta(days=days_ago), 9, 10 + who.number)
        matter = Matter(self.registry.id, self.id, self.giver.card.person, self.taker.card.person)
        told = tuple(self.items if items is None else items)
        said = make_statement(act, matter, told, about, Signer(who.card, who.keys, who.number, _HEAD, now))
        with self.registry.action("Say") as session:
            keep(session, [said], {}, now)
        return said

    def begin(self, occasion: Occasion, days_ago: int) -> Statement:
        """Propose all of it, and ask for it a day later."""
        from core.custody.handover.formats.abouts import cards_text, new_nonce
        from core.model import Act

        self.say(Act.PROPOSAL, days_ago, {"occasion": occasion.value, "until": None})
        about = {"nonce": new_nonce(), "occasion": occasion.value, "until": None}
        return self.say(Act.REQUEST, days_ago - 1, about | {"cards": cards_text([self.taker.card])})

    def seal(self, asked: Statement, days_ago: int) -> None:
        """Seal what goes sealed, and receive it the day after."""
        from core.custody.handover.formats.abouts import fingerprints_text
        from core.custody.handover.item_course import BY_BUNDLE
        from core.model import Act

        some = [one for one in self.items if one.way in BY_BUNDLE]
        expires = self.registry.today() + timedelta(days=14 - days_ago)
        about = {"nonce": str(asked.about["nonce"]), "expires": expires.isoformat(), "request": asked.digest}
        sealed = self.say(Act.SEALING, days_ago, about | {"to": fingerprints_text([self.taker.card])}, some)
        self.say(Act.RECEIPT, days_ago - 1, {"bundle": _HEAD, "sealing": sealed.digest}, some)

    def confirm(self, items: Iterable[Told], days_ago: int) -> Statement:
        """Say that some of it was taken over."""
        from core.model import Act

        day = self.registry.today() - timedelta(days=days_ago)
        return self.say(Act.CONFIRMATION, days_ago, {}, [_confirmed(one, day) for one in items])


def handovers(sitting: Sitting, _home: Path) -> QWidget:
    """Show the page with a handover in which the person at the window is next."""
    chosen = _talked(sitting)
    sitting.workspace.changed.emit(frozenset())
    sitting.window.show_page("handovers", chosen)
    rest(sitting)  # What was changed lets the window look for its keyring, too.
    say_the_keyring_is_open(sitting)
    return sitting.window


def key_cards(sitting: Sitting, _home: Path) -> QWidget:
    """Show the page as it is where a keyring says which cards were verified."""
    from gui.pages.key_cards import KeyCardsPage

    people = _people(sitting.workspace.registry)
    sitting.window.show_page("key-cards")
    rest(sitting)  # The page looks for a keyring, and finds none.
    page = sitting.window.pages.page
    assert isinstance(page, KeyCardsPage), "it was asked for"
    page.show_read(_read(sitting, people))
    page.choose(people["Otto"].card.fingerprint)
    say_the_keyring_is_open(sitting)
    return sitting.window


def _talked(sitting: Sitting) -> UUID:
    """Let three handovers be where they are; return the one that is going on."""
    from core.model import Act, Occasion

    registry = sitting.workspace.registry
    people = _people(registry)
    over = Talk(registry, people["Frieda"], people["Lieschen"], _things(registry, people["Frieda"], 1))
    over.begin(Occasion.LEAVING, 40)
    done = over.confirm(over.items, 36)
    over.say(Act.RELEASE, 35, {"confirmation": done.digest, "paper": None})
    waiting = Talk(registry, people["Otto"], people["Max"], _things(registry, people["Otto"], 3))
    waiting.say(Act.PROPOSAL, 2, {"occasion": Occasion.DUTIES.value, "until": None})
    running = Talk(registry, people["Erika"], people["Max"], _things(registry, people["Erika"], 9))
    running.seal(running.begin(Occasion.DUTIES, 9), 6)
    running.confirm([one for one in running.items if one.label.startswith(("Facebook", "Stadt"))], 1)
    return running.id


def _things(registry: Registry, giver: Someone, many: int) -> list[Told]:
    """Return what hangs on somebody, each in the lightest way, and not too much for a picture."""
    from core.custody.handover.proposing import proposed, told_items
    from core.model import ItemKind, Occasion

    with registry.reading() as session:
        found = proposed(session, giver.card.person, Occasion.LEAVING, registry.today())
        logins = [one for one in found if one.kind is ItemKind.CREDENTIAL and not one.label.startswith("Insta")][:2]
        others = [one for one in found if one.kind is not ItemKind.CREDENTIAL]
        roles = [one for one in others if one.kind is ItemKind.ACCESS]
        duties = [one for one in others if one not in roles]
        return told_items(session, [one.item() for one in [*logins, *roles, *duties[-1:]][:many]])


def _confirmed(told: Told, day: date) -> Told:
    from core.custody.handover.formats.items import Told
    from core.custody.handover.item_course import QUESTIONS

    answers = {name: _SAID[name] or day.isoformat() for name in QUESTIONS.get(told.way, ())}
    revision = told.revision + 1 if told.revision else None
    return Told(told.kind, told.id, told.way, revision, told.label, {}, answers)


@cache
def _people(registry: Registry) -> dict[str, Someone]:
    """Give people keys and cards, and let Erika be head of press and have compared words with some."""
    from core.custody.identity.certifying import name_head
    from core.model import KeyVerification, VerifiedBy

    with registry.action("Cards") as session:
        people = {name: _someone(session, registry, name, place) for place, name in enumerate(DEVICES)}
        name_head(session, people["Erika"].card.person)
        session.flush()
        for name in ("Max", "Lieschen"):
            on, erika = registry.today() - timedelta(days=9), people["Erika"].card.person
            kept = _row(session, people[name].card)
            session.add(KeyVerification(key_card_id=kept.id, person_id=erika, how=VerifiedBy.WORDS, on=on))
        _row(session, people["Frieda"].card).revoked_on = registry.today() - timedelta(days=30)
    return people


def _someone(session: Session, registry: Registry, name: str, place: int) -> Someone:
    from sqlalchemy import select

    from core.custody.identity.cards import Owner, make_card
    from core.custody.identity.keys import Keys, new_seed
    from core.model import KeyCard, Person

    person = session.scalars(select(Person).where(Person.given_name == name)).one()
    keys, made_on = Keys(new_seed()), registry.today() - timedelta(days=60 - 9 * place)
    owner = Owner(registry.id, person.id, person.name, DEVICES[name], uuid4())
    card = make_card(owner, keys, _at(made_on, 10, 20 + place))
    session.add(
        KeyCard(
            person_id=person.id,
            store_id=card.store,
            text=card.text.decode(),
            fingerprint=card.fingerprint,
            created_on=made_on,
        )
    )
    return Someone(card, keys)


def _row(session: Session, card: Card) -> Any:
    from core.custody.identity.enrolling import card_row

    found = card_row(session, card.fingerprint)
    assert found is not None, "it was written just now"
    return found


def _read(sitting: Sitting, people: Mapping[str, Someone]) -> Any:
    """Return what a keyring would say: the own card, and two that were verified by words."""
    from core.custody.custodian import Custodian
    from core.custody.identity.listing import rows_of
    from gui.key_cards import CardsRead

    registry = sitting.workspace.registry
    circle, erika = _circle(registry, people), people["Erika"].card
    rows = rows_of(circle, Custodian(registry, cast("Any", None), registry.today()))
    return CardsRead(tuple(rows), circle.cards, {}, erika.person, erika.fingerprint, erika.person, frozenset())


def _circle(registry: Registry, people: Mapping[str, Someone]) -> Circle:
    from core.custody.identity.circle import Circle, Listed
    from core.custody.identity.enrolling import Identity
    from core.custody.identity.pins import Pin, Pins
    from core.model import VerifiedBy

    on = registry.today() - timedelta(days=9)
    pins = Pins(tuple(Pin(people[name].card.fingerprint, VerifiedBy.WORDS, on) for name in ("Max", "Lieschen")))
    cards = {one.card.fingerprint: Listed(one.card, None, None) for one in people.values()}
    erika = people["Erika"]
    me = Identity(erika.card, erika.keys, cast("Any", None))
    names = {one.card.person: one.card.name for one in people.values()}
    return Circle(registry.id, erika.card.store, me, pins, cards, {}, names, erika.card.person)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)
