"""Fixtures of handovers: the staff of the identities' tests."""

from __future__ import annotations

from tests.core.custody.identity.conftest import office, quick_words

__all__ = ["office", "quick_words"]
