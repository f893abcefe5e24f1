"""What goes wrong, or is done by somebody with bad intent, and may go on to take effect even with all guards on.

Hence the machine tries them more rarely than the rest. What the guards answer, and what then follows, must keep all
promises all the same.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from core.custody.handover import protocol
from core.errors import ConflictError
from core.model.choices import Act, Occasion, Way
from tests.core.custody.handover.attacking import ATTACKS, Attack, bring_bundles, forge, giver_of, taker_of, told_in
from tests.core.custody.handover.betraying import BETRAYALS
from tests.core.custody.handover.memory_party import MemoryParty
from tests.core.custody.handover.office_in_memory import LOGINS, Office, thing
from tests.core.custody.handover.working import release


def swap_the_request(office: Office, handover: UUID, number: int) -> None:
    """Let the giver see the attacker's card in the place of the successor's, and seal."""
    giver = giver_of(office, handover)
    office.forgets(giver.copy, giver.copy.statements.pop(handover, {}))
    forge(office, handover, Act.REQUEST, giver, None, smuggled=bool(number % 2))
    office.attempt(protocol.seal, giver, handover)


def forge_a_confirmation(office: Office, handover: UUID, number: int) -> None:
    """Say that the secret was changed, so that the giver lets go of what still works."""
    giver = giver_of(office, handover)
    way = Way.RESET if number % 4 >= 2 else None
    forge(office, handover, Act.CONFIRMATION, giver, way, smuggled=bool(number % 2))
    release(office, giver, handover, None)


def let_the_registry_forget(office: Office, handover: UUID, _number: int) -> None:
    """Once it is opened, remove all but the requests from the successor's copy, and bring every bundle again."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    _seal(office, handover, giver)
    bring_bundles(office, handover, taker.person)
    forget_all_but_requests(office, handover, taker)
    bring_bundles(office, handover, taker.person)


def ask_for_it_again(office: Office, handover: UUID, _number: int) -> None:
    """The predecessor withdraws, and the successor asks for the same things anew."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    things = [one for one in told_in(office, handover) if one.way is not Way.MOVE]
    if office.attempt(protocol.withdraw, giver, handover) is not None and things:
        office.bring_mail(taker, handover)
        office.attempt(protocol.request, taker, office.new_handover(), giver.person, things, Occasion.LEAVING)


def seal_in_parts(office: Office, handover: UUID, _number: int) -> None:
    """The predecessor seals one thing, and the next one when the first has arrived."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    for item in [one.told.id for one in office.truth(handover).items.values() if giver.newest(one.told.id)]:
        office.bring_mail(giver, handover)
        office.attempt(protocol.seal, giver, handover, [item])
        bring_bundles(office, handover, taker.person)


def change_alone(office: Office, handover: UUID, number: int) -> None:
    """The predecessor changes a secret alone that is sealed or opened already; the successor knows nothing of it."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    _seal(office, handover, giver)
    if number % 2:
        bring_bundles(office, handover, taker.person)
    for one in office.truth(handover).items.values():
        item = one.told.id
        knows = giver.held(item, giver.revision(item)) == office.live.get(item)
        if one.is_open and item in office.live and knows and giver.newest(item) == giver.revision(item):
            with suppress(ConflictError):
                office.change_alone(giver, item)
            bring_bundles(office, handover, taker.person)
            office.attempt(protocol.begin, taker, handover, item, office.new_secret())


def ask_back_for_ones_own(office: Office, handover: UUID, _number: int) -> None:
    """The successor gets a copy for good; the predecessor asks for a copy of it in turn, and gives that back."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    for item in [one for one in LOGINS if giver.newest(one) and giver.person != taker.person]:
        _lend(office, giver, taker, item, None)
        lent = _lend(office, taker, giver, item, giver.now.date())
        if lent is not None:
            office.attempt(protocol.return_, giver, lent, [item])


def _lend(office: Office, giver: MemoryParty, taker: MemoryParty, item: UUID, until: date | None) -> UUID | None:
    """Pass a copy of a login on, from being asked for to being opened; None where it is refused to ask."""
    told, number = thing(item, Way.COPY, taker.revision(item) or None), office.new_handover()
    if office.attempt(protocol.request, taker, number, giver.person, [told], Occasion.COVER, until=until) is None:
        return None
    _seal(office, number, giver)
    bring_bundles(office, number, taker.person)
    return number


def withdraw_and_open(office: Office, handover: UUID, number: int) -> None:
    """The predecessor withdraws; the bundle is opened all the same, or when the registry has forgotten about it."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    _seal(office, handover, giver)
    office.attempt(protocol.withdraw, giver, handover)
    if number % 2:
        office.bring_mail(taker, handover)
        forget_all_but_requests(office, handover, taker)
    bring_bundles(office, handover, taker.person)


def open_too_late(office: Office, handover: UUID, _number: int) -> None:
    """The successor is on leave when the bundle comes, and opens it afterwards."""
    giver = giver_of(office, handover)
    _seal(office, handover, giver)
    office.world.now += timedelta(days=16)
    bring_bundles(office, handover, taker_of(office, handover).person)


def forget_all_but_requests(office: Office, handover: UUID, desk: MemoryParty) -> None:
    """Put one handover back in somebody's copy to where it was when it was asked for."""
    known = desk.copy.statements.get(handover, {})
    gone = [digest for digest, one in known.items() if one.act is not Act.REQUEST]
    for digest in gone:
        del known[digest]
    if not known:
        desk.copy.statements.pop(handover, None)
    office.forgets(desk.copy, gone)


def _seal(office: Office, handover: UUID, giver: MemoryParty) -> None:
    """The predecessor knows all that was said, and seals if it is time for that."""
    office.bring_mail(giver, handover)
    office.attempt(protocol.seal, giver, handover)


MISHAPS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        swap_the_request,
        forge_a_confirmation,
        let_the_registry_forget,
        ask_for_it_again,
        seal_in_parts,
        change_alone,
        ask_back_for_ones_own,
        withdraw_and_open,
        open_too_late,
    )
}
"""All of them, by name."""
WITHOUT_EFFECT: list[Attack] = [*ATTACKS.values(), *BETRAYALS.values()]
"""What takes nobody anything while all guards are on, so that each run tries as many of them as it can."""
