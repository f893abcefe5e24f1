"""Choices at this workstation that can be made in the menu and in the settings: whoever shows one follows the other."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from core import workstation


class Choices(QObject):
    """Tells of what is chosen; one for the whole application.

    Signals:
        made: Something was chosen, and is remembered.
    """

    made = Signal()


CHOICES = Choices()


def choose(name: str, value: Any) -> None:
    """Remember a choice, and tell whoever shows it."""
    workstation.remember(name, value)
    CHOICES.made.emit()
