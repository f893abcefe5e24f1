"""The stage for attacks on handovers: Erika hands a login to Max, and Mallory is between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from core.custody.handover import protocol
from core.custody.handover.formats.abouts import fingerprints_text
from core.custody.handover.formats.bundle import make_bundle
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.identity.cards import Card
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.model.choices import Act, Occasion, Way
from tests.core.custody.handover.memory_party import MemoryParty, card_of, keys_of
from tests.core.custody.handover.office_in_memory import ERIKA, LOGINS, MAX, NAMES, Office, thing

HANDOVER = UUID(int=9_001)
LOGIN, OTHER_LOGIN = LOGINS[:2]
SECRET = Secret("geheim-vom-angreifer")
OTHER_REGISTRY = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a002"
DIGEST = "0f" * 32


@dataclass
class Stage:
    """Erika hands a login to Max; both have copies of the registry of their own, and Mallory is between them."""

    office: Office

    def __post_init__(self) -> None:
        self.erika, self.max, self.ute = (self.office.desks[one] for one in ("erika-1", "max-1", "ute-1"))
        for device, other in (("erika-1", "max-1"), ("max-1", "ute-1"), ("erika-1", "ute-1")):
            self.office.verify(device, other)

    def ask(self, way: Way = Way.SEALED, handover: UUID = HANDOVER) -> Statement:
        """Max asks Erika for a login."""
        told = thing(LOGIN, way, 1)
        return protocol.request(self.max, handover, ERIKA, [told], Occasion.LEAVING)

    def seal(self) -> bytes:
        """Max asks, and Erika seals."""
        protocol.take_in(self.erika, self.ask())
        return protocol.seal(self.erika, HANDOVER)[1]

    def open(self) -> bytes:
        """Max asks, Erika seals, and Max opens it."""
        bundle = self.seal()
        protocol.take_in(self.erika, protocol.open_(self.max, bundle))
        return bundle

    def confirm(self) -> Statement:
        """Max opens the bundle, changes the secret and confirms."""
        self.open()
        protocol.begin(self.max, HANDOVER, LOGIN, Secret("geheim-neu"))
        return protocol.confirm(self.max, HANDOVER, {LOGIN: {"login-seen": "2026-11-23"}})

    def says(self, act: Act, about: Any, **more: Any) -> Statement:
        """Somebody says something; Mallory under Erika's name, unless told otherwise."""
        card = more.get("card", mallory(ERIKA))
        signer = Signer(card, more.get("keys", keys_of("mallory/0")), more.get("number", 1), "", self.max.now)
        matter = more.get("matter", Matter(card.registry, HANDOVER, ERIKA, MAX))
        told = more.get("told", thing(LOGIN, Way.SEALED, more.get("revision", 1)))
        return make_statement(act, matter, [told], about, signer)

    def sealing(self, **more: Any) -> Statement:
        """Somebody says that there is a bundle for Max, in answer to his request."""
        asked = next(one for one in self.max.statements(HANDOVER) if one.act is Act.REQUEST)
        about = {
            "nonce": asked.about["nonce"],
            "expires": "2026-12-07",
            "to": fingerprints_text([more.get("to", self.max.keyring.card)]),
            "request": asked.digest,
        }
        return self.says(Act.SEALING, about | more.pop("told_about", {}), **more)

    def by_erika(self) -> dict[str, Any]:
        """Return what makes a statement really hers."""
        return {"card": self.erika.keyring.card, "keys": keys_of("erika-1/0")}

    def by_max(self) -> dict[str, Any]:
        """Return what makes a statement really his."""
        return {"card": self.max.keyring.card, "keys": keys_of("max-1/0")}

    def bundle(self, **more: Any) -> bytes:
        """Somebody makes a bundle that Max can decrypt."""
        keys = more.get("keys", keys_of("mallory/0"))
        return make_bundle(self.sealing(**more), {LOGIN: SECRET}, keys, [self.max.keyring.card])


def mallory(person: UUID, name: str | None = None, registry: str | None = None) -> Card:
    """Return a card that Mallory made under somebody's name."""
    return card_of(person, name or NAMES[person], "mallory", 0, *([registry] if registry else []))


def refused(stage: Stage, desk: MemoryParty, step: Callable[..., Any], *args: Any, **more: Any) -> str:
    """Return with which code something is refused; nothing may be written by it, neither there nor in the registry."""
    office = stage.office
    before = [(dict(one.keyring.slots), set(one.keyring.marks), one.copy.copied()) for one in office.desks.values()]
    with pytest.raises(RefusedError) as error:
        step(desk, *args, **more)
    after = [(dict(one.keyring.slots), set(one.keyring.marks), one.copy.copied()) for one in office.desks.values()]
    assert before == after
    return str(error.value.code)
