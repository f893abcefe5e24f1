"""A person with a keyring, and channels to which entries of KeePass files belong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.exchange.keepass.entries import Entry
from core.inventory import channels
from core.inventory.binding import bind
from core.registry import Registry

ADDRESSES = {
    "Stadt Moers": "facebook.com/stadtmoers",
    "Bücherei": "facebook.com/buecherei",
    "Stadt": "x.com/stadt",
    "Ämter": "instagram.com/aemter",
    "Zoo": "https://zoo.example/blog",
}


@pytest.fixture
def custodian(registry: Registry, keyring_daemon, today: date) -> Custodian:
    with registry.action("begin") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
        for title, address in ADDRESSES.items():
            channels.add_channel(session, address, title=title, today=today)
    return Custodian(registry, open_vault(registry.id, limit_seconds=60), today)


@pytest.fixture
def entry():
    """Make entries: `entry(title, name, password, *addresses)`, numbered as they are made."""
    numbers = iter(range(1, 1000))

    def make(title: str, name: str, password: str, *urls: str, codes: str = "", **more: Any) -> Entry:
        return Entry(next(numbers), title, name, Secret(password), urls, Secret(codes), **more)

    return make
