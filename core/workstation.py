"""What this workstation remembers for its user: where the registry lies, its store, the last heads seen, choices.

Imports nothing heavy: the window reads it before the data layer is there.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zlib import crc32

from platformdirs import user_config_path, user_data_path, user_state_path

from core.errors import UnusableFileError
from core.i18n import _
from core.storage.leftovers import remove_leftovers
from core.storage.places import make_private_folder, refuse_linked
from core.system_reasons import reason_of

PROGRAM = "kanalregister"
SHARED_FOLDER = "handovers.folder"
"""Under this name the folder is remembered through which handovers are sent."""
REGISTRY_NAME = "registry.kanal"

_NOT_PLANTED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def data_folder() -> Path:
    """Return the platform's folder for the user's registries, made private when it is made."""
    return _private(user_data_path(PROGRAM, appauthor=False))


def default_registry() -> Path:
    """Return where the registry lies unless another file is named."""
    return data_folder() / REGISTRY_NAME


def scratch_folder() -> Path:
    """Return a private folder on the same machine for snapshots that are thrown away."""
    folder = user_state_path(PROGRAM, appauthor=False) / "scratch"
    refuse_linked(folder)
    _private(folder)
    remove_leftovers(folder, "*")
    return folder


def remembered(name: str, default: Any = None) -> Any:
    """Return a choice of the user's at this workstation."""
    return _read(_choices_file()).get(name, default)


def remember(name: str, value: Any) -> None:
    """Keep a choice of the user's at this workstation; None forgets it. Where that fails, the old one stays."""
    with suppress(OSError, UnusableFileError):
        _update(_choices_file(), name, value)


def store_id() -> uuid.UUID:
    """Return the random name of this store: one account of one operating system; made when first asked for.

    Raises:
        UnusableFileError: It cannot be kept.
    """
    file = _state_file("store.json")
    with suppress(ValueError, TypeError, AttributeError):  # What is no name any more is replaced by a new one.
        return uuid.UUID(_read(file).get("store"))
    fresh = uuid.uuid4()
    try:
        _update(file, "store", str(fresh), durably=True)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=file, reason=reason_of(error, writing=True))
        ) from error
    return fresh


def last_head(registry_id: str) -> tuple[int, str] | None:
    """Return the number and hash of the last log entry this workstation saw of a registry."""
    with suppress(OSError, ValueError):
        told, _separator, check = _content(head_file(registry_id)).rpartition(" ")
        seq, digest = told.split()
        if int(check, 16) == crc32(told.encode()):
            return int(seq), digest
    return _head_kept_before(registry_id)


def _head_kept_before(registry_id: str) -> tuple[int, str] | None:
    """Return what earlier programs kept, in one file for all registries; that entry must still be there, too."""
    match _read(_state_file("heads.json")).get(registry_id):
        case [int(seq), str(digest)]:
            return seq, digest
        case _:
            return None


def keep_head(registry_id: str, seq: int, digest: str) -> None:
    """Remember the last log entry seen, outside the registry's file, so that a cut tail is noticed.

    Every action does, so the few bytes are written in place, with a checksum by which half of them would be known.
    Where that fails, the one seen before stays: what was saved in the registry is saved all the same.
    """
    told = f"{seq:>20} {digest:>64}"
    line = f"{told} {crc32(told.encode()):08x}\n"
    with suppress(OSError, UnusableFileError):
        file = head_file(registry_id)
        if not _overwritten(file, line.encode()):
            _replace(file, line)


def plans_kept() -> dict[str, Any]:
    """Return by list how its first rows are read before the data layer is loaded; nothing where none can be kept."""
    with suppress(OSError, UnusableFileError):
        return _read(_state_file("first-rows.json"))
    return {}


def keep_plan(name: str, plan: Any) -> None:
    """Keep how the first rows of a list are read; where that fails, the window waits for them."""
    with suppress(OSError, UnusableFileError):
        _update(_state_file("first-rows.json"), name, plan)


def head_file(registry_id: str) -> Path:
    """Return where the last entry seen of a registry is remembered."""
    return _state_file(f"head-{quote(registry_id, safe='')}")


def _overwritten(file: Path, line: bytes) -> bool:
    """Write over a file of ours; False where there is none, or what lies there is not ours alone."""
    try:
        handle = os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0) | _NOT_PLANTED)
    except OSError:
        return False
    try:
        known = os.fstat(handle)
        ours = stat.S_ISREG(known.st_mode) and known.st_nlink == 1 and known.st_size == len(line)
        return ours and os.write(handle, line) == len(line)
    finally:
        os.close(handle)


def _choices_file() -> Path:
    return _private(user_config_path(PROGRAM, appauthor=False)) / "workstation.json"


def _state_file(name: str) -> Path:
    return _private(user_state_path(PROGRAM, appauthor=False)) / name


def _private(folder: Path) -> Path:
    if not folder.is_dir():
        make_private_folder(folder)
    return folder


def _read(file: Path) -> dict[str, Any]:
    """Read what is kept in a file of ours, nothing where that cannot be."""
    try:
        content = json.loads(_content(file) or "{}")
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _content(file: Path) -> str:
    """Return the text of a file of ours; a link or a pipe that somebody planted there is not followed."""
    with open(os.open(file, os.O_RDONLY | _NOT_PLANTED), encoding="utf-8") as source:  # noqa: PTH123 - a Path cannot refuse a link
        return source.read() if stat.S_ISREG(os.fstat(source.fileno()).st_mode) else ""


def _update(file: Path, name: str, value: Any, *, durably: bool = False) -> None:
    content = _read(file)
    if value is None:
        content.pop(name, None)
    else:
        content[name] = value
    _replace(file, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), durably=durably)


def _replace(file: Path, content: str, *, durably: bool = False) -> None:
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as target:
            target.write(content)
            target.flush()
            if durably:
                os.fsync(target.fileno())
        Path(aside).replace(file)
    except OSError:
        with suppress(OSError):
            Path(aside).unlink(missing_ok=True)
        raise
