"""The first sheet of the report carries the city's coat of arms, where there is one."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from core.exchange.coat_of_arms import change_coat_of_arms, read_picture
from core.exchange.report.making import make_report
from core.i18n import N_
from core.registry import Registry


def pictures(sheet: Any) -> list[Any]:
    """Return the pictures on a sheet."""
    return list(sheet._images)


def _choose_arms(registry: Registry, folder: Path) -> None:
    file = folder / "wappen.png"
    written = BytesIO()
    Image.new("RGB", (300, 400), "#1f5fbf").save(written, "PNG")
    file.write_bytes(written.getvalue())
    with registry.action(N_("Change coat of arms")) as session:
        change_coat_of_arms(session, read_picture(file))


@pytest.mark.usefixtures("in_english")
def test_the_coat_of_arms_stands_on_the_first_sheet_only(registry: Registry, tmp_path: Path, today: date) -> None:
    _choose_arms(registry, tmp_path)
    made = [make_report(registry, "2026Q3", tmp_path / f"{number}.xlsx", today=today) for number in (1, 2)]
    book = load_workbook(made[0].path)
    assert [len(pictures(sheet)) for sheet in book.worksheets] == [1, *[0] * (len(book.worksheets) - 1)]
    picture = pictures(book.worksheets[0])[0]
    assert (picture.anchor._from.row, picture.height / picture.width) == (0, 96 / 72)
    assert made[0].sha256 == made[1].sha256
    with zipfile.ZipFile(made[0].path) as archive:
        assert b'descr="Coat of arms of ' in archive.read("xl/drawings/drawing1.xml")


def test_without_one_there_is_no_picture(registry: Registry, tmp_path: Path, today: date) -> None:
    made = make_report(registry, "2026Q3", tmp_path / "bericht.xlsx", today=today)
    assert not pictures(load_workbook(made.path).worksheets[0])
