"""Laying a report out beside the window, in a process of its own."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

import main
from core.errors import UnusableFileError
from core.exchange.report.making import make_report
from core.registry import Registry
from gui.report_printing import PRINT_REPORT, pdf_apart
from tests.core.exchange.report.conftest import demo, demo_file

__all__ = ["demo", "demo_file"]
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def workbook(demo: Registry, tmp_path: Path, today) -> Path:
    return make_report(demo, "2026Q3", tmp_path / "report.xlsx", today=today).path


def test_the_door_answers_to_the_name_by_which_the_program_starts_itself():
    assert main.PRINT_REPORT == PRINT_REPORT


def test_a_report_is_laid_out_while_others_go_on(workbook: Path):
    steps = []
    ended = threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            steps.append(time.monotonic())
            time.sleep(0.01)

    other = threading.Thread(target=go_on)
    other.start()
    try:
        pdf = pdf_apart(workbook, lambda: False)
    finally:
        ended.set()
        other.join()
    assert pdf is not None
    assert pdf.startswith(b"%PDF")
    assert len(steps) > 10


def test_whoever_does_not_want_it_any_more_need_not_wait(workbook: Path):
    begun = time.monotonic()
    assert pdf_apart(workbook, lambda: True) is None
    assert time.monotonic() - begun < 5


def test_what_is_no_report_is_refused_with_a_sentence(tmp_path: Path):
    other = tmp_path / "report.xlsx"
    other.write_bytes(b"no workbook")
    with pytest.raises(UnusableFileError, match="The PDF could not be made"):
        pdf_apart(other, lambda: False)
