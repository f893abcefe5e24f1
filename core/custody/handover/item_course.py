"""How far one thing of a handover is: what counts of all that is said of it, and the state that follows.

Where statements contradict each other, the world decides. A password that was changed is changed, so a confirmation
outranks a withdrawal, a refusal and the end of the time; and who has opened a bundle knows what was in it, so a receipt
that was in time outranks them, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from core.custody.handover.formats.items import Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.turns import Turn, whose_turn
from core.model.choices import Act, ItemState, Way

LOGIN_SEEN = "login-seen"
ROLES_REMOVED = "roles-removed"
_OF_LOGINS = (LOGIN_SEEN, "sessions-ended", "second-factor", "recovery", ROLES_REMOVED, "tokens-removed")
QUESTIONS: Mapping[Way, tuple[str, ...]] = {
    Way.SEALED: _OF_LOGINS,
    Way.RESET: _OF_LOGINS,
    Way.ROLE: (LOGIN_SEEN, ROLES_REMOVED),
}
"""By way, what is asked of whoever confirms or releases; other ways ask nothing."""

BY_BUNDLE = frozenset({Way.SEALED, Way.COPY, Way.MOVE})
ROTATED = frozenset({Way.SEALED, Way.RESET})
ABORTED = frozenset({ItemState.REFUSED, ItemState.WITHDRAWN, ItemState.EXPIRED, ItemState.SUPERSEDED})
FINISHED = ABORTED | {ItemState.CLOSED}
_NO = "no"


@dataclass(frozen=True, slots=True)
class ItemCourse:
    """How far one thing is.

    Attributes:
        told: What the request said of it, or the first statement that is known.
        state: Its state.
        since: When it came into it, by the clock of whoever said so.
        turn: Who acts next.
        revision_before: Which revision of a secret was handed over, or was in force when it was asked for.
        revision_after: Which one was put in force instead.
        sealed_on: The day on which a bundle left the house.
        expires_on: The last day on which it may be opened.
        answers: What was done and seen, by question.
        still_open: The questions that nobody could answer with yes, a day, or that there is no such thing.
        is_returned: Whether a copy was given back.
    """

    told: Told
    state: ItemState
    since: datetime
    turn: Turn
    revision_before: int | None
    revision_after: int | None
    sealed_on: date | None
    expires_on: date | None
    answers: Mapping[str, str]
    still_open: tuple[str, ...]
    is_returned: bool

    @property
    def way(self) -> Way:
        """How it passes."""
        return self.told.way

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in FINISHED

    def owes_rotation(self, in_force: int) -> bool:
        """Say whether the secret must be changed: it left the house, and that came to nothing or was given back.

        Args:
            in_force: The revision of the secret that is in force.
        """
        in_vain = self.sealed_on is not None and self.state in ABORTED
        return (in_vain or self.is_returned) and in_force <= (self.revision_before or 0)


class Heard(NamedTuple):
    """One statement that counts, and what it says of the thing at hand."""

    statement: Statement
    digest: str
    told: Told


class Flaw(NamedTuple):
    """A statement that does not count, and why."""

    code: HandoverRefusal
    digest: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What counts of all that is said of one thing, by act, the oldest first; and when it was first spoken of."""

    told: Told
    heard_at: datetime
    until: date | None
    before: int | None
    expires: date | None
    by_act: Mapping[Act, Sequence[Heard]]

    def all(self, *acts: Act) -> list[Heard]:
        return [one for act in acts for one in self.by_act.get(act, ())]

    def ran_out(self, now: datetime) -> bool:
        return self.expires is not None and day_of(now) > self.expires

    def since(self, *acts: Act) -> datetime | None:
        return min((one.statement.made_at for one in self.all(*acts)), default=None)


def item_course(
    heard: Sequence[Heard], now: datetime, *, until: date | None, pending: bool
) -> tuple[ItemCourse, list[Flaw]]:
    """Tell how far one thing is, and which statements about it do not count.

    Args:
        heard: All that is said of it, the oldest first, at least one.
        now: The instant.
        until: The last day of a cover.
        pending: Whether a next revision is prepared in this keyring.
    """
    said, flaws = _counted(heard, until)
    state, since = _state(said, now)
    if pending and may_rotate(said.told.way, state):
        state = ItemState.ROTATING
    answers = {name: text for one in said.all(Act.CONFIRMATION, Act.RELEASE) for name, text in one.told.answers.items()}
    # A release gives the number on which two registries agree, where the giver's was ahead.
    numbered = said.all(Act.CONFIRMATION, Act.RELEASE)
    after = [one.told.revision for one in numbered if one.told.revision is not None]
    course = ItemCourse(
        told=said.told,
        state=state,
        since=since,
        turn=whose_turn(said.told.way, state, until=until, today=day_of(now), ran_out=said.ran_out(now)),
        revision_before=said.before,
        revision_after=max(after, default=None),
        sealed_on=min((day_of(one.statement.made_at) for one in said.all(Act.SEALING)), default=None),
        expires_on=said.expires,
        answers=answers,
        still_open=_still_open(said, answers) if said.all(Act.CONFIRMATION) else (),
        is_returned=bool(said.all(Act.RECEIPT) and said.all(Act.RETURN)),
    )
    return course, flaws


def _counted(heard: Sequence[Heard], until: date | None) -> tuple[_Said, list[Flaw]]:
    """Leave out receipts that came too late and confirmations that prove nothing."""
    by_act = {act: [one for one in heard if one.statement.act is act] for act in Act}
    told, sealings = (by_act[Act.REQUEST] or heard)[0].told, by_act[Act.SEALING]
    before = max((one.told.revision or 0 for one in sealings), default=told.revision)
    expires = max((one.statement.expires_on for one in sealings if one.statement.expires_on), default=None)
    late = [one for one in by_act[Act.RECEIPT] if expires is not None and day_of(one.statement.made_at) > expires]
    unproven = [one for one in by_act[Act.CONFIRMATION] if not _proves(one.told, told.way, before or 0)]
    for act, wrong in ((Act.RECEIPT, late), (Act.CONFIRMATION, unproven)):
        by_act[act] = [one for one in by_act[act] if one not in wrong]
    flaws = [Flaw(HandoverRefusal.EXPIRED, one.digest) for one in late]
    flaws += [Flaw(HandoverRefusal.FORGED_CONFIRMATION, one.digest) for one in unproven]
    return _Said(told, heard[0].statement.made_at, until, before, expires, by_act), flaws


def day_of(instant: datetime) -> date:
    """Return the day on which two clocks agree, wherever they stand."""
    return instant.astimezone(UTC).date()


def _proves(told: Told, way: Way, before: int) -> bool:
    """Say whether a confirmation says what it must: a login seen, and for a secret a revision after the old one."""
    if way not in ROTATED:
        return way is not Way.ROLE or _is_answered(told.answers.get(LOGIN_SEEN))
    return (told.revision or 0) > before and _is_answered(told.answers.get(LOGIN_SEEN))


def _state(said: _Said, now: datetime) -> tuple[ItemState, datetime]:
    """Return the first state of the ladder that holds, the one that nothing takes back on top."""
    midnight = datetime.combine(said.expires + timedelta(days=1), time(), UTC) if said.expires is not None else None
    ladder = (
        (ItemState.CLOSED, _closed_at(said)),
        (ItemState.SUPERSEDED, said.since(Act.SUPERSESSION)),
        (ItemState.CONFIRMED, said.since(Act.CONFIRMATION)),
        (ItemState.OPENED, said.since(Act.RECEIPT)),
        *_given_up(said),
        (ItemState.EXPIRED, midnight if said.ran_out(now) else None),
        (ItemState.SEALED, said.since(Act.SEALING)),
    )
    reached = next(((state, since) for state, since in ladder if since is not None), None)
    planned = bool(said.all(Act.PROPOSAL)) and not said.all(Act.REQUEST)
    return reached or (ItemState.PLANNED if planned else ItemState.REQUESTED, said.heard_at)


def _given_up(said: _Said) -> list[tuple[ItemState, datetime | None]]:
    """Return refusal and withdrawal, the earlier one first."""
    refused, withdrawn = said.since(Act.REFUSAL), said.since(Act.WITHDRAWAL)
    rungs = [(ItemState.REFUSED, refused), (ItemState.WITHDRAWN, withdrawn)]
    return rungs[::-1] if refused is not None and withdrawn is not None and withdrawn < refused else rungs


def _closed_at(said: _Said) -> datetime | None:
    """Return when nothing was open any more, None where something is."""
    confirmed, received = said.since(Act.CONFIRMATION), said.since(Act.RECEIPT)
    match said.told.way:
        case Way.DUTY:
            return confirmed
        case Way.MOVE:
            return received
        case Way.COPY:
            stays = said.until is not None or not said.all(Act.REQUEST)
            return _both(received, said.since(Act.RETURN)) if stays else received
        case _:
            return _both(confirmed, said.since(Act.RELEASE, Act.CLOSING))


def _both(first: datetime | None, then: datetime | None) -> datetime | None:
    return max(first, then) if first is not None and then is not None else None


def may_rotate(way: Way, state: ItemState) -> bool:
    """Say whether a prepared secret belongs to this handover: opened first, or asked for where it is reset."""
    return state is ItemState.OPENED if way is Way.SEALED else way is Way.RESET and state is ItemState.REQUESTED


def _still_open(said: _Said, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Name what is open; whoever releases a role has given the own one back, whatever was answered before."""
    way, given_back = said.told.way, said.all(Act.RELEASE, Act.CLOSING)
    settled = {ROLES_REMOVED} if way is Way.ROLE and given_back else set[str]()
    return tuple(one for one in QUESTIONS.get(way, ()) if one not in settled and not _is_answered(answers.get(one)))


def _is_answered(answer: str | None) -> bool:
    return bool(answer) and answer != _NO
