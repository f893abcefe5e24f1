"""A list goes in, a finding is mended, undone and back, the report opens: on a real window, in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.registry import open_registry
from tests.parts.office import Office
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_main_job_from_the_own_list_to_the_report(
    language: str, screen: Screen, libreoffice: Office, data: Path, tmp_path: Path
):
    registry, report = tmp_path / "moers.kanal", tmp_path / "bericht.xlsx"
    order = [language, str(data / "kanalliste-moers.xlsx"), str(registry), str(report)]
    walked = subprocess.run(
        [sys.executable, "-m", "tests.journeys.first_journey", *order],
        cwd=PROJECT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    assert json.loads(walked.stdout)["ownerless"] == 3
    assert labels_of(registry) == [
        "Create registry",
        "Bind this account to a person",
        "Import list",
        "Assign owner",
        "Undo",
    ]
    opened_by_libreoffice(libreoffice, report, tmp_path / "opened")


def labels_of(registry: Path) -> list[str]:
    opened = open_registry(registry)
    labels = list(dict.fromkeys(entry.label for entry in opened.log()))
    assert opened.verify().broken_at is None
    opened.close()
    return labels


def opened_by_libreoffice(libreoffice: Office, report: Path, folder: Path) -> None:
    """The office program reads the report and finds in it what the program wrote."""
    folder.mkdir()
    (again,) = libreoffice.convert([report], "xlsx", folder)
    ours, theirs = load_workbook(report), load_workbook(again)
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours:
        written = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
        read = [cell.value for row in theirs[sheet.title].iter_rows() for cell in row if cell.value is not None]
        assert len(read) == len(written)
        assert not any(isinstance(value, str) and value.startswith("#") and value.endswith("!") for value in read)
