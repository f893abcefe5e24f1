"""Checking a handover record from its file alone: every signature, who may say what, numbers, order and course."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.custody.handover.course import BY_HEAD, course_of
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.record.record import Record, cards_of, record_of
from core.custody.handover.record.record_file import RecordFile, RefusedPartError, read_record_file
from core.custody.handover.record.record_flaws import OF_THE_COURSE, Found, RecordFlaw, Unsaid
from core.custody.identity.circle import CLOCKS_APART
from core.custody.identity.refusals import Refusal, RefusedError
from core.model.choices import Act

NO_RECORD = frozenset(
    {
        Refusal.NOT_OURS,
        Refusal.SEVERAL,
        Refusal.TOO_LARGE,
        Refusal.NEWER_FORMAT,
        HandoverRefusal.OTHER_KIND,
    }
)
"""Codes of files that cannot be checked, because they are something else."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What the check of a record says.

    Attributes:
        record: What the record tells, None where the file was altered: then nothing in it can be believed.
        found: What is not as it must be.
        unsaid: What nobody can tell from the file alone.
    """

    record: Record | None
    found: tuple[Found, ...]
    unsaid: tuple[Unsaid, ...]

    @property
    def is_fine(self) -> bool:
        """Whether nothing was found."""
        return not self.found


def verify_record(text: bytes) -> Verified:
    """Check a record from its file alone.

    Args:
        text: The bytes of the file.

    Raises:
        RefusedError: The file is no record, or one by a newer version of the program.
    """
    try:
        file = read_record_file(text)
    except RefusedPartError as error:
        return Verified(None, (Found(error.code, error.place),), ())
    except RefusedError as error:
        if error.code in NO_RECORD:
            raise
        return Verified(None, (Found(error.code),), ())
    record = record_of(file)
    return Verified(record, tuple(dict.fromkeys(_found(file))), unsaid_of(record))


def unsaid_of(record: Record) -> tuple[Unsaid, ...]:
    """Return what nobody can tell from a record alone; what does not concern it is left out."""
    by_head = any(step.act in BY_HEAD for step in record.steps)
    changed = any(thing.after is not None for thing in record.things)
    left_out = {Unsaid.HEAD: not by_head, Unsaid.PLATFORM: not changed}
    return tuple(one for one in Unsaid if not left_out.get(one, False))


def _found(file: RecordFile) -> Iterator[Found]:
    checks: tuple[Callable[[RecordFile], Iterable[Found]], ...] = (
        _course,
        _order,
        _references,
        _names,
        _revoked,
        _about_cards,
    )
    for check in checks:
        yield from check(file)
    if file.known.unreadable:
        yield Found(RecordFlaw.UNREADABLE)


def _course(file: RecordFile) -> Iterator[Found]:
    """Find what does not count in the fold: other people's statements, doubled numbers, too late, unproven."""
    places = {statement.digest: place for place, statement in enumerate(file.statements, start=1)}
    for flaw in course_of(file.statements, file.made_at, head=file.known.head).problems:
        yield Found(OF_THE_COURSE.get(flaw.code, flaw.code), places[flaw.digest])
    for place, statement in enumerate(file.statements, start=1):
        if (statement.registry, statement.handover) != (file.registry, file.handover):
            yield Found(RecordFlaw.OTHER_HANDOVER, place)
        if statement.act in BY_HEAD and file.known.head is None:
            yield Found(RecordFlaw.NOT_HEAD, place)
    if file.by.registry != file.registry:
        yield Found(HandoverRefusal.OTHER_REGISTRY)


def _order(file: RecordFile) -> Iterator[Found]:
    """Find keys whose numbers go down, and statements from after the record."""
    by_key: dict[str, list[tuple[int, Statement]]] = {}
    for place, statement in enumerate(file.statements, start=1):
        by_key.setdefault(statement.by.signing_key, []).append((place, statement))
        if statement.made_at > file.made_at + CLOCKS_APART:
            yield Found(RecordFlaw.AFTER_THE_RECORD, place)
    for some in by_key.values():
        for (_place, before), (place, after) in pairwise(some):
            if after.number < before.number and after.made_at > before.made_at:
                yield Found(RecordFlaw.OUT_OF_ORDER, place)


def _references(file: RecordFile) -> Iterator[Found]:
    """Find statements that refer to others that are missing, or that say something else."""
    known = {statement.digest: statement for statement in file.statements}
    meant = {Act.SEALING: "request", Act.RECEIPT: "sealing", Act.RELEASE: "confirmation"}
    wanted = {Act.SEALING: Act.REQUEST, Act.RECEIPT: Act.SEALING, Act.RELEASE: Act.CONFIRMATION}
    for place, statement in enumerate(file.statements, start=1):
        if statement.act not in meant:
            continue
        other = known.get(str(statement.about[meant[statement.act]]))
        if other is None or other.act is not wanted[statement.act]:
            yield Found(RecordFlaw.MISSING_STATEMENT, place)
        elif statement.act is Act.SEALING and not _answers(statement, other):
            yield Found(RecordFlaw.OTHER_REQUEST, place)


def _answers(sealing: Statement, request: Statement) -> bool:
    """Say whether a sealing bears the number of its request, and went to the cards that the request names."""
    asked = {card.fingerprint for card in request.cards}
    return sealing.about["nonce"] == request.about["nonce"] and set(sealing.to) <= asked


def _names(file: RecordFile) -> Iterator[Found]:
    """Find people who signed under several names, or whom the record calls otherwise."""
    names = dict(file.known.people)
    for place, statement in enumerate(file.statements, start=1):
        if names.setdefault(statement.by.person, statement.by.name) != statement.by.name:
            yield Found(RecordFlaw.OTHER_NAME, place)


def _revoked(file: RecordFile) -> Iterator[Found]:
    """Find statements by keys that were revoked before; whoever has the key may lie about the time, of course."""
    revoked = {one.card.fingerprint: one.created for one in file.known.revocations}
    for place, statement in enumerate(file.statements, start=1):
        since = revoked.get(statement.by.fingerprint)
        if since is not None and statement.made_at > since:
            yield Found(RecordFlaw.REVOKED, place)
    since = revoked.get(file.by.fingerprint)
    if since is not None and file.made_at > since:
        yield Found(RecordFlaw.REVOKED)


def _about_cards(file: RecordFile) -> Iterator[Found]:
    """Find certificates and revocations whose signature is not by the key that they name."""
    cards = cards_of(file)
    told = (
        (file.known.certificates, RecordFlaw.BAD_CERTIFICATE),
        (file.known.revocations, RecordFlaw.BAD_REVOCATION),
    )
    for statements, code in told:
        for one in statements:
            signer = cards.get(one.by)
            if signer is None or not one.signed_by(signer) or one.card.registry != file.registry:
                yield Found(code)
