"""What this workstation remembers outside the registry: choices of the user's, pictures, copies that were left over."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_config_path, user_state_path

from core import workstation
from core.model.protection import REDACTED
from core.protection.erasure.mentions import mapped
from core.protection.recognising.name_forms import Forms
from core.storage.places import written_aside

_OLD_ENOUGH = 60 * 60
"""Seconds after which nobody works on a private copy any more."""


def clean(registry_id: str, forms: Forms) -> int:
    """Take the names out of what the workstation keeps of its user's choices, and remove what was left over.

    Returns:
        How many files were changed.
    """
    for folder in (user_cache_path(workstation.PROGRAM, appauthor=False) / "thumbnails" / registry_id, *_left_over()):
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            with suppress(OSError):
                folder.unlink(missing_ok=True)
    return sum(_rewrite(file, forms) for file in _choices())


def _left_over() -> list[Path]:
    """Return private copies of the registry that a killed program left behind."""
    scratch = user_state_path(workstation.PROGRAM, appauthor=False) / "scratch"
    if scratch.is_symlink() or not scratch.is_dir():
        return []
    return [one for one in scratch.iterdir() if one.lstat().st_mtime < time.time() - _OLD_ENOUGH]


def _choices() -> list[Path]:
    folders = {place(workstation.PROGRAM, appauthor=False) for place in (user_config_path, user_state_path)}
    return sorted(file for folder in folders for file in folder.glob("*.json") if not file.is_symlink())


def _rewrite(file: Path, forms: Forms) -> bool:
    """Rewrite one file of JSON; one that is none is no file of ours."""
    try:
        text = file.read_text("utf-8")
        content = json.loads(text)
    except (OSError, ValueError):
        return False
    cleaned = _cleaned(content, lambda one: forms.sure.sub(REDACTED, one) if forms.may_be_in(one) else one)
    if cleaned == content:
        return False
    with written_aside(file) as aside:
        aside.write_text(json.dumps(cleaned, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    return True


def _cleaned(content: Any, change: Callable[[str], str]) -> Any:
    """Return what is kept with the names gone from values and from keys, by which searches are remembered."""
    return mapped(_keys_changed(content, change), change)


def _keys_changed(content: Any, change: Callable[[str], str]) -> Any:
    match content:
        case dict():
            return {change(key): _keys_changed(one, change) for key, one in content.items()}
        case list():
            return [_keys_changed(one, change) for one in content]
        case _:
            return content
