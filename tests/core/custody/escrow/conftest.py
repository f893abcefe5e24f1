"""Fixtures of the escrow: an office of people with keyrings who share one registry, or have copies of it."""

from __future__ import annotations

from tests.core.custody.identity.conftest import office, quick_words

__all__ = ["office", "quick_words"]
