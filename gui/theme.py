"""How the window looks: the tokens of light and dark, made into a palette and filled into the style sheet."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QTableView

from core import workstation
from core.i18n import N_
from gui.choices import choose

STYLE_SHEET = Path(__file__).resolve().parent.parent / "resources" / "style" / "window.qss"
GRID = 8
ROW_HEIGHT = 32
COMPACT_ROW_HEIGHT = 28
BODY_POINTS = 10
SCHEMES = {
    "system": (N_("As the system"), Qt.ColorScheme.Unknown),
    "light": (N_("Light"), Qt.ColorScheme.Light),
    "dark": (N_("Dark"), Qt.ColorScheme.Dark),
}
DENSITIES = {
    "comfortable": (N_("Comfortable rows"), ROW_HEIGHT),
    "compact": (N_("Compact rows"), COMPACT_ROW_HEIGHT),
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme; every text colour passes 4.5:1 on `surface`, `window` and its own tint."""

    window: str
    surface: str
    raised: str
    line: str
    handle: str
    border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    focus: str
    on_accent: str
    link: str
    selection: str
    hover: str
    severe: str
    severe_tint: str
    warning: str
    warning_tint: str
    notice: str
    notice_tint: str
    good: str
    good_tint: str


LIGHT = Tokens(
    window="#f4f5f7",
    surface="#ffffff",
    raised="#ffffff",
    line="#e1e4e9",
    handle="#c3c9d1",
    border="#848c97",
    text="#1b1f24",
    muted="#545d68",
    accent="#1f5fbf",
    accent_hover="#194f9f",
    focus="#1f5fbf",
    on_accent="#ffffff",
    link="#1a56ad",
    selection="#d7e5f9",
    hover="#e9ecf1",
    severe="#b3261e",
    severe_tint="#fdeceb",
    warning="#855000",
    warning_tint="#fdf2de",
    notice="#475363",
    notice_tint="#edf0f4",
    good="#1b6837",
    good_tint="#e4f4e9",
)
DARK = Tokens(
    window="#1a1c20",
    surface="#212429",
    raised="#2b2f36",
    line="#363b43",
    handle="#4d545f",
    border="#7d8794",
    text="#e7e9ec",
    muted="#a9b1bb",
    accent="#2c69c9",
    accent_hover="#2560bd",
    focus="#6ea3f2",
    on_accent="#ffffff",
    link="#8db9fb",
    selection="#284269",
    hover="#2d323a",
    severe="#ffa198",
    severe_tint="#472321",
    warning="#f0be6c",
    warning_tint="#403118",
    notice="#b9c4d2",
    notice_tint="#323942",
    good="#80d699",
    good_tint="#1e3b29",
)


class _State:
    """The theme in force; one for the whole application."""

    tokens = LIGHT


def tokens() -> Tokens:
    """Return the colours in force; ask again after a QEvent.PaletteChange."""
    return _State.tokens


def dress(application: QApplication) -> None:
    """Give the application its style, font and theme, and follow the system from now on."""
    application.setStyle("Fusion")
    font = application.font()
    if font.pointSize() > 0 and font.pointSize() != BODY_POINTS:
        font.setPointSize(BODY_POINTS)
        application.setFont(font)
    hints = QGuiApplication.styleHints()
    wanted = SCHEMES[chosen_scheme()][1]
    hints.setColorScheme(wanted)
    _apply(application, wanted)  # A desktop without a theme of its own does not tell the choice back.
    hints.colorSchemeChanged.connect(lambda: _apply(application))


def chosen_scheme() -> str:
    """Return the user's choice at this workstation: "system", "light" or "dark"."""
    choice = workstation.remembered("scheme", "system")
    return choice if choice in SCHEMES else "system"


def choose_scheme(choice: str) -> None:
    """Keep and apply the user's choice of light or dark."""
    choose("scheme", choice)
    QGuiApplication.styleHints().setColorScheme(SCHEMES[choice][1])
    application = QApplication.instance()
    if isinstance(application, QApplication):
        _apply(application, wanted=SCHEMES[choice][1])


def chosen_density() -> str:
    """Return the user's choice at this workstation: "comfortable" or "compact"."""
    choice = workstation.remembered("density", "comfortable")
    return choice if choice in DENSITIES else "comfortable"


def choose_density(choice: str) -> None:
    """Keep the user's choice of the height of rows, and apply it to every table there is."""
    choose("density", choice)
    for widget in QApplication.allWidgets():
        if isinstance(widget, QTableView) and widget.property("dense") is not None:
            dense(widget)
            # How many rows are in sight has changed as it does when the table grows or shrinks.
            size = widget.viewport().size()
            QApplication.sendEvent(widget.viewport(), QResizeEvent(size, size))


def dense(table: QTableView) -> None:
    """Give a table rows as high as the user wants them, now and whenever the choice changes."""
    table.setProperty("dense", chosen_density())
    table.verticalHeader().setDefaultSectionSize(DENSITIES[chosen_density()][1])


def palette(colours: Tokens) -> QPalette:
    """Make the palette that Fusion draws with."""
    made = QPalette()
    for role, colour in _roles(colours).items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.border))
    return made


def style_sheet(colours: Tokens) -> str:
    """Fill the colours into the style sheet."""
    template = Template(STYLE_SHEET.read_text(encoding="utf-8"))
    images = STYLE_SHEET.parent.as_posix()
    theme = "dark" if colours is DARK else "light"
    return template.substitute(dataclasses.asdict(colours), images=images, theme=theme)


def tabular(font: QFont) -> QFont:
    """Return the font with figures of one width, for columns of numbers and dates."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _apply(application: QApplication, wanted: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
    scheme = wanted if wanted is not Qt.ColorScheme.Unknown else QGuiApplication.styleHints().colorScheme()
    colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    if colours is _State.tokens and application.styleSheet():
        return
    _State.tokens = colours
    application.setPalette(palette(colours))
    application.setStyleSheet(style_sheet(colours))


def _roles(colours: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.window,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.severe,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Link: colours.link,
        role.LinkVisited: colours.link,
        role.Accent: colours.accent,
        role.Mid: colours.line,
        role.Light: colours.raised,
        role.Midlight: colours.hover,
        role.Dark: colours.border,
        role.Shadow: colours.border,
    }
