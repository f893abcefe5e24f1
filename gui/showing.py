"""How values read on screen beyond what every part of the program says alike (`core.inventory.showing`)."""

from __future__ import annotations

from datetime import date

from core import fields as kinds
from core.fields import Field
from core.i18n import _, ngettext, show_date


def is_figure(field: Field) -> bool:
    """Say whether a column holds figures, which are set in digits of one width."""
    return isinstance(field.kind, kinds.Day | kinds.PartialDay | kinds.Number)


def has_order(field: Field) -> bool:
    """Say whether a list can be put in the order of a column; long texts have none that anybody looks for."""
    return not isinstance(field.kind, kinds.LongText)


def days_ago(day: date, today: date) -> str:
    """Return how long ago a day was, in words that tell at a glance."""
    days = (today - day).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{days} day ago", "{days} days ago", days).format(days=days) if days > 0 else show_date(day)


def period(since: date | None, until: date | None) -> str:
    """Return in words from when to when something is or was so; nothing where neither day is known."""
    match since, until:
        case None, None:
            return ""
        case _, None:
            return _("since {day}").format(day=show_date(since))
        case None, _:
            return _("until {day}").format(day=show_date(until))
        case _:
            return _("{since} to {until}").format(since=show_date(since), until=show_date(until))
