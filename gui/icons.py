"""Pictures of one family (Phosphor, as QtAwesome brings it), drawn in the colours of the theme.

QtAwesome itself is not imported: it loads and checksums twelve fonts in half a second, one of them is needed.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap

from gui import theme

SIZES = (16, 20, 32, 40)
ROW_SIZES = (16, 32)
_FONT = "phosphor-1.3.0.ttf"
_NAMES = "phosphor-charmap-1.3.0.json"


def icon(name: str, colour: str = "text") -> QIcon:
    """Return a picture in a colour of the theme in force; ask again after a QEvent.PaletteChange.

    Args:
        name: Its name in the Phosphor set, with or without the prefix "ph.".
        colour: The name of a token of `gui.theme.Tokens`.
    """
    return _icon(name.removeprefix("ph."), getattr(theme.tokens(), colour), theme.tokens().border)


def row_icon(name: str, colour: str = "text") -> QIcon:
    """Return a picture for the cells of a table, which are drawn small and never disabled: a tenth of the work."""
    return _row_icon(name.removeprefix("ph."), getattr(theme.tokens(), colour))


@functools.cache
def _row_icon(name: str, colour: str) -> QIcon:
    made = QIcon()
    for size in ROW_SIZES if QGuiApplication.primaryScreen().devicePixelRatio() > 1 else ROW_SIZES[:1]:
        drawn = _drawn(name, colour, size)
        made.addPixmap(drawn, QIcon.Mode.Normal)
        made.addPixmap(drawn, QIcon.Mode.Selected)
    return made


@functools.cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    for size in SIZES:
        drawn = _drawn(name, colour, size)
        made.addPixmap(drawn, QIcon.Mode.Normal)
        made.addPixmap(drawn, QIcon.Mode.Selected)
        made.addPixmap(_drawn(name, disabled, size), QIcon.Mode.Disabled)
    return made


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    family, characters = _set()
    font = QFont(family)
    font.setPixelSize(size)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, characters[name])
    painter.end()
    return pixmap


@functools.cache
def _set() -> tuple[str, dict[str, str]]:
    """Load the font and its names: (family, name -> character)."""
    spec = importlib.util.find_spec("qtawesome")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(folder / _FONT))
    names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], {name: chr(int(code, 16)) for name, code in names.items()}
