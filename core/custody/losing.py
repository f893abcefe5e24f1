"""Who has lost access to a login while knowing its secret in force: how that came, and since when.

To whom a secret was sealed in a handover that broke off counts, too: the file left the house. So does whose computer
is lost with its keyring: whoever found it may read what lies there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.aborted import sent_in_vain, sent_in_vain_on
from core.custody.knowing import agencies_gone, losers
from core.custody.lost_computers import lost_with_computers
from core.i18n import N_
from core.model.choices import Choice
from core.storage.sorting import sort_key


class Why(Choice):
    """Why somebody who knows a secret has no access any more."""

    LEFT = "left", N_("has left")
    RELEASED = "released", N_("gave the copy back")
    WITHDRAWN = "withdrawn", N_("shared login withdrawn")
    IN_VAIN = "in-vain", N_("was sent it in a handover that broke off")
    LOST = "lost", N_("lost a computer with it")


@dataclass(frozen=True, slots=True)
class Loser:
    """Somebody who knows a secret and has lost access.

    Attributes:
        person_id: None for an agency or a tool.
        name: How they are called.
        function: What a report names instead.
        why: How the access ended.
        day: The first day without it.
    """

    person_id: UUID | None
    name: str
    function: str | None
    why: Why
    day: date


def losses(session: Session, today: date) -> dict[UUID, tuple[Loser, ...]]:
    """Return who knows which secret in force and has lost access, by login, in the order in which that happened."""
    found = [(row.credential_id, _loser(row)) for row in session.execute(losers(today))]
    found += [(row.credential_id, _agency(row)) for row in session.execute(agencies_gone(today))]
    found += [(row.credential_id, _in_vain(row)) for row in session.execute(sent_in_vain(today))]
    found += [(row.credential_id, _lost(row)) for row in session.execute(lost_with_computers(today))]
    found.sort(key=lambda one: (one[0], one[1].day, sort_key(one[1].name), str(one[1].person_id)))
    return {login: tuple(loser for _login, loser in some) for login, some in groupby(found, lambda one: one[0])}


def _loser(row: Any) -> Loser:
    """Say when and why the access ended: the first end of the person, the last end of their accesses."""
    ends = [(row.last_day + timedelta(days=1), Why.LEFT)] if row.has_left and row.last_day < date.max else []
    gone = [(row.kept_until, Why.RELEASED), (row.withdrawn_on, Why.WITHDRAWN)]
    if known := [(day, why) for day, why in gone if day is not None]:
        ends.append(max(known, key=lambda one: one[0]))
    day, why = min(ends, key=lambda one: one[0])
    return Loser(row.person_id, row.name, row.function, why, day)


def _agency(row: Any) -> Loser:
    return Loser(None, row.holder, None, Why.WITHDRAWN, row.withdrawn_on)


def _in_vain(row: Any) -> Loser:
    return Loser(row.person_id, row.name, row.function, Why.IN_VAIN, sent_in_vain_on(row))


def _lost(row: Any) -> Loser:
    return Loser(row.person_id, row.name, row.function, Why.LOST, row.lost_on)
