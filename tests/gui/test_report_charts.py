"""Charts that are drawn on paper: each says in words and marks what it says in colours."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODeviceBase, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter

from core.exchange.report.paper_charts import PaperChart, PaperSeries
from gui.report_charts import ChartPainter
from tests.parts.missing import needed_program

NAMES = ("Q1 2026", "Q2 2026", "Q3 2026")
SEVERE = PaperSeries("Severe", (4, 12, 3), "B3261E")
NOTICE = PaperSeries("Notice", (2, None, 5), "8A94A0")
SIZE = 1200, 500

pytestmark = pytest.mark.usefixtures("qapp", "in_english")


def chart(kind: Any = "columns", *series: PaperSeries, **more: Any) -> PaperChart:
    return PaperChart(kind, "Findings by severity", NAMES, series or (SEVERE, NOTICE), **more)


def painted(one: PaperChart) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    ChartPainter(painter, one, QRectF(0, 0, *SIZE), 192).paint()
    painter.end()
    return image


def colours(image: QImage) -> dict[str, int]:
    found: dict[str, int] = {}
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def words(one: PaperChart) -> list[str]:
    buffer = QBuffer()
    buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    ChartPainter(painter, one, QRectF(0, 0, writer.width(), writer.width() / 3), writer.resolution()).paint()
    painter.end()
    command = [needed_program("pdftotext"), "-raw", "-", "-"]
    done = subprocess.run(command, input=bytes(buffer.data().data()), capture_output=True, check=True, timeout=60)
    return done.stdout.decode().split()


@pytest.mark.parametrize("kind", ["columns", "lines"])
def test_every_colour_has_its_name_beside_it(kind: str) -> None:
    told = " ".join(words(chart(kind)))
    for text in ("Findings by severity", "Severe", "Notice", *NAMES):
        assert text in told


def test_stacked_columns_tell_their_values() -> None:
    told = words(chart())
    assert {"12", "5", "4", "3", "2"} <= set(told)


def test_columns_are_as_high_as_their_values() -> None:
    found = colours(painted(chart()))
    assert found["#b3261e"] / found["#8a94a0"] == pytest.approx(19 / 7, rel=0.15)


def test_bars_stand_between_their_name_and_their_value() -> None:
    told = words(chart("bars", SEVERE))
    assert told[3:] == ["Q1", "2026", "4", "Q2", "2026", "12", "Q3", "2026", "3"]


def test_a_rate_is_told_in_percent_up_to_the_whole() -> None:
    told = " ".join(words(chart("lines", PaperSeries("rate", (None, 0.25, 0.5), "1F4E79"), percent=True, greatest=1.0)))
    assert "100%" in told
    assert "50%" in told


def test_long_names_are_cut_so_that_nothing_covers_anything() -> None:
    long = "Amt für die Angelegenheiten aller Einwohnerinnen und Einwohner der Stadt " * 2
    one = PaperChart("bars", long, (long, "Amt"), (PaperSeries("channels", (1, 20_000), "1F4E79"),))
    told = " ".join(words(one))
    assert "…" in told
    assert "20,000" in told
    edge = painted(one).copy(0, 0, 8, SIZE[1])
    assert set(colours(edge)) == {"#ffffff"}


@pytest.mark.parametrize("kind", ["bars", "columns", "lines"])
def test_where_nothing_is_known_the_chart_stays_empty(kind: str) -> None:
    nothing = PaperSeries("Severe", (None, None, None), "B3261E")
    assert "#b3261e" not in colours(painted(chart(kind, nothing)))
    painted(PaperChart(kind, "Empty", (), ()))  # type: ignore[arg-type]
