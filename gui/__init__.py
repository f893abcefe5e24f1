"""The window: PySide6 over core, which does the work; nothing in here knows the database."""

from __future__ import annotations

import builtins

_plain_import = builtins.__import__

from PySide6 import QtCore as QtCore  # noqa: E402 - what it replaces must be known before

# PySide6 puts an import of its own in Python's place, which looks for PySide's features in every module. None are used
# here, and without it the window is there a fifth of its time earlier, and so is the data layer.
builtins.__import__ = _plain_import
