"""Parts of a page side by side, as wide as they were left at this workstation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter, QWidget

from core import workstation
from gui.widgets import named


class Split(QSplitter):
    """A list and its detail, for example; neither can be folded away."""

    def __init__(self, name: str, parts: Sequence[QWidget], widths: Sequence[int], shares: Sequence[int]) -> None:
        """Make it.

        Args:
            name: What it is remembered by.
            parts: What stands in it, from left to right.
            widths: Of the parts at first, in pixels.
            shares: How much of further room each part takes.
        """
        super().__init__()
        named(self, f"{name}-split")
        for place, (part, share) in enumerate(zip(parts, shares, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(place, share)
        self.setChildrenCollapsible(False)
        remembered = f"split.{name}"
        self.setSizes(workstation.remembered(remembered, list(widths)))
        self.splitterMoved.connect(lambda: workstation.remember(remembered, self.sizes()))
