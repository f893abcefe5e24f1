"""Keeps PySide6 from using up True and False.

PySide6 6.12 gives back one reference too many to every bool that Python emits in a signal, and to the True that
`disconnect` returns. Until Python 3.12, where they are immortal, bools have a few hundred references, and the
interpreter aborts when they have none left.
"""

from __future__ import annotations

import sys

LENT = 1 << 30


def lend() -> None:
    """Lend both bools more references than a sitting can use up."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    import ctypes

    for value in (True, False):
        # A CPython object begins with its count of references.
        ctypes.c_ssize_t.from_address(id(value)).value += LENT
