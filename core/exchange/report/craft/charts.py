"""Native charts, which spreadsheet programs draw from cells; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.exchange.report.craft.book import Page
from core.exchange.report.craft.looks import ACCENT, FONT, INK, LINE, MUTED
from core.exchange.report.craft.names import reference
from core.exchange.report.craft.safe_text import readable

_CENTIMETRE = 360_000  # Drawings are measured in English Metric Units.
COLOURS = (ACCENT, "B45309", "5B6672")
_MARKS = ("circle", "triangle", "square")
_DASHES = ("solid", "dash", "sysDot")
SEVERITY_COLOURS = {"severe": "B3261E", "warning": "D98E04", "notice": "8A94A0"}


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values in a chart.

    Attributes:
        title: What the values are.
        cells: Where on the sheet they stand, as in "B5:B12".
        colour: In which colour they are drawn.
    """

    title: str
    cells: str
    colour: str = ACCENT


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    Attributes:
        title: What stands above it.
        told: The same in words, for people who do not see it.
        names: Where on the sheet stands what each value is of.
        series: The values.
        format: How numbers on its axis are written.
        greatest: The end of its axis, where it is known.
    """

    title: str
    told: str
    names: str
    series: Sequence[Series] = field(default=())
    format: str = "#,##0"
    greatest: float | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a sheet a picture stands: its upper left cell, and its size in centimetres."""

    place: str
    width: float
    height: float


def bars(page: Page, chart: Chart, cells: str) -> None:
    """Draw lying bars, the first name at the top."""
    from openpyxl.chart import BarChart

    made = BarChart()
    made.type, made.gapWidth = "bar", 45
    made.y_axis.crosses = "max"  # The axis of names is turned around; without this the numbers would stand at the top.
    made.x_axis.scaling.orientation = "maxMin"
    _put(page, made, chart, cells)
    _label(made)


def columns(page: Page, chart: Chart, cells: str) -> None:
    """Draw standing columns, the series stacked."""
    from openpyxl.chart import BarChart

    made = BarChart()
    made.type, made.grouping, made.overlap, made.gapWidth = "col", "stacked", 100, 60
    _put(page, made, chart, cells)


def lines(page: Page, chart: Chart, cells: str) -> None:
    """Draw lines with a mark at each value; who sees no colours tells them apart by marks and dashes."""
    from openpyxl.chart import LineChart

    made = LineChart()
    made.display_blanks = "span"  # Nobody counts on every day; without this, counts around a gap would stand alone.
    _put(page, made, chart, cells)
    for number, (one, series) in enumerate(zip(made.series, chart.series, strict=True)):
        one.smooth = False
        line = one.graphicalProperties.line
        line.width, line.dashStyle = 28_000, _DASHES[number % len(_DASHES)]
        one.marker.symbol, one.marker.size = _MARKS[number % len(_MARKS)], 7
        one.marker.graphicalProperties.solidFill = series.colour
        one.marker.graphicalProperties.line.solidFill = series.colour


def _put(page: Page, made: Any, chart: Chart, cells: str) -> None:
    from openpyxl.chart import Reference
    from openpyxl.chart import Series as Drawn
    from openpyxl.chart.data_source import AxDataSource, StrRef

    sheet = page.sheet.title
    for series in chart.series:
        drawn = Drawn(Reference(range_string=reference(sheet, series.cells)), title=readable(series.title))
        drawn.graphicalProperties.solidFill = series.colour
        drawn.graphicalProperties.line.solidFill = series.colour
        drawn.cat = AxDataSource(strRef=StrRef(f=reference(sheet, chart.names)))
        made.series.append(drawn)
    _dress(made, chart)
    made.anchor = _told(_over(cells), chart.title, chart.told)
    page.sheet.add_chart(made)


def _dress(made: Any, chart: Chart) -> None:
    from openpyxl.chart.shapes import GraphicalProperties

    made.title = readable(chart.title)
    made.title.tx.rich.p[0].pPr = _letters(11, ACCENT, bold=True)
    made.title.overlay = False
    made.legend = made.legend if len(chart.series) > 1 else None
    if made.legend is not None:
        made.legend.position, made.legend.txPr = "b", _text(9, INK)
    for axis in (made.x_axis, made.y_axis):
        axis.delete = False  # openpyxl would say nothing, and Excel then leaves the axis out.
        axis.txPr = _text(9, INK)
        axis.graphicalProperties = GraphicalProperties()
        axis.graphicalProperties.line.solidFill = LINE
    made.y_axis.majorGridlines.spPr = GraphicalProperties()
    made.y_axis.majorGridlines.spPr.line.solidFill = LINE
    made.y_axis.number_format, made.y_axis.scaling.min, made.y_axis.scaling.max = chart.format, 0, chart.greatest
    made.graphical_properties = GraphicalProperties()
    made.graphical_properties.line.solidFill = LINE
    made.roundedCorners = False


def _label(made: Any) -> None:
    """Write each value beside its bar, and leave the axis of numbers out."""
    from openpyxl.chart.label import DataLabelList

    made.dataLabels = DataLabelList(showVal=True)
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(made.dataLabels, name, False)
    made.dataLabels.txPr = _text(9, MUTED)
    made.y_axis.delete, made.y_axis.majorGridlines = True, None


def _letters(size: int, colour: str, *, bold: bool = False) -> Any:
    from openpyxl.drawing.text import CharacterProperties, Font, ParagraphProperties

    letters = CharacterProperties(sz=size * 100, b=bold, solidFill=colour, latin=Font(typeface=FONT))
    return ParagraphProperties(defRPr=letters)


def _text(size: int, colour: str) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph, RichTextProperties

    return RichText(bodyPr=RichTextProperties(), p=[Paragraph(pPr=_letters(size, colour), r=())])


def put_picture(page: Page, picture: Any, spot: Spot, told: str) -> None:
    """Put a picture on a sheet, and say in words what it shows."""
    picture.anchor = _told(_at(spot), told, told)
    page.sheet.add_image(picture)


def _at(spot: Spot) -> Any:
    from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D

    size = XDRPositiveSize2D(round(spot.width * _CENTIMETRE), round(spot.height * _CENTIMETRE))
    return OneCellAnchor(_from=_corner(spot.place), ext=size)


def _over(cells: str) -> Any:
    """Let something cover cells, however wide a program makes them."""
    from openpyxl.drawing.spreadsheet_drawing import TwoCellAnchor

    first, _colon, last = cells.partition(":")
    made = TwoCellAnchor(editAs="oneCell", _from=_corner(first), to=_corner(last))
    made.to.col, made.to.row = made.to.col + 1, made.to.row + 1  # To the far corner of the last cell.
    return made


def _corner(place: str) -> Any:
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(place)
    return AnchorMarker(col=column - 1, row=row - 1)


def _told(anchor: Any, title: str, told: str) -> Any:
    """Let an anchor give what is put on it a text; openpyxl makes the frame for that only when it writes."""
    kind = type(anchor)

    class ToldAnchor(kind):  # type: ignore[misc, valid-type]  # The kind is known only here.
        """An anchor that gives whatever is put on it its alternative text."""

        tagname, __elements__, __attrs__ = kind.tagname, kind.__elements__, kind.__attrs__

        def __setattr__(self, name: str, value: Any) -> None:
            frame = {"graphicFrame": "nvGraphicFramePr", "pic": "nvPicPr"}.get(name)
            if frame is not None and value is not None:
                about = getattr(value, frame).cNvPr
                about.name, about.descr = readable(title), readable(told)
            super().__setattr__(name, value)

    anchor.__class__ = ToldAnchor
    return anchor
