"""How a record's values read on screen, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import fields as kinds
from core.fields import Field
from core.i18n import _, show_date
from core.inventory.platforms import platforms
from core.partial_dates import show_partial


def shown(field: Field, value: Any) -> str:
    """Return the text of a value as tables and facts show it; nothing for nothing."""
    match field.kind:
        case _ if value is None or value == ():
            return ""
        case kinds.Day():
            return show_date(value)
        case kinds.PartialDay():
            return show_partial(value)
        case kinds.YesNo():
            return _("yes") if value else _("no")
        case kinds.OneOf(choices):
            return _(choices(value).label)
        case kinds.Number(unit):
            return f"{value} {_(unit)}" if unit else str(value)
        case kinds.TextList():
            return ", ".join(value)
        case kinds.Platform():
            return platform_names().get(value, str(value))
        case _:
            return str(value)


def platform_names() -> Mapping[str, str]:
    """Return what the platforms of the catalogue are called, by their keys."""
    return {key: platform.name for key, platform in platforms().items()}


def is_figure(field: Field) -> bool:
    """Say whether a column holds figures, which are set in digits of one width."""
    return isinstance(field.kind, kinds.Day | kinds.PartialDay | kinds.Number)


def days_ago(day: date, today: date) -> str:
    """Return how long ago a day was, in words that matter at a glance."""
    days = (today - day).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("{days} days ago").format(days=days) if days > 0 else show_date(day)
