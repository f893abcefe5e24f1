"""Canaries: words that stand for somebody, looked for in every file below a folder, whatever it is packed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile


def home_in(folder: Path) -> dict[str, str]:
    """Return the environment in which everything that the workstation keeps lies inside a folder."""
    names = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state"}
    names |= {"XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    return {name: str(folder / "home" / below) for name, below in names.items()}


def leaks(folder: Path, canaries: tuple[str, ...]) -> list[str]:
    """Return where any canary is still found: in any file below a folder, whatever it is packed in."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            found += [f"{canary} in {file.name}: {part}" for part, canary in _found(file, canaries)]
    return found


def _found(file: Path, canaries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for part, content in _contents(file):
        lowered = content.lower()
        for canary in canaries:
            if any(form in lowered for form in _forms(canary)):
                yield part, canary


def _forms(canary: str) -> Iterator[bytes]:
    """Give how a canary may be written: in small letters here, with the digits of a number alone."""
    texts = {canary, canary.lower()}
    if canary[0] == "0":
        texts |= {canary.replace(" ", ""), canary[1:].replace(" ", ""), canary.replace(" ", "/")}
    for text in texts:
        yield from (text.lower().encode(), text.lower().encode("utf-16-le"), json.dumps(text.lower())[1:-1].encode())


def _contents(file: Path) -> Iterator[tuple[str, bytes]]:
    yield "", file.read_bytes()
    try:
        with ZipFile(file) as parts:
            for part in parts.infolist():
                yield part.filename, parts.read(part)
    except BadZipFile:
        return
