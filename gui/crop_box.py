"""Which part of a picture is cut out: a box of one shape that never leaves the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST = 16
"""So many points at least has the shorter side of a box."""


@dataclass(frozen=True, slots=True)
class CropBox:
    """A part of a picture, in the picture's own points.

    Attributes:
        source: Width and height of the whole picture.
        target: Width and height of what is to be made; the box has their ratio.
        left: From the left edge.
        top: From the top edge.
        width: Of the part; its height follows from the ratio.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    left: float
    top: float
    width: float

    @property
    def ratio(self) -> float:
        """Width by height of what is to be made."""
        return self.target[0] / self.target[1]

    @property
    def height(self) -> float:
        """Of the part."""
        return self.width / self.ratio

    @property
    def widest(self) -> float:
        """The width at which the part touches two edges of the picture."""
        return min(float(self.source[0]), self.source[1] * self.ratio)

    @property
    def narrowest(self) -> float:
        """The least width that can be chosen."""
        return min(LEAST * max(self.ratio, 1.0), self.widest)

    @property
    def enlarged(self) -> bool:
        """Whether the part has fewer points than what is to be made of it."""
        return round(self.width) < self.target[0]

    def points(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height in whole points, within the picture."""
        width = min(max(round(self.width), 1), self.source[0])
        height = min(max(round(self.height), 1), self.source[1])
        left = min(max(round(self.left), 0), self.source[0] - width)
        top = min(max(round(self.top), 0), self.source[1] - height)
        return left, top, width, height

    def moved(self, right: float, down: float) -> CropBox:
        """Return the box moved by so many points, as far as the picture goes."""
        return self._within(self.left + right, self.top + down, self.width)

    def sized(self, width: float) -> CropBox:
        """Return the box with another width, around the same middle."""
        wanted = min(max(width, self.narrowest), self.widest)
        middle = (self.left + self.width / 2, self.top + self.height / 2)
        return self._within(middle[0] - wanted / 2, middle[1] - wanted / self.ratio / 2, wanted)

    def _within(self, left: float, top: float, width: float) -> CropBox:
        height = width / self.ratio
        left = min(max(left, 0.0), max(self.source[0] - width, 0.0))
        top = min(max(top, 0.0), max(self.source[1] - height, 0.0))
        return replace(self, left=left, top=top, width=width)


def largest_box(source: tuple[int, int], target: tuple[int, int]) -> CropBox:
    """Return the largest part of a picture that has the shape of what is to be made, from its middle."""
    whole = CropBox(source, target, 0.0, 0.0, 1.0)
    width = whole.widest
    return replace(whole, left=(source[0] - width) / 2, top=(source[1] - width / whole.ratio) / 2, width=width)
