"""The other program on the same file: renames the one channel, in the name of whoever is bound to the account.

python -m tests.journeys.second_program REGISTRY TITLE
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import select

from core.i18n import N_
from core.inventory import channels
from core.inventory.binding import bind
from core.model import Channel
from core.registry import Registry, open_registry


def main(path: Path, title: str) -> None:
    """Rename the channel and leave."""
    registry = open_registry(path)
    with registry.action(N_("Rename channel")) as session:
        channels.rename(session.scalars(select(Channel)).one(), title)
    registry.close()


def bind_and_add(registry: Registry, name: str, title: str) -> None:
    """Put a person, bound to this account, and one channel into a new registry."""
    with registry.action(N_("Bind this account to a person")) as session:
        bind(session, registry.store_id, name, registry.today())
    with registry.action(N_("Add channel")) as session:
        channels.add_channel(session, "facebook.com/musterstadt", title=title, today=registry.today())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
