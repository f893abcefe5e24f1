"""A full disk or a failing one: nothing is half done, it is said in a sentence, and trying again works."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core import i18n
from tests.endurance.faults import Counts, calls_of, faults_of, inject
from tests.endurance.use_cases import USE_CASES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are injected with strace")


@pytest.mark.parametrize("name", USE_CASES)
def test_a_fault_changes_nothing_or_nothing_by_halves(name: str, template: Path, tmp_path: Path, rounds, counted):
    i18n.use_language("en")
    calls = calls_of(name, template, tmp_path / "run")
    faults = list(faults_of(calls))
    chosen = faults[:: max(1, len(faults) // rounds(3, len(faults)))]
    counts = Counts()
    for fault in chosen:
        inject(name, fault, template, tmp_path / "run", counts)
    counted(
        f"injected faults, {name}: {counts.injected} at {calls.total()} calls, refused with a sentence "
        f"{counts.refused} (of these left open whether it is done: {counts.left_open}), done all the same "
        f"{counts.done}, half done or wrong {len(counts.wrong)}"
    )
    assert counts.wrong == []
