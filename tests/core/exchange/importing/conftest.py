"""What lists are compared with where nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from core.model import Base


class NothingKnown:
    """Reads like a registry without any record, and is made once for many tests."""

    def __init__(self) -> None:
        self._engine = create_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self._engine) as session:
            yield session


@pytest.fixture(scope="session")
def empty() -> NothingKnown:
    """A registry that knows nothing, for tests that only propose."""
    return NothingKnown()
