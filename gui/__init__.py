"""The window: PySide6 over core, which does the work; nothing in here knows the database."""

from gui.lasting import make_constants_last

make_constants_last()
