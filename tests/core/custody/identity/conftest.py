"""Fixtures of identities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.custody.identity import words
from core.registry import Registry
from tests.core.custody.identity.office import Office, found_office
from tests.parts.keyrings import Keyrings


@pytest.fixture
def office(registry: Registry, keyrings: Keyrings, today: date, tmp_path: Path) -> Iterator[Office]:
    """Staff with a keyring each and copies of one registry."""
    opened = list[Registry]()
    made = found_office(registry, keyrings, today, tmp_path)
    make = made.make

    def noted(one: Registry):
        opened.append(one)
        return make(one)

    made.make = noted
    yield made
    for one in opened:
        one.close()


@pytest.fixture(autouse=True)
def quick_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the words cost little; what they are is tested on the command line at full cost."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield
    words._words_of.cache_clear()
