"""Where something may be written: under a name that says what it is, and never over what somebody needs.

What somebody needs is the open registry and any other, all that the program keeps beside them, and what its owner
protects.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import BadInputError, UnusableFileError
from core.i18n import _
from core.storage import companions, kept_copies
from core.storage.claims import refuse_claimed
from core.storage.places import BESIDE, refuse_unusual
from core.system_reasons import reason_of


def refuse_target(out: Path, suffixes: Sequence[str], registry: Path) -> None:
    """Refuse a file that cannot be meant or written, before anything is read.

    Args:
        out: The file.
        suffixes: What its name may end in.
        registry: The open registry's file.

    Raises:
        BadInputError: Its name ends otherwise.
        UnusableFileError: It belongs to a registry, is no file of its own, is write-protected, or has no folder.
    """
    if out.suffix.lower() not in suffixes:
        raise BadInputError(
            _("A file “{name}” cannot be written. Let its name end in {formats}.").format(
                name=out.name, formats=", ".join(suffixes)
            )
        )
    refuse_protected(out, registry)


def refuse_protected(out: Path, registry: Path) -> None:
    """Refuse a file that its owner protects; it would be replaced, since its folder is not protected.

    Args:
        out: The file.
        registry: The open registry's file.

    Raises:
        UnusableFileError: It belongs to a registry, is no file of its own, is write-protected, or has no folder.
    """
    refuse_kept(out, registry)
    refuse_unusual(out)
    if out.is_file() and not out.stat().st_mode & stat.S_IWUSR:
        raise UnusableFileError(
            _("“{path}” is write-protected. Please lift the protection or name another file.").format(path=out)
        )
    _refuse_folder(out)


def refuse_kept(out: Path, registry: Path, *, backup: bool = False) -> None:
    """Refuse registries, the open one and any other, and what the program keeps of and beside them.

    Links are followed, so that no other name leads there.

    Args:
        out: A file or folder to write to.
        registry: The open registry's file.
        backup: Whether a backup is written, which may take the place of an older one; `back_up` looks whose that is.

    Raises:
        UnusableFileError: It is one of these.
    """
    real, kept = _real(out), _real(registry)
    if _is_registry(real, kept):
        told = _("“{path}” belongs to the open registry. Please name another file.")
        raise UnusableFileError(told.format(path=out))
    places = list(_kept_beside(kept))
    if any(_is_same(one, place) for one in (real, *real.parents) for place in places):
        told = _("“{path}” is kept by the program itself for this registry. Please choose another place.")
        raise UnusableFileError(told.format(path=out))
    refuse_claimed(out, backup=backup)


def _is_registry(out: Path, registry: Path) -> bool:
    """Say whether it is the file itself or what SQLite lays beside it, even where that is not there just now."""
    beside = [registry.with_name(registry.name + end) for end in BESIDE]
    named = out.name.casefold() in {one.name.casefold() for one in beside} and _is_same(out.parent, registry.parent)
    return named or any(_is_same(out, one) for one in (registry, *beside))


def _kept_beside(registry: Path) -> Iterator[Path]:
    yield kept_copies.automatic_folder(registry)
    for one in (registry, *kept_copies.copies_of(registry)):
        yield from (companions.folder_of(one, kind) for kind in companions.KINDS)
        if one != registry:
            yield one


def _is_same(one: Path, other: Path) -> bool:
    """Compare the files where they are there, for a disk may not tell upper case from lower, and else the names."""
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _refuse_folder(out: Path) -> None:
    """Refuse a file for which there is no folder, or one that cannot be written to."""
    folder = out.parent
    number = errno.ENOENT if not folder.is_dir() else 0 if os.access(folder, os.W_OK) else errno.EACCES
    if number:
        reason = reason_of(OSError(number, ""), writing=True)
        raise UnusableFileError(_("“{path}” cannot be created: {reason}").format(path=out, reason=reason))
