"""Formulas: the only cells that calculate; each bears what it gives, for readers that do not calculate."""

from __future__ import annotations

from dataclasses import dataclass

_COUNT, _SUM = 103, 109
"""Of SUBTOTAL: count what is not empty, add up; both pass over rows that are hidden."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell calculates.

    Attributes:
        text: The formula after its "=", made by us alone: texts of the registry never stand in it.
        value: What it gives.
    """

    text: str
    value: float


def count_shown(cells: str, value: int) -> Formula:
    """Count the cells that a filter leaves."""
    return Formula(f"SUBTOTAL({_COUNT},{cells})", value)


def sum_shown(cells: str, value: float) -> Formula:
    """Add up the cells that a filter leaves."""
    return Formula(f"SUBTOTAL({_SUM},{cells})", value)


def total(cells: str, value: float) -> Formula:
    """Add up cells."""
    return Formula(f"SUM({cells})", value)


def difference(now: str, before: str, value: float) -> Formula:
    """Tell by how much one cell is greater than another."""
    return Formula(f"{now}-{before}", value)


def share(part: str, whole: str, value: float) -> Formula:
    """Tell which part of a whole one cell is; nothing where there is no whole."""
    return Formula(f"IF({whole}=0,0,{part}/{whole})", value)
