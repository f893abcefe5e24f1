"""Making actions: a name for tests and menus, a key, a tooltip that shows the key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.i18n import _


def action(owner: QWidget, name: str, text: str, act: Callable[[], object], keys: str = "") -> QAction:
    """Make an action of a page.

    Args:
        owner: The page; its keys work while the page is in sight.
        name: The objectName.
        text: The translated text with its mnemonic; "..." at its end says that a dialog follows.
        act: What it does.
        keys: Its shortcut as Qt writes it, empty for none.
    """
    made = QAction(text, owner)
    made.setObjectName(name)
    made.triggered.connect(lambda _checked: act())
    if keys:
        sequence = QKeySequence(keys)
        made.setShortcut(sequence)
        shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        plain = text.replace("&", "").removesuffix("...")
        made.setToolTip(_("{action} ({keys})").format(action=plain, keys=shown))
    return made
