"""Rules about changing secrets: because somebody who may know one has no access, or because so many days have passed.

One login has one finding: overdue takes the place of owed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.custody.knowing import still_in
from core.custody.losing import Loser, Why, losses
from core.custody.owed import overdue_from
from core.days import local_day
from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation, moved, shown_day
from core.i18n import N_, _, ngettext
from core.inventory.credentials import in_use
from core.model import Credential, Rotation, Severity

_READS = frozenset(
    {
        "credential",
        "credential_channel",
        "custody",
        "reading",
        "store",
        "access",
        "person",
        "handover",
        "handover_item",
    }
)
_TOLD = {
    Why.LEFT: N_("{who} (has left, without access since {day})"),
    Why.RELEASED: N_("{who} (gave the copy back on {day})"),
    Why.WITHDRAWN: N_("{who} (shared login withdrawn on {day})"),
    Why.IN_VAIN: N_("{who} (was sent it in a handover that broke off on {day})"),
    Why.LOST: N_("{who} (lost a computer with it on {day})"),
}


def _owed(situation: Situation) -> Iterator[Raised]:
    """Raise each login whose secret is to be changed and for which there is time still."""
    yield from _to_change(situation, lambda since, late: (since, situation.today < late))


def _overdue(situation: Situation) -> Iterator[Raised]:
    """Raise each login whose secret should have been changed by now."""
    yield from _to_change(situation, lambda _since, late: (late, situation.today >= late))


def _to_change(situation: Situation, meant: Callable[[date, date], tuple[date, bool]]) -> Iterator[Raised]:
    """Raise each login of which somebody knows the secret who has lost access."""
    days = int(situation.settings["rotation-overdue.days"])
    lost, labels, reached = situation.once(_lost)
    for login, people in lost.items():
        since, due = meant(people[0].day, overdue_from(people[0].day, days))
        if due:
            fact = {"people": [_person(one) for one in people], "sole": login not in reached, "limit": days}
            yield Raised(login, labels[login], fact, since)


def _lost(situation: Situation) -> tuple[dict[UUID, tuple[Loser, ...]], dict[UUID, str], frozenset[UUID]]:
    """Return who has lost access by login, what the logins are called, and those that somebody can still get into."""
    session, today = situation.session, situation.today
    asked = session.connection().execute(_labels(), {"today": today})
    reached = frozenset(session.connection().execute(_still_in(today)).scalars())
    return losses(session, today), {row[0]: row[1] for row in asked}, reached


@lru_cache(maxsize=4)
def _still_in(today: date) -> Query:
    """Return the query; kept for the day, because putting it together costs more than asking it of a city."""
    return still_in(today)


@cache
def _labels() -> Query:
    columns: list[Any] = [Credential.id, Credential.label]
    return select(*columns).where(in_use(TODAY))


def _person(one: Loser) -> Evidence:
    return {
        "id": str(one.person_id) if one.person_id is not None else None,
        "name": one.name,
        "function": one.function,
        "why": one.why.value,
        "on": one.day.isoformat(),
    }


def _say_owed(evidence: Evidence, with_names: bool) -> str:
    people = "; ".join(_say_person(one, with_names) for one in evidence["people"])
    if evidence["sole"]:
        return _("Who knows the secret has lost access, and nobody else can get in: {people}.").format(people=people)
    return _("Who knows the secret has lost access: {people}.").format(people=people)


def _say_overdue(evidence: Evidence, with_names: bool) -> str:
    days = evidence["limit"]
    late = ngettext(
        "It should have been changed within {days} working day.",
        "It should have been changed within {days} working days.",
        days,
    ).format(days=days)
    return f"{_say_owed(evidence, with_names)} {late}"


def _say_person(one: Evidence, with_names: bool) -> str:
    unnamed = _("a person without a recorded function") if one["id"] else _("an agency or a tool")
    name = str(one["name"] if with_names else one["function"] or unnamed)
    return _(_TOLD[Why(one["why"])]).format(who=name, day=shown_day(one["on"]))


@cache
def _timed_query() -> Query:
    took_effect = select(func.max(Rotation.on)).where(Rotation.credential_id == Credential.id).correlate(Credential)
    columns: list[Any] = [Credential.id, Credential.label, Credential.rotation_days, Credential.rotated_on]
    return select(*columns, took_effect.scalar_subquery(), Credential.created_at).where(
        Credential.rotation_days.is_not(None), Credential.rotation_days > 0, in_use(TODAY)
    )


def _timed(situation: Situation) -> Iterator[Raised]:
    """Raise each login whose secret is older than the team wants it to be."""
    for login, label, days, rotated_on, took_effect, created_at in situation.rows(_timed_query()):
        changed = rotated_on or took_effect
        since = moved(changed or local_day(created_at), days + 1)
        if situation.today >= since:
            yield Raised(login, label, {"on": changed.isoformat() if changed else None, "limit": days}, since)


def _say_timed(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    days = evidence["limit"]
    if evidence["on"] is None:
        return ngettext(
            "Nobody knows when the secret was changed last; {days} day was agreed on.",
            "Nobody knows when the secret was changed last; {days} days were agreed on.",
            days,
        ).format(days=days)
    return ngettext(
        "The secret was changed last on {day}; {days} day was agreed on.",
        "The secret was changed last on {day}; {days} days were agreed on.",
        days,
    ).format(day=shown_day(evidence["on"]), days=days)


_WHY_OWED = N_(
    "Who has left or has lost the login still knows the secret and could get in from outside, and so could whoever "
    "found a lost computer or opens a sealed file of a handover that broke off. Change it on the platform and store "
    "the new one here; the finding ends with the new revision."
)

RULES = (
    Rule(
        "rotation-overdue",
        Severity.SEVERE,
        2,
        N_("Change of a secret overdue"),
        _WHY_OWED,
        N_("BSI IT-Grundschutz, ORP.4.A2 and A23"),
        ("rotate-secret",),
        _overdue,
        _say_overdue,
        _READS,
        subject_type="credential",
    ),
    Rule(
        "rotation-owed",
        Severity.SEVERE,
        2,
        N_("Secret to be changed"),
        _WHY_OWED,
        N_("BSI IT-Grundschutz, ORP.4.A2 and A23"),
        ("rotate-secret",),
        _owed,
        _say_owed,
        _READS,
        subject_type="credential",
    ),
    Rule(
        "timed-rotation",
        Severity.NOTICE,
        4,
        N_("Secret older than agreed"),
        N_(
            "The team wants this secret changed from time to time. Change it, or take the number of days away: people "
            "choose worse ones when they have to change them without an occasion."
        ),
        N_("BSI IT-Grundschutz, ORP.4.A23: no changes by the calendar alone"),
        ("rotate-secret", "change-credential"),
        _timed,
        _say_timed,
        frozenset({"credential", "rotation"}),
        ("rotation_days",),
        subject_type="credential",
    ),
)
