"""Rules about the escrow: every secret can be opened by those who should when nobody else can, and by nobody else.

An envelope that is missing or stale warns and never blocks. What was opened is known to somebody who is not meant to
keep it, until it is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby

from sqlalchemy import func, or_, select

from core.custody.escrow.drill import last_drill
from core.custody.escrow.pairs import TWO, needed_by
from core.custody.escrow.standing import Fault, Flaw, Standing, holders, standings, targets_now
from core.custody.escrow.unresolved import Unresolved, unresolved
from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation, moved, shown_day, who
from core.i18n import N_, _, ngettext
from core.model import EscrowKey, Severity

_SEALED_READS = frozenset({"credential", "envelope", "escrow_key", "key_card", "person"})
_PAPER = {
    Fault.LACKING: N_("There is no envelope for the printed key."),
    Fault.REMOVED: N_("A printed key that was replaced still opens it."),
}
_OF_PEOPLE = {
    Fault.LACKING: N_("There is no envelope for {who}."),
    Fault.LEFT: N_("{who} has left and can still open it."),
    Fault.REVOKED: N_("The key card of {who} is revoked and can still open it."),
    Fault.REMOVED: N_("{who} does not hold the escrow any more and can still open it."),
}
_NOBODY = {
    "none": N_(
        "There is neither a printed recovery key nor a holder of the escrow. If a computer's profile dies, its secrets "
        "die with it."
    ),
    "two": N_("Two are needed to open an envelope, and there are not two: nothing can be sealed."),
    "gone": N_("Nobody who holds the escrow is here any more: nothing can be sealed."),
}


def _standings(situation: Situation) -> list[Standing]:
    return standings(situation.session, situation.today, needed_by(situation.settings))


def _stale(situation: Situation) -> Iterator[Raised]:
    """Raise each secret of which not all can open an envelope who should, or others can, too."""
    needed = needed_by(situation.settings)
    for one in _standings(situation):
        if one.flaws:
            days = [flaw.since for flaw in one.flaws if flaw.since is not None]
            fact = {"flaws": [_told(flaw) for flaw in one.flaws], "needed": needed}
            yield Raised(one.credential_id, one.label, fact, min(days, default=None))


def _told(flaw: Flaw) -> Evidence:
    holder, told = flaw.holder, {"fault": flaw.fault.value}
    if holder is None or holder.key.person_id is None:
        return {**told, "person_id": None}
    return {
        **told,
        "person_id": str(holder.key.person_id),
        "person": holder.name,
        "function": holder.function,
    }


def flaw_sentences(flaws: Iterable[Flaw], needed: int) -> list[str]:
    """Say what is not as it should be with the envelopes of one secret, each thing once."""
    return list(dict.fromkeys(_say_flaw(_told(flaw), needed, with_names=True) for flaw in flaws))


def _say_stale(evidence: Evidence, with_names: bool) -> str:
    said = (_say_flaw(one, evidence["needed"], with_names) for one in evidence["flaws"])
    return " ".join(dict.fromkeys(said))


def _say_flaw(one: Evidence, needed: int, with_names: bool) -> str:
    match Fault(one["fault"]):
        case Fault.OLDER:
            return _("The envelopes hold an older secret.")
        case Fault.NEEDED if needed >= TWO:
            return _("One alone can still open an envelope, although two are needed.")
        case Fault.NEEDED:
            return _("It still takes two to open an envelope, although one is enough.")
        case fault if one["person_id"] is None:
            return _(_PAPER[fault])
        case fault:
            return _(_OF_PEOPLE[fault]).format(who=who(one, with_names))


def _missing(situation: Situation) -> Iterator[Raised]:
    """Raise each secret that was never sealed, or the registry as a whole where there is nobody to seal to."""
    all_of_them = _standings(situation)
    session, today, needed = situation.session, situation.today, needed_by(situation.settings)
    never = [one for one in all_of_them if not one.sealed]
    if not never:
        return
    if targets_now(session, today, needed):
        for one in never:
            yield Raised(one.credential_id, one.label, {"what": "never"}, one.changed_on)
        return
    known = [one for one in holders(session).values() if one.is_in_force(today)]
    what = "none" if not known else "two" if needed >= TWO else "gone"
    label = str(situation.settings["city.name"]) or _("Registry")
    fact = {"what": what, "count": len(never)}
    yield Raised(None, label, fact, min(one.changed_on for one in never), subject_type="registry")


def _say_missing(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["what"] == "never":
        return _("There is no envelope: if those who keep the secret lose it, nobody gets in any more.")
    why = str(evidence["what"])
    return _(_NOBODY[why])


def _opened(situation: Situation) -> Iterator[Raised]:
    """Raise each login of which the envelope was opened and the secret not changed and sealed since."""
    openings = unresolved(situation.session, situation.today)
    for (login, label), some in groupby(openings, lambda one: (one.credential_id, one.label)):
        rows = list(some)
        fact = {"people": [_told_of(one) for one in rows], "rotated": all(one.rotated for one in rows)}
        yield Raised(login, label, fact, min(one.on for one in rows))


def _told_of(one: Unresolved) -> Evidence:
    return {
        "id": str(one.person_id),
        "person": one.name,
        "function": one.function,
        "on": one.on.isoformat(),
        "reason": one.reason,
    }


def _say_opened(evidence: Evidence, with_names: bool) -> str:
    people = "; ".join(dict.fromkeys(_say_opening(one, with_names) for one in evidence["people"]))
    if evidence["rotated"]:
        return _("The envelope was opened and the new secret is not sealed yet: {people}.").format(people=people)
    return _("The envelope was opened and the secret not changed since: {people}.").format(people=people)


def _say_opening(one: Evidence, with_names: bool) -> str:
    name, day = who(one, with_names), shown_day(one["on"])
    if with_names and one["reason"]:
        return _("{who} on {day} ({reason})").format(who=name, day=day, reason=one["reason"].rstrip("."))
    return _("{who} on {day}").format(who=name, day=day)


@cache
def _first_key() -> Query:
    in_force = or_(EscrowKey.until.is_(None), EscrowKey.until > TODAY)
    return select(func.min(EscrowKey.since)).where(in_force)


def _due(situation: Situation) -> Iterator[Raised]:
    """Raise the registry where the team wants drills and the last one is long ago, failed, or never was."""
    ((first,),) = situation.rows(_first_key())
    last = last_drill(situation.session)
    if not situation.settings["drill.on"] or first is None:
        return
    days = situation.settings.days("drill-due")
    label = str(situation.settings["city.name"]) or _("Registry")
    if last is not None and last.failed:
        fact = {"on": last.on.isoformat(), "failed": last.failed, "limit": days}
        yield Raised(None, label, fact, last.on, Severity.WARNING)
        return
    since: date = moved(last.on if last is not None else first, days + 1)
    if situation.today >= since:
        yield Raised(None, label, {"on": last and last.on.isoformat(), "failed": 0, "limit": days}, since)


def _say_due(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["failed"]:
        count = evidence["failed"]
        return ngettext(
            "In the last drill, on {day}, {count} envelope did not open.",
            "In the last drill, on {day}, {count} envelopes did not open.",
            count,
        ).format(day=shown_day(evidence["on"]), count=count)
    if evidence["on"] is None:
        return _("Nobody has tried yet whether the envelopes open.")
    return _("Whether the envelopes open was tried last on {day}.").format(day=shown_day(evidence["on"]))


RULES = (
    Rule(
        "escrow-opened",
        Severity.SEVERE,
        1,
        N_("Envelope of the escrow opened"),
        N_(
            "Who opened the envelope knows the secret. Change it on the platform and store the new one: the finding "
            "ends with the new secret and its envelope, with nothing else."
        ),
        N_("BSI IT-Grundschutz, ORP.4.A23"),
        ("rotate-secret",),
        _opened,
        _say_opened,
        frozenset({"credential", "envelope", "escrow_opening", "person", "rotation"}),
        subject_type="credential",
    ),
    Rule(
        "escrow-missing",
        Severity.WARNING,
        2,
        N_("Secret not sealed"),
        N_(
            "If a computer's profile dies or somebody leaves without handing over, only an envelope lets you in. Print "
            "a recovery key for the safe or name a holder of the escrow; then seal at the computer that keeps the "
            "secret."
        ),
        N_("A keyring dies with its computer, and nobody else has what lay in it"),
        ("seal-escrow", "show-escrow"),
        _missing,
        _say_missing,
        _SEALED_READS,
        subject_type="credential",
    ),
    Rule(
        "escrow-stale",
        Severity.WARNING,
        2,
        N_("Envelope of the escrow stale"),
        N_(
            "Not everybody who should can open the envelope, or somebody can who should not. Seal anew at the computer "
            "that keeps the secret, and remove holders who have left."
        ),
        N_("A keyring dies with its computer, and nobody else has what lay in it"),
        ("seal-escrow", "show-escrow"),
        _stale,
        _say_stale,
        _SEALED_READS,
        subject_type="credential",
    ),
    Rule(
        "drill-due",
        Severity.NOTICE,
        2,
        N_("Drill of the escrow due"),
        N_(
            "Only who tries it knows that the envelopes open. The drill shows and keeps nothing; a holder runs it at "
            "the computer with their key card."
        ),
        N_("BSI IT-Grundschutz, CON.3: whether a backup can be restored is tested regularly"),
        ("show-escrow",),
        _due,
        _say_due,
        frozenset({"escrow_key", "escrow_opening"}),
        subject_type="registry",
    ),
)
