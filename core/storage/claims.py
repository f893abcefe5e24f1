"""What registries claim on a disk, open or not: their files, what SQLite lays beside them, and the program's folders.

Whatever else the program writes must not take their place. Nothing is known of a registry that is not open but its
first bytes; a backup is one, too.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import _
from core.storage.companions import KINDS
from core.storage.kept_copies import BACKUPS
from core.storage.opening import is_registry
from core.storage.places import BESIDE

_ENDS = (*BESIDE, *(kind.suffix for kind in KINDS))


def refuse_claimed(out: Path, *, backup: bool = False) -> None:
    """Refuse to write to what is a registry or belongs to one; links are followed, so that no other name leads there.

    Args:
        out: A file or folder to write to.
        backup: Whether a backup is written, which may take the place of an older one.

    Raises:
        UnusableFileError: It is a registry or a backup of one, or is kept beside one.
    """
    real = Path(os.path.realpath(out))
    if not backup and _is_ours(real):
        raise UnusableFileError(
            _("“{path}” is a registry or a backup of one. Please name another file.").format(path=out)
        )
    for place in (real, *real.parents):
        for registry in _owners(place):
            if _is_ours(registry):
                told = _(
                    "“{path}” is kept by the program itself for the registry “{registry}”. Please choose another place."
                )
                raise UnusableFileError(told.format(path=out, registry=registry.name))


def _owners(place: Path) -> Iterator[Path]:
    """Give the files to which a place belongs by its name, should they be registries."""
    for end in _ENDS:
        if place.name.casefold().endswith(end) and len(place.name) > len(end):
            yield place.with_name(place.name[: -len(end)])
    if place.name.casefold().endswith(BACKUPS):
        stem = place.name[: -len(BACKUPS)]
        with suppress(OSError):
            yield from (one for one in place.parent.glob(f"{glob.escape(stem)}*") if one.stem == stem)


def _is_ours(file: Path) -> bool:
    try:
        return is_registry(file)
    except OSError:  # There is no such file, or nobody may read it.
        return False
