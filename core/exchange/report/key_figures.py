"""The figures everybody looks for first, each with its change since the quarter before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.exchange.report.content import Content
from core.exchange.report.craft.looks import percent
from core.exchange.report.figures import Figures
from core.exchange.report.number_text import shown_percent
from core.exchange.report.readers import Reader
from core.governance.overview import CONFIRMED_DAYS
from core.i18n import _, ngettext, show_date
from core.settings import Settings

_WHOLE = "#,##0"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure.

    Attributes:
        value: A number, or a part of 1; a dash where it is not known.
        format: How spreadsheets write it.
        caption: What it is.
        changed: How it has changed, in words.
    """

    value: float | str
    format: str
    caption: str
    changed: str


def key_figures(content: Content, figures: Figures) -> list[KeyFigure]:
    """Return the figures that a report's reader gets to see."""
    if content.order.reader is Reader.PUBLIC:
        return [_number(figures.channels, _("channels"), content, content.previous.channels)]
    return list(_within_the_house(content, figures))


def _within_the_house(content: Content, figures: Figures) -> Iterator[KeyFigure]:
    before, findings = content.previous, sum(figures.findings.values())
    yield _number(figures.channels, _("channels"), content, before.channels)
    yield _number(figures.active, _("of them active"), content, before.active)
    caption = confirmed_caption(content.settings)
    if not content.looked:
        yield from (KeyFigure("–", "General", one, _("not known for this day")) for one in (_("findings"), caption))
        return
    earlier = sum(before.findings.values()) if before.findings is not None else None
    yield _number(findings, _("findings"), content, earlier)
    rate = content.trend[-1].confirmation_rate or 0.0
    yield KeyFigure(rate, percent(), caption, _points(content, rate, before.confirmation_rate))


def confirmed_caption(settings: Settings) -> str:
    """Say what counts as lately confirmed."""
    days = int(settings.get("confirmation-due.days", CONFIRMED_DAYS))
    return ngettext("confirmed within {days} day", "confirmed within {days} days", days).format(days=days)


def _number(value: int, caption: str, content: Content, before: int | None) -> KeyFigure:
    return KeyFigure(value, _WHOLE, caption, _changed(content, None if before is None else value - before))


def _changed(content: Content, change: int | None) -> str:
    if change is None:
        return _("not known before")
    day = show_date(content.previous.day)
    if change == 0:
        return _("as on {day}").format(day=day)
    return _("{change} since {day}").format(change=_signed(change), day=day)


def _points(content: Content, rate: float, before: float | None) -> str:
    if before is None:
        return _("not known before")
    points, day = shown_percent(rate) - shown_percent(before), show_date(content.previous.day)
    if points == 0:
        return _("as on {day}").format(day=day)
    return ngettext(
        "{points} percentage point since {day}", "{points} percentage points since {day}", abs(points)
    ).format(points=_signed(points), day=day)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}"
