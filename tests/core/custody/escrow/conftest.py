"""Fixtures of the escrow: an office of people with keyrings who share one registry, or have copies of it."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.core.custody.escrow.sharing import Seat, store, take_seats, verify
from tests.core.custody.identity.conftest import office, quick_words
from tests.core.custody.identity.office import Office

__all__ = ["office", "quick_words"]


@pytest.fixture
def seats(office: Office) -> tuple[Seat, Seat, Seat]:
    """Erika and Max have verified one another; Lisa has no card."""
    erika, max_, lisa = take_seats(office, "Erika", "Max", "Lisa")
    verify(erika, max_)
    return erika, max_, lisa


@pytest.fixture
def erika(seats: tuple[Seat, ...]) -> Seat:
    """Who keeps the secrets."""
    return seats[0]


@pytest.fixture
def max_(seats: tuple[Seat, ...]) -> Seat:
    """Who can be named."""
    return seats[1]


@pytest.fixture
def logins(erika: Seat) -> dict[str, UUID]:
    """What Erika keeps."""
    return store(erika)
