"""The contrast of two colours, as the guidelines for accessible content measure it."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor


@cache
def contrast(one: str, other: str) -> float:
    """Return the ratio between two colours, 1 to 21 (Source: WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def _luminance(name: str) -> float:
    colour = QColor(name)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
