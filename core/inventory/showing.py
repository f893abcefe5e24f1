"""How a field's value reads: one place for tables, forms, texts and sheets."""

from __future__ import annotations

from datetime import date
from typing import Any

from core import fields
from core.fields import Field
from core.i18n import _, show_date
from core.inventory.platforms import platforms
from core.partial_dates import show_partial


def shown(field: Field, value: Any) -> str:
    """Write a value as a person reads it; an absent one is empty, an unknown yes-or-no says so."""
    if value is None:
        return _("unknown") if isinstance(field.kind, fields.YesNo) else ""
    match field.kind:
        case fields.Day():
            return show_date(value if isinstance(value, date) else date.fromisoformat(value))
        case fields.PartialDay():
            return show_partial(value)
        case fields.YesNo():
            return _("yes") if value else _("no")
        case fields.OneOf(choices=choices):
            return _(choices(value).label)
        case fields.Platform():
            known = platforms().get(value)
            return known.name if known else str(value)
        case fields.TextList():
            return ", ".join(value)
        case fields.Number(unit=unit):
            return f"{value} {_(unit)}" if unit else str(value)
        case _:
            return str(value)
