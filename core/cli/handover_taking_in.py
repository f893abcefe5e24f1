"""Taking in what somebody else has written in handovers: a file may hold several texts, of which each takes effect."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from core.cli.handover_files import acting, arrived, brought_along, recognised
from core.cli.handover_status import tell_next
from core.cli.output import complain, give, say
from core.custody.handover.acting import Actor
from core.custody.handover.lacking import Difference, Lacking
from core.custody.handover.reading import Found, Sort
from core.custody.identity.refusals import RefusedError
from core.i18n import _

_WANTED = (Sort.STATEMENT, Sort.CERTIFICATE, Sort.REVOCATION)
_FINE, _LEFT, _REFUSED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one text.

    Attributes:
        kind: What it is: a statement, a certificate or a revocation.
        act: What a statement says, None for what is about a card.
        handover: Which handover it belongs to.
        made_by: Who signed a statement.
        what: What it is, in one sentence.
        outcome: "taken-in", "known", "refused", or "left" where nobody agreed to what it brings along.
        code: Why it was refused.
        message: The refusal in one sentence.
        lacking: What the registry lacked of what it tells of; without agreement it still does.
        differing: In what it tells otherwise than the registry; nothing of that was taken over.
    """

    kind: str
    act: str | None
    handover: UUID | None
    made_by: str | None
    what: str
    outcome: str
    code: str | None = None
    message: str | None = None
    lacking: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


def take_in(options: argparse.Namespace) -> int:
    """Take in each text of a file; one that is refused does not keep the others out.

    Returns:
        0 where all took effect or had done so before, 1 where nobody agreed to all, 2 where one was refused.
    """
    came = list[Came]()
    with acting(options) as actor:
        for found in recognised(actor, options, wanted=_WANTED):
            # What follows may rest upon what nobody agreed to.
            is_left = any(one.outcome == "left" for one in came)
            came.append(_came(found, "left") if is_left else _take_in(actor, found, options))
        if options.json:
            give([asdict(one) for one in came])
        else:
            went_on = (one.handover for one in came if one.outcome in {"taken-in", "known"})
            for handover in dict.fromkeys(one for one in went_on if one is not None):
                tell_next(actor, handover)
    codes = {"refused": _REFUSED, "left": _LEFT}
    return max(codes.get(one.outcome, _FINE) for one in came)


def _take_in(actor: Actor, found: Found, options: argparse.Namespace) -> Came:
    missing, differing = brought_along(actor, found)
    try:
        done = arrived(actor, found, yes=options.yes, quiet=options.json)
    except RefusedError as error:
        complain(error.sentence)
        return replace(_came(found, "refused"), code=str(error.code), message=error.sentence)
    if done is not None and not options.json:
        say(_("Taken in.") if done.taken else _("This file was taken in before. Nothing changed."))
    came = _came(found, "left" if done is None else "taken-in" if done.taken else "known")
    return replace(came, lacking=_labels(missing), differing=_labels(differing))


def _labels(records: Iterable[Lacking | Difference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.label for one in records))


def _came(found: Found, outcome: str) -> Came:
    statement = found.statement
    act = statement.act.value if statement is not None else None
    return Came(found.sort.value, act, found.handover, found.name or None, found.what, outcome)
