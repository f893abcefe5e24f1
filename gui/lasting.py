"""None, True and False last for ever, as they do by themselves from Python 3.12 on (PEP 683).

PySide6 6.12.0 is built as if they always did: on Python 3.11 every call of Qt that returns nothing takes a reference of
None away, until the interpreter aborts ("none_dealloc"). Measured on 23 November 2026; 6.11.3 is free of it.
"""

from __future__ import annotations

import sys

ENOUGH = 1 << 60


def make_constants_last() -> None:
    """Give the constants more references than a program can lose; does nothing where they last anyway."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    import ctypes

    for constant in (None, True, False):
        references = ctypes.c_ssize_t.from_address(id(constant))
        if references.value < ENOUGH:
            references.value += ENOUGH
