"""What an attacker says under the names of others, with cards of the attacker's own making."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from core.custody.handover.course import BY_GIVER, BY_HEAD
from core.custody.handover.formats.abouts import About, cards_text, fingerprints_text
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Signer, Statement, make_statement
from core.custody.handover.item_course import LOGIN_SEEN, ItemCourse
from core.custody.handover.steps.saying import tell
from core.custody.identity.cards import Card
from core.model.choices import Act, ItemKind, Occasion, Way
from tests.core.custody.handover.memory_party import card_of, keys_of
from tests.core.custody.handover.office_in_memory import NAMES, UTE, Office

DIGEST = "0f" * 32
NONCE = "A" * 22


def forged(office: Office, handover: UUID, act: Act, way: Way | None, number: int) -> Statement:
    """Make a statement under the name of whoever may say such a thing; only its key is not theirs.

    Args:
        office: The office.
        handover: In which handover.
        act: What is said.
        way: How the logins allegedly pass; as they really do unless named.
        number: Which statement it allegedly is.
    """
    course = office.truth(handover)
    matter = course.matter
    speaker = UTE if act in BY_HEAD else matter.giver if act in BY_GIVER else matter.taker
    card = card_of(speaker, NAMES[speaker], f"mallory-{speaker.int}", 0)
    signer = Signer(card, keys_of(f"mallory-{speaker.int}/0"), number, "", office.world.now)
    told = [_told(one, act, way) for one in course.items.values()]
    return make_statement(act, matter, told, _about(office, handover, act, card), signer)


def _told(one: ItemCourse, act: Act, way: Way | None) -> Told:
    answers = {LOGIN_SEEN: "2026-11-23"} if act is Act.CONFIRMATION else {}
    if one.told.kind is not ItemKind.CREDENTIAL:
        return tell(one.told, answers=answers)
    revision = (one.revision_before or 0) + (1 if act is Act.CONFIRMATION else 0)
    return replace(tell(one.told, revision, answers), way=way or one.way)


def _about(office: Office, handover: UUID, act: Act, card: Card) -> About:
    match act:
        case Act.PROPOSAL:
            return {"occasion": Occasion.LEAVING.value, "until": None}
        case Act.REQUEST:
            cards = cards_text([card])
            return {"nonce": NONCE, "occasion": Occasion.LEAVING.value, "until": None, "cards": cards}
        case Act.SEALING:
            to = fingerprints_text([card])
            return {"nonce": NONCE, "expires": "2026-12-31", "to": to, "request": DIGEST}
        case Act.RECEIPT:
            sealed = [one for one in office.mail.values() if one.act is Act.SEALING and one.handover == handover]
            return {"bundle": DIGEST, "sealing": sealed[-1].digest if sealed else DIGEST}
        case Act.RELEASE:
            return {"confirmation": DIGEST, "paper": None}
        case Act.CLOSING:
            return {"reason": "", "paper": None}
        case Act.SUPERSESSION:
            return {"reason": "", "card": DIGEST}
        case Act.REFUSAL | Act.WITHDRAWAL:
            return {"reason": ""}
        case _:
            return {}
