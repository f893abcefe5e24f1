"""What a benchmark says: one figure beside its floor or peer, and the table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEADER = ("what", "ours", "floor or peer", "ratio", "target", "met", "memory")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    Attributes:
        what: What was done, and with how many records.
        ours: How long it took here, in words.
        floor: What it is measured against, with its figure.
        ratio: Ours to the floor; None where the row was skipped or has no floor.
        target: What the project has set itself.
        met: Whether it is kept; None where nothing was set or nothing measured.
        memory: Peak memory, where it is part of the target.
        note: A sentence below the table.
    """

    what: str
    ours: str
    floor: str
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    memory: str = ""
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the row's texts in the order of the header."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}x" if self.ratio >= 0.1 else f"{self.ratio:.4f}x"
        met = {True: "yes", False: "NO", None: "-"}[self.met]
        return self.what, self.ours, self.floor, ratio, self.target, met, self.memory


def compared(what: str, ours: float, floor: float, against: str, limit: float | None, **more: str) -> Figure:
    """Return the row of a time that must not be more than `limit` times the floor's.

    Args:
        what: What was done.
        ours: Seconds.
        floor: Seconds.
        against: What the floor is.
        limit: The highest ratio allowed, None where none was set.
        more: Memory and note.
    """
    ratio = ours / floor
    target = f"<= {limit:g}x" if limit is not None else ""
    met = ratio <= limit if limit is not None else None
    return Figure(what, seconds(ours), f"{against}: {seconds(floor)}", ratio, target, met, **more)


def skipped(what: str, missing: str) -> Figure:
    """Return the row of a peer that is not installed here."""
    return Figure(what, "-", f"skipped: {missing}")


def seconds(value: float) -> str:
    """Write a duration with three digits that count."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def mebibytes(value: float) -> str:
    """Write bytes as MiB."""
    return f"{value / 2**20:.0f} MiB"


def as_table(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table that is easy to read on a terminal, too, with its notes below."""
    rows = [HEADER, *(figure.cells() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    notes = [f"- {figure.what}: {figure.note}" for figure in figures if figure.note]
    return "\n".join([*lines, "", *notes]).rstrip() + "\n"
