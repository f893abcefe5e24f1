"""The window: PySide6 over core, which does the work; nothing in here knows the database."""
