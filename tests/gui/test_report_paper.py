"""The report as a PDF, by the command line: without a screen, whole or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.registry import Registry
from tests.core.exchange.report.conftest import demo, demo_file
from tests.core.exchange.report.workbooks import load
from tests.parts.missing import needed_program
from tests.sources import ROOT

__all__ = ["demo", "demo_file"]


def report(registry: Registry, out: Path, *more: object) -> tuple[int, str]:
    """Call the program as a scheduled task does, in an environment that has no screen."""
    words = ("report", "--quarter", "2026Q3", "--today", "2026-11-23", "--out", out, *more)
    environment = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        [sys.executable, "main.py", "--lang", "en", "--registry", str(registry.path), *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr


def printed(pdf: Path) -> str:
    """Return the text of a PDF."""
    return subprocess.run(
        [needed_program("pdftotext"), "-layout", str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def test_the_same_report_is_printed_with_the_number_of_every_page(demo: Registry, tmp_path: Path) -> None:
    out, pdf = tmp_path / "report.xlsx", tmp_path / "report.pdf"
    assert report(demo, out, "--pdf", pdf) == (0, "")
    told = printed(pdf)
    pages = len(re.findall(rb"/Type /Page\b", pdf.read_bytes()))
    assert [f"Page {number} of {pages}" in told for number in range(1, pages + 1)] == [True] * pages
    assert pages > 3
    for name in load(out).sheetnames[2:]:
        assert name in told
    assert "Mustermann" not in told
    assert "Findings by severity over the last quarters" in told
    assert pdf.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["report.txt", "nowhere/report.pdf"])
def test_a_pdf_that_cannot_be_written_leaves_nothing(name: str, demo: Registry, tmp_path: Path) -> None:
    code, told = report(demo, tmp_path / "report.xlsx", "--pdf", tmp_path / name)
    assert (code, told.count("\n")) == (2, 1)
    assert not list(tmp_path.rglob("*.pdf*"))


def test_sheets_can_be_protected(demo: Registry, tmp_path: Path) -> None:
    assert report(demo, tmp_path / "open.xlsx") == (0, "")
    assert report(demo, tmp_path / "shut.xlsx", "--protect") == (0, "")
    assert not any(sheet.protection.sheet for sheet in load(tmp_path / "open.xlsx").worksheets)
    assert all(sheet.protection.sheet for sheet in load(tmp_path / "shut.xlsx").worksheets)
