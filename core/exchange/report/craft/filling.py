"""Cells that people fill in: what may be written into them, and what a spreadsheet program says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.exchange.report.craft.looks import Look

_LONGEST_LIST, _LONGEST_TITLE, _LONGEST_PROMPT = 255, 32, 255


@dataclass(frozen=True, slots=True)
class Fill:
    """What people may write into a cell.

    Attributes:
        prompt: What is said when the cell is chosen.
        choices: The texts to choose from; none if any text will do.
        not_before: Makes it a day, not before this one.
    """

    prompt: str
    choices: tuple[str, ...] = ()
    not_before: date | None = None


def ask_for(sheet: Any, fill: Fill, cells: str) -> None:
    """Let a spreadsheet program check what is filled into cells; before the sheet is finished."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(**_demand(fill), allow_blank=True, showErrorMessage=True, showInputMessage=True)
    rule.prompt, rule.error = fill.prompt[:_LONGEST_PROMPT], fill.prompt[:_LONGEST_PROMPT]
    for some in cells.split():
        rule.add(some)
    sheet.data_validations.append(rule)


def _demand(fill: Fill) -> dict[str, Any]:
    if fill.not_before is not None:
        day = fill.not_before
        first = f"DATE({day.year},{day.month},{day.day})"
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": first}
    if fill.choices:
        listed = ",".join(one.replace(",", ";").replace('"', "'") for one in fill.choices)
        return {"type": "list", "formula1": f'"{listed[:_LONGEST_LIST]}"'}
    return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": "1000"}


def mark(sheet: Any, marks: Mapping[str, Look], cells: str) -> None:
    """Colour cells by what they say, also when somebody changes it; before the sheet is finished."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for text, look in marks.items():
        fill = PatternFill("solid", start_color=look.fill, end_color=look.fill)
        style = DifferentialStyle(font=Font(bold=look.bold, color=look.colour), fill=fill)
        doubled = text.replace('"', '""')
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{doubled}"'], dxf=style)
        sheet.conditional_formatting.add(cells, rule)
