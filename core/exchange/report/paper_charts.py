"""Charts and pictures of a workbook that this program has made, as figures to be drawn on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zipfile import ZipFile

from core.exchange.report.craft.looks import ACCENT

_PIXEL = 9_525  # Drawings are measured in English Metric Units, of which a 96th of an inch has so many.

_DRAWING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"


@dataclass(frozen=True, slots=True)
class PaperSeries:
    """One row of values: what they are, the values, None where one is not known, and their colour."""

    title: str
    values: tuple[float | None, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class PaperChart:
    """A chart.

    Attributes:
        kind: Lying bars, standing columns one upon the other, or lines.
        title: What stands above it.
        names: What each value is of.
        series: The values.
        percent: Whether they are parts of a whole.
        greatest: The end of its axis, where it is known.
        row: Where on its sheet it begins; those of one row stand side by side.
        before: Above which row of the paper it stands.
    """

    kind: Literal["bars", "columns", "lines"]
    title: str
    names: tuple[str, ...]
    series: tuple[PaperSeries, ...]
    percent: bool = False
    greatest: float | None = None
    row: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture: its file's content, and its size in 96ths of an inch."""

    content: bytes
    width: float
    height: float


def read_drawings(archive: ZipFile, number: int, sheet: Any) -> tuple[tuple[PaperChart, ...], PaperPicture | None]:
    """Return the charts of a sheet from top to bottom, and its picture if it has one.

    Args:
        archive: The workbook's file.
        number: Which of its sheets.
        sheet: The same sheet as openpyxl reads it, for the cells that charts are drawn from.
    """
    from openpyxl.reader.drawings import find_images

    charts: list[PaperChart] = []
    pictures: list[PaperPicture] = []
    for path in _drawings(archive, number):
        found, images = find_images(archive, path)
        charts += [_chart(one, sheet) for one in sorted(found, key=_place)]
        pictures += [_picture(one) for one in images]
    return tuple(charts), next(iter(pictures), None)


def _drawings(archive: ZipFile, number: int) -> Iterator[str]:
    from openpyxl.packaging.relationship import get_dependents

    relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
    if relations in archive.namelist():
        for relation in get_dependents(archive, relations).find(_DRAWING):
            yield str(relation.target)


def _place(chart: Any) -> tuple[int, int]:
    return chart.anchor._from.row, chart.anchor._from.col  # noqa: SLF001 - its only name


def _chart(chart: Any, sheet: Any) -> PaperChart:
    return PaperChart(
        kind=_kind(chart),
        title="".join(part.t for paragraph in chart.title.tx.rich.p for part in paragraph.r or ()),
        names=tuple(str(name or "") for name in _cells(sheet, chart.series[0].cat.strRef.f)) if chart.series else (),
        series=tuple(_series(one, sheet) for one in chart.series),
        percent="%" in str(chart.y_axis.number_format),
        greatest=chart.y_axis.scaling.max,
        row=_place(chart)[0],
    )


def _kind(chart: Any) -> Literal["bars", "columns", "lines"]:
    match chart.tagname, getattr(chart, "type", ""):
        case "barChart", "bar":
            return "bars"
        case "barChart", _:
            return "columns"
        case _:
            return "lines"


def _series(one: Any, sheet: Any) -> PaperSeries:
    values = (value if isinstance(value, (int, float)) else None for value in _cells(sheet, one.val.numRef.f))
    return PaperSeries(str(one.tx.v or ""), tuple(values), _colour(one.graphicalProperties.line.solidFill))


def _colour(fill: Any) -> str:
    told = getattr(fill, "srgbClr", None)
    return str(getattr(told, "val", told) or ACCENT)[-6:]


def _cells(sheet: Any, formula: str) -> Sequence[Any]:
    """Return what stands in a row or a column of cells, as in "'Overview'!$B$3:$B$9"."""
    from openpyxl.utils.cell import range_to_tuple

    _title, (left, top, right, bottom) = range_to_tuple(formula if ":" in formula else f"{formula}:{_end(formula)}")
    rows = sheet.iter_rows(min_col=left, max_col=right, min_row=top, max_row=bottom, values_only=True)
    return [value for row in rows for value in row]


def _end(formula: str) -> str:
    return formula.rpartition("!")[2]


def _picture(image: Any) -> PaperPicture:
    size = image.anchor.ext
    return PaperPicture(image._data(), size.width / _PIXEL, size.height / _PIXEL)  # noqa: SLF001
