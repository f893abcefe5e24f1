"""Which part of a picture is cut out: a box of one shape that never leaves the picture, unless a margin is wanted.

With a margin, in each direction either the box lies within the picture or the picture within the box.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAST = 16
"""So many points at least has the shorter side of a box."""
MOST = 1.6
"""So many times as wide as the box around the whole picture is one with a margin at most; a circle needs 1.42."""


@dataclass(frozen=True, slots=True)
class CropBox:
    """A part of a picture, in the picture's own points.

    Attributes:
        source: Width and height of the whole picture.
        target: Width and height of what is to be made; the box has their ratio.
        left: From the left edge.
        top: From the top edge.
        width: Of the part; its height follows from the ratio.
        loose: Whether the part may be larger than the picture.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    left: float
    top: float
    width: float
    loose: bool = False

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
        """The width at which the part touches two edges of the picture; with a margin the greatest there is."""
        if self.loose:
            return MOST * max(float(self.source[0]), self.source[1] * self.ratio)
        return min(float(self.source[0]), self.source[1] * self.ratio)

    @property
    def room(self) -> tuple[float, float]:
        """Width and height that the picture takes up with all the margin there may be."""
        if not self.loose:
            return float(self.source[0]), float(self.source[1])
        return max(self.source[0], self.widest), max(self.source[1], self.widest / self.ratio)

    @property
    def has_margin(self) -> bool:
        """Whether the part is larger than the picture in some direction."""
        _left, _top, width, height = self.points()
        return width > self.source[0] or height > self.source[1]

    @property
    def narrowest(self) -> float:
        """The least width that can be chosen."""
        return min(LEAST * max(self.ratio, 1.0), self.widest)

    @property
    def enlarged(self) -> bool:
        """Whether the part has fewer points than what is to be made of it."""
        return round(self.width) < self.target[0]

    def points(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height in whole points."""
        width, height = max(round(self.width), 1), max(round(self.height), 1)
        if not self.loose:
            width, height = min(width, self.source[0]), min(height, self.source[1])
        left = round(placed(self.left, width, self.source[0]))
        top = round(placed(self.top, height, self.source[1]))
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
        left, top = placed(left, width, self.source[0]), placed(top, height, self.source[1])
        return replace(self, left=left, top=top, width=width)


def placed(start: float, length: float, whole: float) -> float:
    """Return where a part begins that is shifted until it lies within a picture, or the picture within it."""
    least, most = sorted((0.0, whole - length))
    return min(max(start, least), most)


def largest_box(source: tuple[int, int], target: tuple[int, int]) -> CropBox:
    """Return the largest part of a picture that has the shape of what is to be made, from its middle."""
    whole = CropBox(source, target, 0.0, 0.0, 1.0)
    width = whole.widest
    return replace(whole, left=(source[0] - width) / 2, top=(source[1] - width / whole.ratio) / 2, width=width)


def box_around(source: tuple[int, int], target: tuple[int, int], *, round_shape: bool) -> CropBox:
    """Return the part that holds the whole picture, within a circle if need be, with the picture in its middle."""
    loose = CropBox(source, target, 0.0, 0.0, 1.0, loose=True)
    width = max(float(source[0]), source[1] * loose.ratio)
    if round_shape:
        width = max(width, (source[0] ** 2 + (source[1] * loose.ratio) ** 2) ** 0.5)
    left, top = (source[0] - width) / 2, (source[1] - width / loose.ratio) / 2
    return replace(loose, left=left, top=top, width=width)
