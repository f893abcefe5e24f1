"""Grabs every widget that takes the keys without them and with them, and writes down where no ring is to be seen.

    python -m tests.gui.accessibility.rings DEMO PART PARTS

Every widget in light colours, in the scenes whose number divided by PARTS leaves PART; in dark ones the first widget of
each style, which is the same wherever it stands.
Prints JSON: how many were looked at in each, and those whose ring cannot be seen.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from gui import theme
from tests.gui.accessibility.contrast import contrast
from tests.gui.accessibility.going import leave, settle
from tests.gui.accessibility.measuring import in_sight, path_of
from tests.gui.accessibility.parts import Part
from tests.gui.accessibility.scenes import Scene, all_scenes
from tests.journeys.driver import Driver

ENOUGH = 3.0
"""WCAG 2.2, 2.4.13: the contrast between the pixels with and without the keys."""
AROUND = 3
"""A frame may be drawn so many pixels outside of its widget."""


def main(demo: Path, part: Part) -> None:
    """Look at every scene in light colours, then at the ones with a style of their own in dark colours."""
    driver = Driver("en", None)
    driver.begin(demo)
    driver.wait(lambda: driver.sitting.workspace.is_open, "the demo city is open")
    QApplication.setCursorFlashTime(0)
    scenes = [one for one in part.of(all_scenes()) if one.name != "dialog columns"]  # A menu marks its entries itself.
    light, styles = _looked(driver, "light", scenes, _kind)
    first = set(styles.values())
    dark, _styles = _looked(driver, "dark", [one for one in scenes if one.name in first], _style)
    driver.end()
    both = {f"light: {kind}": seen for kind, seen in light.items()} | {
        f"dark: {kind}": seen for kind, seen in dark.items()
    }
    unseen = [kind for kind, marked in both.items() if not marked]
    print(json.dumps({"light": len(light), "dark": len(dark), "unseen": unseen}))


def _looked(
    driver: Driver, scheme: str, scenes: list[Scene], kind_of: Callable[[QWidget], str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Return how well the ring of each kind of widget can be seen, and in which scene each style was met first."""
    theme.choose_scheme(scheme)
    settle(driver)
    seen: dict[str, int] = {}
    styles: dict[str, str] = {}
    for scene in scenes:
        for widget in _stops(scene.enter(driver), seen, kind_of):
            seen[kind_of(widget)] = _marked(widget)
            styles.setdefault(_style(widget), scene.name)
        leave(driver)
    return seen, styles


def _stops(top: QWidget, seen: dict[str, int], kind_of: Callable[[QWidget], str]) -> Iterator[QWidget]:
    """Yield the widgets at which Tab stops in a window, one of each kind."""
    top.activateWindow()
    for widget in in_sight(top):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        if (
            stops
            and widget.focusProxy() is None
            and not widget.visibleRegion().isEmpty()
            and kind_of(widget) not in seen
        ):
            yield widget


def _kind(widget: QWidget) -> str:
    return f"{path_of(widget)} {_style(widget)}"


def _style(widget: QWidget) -> str:
    """Return what the style sheet knows most widgets by."""
    flags = [flag for flag in ("primary", "link", "chip", "card", "ticks") if widget.property(flag)]
    return " ".join([type(widget).__name__, *flags])


def _marked(widget: QWidget) -> int:
    """Return how many pixels tell that a widget has the keys; none where they are too few or too faint."""
    before = _grabbed(widget, focused=False)
    after = _grabbed(widget, focused=True)
    differing = sum(count for (one, other), count in _pairs(before, after).items() if contrast(one, other) >= ENOUGH)
    least = min(widget.width(), widget.height())  # A ring has four sides; a text cursor is half of one.
    return differing if differing >= least else 0


def _pairs(before: QImage, after: QImage) -> dict[tuple[str, str], int]:
    """Return the colours of the pixels that are not the same in both pictures, and how often they are met."""
    pixels = zip(_numbers(before), _numbers(after), strict=True)
    met = Counter((one, other) for one, other in pixels if one != other)
    return {(QColor(one).name(), QColor(other).name()): count for (one, other), count in met.items()}


def _numbers(picture: QImage) -> memoryview:
    """Return the pixels of a picture, 32 bits each: asking Qt for one at a time would take seconds a scene."""
    return memoryview(picture.constBits()).cast("I")


def _grabbed(widget: QWidget, *, focused: bool) -> QImage:
    window = widget.window()
    if focused:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
            widget.setCurrentIndex(widget.model().index(0, 0))
    else:
        _elsewhere(window).setFocus(Qt.FocusReason.TabFocusReason)
        widget.clearFocus()
    QApplication.processEvents()
    around = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    return window.grab(around).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _elsewhere(window: QWidget) -> QWidget:
    """Return a place for the keys that shows nothing."""
    found = window.findChild(QWidget, "nowhere")
    if found is None:
        found = QWidget(window)
        found.setObjectName("nowhere")
        found.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        found.show()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Part(int(sys.argv[2]), int(sys.argv[3])))
