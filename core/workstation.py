"""What this workstation remembers for its user: where the registry lies, its store, the last heads seen, choices.

Imports nothing heavy: the window reads it before the data layer is there.
"""

from __future__ import annotations

import json
import os
import tempfile
import uuid
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_state_path

PROGRAM = "kanalregister"
REGISTRY_NAME = "registry.kanal"


def data_folder() -> Path:
    """Return the platform's folder for the user's registries, made private when it is made."""
    return _private(user_data_path(PROGRAM, appauthor=False))


def default_registry() -> Path:
    """Return where the registry lies unless another file is named."""
    return data_folder() / REGISTRY_NAME


def scratch_folder() -> Path:
    """Return a private folder on the same machine for snapshots that are thrown away."""
    return _private(user_state_path(PROGRAM, appauthor=False) / "scratch")


def remembered(name: str, default: Any = None) -> Any:
    """Return a choice of the user's at this workstation."""
    return _read(_choices_file()).get(name, default)


def remember(name: str, value: Any) -> None:
    """Keep a choice of the user's at this workstation; None forgets it."""
    _update(_choices_file(), name, value)


def store_id() -> uuid.UUID:
    """Return the random name of this store: one account of one operating system; made when first asked for."""
    known = _read(_state_file("store.json")).get("store")
    if known:
        return uuid.UUID(known)
    fresh = uuid.uuid4()
    _update(_state_file("store.json"), "store", str(fresh))
    return fresh


def last_head(registry_id: str) -> tuple[int, str] | None:
    """Return the number and hash of the last log entry this workstation saw of a registry."""
    seen = _read(_state_file("heads.json")).get(registry_id)
    return (int(seen[0]), str(seen[1])) if seen else None


def keep_head(registry_id: str, seq: int, digest: str) -> None:
    """Remember the last log entry seen, outside the registry's file, so that a cut tail is noticed."""
    _update(_state_file("heads.json"), registry_id, [seq, digest])


def _choices_file() -> Path:
    return _private(user_config_path(PROGRAM, appauthor=False)) / "workstation.json"


def _state_file(name: str) -> Path:
    return _private(user_state_path(PROGRAM, appauthor=False)) / name


def _private(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _update(file: Path, name: str, value: Any) -> None:
    content = _read(file)
    if value is None:
        content.pop(name, None)
    else:
        content[name] = value
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        json.dump(content, target, ensure_ascii=False, indent=1, sort_keys=True)
    Path(aside).replace(file)
