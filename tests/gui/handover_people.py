"""Handovers in tests of the window: what was said by whom, without anybody's keyring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.custody.handover.formats.abouts import About, cards_text, new_nonce
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.handover.kept import keep
from core.i18n import N_
from core.model import Act, ItemKind, Occasion, Way
from tests.gui.key_card_people import Colleague

HEAD = "0" * 64
YES = dict.fromkeys(("sessions-ended", "second-factor", "recovery", "roles-removed", "tokens-removed"), "yes")


def thing(label: str, way: Way) -> Told:
    """Return something that is handed over; it need not be known to the registry."""
    kind = {Way.DUTY: ItemKind.RESPONSIBILITY, Way.ROLE: ItemKind.ACCESS}.get(way, ItemKind.CREDENTIAL)
    return Told(kind, uuid4(), way, 1 if kind is ItemKind.CREDENTIAL else None, label)


class Talk:
    """One handover, in which both say what they would say at their own computers."""

    def __init__(self, desk: Any, giver: Colleague, taker: Colleague, items: Sequence[Told]) -> None:
        self.desk, self.giver, self.taker, self.items = desk, giver, taker, tuple(items)
        self.id = uuid4()
        self.now = datetime.now(UTC) - timedelta(days=3)
        self._number = 0

    def propose(self, occasion: Occasion = Occasion.LEAVING) -> Statement:
        """The giver proposes."""
        return self._say(Act.PROPOSAL, self.giver, self.items, {"occasion": occasion.value, "until": None})

    def ask(self, occasion: Occasion = Occasion.LEAVING, until: date | None = None) -> Statement:
        """The taker asks."""
        last = until.isoformat() if until is not None else None
        cards = cards_text([self.taker.card])
        about = {"nonce": new_nonce(), "occasion": occasion.value, "until": last, "cards": cards}
        return self._say(Act.REQUEST, self.taker, self.items, about)

    def confirm(self, *items: Told) -> Statement:
        """The taker confirms some of it."""
        answered = [
            Told(one.kind, one.id, one.way, 2 if one.revision else None, one.label, {}, self._answers(one))
            for one in items or self.items
        ]
        return self._say(Act.CONFIRMATION, self.taker, answered, {})

    def release(self, confirmed: Statement) -> Statement:
        """The giver lets go of what was confirmed."""
        items = [Told(one.kind, one.id, one.way, one.revision, one.label) for one in confirmed.items]
        return self._say(Act.RELEASE, self.giver, items, {"confirmation": confirmed.digest, "paper": None})

    def refuse(self, *items: Told) -> Statement:
        """The taker refuses some of it."""
        return self._say(Act.REFUSAL, self.taker, items or self.items, {"reason": "Nicht mein Kanal"})

    def _answers(self, one: Told) -> dict[str, str]:
        day = self.now.date().isoformat()
        match one.way:
            case Way.DUTY:
                return {}
            case Way.ROLE:
                return {"login-seen": day, "roles-removed": "no"}
            case _:
                return {"login-seen": day, **YES, "recovery": "no"}

    def _say(self, act: Act, who: Colleague, items: Sequence[Told], about: About) -> Statement:
        self._number += 1
        self.now += timedelta(hours=2)
        matter = Matter(self.desk.registry.id, self.id, self.giver.person, self.taker.person)
        signer = Signer(who.card, who.keys, self._number, HEAD, self.now)
        said = make_statement(act, matter, tuple(items), about, signer)
        with self.desk.registry.action(N_("Say")) as session:
            keep(session, [said], {}, self.now)
        self.desk.settle()
        return said


def me(desk: Any, person: UUID, name: str) -> Colleague:
    """Return the person here as somebody who signs; their keyring is not needed for what others see."""
    return Colleague(desk, name, "PC-114", person)
