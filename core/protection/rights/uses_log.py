"""Switching the full log of uses on and off, and reading what it holds: by time and never by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.uses import READ, REFERENCE, UNTIL
from core.errors import BadInputError
from core.i18n import N_, _, show_date
from core.inventory.recorded import names_of
from core.model import SecretUse
from core.settings import change_setting

SWITCH_ON, SWITCH_OFF = N_("Switch the full log of uses on"), N_("Switch the full log of uses off")
"""Labels of the actions."""

LONGEST_MONTHS = 6
_DAYS = 31 * LONGEST_MONTHS


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a secret: when, of which login, by whom, and whether it was shown ("read") or only used ("used")."""

    at: datetime
    login: str
    person: str
    kind: str


def switch_on(session: Session, reference: str, until: date, today: date) -> None:
    """Switch the full log on, up to and including a day; call inside an action.

    Raises:
        BadInputError: No agreement is named, or the day is past or further off than half a year.
    """
    if not reference.strip():
        raise BadInputError(_("Please name the works agreement that allows the full log of uses."))
    if until < today:
        raise BadInputError(_("{day} is over. Please choose a day to come.").format(day=show_date(until)))
    if (until - today).days > _DAYS:
        raise BadInputError(_("The full log of uses can be on for half a year at most. Please choose an earlier day."))
    change_setting(session, REFERENCE, reference.strip())
    change_setting(session, UNTIL, until.isoformat())


def switch_off(session: Session) -> None:
    """Switch the full log off now; what it holds is deleted. Call inside an action."""
    change_setting(session, REFERENCE, "")
    change_setting(session, UNTIL, "")


def read_uses(session: Session) -> list[Use]:
    """Return what the full log holds, newest first; no other order and no count is offered."""
    uses = session.scalars(select(SecretUse).order_by(SecretUse.at.desc(), SecretUse.id)).all()
    names = names_of(session, {one for use in uses for one in (use.person_id, use.credential_id)})
    return [Use(use.at, names.get(use.credential_id, ""), names.get(use.person_id, ""), use.kind) for use in uses]


def told_of_use(use: Use) -> str:
    """Return what was done with the secret."""
    return _("read") if use.kind == READ else _("used without being shown")
