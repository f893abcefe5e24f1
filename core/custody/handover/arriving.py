"""What becomes of a file that arrives: what the registry lacks is shown first, then each file goes to its step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from core.custody.custodian import Custodian
from core.custody.escrow.resealing import seal_missing
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.course import Course
from core.custody.handover.formats.bundle import open_bundle
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.kept import unknown_people
from core.custody.handover.lacking import Difference, Lacking, add_lacking, differences, lacking
from core.custody.handover.previous import clear_previous, clear_released
from core.custody.handover.reading import Found, Sort, told_by
from core.custody.handover.refusing import logged_refusals
from core.custody.handover.steps.bundle_guards import opened_mark
from core.custody.identity.cards import Owner, make_card
from core.custody.identity.certifying import accept_certificate
from core.custody.identity.enrolling import Identity, identity_here
from core.custody.identity.keys import Keys, new_seed
from core.custody.identity.refusals import RefusedError
from core.custody.identity.revoking import take_in_revocation
from core.custody.secret import Secret
from core.custody.vault import Held
from core.i18n import N_
from core.model import Act


@dataclass(slots=True)
class _Foreseen(Actor):
    """The person as a party once the registry has what a statement brings along; for looking ahead only.

    A keyring without a card gets none by a mere look: what is refused must leave nothing in it.
    """

    brought: Statement | None = None
    _guest: Identity | None = field(default=None, repr=False)

    def me(self) -> Identity:
        """Return the identity of this keyring, or one made up for the look, which nobody ever sees."""
        me = self._look().me
        if me is not None and (me.card.registry, me.card.person) == (self.registry, self.person):
            return me
        if self._guest is None:
            keys = Keys(new_seed())
            owner = Owner(self.registry, self.person, Actor.name_of(self, self.person) or "-", "", uuid4())
            self._guest = Identity(make_card(owner, keys, self.now), keys, Held(0, Secret("")))
        return self._guest

    def name_of(self, person: UUID) -> str | None:
        """Return what the registry calls a person, or will."""
        cards = (*self.brought.cards, self.brought.by) if self.brought is not None else ()
        return Actor.name_of(self, person) or next((one.name for one in cards if one.person == person), None)

    def revision(self, credential: UUID) -> int:
        """Return the revision in force, or the one with which a secret will be added."""
        items = self.brought.items if self.brought is not None else ()
        told = next((one.revision or 0 for one in items if one.id == credential and one.facts), 0)
        return Actor.revision(self, credential) or told


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a file.

    Attributes:
        found: What it was; of a sealed file, now with the statement in it.
        taken: Whether it took effect now; not where something is to be added first, and not for what is known already.
        lacking: What the registry lacks of what it tells of; where there is any, nothing was done.
        differing: In what it tells otherwise than the registry; nothing of that was taken over.
        answer: What is to be sent back, a receipt for example.
        course: How far the handover is.
    """

    found: Found
    taken: bool = False
    lacking: tuple[Lacking, ...] = ()
    differing: tuple[Difference, ...] = ()
    answer: Statement | None = None
    course: Course | None = None


def arrive(custodian: Custodian, found: Found, now: datetime, *, add: bool = False) -> Arrived:
    """Let a recognised file take effect; cards and records are only shown, for they need a person.

    Args:
        custodian: Who opens it.
        found: The file.
        now: The instant.
        add: Add what the registry lacks, after it was shown.

    Raises:
        RefusedError: It does not count; one entry in the log says so, and nothing was added.
        BadInputError: It is about somebody whom nobody here knows; nothing was added.
        VaultError: The keyring does not answer; opening it again goes on.
    """
    with logged_refusals(custodian):
        match found.sort:
            case Sort.STATEMENT | Sort.BUNDLE:
                return _of_handover(custodian, found, now, add=add)
            case Sort.CERTIFICATE if found.about is not None:
                accept_certificate(custodian, found.about, now)
                return Arrived(found, taken=True)
            case Sort.REVOCATION if found.about is not None:
                take_in_revocation(custodian, found.about)
                return Arrived(found, taken=True)
            case _:
                return Arrived(found)


def peeked(custodian: Custodian, found: Found, now: datetime) -> Found:
    """Return a sealed file with the statement in it, so that it can be said from whom it is; nothing is kept.

    Raises:
        RefusedError: It is for somebody else, or not as it must be.
        VaultError: The keyring does not answer.
    """
    if found.sort is not Sort.BUNDLE or found.statement is not None:
        return found
    party = _Foreseen(custodian, now)
    sealing = open_bundle(found.content, party.me().keys).sealing
    told = told_by(sealing, party.person)
    return replace(told, sort=Sort.BUNDLE, next=found.next, content=found.content)


def receipt_again(party: Actor, found: Found) -> Statement | None:
    """Return the receipt for a sealed file that this keyring has opened to the end, so that it can be sent once more.

    To open it once more would be refused, and whoever was interrupted before the receipt was saved would have none.
    """
    sealing = found.statement
    if found.sort is not Sort.BUNDLE or sealing is None or not party.is_used(opened_mark(sealing)):
        return None
    return protocol.receipt_of(party, sealing)


def _of_handover(custodian: Custodian, found: Found, now: datetime, *, add: bool) -> Arrived:
    party, found = Actor(custodian, now), peeked(custodian, found, now)
    statement = found.statement
    if statement is None or statement.registry != party.registry:
        raise RefusedError(HandoverRefusal.OTHER_REGISTRY)
    if (receipt := receipt_again(party, found)) is not None:
        return Arrived(found, answer=receipt)
    with custodian.registry.reading() as session:
        missing, differing = lacking(session, statement), differences(session, statement)
    if missing and not add:
        return Arrived(found, lacking=missing, differing=differing)
    if missing or not _has_card(custodian):
        _look_ahead(_Foreseen(custodian, now, brought=statement), found)
    if missing:
        with custodian.registry.action(N_("Add what a handover brings along")) as session:
            add_lacking(session, statement, custodian.today)
        party = Actor(custodian, now)
    answer, course = None, None
    if found.sort is Sort.BUNDLE:
        answer = protocol.open_(party, found.content)
    else:
        course = protocol.take_in(party, statement)
    clear_previous(custodian)
    clear_released(party)
    if course is not None and (statement.act, statement.taker) == (Act.RELEASE, party.person):
        seal_missing(custodian)  # It may have given a secret of one's own another number.
    return Arrived(found, found.sort is Sort.BUNDLE or course is not None, (), differing, answer, course)


def _has_card(custodian: Custodian) -> bool:
    """Say whether the keyring has a card already; otherwise the first statement that counts makes one."""
    return identity_here(custodian) is not None


def _look_ahead(party: Actor, found: Found) -> None:
    """Refuse now what would be refused once the registry has what the file brings along."""
    statement = found.statement
    if found.sort is Sort.BUNDLE:
        protocol.may_open(party, found.content)
    elif statement is not None:
        protocol.may_take_in(party, statement)
    people = {statement.giver, statement.taker} if statement is not None else set()
    if any(party.name_of(one) is None for one in people):
        raise unknown_people()
