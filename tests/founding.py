"""New registries for tests that are not about making one: copies of one that each process makes once.

Laying out the tables takes a fifth of a second of computing, a copy next to nothing; the whole suite needs thousands.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from platformdirs import user_state_path

from core import workstation
from core.registry import Registry, create_registry, open_registry
from core.storage import places

CITY = "Musterstadt"


@dataclass(frozen=True, slots=True)
class Blank:
    """A registry as it is made: its file, and what the workstation it was made at remembers of it."""

    content: bytes
    registry: str
    head: tuple[int, str]
    store: UUID


def new_registry(path: Path) -> Registry:
    """Put a new, empty registry of Musterstadt into a new file and open it, as `create_registry` does."""
    put_registry(path)
    return open_registry(path)


def put_registry(path: Path) -> None:
    """Put a new, empty registry of Musterstadt into a new file; this workstation is the one it was made at."""
    blank = _blank()
    places.make_private_folder(path.parent)
    places.create_private(path)
    path.write_bytes(blank.content)
    state = user_state_path(workstation.PROGRAM, appauthor=False)
    if not (state / "store.json").exists():
        places.make_private_folder(state)
        (state / "store.json").write_text(json.dumps({"store": str(blank.store)}), "utf-8")
    workstation.keep_head(blank.registry, *blank.head)


@cache
def _blank() -> Blank:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.kanal"
        made = create_registry(path, city=CITY)
        head = made.head()
        made.close()
        return Blank(path.read_bytes(), made.id, head, workstation.store_id())
