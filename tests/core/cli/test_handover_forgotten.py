"""`handover status` after a backup was put back: what the keyring remembers is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.custody.identity import words
from core.registry import Registry
from tests.core.cli.handing import ERIKA, Handing, hand
from tests.parts.keyrings import Keyrings


@pytest.fixture
def pair(
    registry: Registry, keyrings: Keyrings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_english: None
) -> Iterator[Handing]:
    """Erika and Max with a copy of the registry each; the words cost little here."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield hand(registry, keyrings, tmp_path, shared=False)
    words._words_of.cache_clear()


def test_a_registry_put_back_is_told_that_handovers_went_further(pair: Handing, tmp_path: Path):
    erika, max_ = pair.both
    asked = pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram")
    shutil.copyfile(max_.registry, tmp_path / "backup.kanal")
    bundle = pair.file(erika, "seal", asked)
    receipt = pair.file(max_, "open", bundle)
    assert max_("handover", "status")[2] == ""
    shutil.copyfile(tmp_path / "backup.kanal", max_.registry)
    told = f"Handover {pair.handover[:8]} went further than this registry knows."
    for which in ((), (pair.handover,)):
        code, _out, err = max_("handover", "status", *which)
        assert (code, told in err, "take in its files again" in err) == (0, True, True)
    pair.done(max_, "take-in", receipt)
    assert max_("handover", "status")[2] == ""
