"""What the attacker does who holds the mailbox and writes into every copy, but has no key of the office.

Each attack is tried on one handover. With all guards on, it changes nothing or no more than a mishap would.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pyrage

from core.custody.handover import protocol
from core.custody.handover.formats.abouts import About, cards_text, fingerprints_text
from core.custody.handover.formats.age_armor import armored_age, unarmored_age
from core.custody.handover.formats.bundle import make_bundle
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.handover.item_course import BY_BUNDLE
from core.custody.identity.cards import Card
from core.custody.identity.keys import Keys
from core.model.choices import Act, Occasion, Way
from tests.core.custody.handover.forging import NONCE, forged
from tests.core.custody.handover.memory_party import MemoryParty, card_of, keys_of
from tests.core.custody.handover.office_in_memory import (
    ERIKA,
    LOGINS,
    MAX,
    NAMES,
    OLD_DEVICE,
    UTE,
    Bundle,
    Office,
    thing,
)

Attack: TypeAlias = Callable[[Office, UUID, int], None]

OTHER_REGISTRY = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a002"


def forge(office: Office, handover: UUID, act: Act, desk: MemoryParty, way: Way | None, *, smuggled: bool) -> None:
    """Bring somebody a forged statement: by mail, or straight into their copy of the registry."""
    statement = forged(office, handover, act, way, office.count())
    if smuggled:
        desk.copy.statements.setdefault(handover, {})[statement.digest] = statement
        desk.copy.cards[statement.by.fingerprint] = statement.by
    else:
        office.attempt(protocol.take_in, desk, statement)


def name_somebody_else(office: Office, _handover: UUID, number: int) -> None:
    """Ask with a card under a name that nobody has."""
    card = card_of(MAX, "Max Mustermensch", "mallory-2", 0)
    post(office, office.desk(ERIKA), office.new_handover(), Act.REQUEST, reset(number), card)


def come_from_another_registry(office: Office, _handover: UUID, number: int) -> None:
    """Bring what belongs to another registry."""
    card = card_of(MAX, NAMES[MAX], "mallory-2", 0, OTHER_REGISTRY)
    post(office, office.desk(ERIKA), office.new_handover(), Act.REQUEST, reset(number), card)


def come_from_the_future(office: Office, _handover: UUID, number: int) -> None:
    """Bring what is dated in the future, so that it would count as the newest for ever."""
    later = timedelta(days=30)
    post(office, office.desk(ERIKA), office.new_handover(), Act.REQUEST, reset(number), mallory(MAX), later)


def use_a_stolen_key(office: Office, _handover: UUID, number: int) -> None:
    """Ask with the key of a computer that was lost long ago, whose card everybody knows as revoked."""
    card = card_of(MAX, NAMES[MAX], OLD_DEVICE, 0)
    post(office, office.desk(ERIKA), office.new_handover(), Act.REQUEST, reset(number), card)


def seal_as_a_stranger(office: Office, handover: UUID, number: int) -> None:
    """Seal to the successor with a secret of the attacker's own, which anybody can who has the public key."""
    taker = taker_of(office, handover)
    card = mallory(office.truth(handover).matter.giver)
    if (data := a_bundle(office, handover, card, keys_of(f"{card.device}/0"))) is not None:
        office.open(taker, Bundle(handover, data))


def wrap_it_anew(office: Office, handover: UUID, _number: int) -> None:
    """Decrypt a bundle at one computer, and seal its content to the other one, and to the head of press."""
    matter, giver = office.truth(handover).matter, giver_of(office, handover)
    office.bring_mail(giver, handover)
    office.attempt(protocol.seal, giver, handover)
    others = [one for one in office.desks.values() if one.person in {matter.taker, UTE} and not one.keyring.lost]
    for bundle in [one for one in office.bundles if one.handover == handover][-1:]:
        opened = [(one, plain) for one in others if (plain := _decrypted(one, bundle)) is not None]
        for opener, plain in opened[:1]:
            for desk in [one for one in others if one is not opener]:
                for known in (opener, giver):
                    if known is not desk:
                        office.verify(desk.keyring.device, known.keyring.device)
                to = pyrage.x25519.Recipient.from_str(desk.keyring.card.recipient)
                office.open(desk, Bundle(handover, armored_age(bytes(pyrage.encrypt(plain, [to])))))


# How.


def giver_of(office: Office, handover: UUID) -> MemoryParty:
    """Return the computer of whoever hands over."""
    return office.desk(office.truth(handover).matter.giver)


def taker_of(office: Office, handover: UUID) -> MemoryParty:
    """Return the computer of the successor."""
    return office.desk(office.truth(handover).matter.taker)


def bring_bundles(office: Office, handover: UUID, person: UUID) -> None:
    """Somebody opens all bundles of a handover at each of their computers."""
    desks = [one for one in office.desks.values() if one.person == person and not one.keyring.lost]
    for bundle in [one for one in office.bundles if one.handover == handover]:
        for desk in desks:
            office.open(desk, bundle)


def a_bundle(office: Office, handover: UUID, card: Card, keys: Keys, told: list[Told] | None = None) -> bytes | None:
    """Make a bundle that answers the successor's newest request; None where none is known that asks for one.

    Args:
        office: The office.
        handover: In which handover.
        card: Who allegedly seals.
        keys: The keys of the card.
        told: Which things are in it; those that were asked for unless named.
    """
    taker = taker_of(office, handover)
    asked = [one for one in taker.copy.statements.get(handover, {}).values() if is_mine(one, taker)]
    wanted = [one for one in asked[-1].items if one.way in BY_BUNDLE] if asked else []
    if not wanted:
        return None
    items = told or [replace(one, revision=taker.revision(one.id) or 1) for one in wanted]
    answer: About = {"nonce": asked[-1].about["nonce"], "request": asked[-1].digest}
    return bundle_for(office, taker, asked[-1].matter, card, keys, answer, items)


def bundle_for(
    office: Office, taker: MemoryParty, matter: Matter, card: Card, keys: Keys, asked: About, told: list[Told]
) -> bytes:
    """Make a bundle of secrets that nobody else knows, by any card."""
    to = taker.keyring.card
    expires = (taker.now + timedelta(days=14)).date().isoformat()
    about = {**asked, "expires": expires, "to": fingerprints_text([to])}
    signer = Signer(card, keys, 100_000 + office.count(), "", taker.now)
    sealing = make_statement(Act.SEALING, matter, told, about, signer)
    return make_bundle(sealing, {one.id: office.new_secret() for one in told}, keys, [to])


def _decrypted(desk: MemoryParty, bundle: Bundle) -> bytes | None:
    identity = pyrage.x25519.Identity.from_str(desk.me().keys.age_identity().reveal())
    with suppress(pyrage.DecryptError):
        return bytes(pyrage.decrypt(unarmored_age(bundle.data), [identity]))
    return None


def told_in(office: Office, handover: UUID) -> list[Told]:
    """Return the things of a handover, without what was said of them."""
    return [replace(one.told, facts={}, answers={}) for one in office.truth(handover).items.values()]


def is_mine(statement: Statement, desk: MemoryParty) -> bool:
    """Say whether a statement is a request that was really made at a computer."""
    return statement.act is Act.REQUEST and statement.by == desk.keyring.card


def mallory(person: UUID) -> Card:
    """Return the attacker's card under somebody's name."""
    return card_of(person, NAMES[person], f"mallory-{person.int}", 0)


def reset(number: int) -> Told:
    """Return a login of Erika's that is allegedly to be reset."""
    return thing(LOGINS[number % 2], Way.RESET, 1)


def post(
    office: Office,
    desk: MemoryParty,
    handover: UUID,
    act: Act,
    told: Told,
    card: Card,
    later: timedelta = timedelta(0),
) -> None:
    """Bring somebody a statement by any card about a handover from Erika to Max."""
    about: dict[Act, Any] = {
        Act.REQUEST: {
            "nonce": NONCE,
            "occasion": Occasion.LEAVING.value,
            "until": None,
            "cards": cards_text([card]),
        }
    }
    signer = Signer(card, keys_of(f"{card.device}/0"), 100_000 + office.count(), "", office.world.now + later)
    matter = Matter(card.registry, handover, ERIKA, MAX)
    office.attempt(protocol.take_in, desk, make_statement(act, matter, [told], about.get(act, {}), signer))


ATTACKS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        name_somebody_else,
        come_from_another_registry,
        come_from_the_future,
        use_a_stolen_key,
        seal_as_a_stranger,
        wrap_it_anew,
    )
}
"""All of them, by name."""
