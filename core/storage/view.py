"""How a list is looked at; known without the data layer, so that the window can ask for its first rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Select


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """How a list is looked at.

    Attributes:
        search: What was typed; every word of it must occur in the record.
        sort: The key of the field that orders the rows; empty for the order in which they came.
        descending: Whether the order is turned round. Rows without a value come last either way.
        only: Gives the ids of the records to choose from, or None for all.
    """

    search: str = ""
    sort: str = ""
    descending: bool = False
    only: Select[Any] | None = None
