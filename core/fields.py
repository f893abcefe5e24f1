"""What a record shows of itself: one tuple of fields per record, read by table, form, Excel and import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from core.i18n import _
from core.model.choices import Choice


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text."""


@dataclass(frozen=True, slots=True)
class LongText:
    """A text of several lines."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A date of which perhaps only the month or the year is known ("2010", "2010-03", "2010-03-12")."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, never negative, with its unit ("hours", "days") or none."""

    unit: str = ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no, and where the record allows it: unknown (None)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address."""


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail address."""


@dataclass(frozen=True, slots=True)
class TextList:
    """Several short texts (tags, languages)."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One value of a closed list."""

    choices: type[Choice]


@dataclass(frozen=True, slots=True)
class Platform:
    """The key of a platform of the catalogue."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another record, by its table ("person", "org_unit", "channel")."""

    table: str


Kind: TypeAlias = (
    Text | LongText | Day | PartialDay | Number | YesNo | Address | Mail | TextList | OneOf | Platform | Reference
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a record shows: at most these six plain attributes, nothing that acts.

    Attributes:
        key: The column's name in the model (a reference's without "_id"), or a derived column's; in each case its
            label in the record's `listing`.
        label: Source text of its name.
        kind: What sort of value it is; consumed with `match`.
        required: Whether a record cannot be without it.
        editable: Whether a person may type it; derived columns are not.
        help: Source text of a sentence that says what belongs here, and its source where a regulation asks for it.
    """

    key: str
    label: str
    kind: Kind = Text()
    required: bool = False
    editable: bool = True
    help: str = ""

    @property
    def title(self) -> str:
        """The label in the user's language."""
        return _(self.label)

    @property
    def column(self) -> str:
        """The model's column: a reference "unit" lists the unit's name and is stored in "unit_id"."""
        return f"{self.key}_id" if isinstance(self.kind, Reference) else self.key
