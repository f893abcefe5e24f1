"""Two people with keys of their own, and the statements between them, for tests of what is written and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from core.custody.handover.formats.abouts import About, cards_text, fingerprints_text
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.identity.cards import Card, Owner, make_card
from core.custody.identity.keys import Keys, base64_of
from core.custody.secret import Secret
from core.model.choices import Act, ItemKind, Occasion, Way

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
REGISTRY = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a001"
OTHER_REGISTRY = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a002"
NONCE = base64_of(bytes(16))
DIGEST = "0f" * 32


@dataclass
class Human:
    """A person at a desk: keys that follow from a number, a card, and how many statements were signed."""

    number: int
    name: str
    registry: str = REGISTRY
    keys: Keys = field(init=False)
    card: Card = field(init=False)
    said: int = 0

    def __post_init__(self) -> None:
        self.keys = Keys(Secret(base64_of(sha256(self.name.encode()).digest())))
        owner = Owner(self.registry, self.id, self.name, "rathaus-12", UUID(int=1_000 + self.number))
        self.card = make_card(owner, self.keys, NOW)

    @property
    def id(self) -> UUID:
        """The person's id."""
        return UUID(int=self.number)

    def says(self, act: Act, items: Sequence[Told], about: About, matter: Matter | None = None) -> Statement:
        """Make the next statement."""
        self.said += 1
        signer = Signer(self.card, self.keys, self.said, "a1" * 32, NOW)
        return make_statement(act, matter or MATTER, items, about, signer)


ERIKA, MAX, LISA = Human(1, "Erika Mustermann"), Human(2, "Max Mustermann"), Human(3, "Lisa Musterfrau")
MATTER = Matter(REGISTRY, UUID(int=77), ERIKA.id, MAX.id)
INSTAGRAM = Told(ItemKind.CREDENTIAL, UUID(int=501), Way.SEALED, 3, "Instagram stadt.musterstadt")
FACEBOOK = Told(
    ItemKind.CREDENTIAL, UUID(int=502), Way.SEALED, 1, "Facebook", facts={"kind": "password", "login-name": "presse"}
)
ABOUTS: dict[Act, About] = {
    Act.PROPOSAL: {"occasion": Occasion.LEAVING.value, "until": None},
    Act.REQUEST: {"nonce": NONCE, "occasion": Occasion.LEAVING.value, "until": None, "cards": cards_text([MAX.card])},
    Act.SEALING: {
        "nonce": NONCE,
        "expires": "2026-12-07",
        "to": fingerprints_text([MAX.card]),
        "request": DIGEST,
    },
    Act.RECEIPT: {"bundle": DIGEST, "sealing": DIGEST},
    Act.CONFIRMATION: {},
    Act.RELEASE: {"confirmation": DIGEST, "paper": None},
    Act.RETURN: {},
    Act.REFUSAL: {"reason": "Ich übernehme das nicht."},
    Act.WITHDRAWAL: {"reason": ""},
    Act.CLOSING: {"reason": "Frau Mustermann ist ausgeschieden.", "paper": DIGEST},
    Act.SUPERSESSION: {"reason": "Das Notebook ist verloren.", "card": DIGEST},
}


def request() -> Statement:
    """Max asks for both logins."""
    return MAX.says(Act.REQUEST, (INSTAGRAM, FACEBOOK), ABOUTS[Act.REQUEST])


def sealing(by: Human = ERIKA, to: Human = MAX, items: Sequence[Told] = (INSTAGRAM, FACEBOOK)) -> Statement:
    """Erika says what is in the bundle."""
    about = dict(ABOUTS[Act.SEALING]) | {"to": fingerprints_text([to.card]), "request": request().digest}
    return by.says(Act.SEALING, items, about)
