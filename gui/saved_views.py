"""Views of a list that the user keeps under a name: at this workstation, for one registry."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from core import workstation


@dataclass(frozen=True, slots=True)
class SavedView:
    """How a list was looked at.

    Attributes:
        name: What the user called it.
        search: What was typed into the search field.
        filter: The key of the quick filter, empty where the list has none.
        columns: Which columns are shown, how wide, and what orders the rows (`TableColumns.arrangement`).
        where: Which records are meant besides, as plain JSON; what it says is the list's own affair.
    """

    name: str
    search: str = ""
    filter: str = ""
    columns: dict[str, Any] = field(default_factory=dict)
    where: dict[str, Any] = field(default_factory=dict)


def saved_views(registry_id: str, records: str) -> list[SavedView]:
    """Return the views of a list that are kept for a registry; what cannot be read any more is left out."""
    kept = workstation.remembered(_memory(registry_id, records), [])
    return [view for one in (kept if isinstance(kept, list) else []) if (view := _read(one)) is not None]


def keep_view(registry_id: str, records: str, view: SavedView) -> None:
    """Keep a view; one of the same name is replaced where it stands."""
    views = saved_views(registry_id, records)
    place = next((place for place, one in enumerate(views) if one.name == view.name), len(views))
    views[place : place + 1] = [view]
    _write(registry_id, records, views)


def forget_view(registry_id: str, records: str, name: str) -> None:
    """Keep a view no longer."""
    _write(registry_id, records, [one for one in saved_views(registry_id, records) if one.name != name])


def _write(registry_id: str, records: str, views: list[SavedView]) -> None:
    workstation.remember(_memory(registry_id, records), [asdict(one) for one in views] or None)


def _memory(registry_id: str, records: str) -> str:
    return f"views.{registry_id}.{records}"


def _read(kept: Any) -> SavedView | None:
    match kept:
        case {"name": str(name), "search": str(search), "filter": str(chosen), "columns": dict(columns)} if name:
            where = kept.get("where")
            return SavedView(name, search, chosen, columns, where if isinstance(where, dict) else {})
        case _:
            return None
