"""The log as a file holds it: its columns, and its lines as the filter wants them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.fields import Field, Number
from core.i18n import N_, _, show_instant
from core.storage.log_view import LogFilter, LoggedAction, action_numbers, read_actions

FIELDS = (
    Field("when", N_("When"), help=N_("When it was done, by the clock of this workstation.")),
    Field("what", N_("What"), help=N_("What was done.")),
    Field("who", N_("Who"), help=N_("Who did it, or at which workstation.")),
    Field("records", N_("Records"), Number(), help=N_("How many records it touched.")),
)
READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LogExport:
    """The log as it is shown.

    Attributes:
        filter: Which actions are wanted.
        keys: The keys of the columns, from left to right.
        title: What the list is called, translated.
        here: The store of this workstation's user.
    """

    filter: LogFilter
    keys: tuple[str, ...]
    title: str
    here: UUID
    name: str = "action"

    @property
    def fields(self) -> list[Field]:
        """The columns' fields."""
        known = {one.key: one for one in FIELDS}
        return [known[key] for key in self.keys]

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return how many actions there are, and the actions, newest first."""
        del today
        numbers = action_numbers(session, self.filter)
        parts = (numbers[start : start + READ_AT_ONCE] for start in range(0, len(numbers), READ_AT_ONCE))
        return len(numbers), (listed(one, self.here) for part in parts for one in read_actions(session, part))


def listed(action: LoggedAction, here: UUID) -> Mapping[str, Any]:
    """Return the values of a line by the keys of FIELDS, its id, and under "action" the line itself.

    Args:
        action: The line of the log.
        here: The store of this workstation's user.
    """
    what = _("{action} (undone)").format(action=action.label) if action.undone else action.label
    return {
        "id": action.id,
        "action": action,
        "when": show_instant(action.at),
        "what": what,
        "who": who(action, here),
        "records": action.records,
    }


def who(action: LoggedAction, here: UUID) -> str:
    """Return who did something; where nobody was bound to the account, at which workstation it was done.

    Args:
        action: The line of the log.
        here: The store of this workstation's user.
    """
    if action.actor:
        return action.actor
    if action.store_id is None:
        return _("unknown")
    return _("this workstation") if action.store_id == here else _("workstation {code}").format(code=code(action))


def code(action: LoggedAction) -> str:
    """Return the beginning of the random name of the workstation's store, enough to tell a few apart."""
    return action.store_id.hex[:6] if action.store_id is not None else ""
