"""Where something may be written: under a name that says what it is, and never over what its owner protects."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from core.errors import BadInputError, UnusableFileError
from core.i18n import _


def refuse_target(out: Path, suffixes: Sequence[str]) -> None:
    """Refuse a file that cannot be meant, before anything is read.

    Raises:
        BadInputError: Its name ends otherwise.
        UnusableFileError: It is there and write-protected.
    """
    if out.suffix.lower() not in suffixes:
        raise BadInputError(
            _("A file “{name}” cannot be written. Let its name end in {formats}.").format(
                name=out.name, formats=", ".join(suffixes)
            )
        )
    refuse_protected(out)


def refuse_protected(out: Path) -> None:
    """Refuse a file that its owner protects; it would be replaced, since its folder is not protected.

    Raises:
        UnusableFileError: It is there and write-protected.
    """
    if out.is_file() and not out.stat().st_mode & stat.S_IWUSR:
        raise UnusableFileError(
            _("“{path}” is write-protected. Please lift the protection or name another file.").format(path=out)
        )
