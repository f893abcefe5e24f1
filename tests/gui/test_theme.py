"""The colours of both themes, measured."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from gui import theme
from gui.theme import DARK, LIGHT, STYLE_SHEET, Tokens
from gui.widgets import named
from tests.gui.accessibility.contrast import contrast

THEMES = {"light": LIGHT, "dark": DARK}
TEXTS = ("text", "muted", "link", "severe", "warning", "notice", "good")
GROUNDS = ("surface", "window", "raised")
TINTED = ("severe", "warning", "notice", "good")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_colour_can_be_read_on_every_ground(name, ground, text):
    tokens = THEMES[name]
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("severity", TINTED)
def test_a_severity_and_plain_text_can_be_read_on_its_tint(name, severity):
    tokens = THEMES[name]
    tint = getattr(tokens, f"{severity}_tint")
    assert contrast(getattr(tokens, severity), tint) >= 4.5
    assert contrast(tokens.text, tint) >= 4.5
    assert contrast(tokens.link, tint) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read_where_it_is_selected_pointed_at_or_on_the_primary_button(name):
    tokens = THEMES[name]
    for ground in (tokens.selection, tokens.hover):
        assert contrast(tokens.text, ground) >= 4.5
    for ground in (tokens.accent, tokens.accent_hover):
        assert contrast(tokens.on_accent, ground) >= 4.5
    for severity in (*TINTED, "muted", "link"):
        assert contrast(getattr(tokens, severity), tokens.selection) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("mark", "grounds"),
    [
        ("focus", ("surface", "window", "raised", "hover", "selection", *(f"{one}_tint" for one in TINTED))),
        ("border", ("surface", "window", "raised")),
        ("on_accent", ("accent", "accent_hover")),  # The ring within the primary button.
        *((bar, ("surface",)) for bar in ("focus", *TINTED)),
        *((picture, ("hover", "selection")) for picture in ("text", "muted", "link", *TINTED)),
    ],
)
def test_rings_borders_bars_and_pictures_stand_out(name, mark, grounds):
    tokens = THEMES[name]
    faint = {ground: contrast(getattr(tokens, mark), getattr(tokens, ground)) for ground in grounds}
    assert {ground: found for ground, found in faint.items() if found < 3} == {}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("text", ("selection", "hover", "line")),
        ("muted", ("selection", "hover")),
        ("link", ("selection", "hover")),
        *((one, ("selection",)) for one in TINTED),
    ],
)
def test_text_can_be_read_on_what_is_selected_or_pointed_at(name, text, grounds):
    tokens = THEMES[name]
    faint = {ground: contrast(getattr(tokens, text), getattr(tokens, ground)) for ground in grounds}
    assert {ground: found for ground, found in faint.items() if found < 4.5} == {}


@pytest.mark.parametrize("name", THEMES)
def test_palette_and_style_sheet_are_made_of_the_tokens_alone(name, qapp):
    tokens: Tokens = THEMES[name]
    assert theme.palette(tokens).color(QPalette.ColorRole.Text) == QColor(tokens.text)
    sheet = theme.style_sheet(tokens)
    assert "$" not in sheet.replace("$names", "")
    assert tokens.accent in sheet


def test_the_choice_of_dark_is_kept_and_applied(qapp):
    theme.dress(qapp)
    theme.choose_scheme("dark")
    assert theme.chosen_scheme() == "dark"
    assert theme.tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.surface)
    theme.choose_scheme("light")
    assert theme.tokens() is LIGHT


def test_a_link_that_has_the_keys_needs_no_more_room_than_before_so_that_it_loses_no_letters(qtbot, qapp):
    theme.dress(qapp)
    place = QWidget()
    line = QVBoxLayout(place)
    link, other = named(QPushButton("Im Ordner nachsehen"), link=True), QPushButton("Weiter")
    line.addWidget(link)
    line.addWidget(other)
    qtbot.addWidget(place)
    place.show()
    other.setFocus()
    without = words_of(link)
    assert without.width() >= link.fontMetrics().horizontalAdvance(link.text())
    link.setFocus()
    assert words_of(link) == without


def words_of(button):
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)


def test_a_cover_text_that_can_no_longer_be_changed_is_greyed_like_the_other_fields():
    rules = STYLE_SHEET.read_text("utf-8")
    [rule] = [line for line in rules.splitlines() if line.startswith("QPlainTextEdit:disabled")]
    assert "background: $window" in rule
    assert "color: $muted" in rule
