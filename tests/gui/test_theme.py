"""The colours of both themes, measured."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from gui import theme
from gui.theme import DARK, LIGHT, Tokens

THEMES = {"light": LIGHT, "dark": DARK}
TEXTS = ("text", "muted", "link", "severe", "warning", "notice", "good")
GROUNDS = ("surface", "window", "raised")
TINTED = ("severe", "warning", "notice", "good")


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


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
def test_focus_and_the_borders_of_fields_stand_out(name):
    tokens = THEMES[name]
    for ground in (tokens.surface, tokens.window):
        assert contrast(tokens.focus, ground) >= 3
        assert contrast(tokens.border, ground) >= 3


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
