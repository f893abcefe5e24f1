"""What a report speaks of: the registry as it was on one day, for one reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core import VERSION
from core.exchange.report.corrections import Correction, Facts
from core.exchange.report.craft.printing import Printed
from core.exchange.report.later_entered import Later, read_later
from core.exchange.report.readers import People, Reader, read_people
from core.exchange.report.trend import NOT_REPORTED, Lens, Standing, looked_after, read_trend, tally
from core.governance.findings import FindingValue, find
from core.governance.quarters import Quarter
from core.i18n import _, show_date
from core.inventory.figures import unit_names
from core.settings import Settings, read_settings
from core.storage import chain

__all__ = ["NOT_REPORTED", "Content", "Issue", "Order", "looking_back", "read_content"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A report that was issued before: how many entries the log had then, and on which day that was."""

    head: int
    on: date


@dataclass(frozen=True, slots=True)
class Order:
    """What report is wanted.

    Attributes:
        quarter: On which quarter.
        today: The day it is made.
        reader: For whom.
        maker: Who makes it, None where nobody is bound to this account.
        corrects: The report that was issued last before the log's newest entry, None where none was. The sheet of the
            corrections compares with what was known then; it is part of what makes the report, like the quarter and the
            reader, and is printed in it. Reports issued since that entry do not count: they say the same.
        cover_text: What the cover says besides the figures, None for what is set in the registry.
        protected: Whether the sheets can only be read, but for what is there to be filled in.
    """

    quarter: Quarter
    today: date
    reader: Reader
    maker: UUID | None
    corrects: Issue | None = None
    cover_text: str | None = None
    protected: bool = False

    @property
    def day(self) -> date:
        """The day the report speaks of."""
        return self.quarter.as_of(self.today)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that more than one sheet needs.

    Attributes:
        order: What report is wanted.
        head: Number and hash of the newest log entry.
        session: On a private copy of the registry as it was on the day.
        settings: The settings in force.
        city: The city's name.
        units: What each unit is called.
        people: Everybody, as the reader sees them.
        findings: What was not in order on the day, gravest first.
        step: Called after each row that is written.
        looked: Whether anybody looked after the channels here on the day; if not, no findings are known.
        later: What was entered after the day.
        issued: What the report said that it corrects; None where it is not made again.
        corrections: What it says otherwise than that one.
        trend: How things stood at the ends of the last quarters, the report's own last.
    """

    order: Order
    head: tuple[int, str]
    session: Session
    settings: Settings
    city: str
    units: Mapping[UUID, str]
    people: People
    findings: list[FindingValue]
    step: Callable[[], None]
    looked: bool = True
    later: Later = field(default_factory=Later)
    issued: Facts | None = None
    corrections: tuple[Correction, ...] = ()
    trend: tuple[Standing, ...] = ()

    @property
    def since(self) -> date:
        """The first day of the quarter."""
        return self.order.quarter.first_day

    @property
    def previous(self) -> Standing:
        """How things stood at the end of the quarter before."""
        return self.trend[-2]

    def entered_later(self, *records: tuple[str, UUID]) -> date | None:
        """Return on which day after the report's own the newest of some records was entered, None where none was.

        Args:
            records: Each by its table's name, or by that and one of its dates ("channel.closed_on"), and by its id.
        """
        return self.later.newest(*records)

    @property
    def cover_text(self) -> str:
        """What the cover says besides the figures."""
        told = self.order.cover_text
        return str(self.settings["report.cover-text"]) if told is None else told

    @property
    def subtitle(self) -> str:
        """The line below each sheet's title: what, as of when, for whom."""
        return _("{city}, {quarter}, as of {day}, {reader}").format(
            city=self.city,
            quarter=self.order.quarter.title,
            day=show_date(self.order.day),
            reader=_(self.order.reader.label),
        )

    @property
    def printed(self) -> Printed:
        """What each page says of itself on paper."""
        as_of = _("{quarter}, as of {day}").format(quarter=self.order.quarter.title, day=show_date(self.order.day))
        return Printed(self.city, as_of)

    @property
    def maker(self) -> str:
        """Who made the report, as its reader may know."""
        if self.order.maker is None or self.order.reader is Reader.PUBLIC:
            return ""
        return self.people.maker(self.order.maker)

    @property
    def program(self) -> str:
        """The program and its version."""
        return f"Kanalregister {VERSION}"


def read_content(
    session: Session,
    order: Order,
    step: Callable[[], None],
    issued: Facts | None = None,
    *,
    head: tuple[int, str] | None = None,
) -> Content:
    """Read what several sheets need from a private copy of the registry.

    Args:
        session: On the copy, turned to the day.
        order: What report is wanted.
        step: Called after each row that is written.
        issued: What the report said that it corrects.
        head: The newest log entry that counts, where the copy knows later ones.
    """
    settings, head = read_settings(session), head or chain.head(session)
    looked = looked_after(session, order.day)
    return Content(
        order=order,
        head=head,
        session=session,
        settings=settings,
        city=str(settings["city.name"]) or _("City without a name"),
        units=unit_names(session),
        people=read_people(session, order.reader),
        findings=_findings(session, order, settings) if looked else [],
        step=step,
        looked=looked,
        later=read_later(session, order.day, head[0]),
        issued=issued,
    )


def _findings(session: Session, order: Order, settings: Settings) -> list[FindingValue]:
    if order.reader is Reader.PUBLIC:
        return []
    found = find(session, order.day, settings, int(settings["rules.stage"]))
    return [finding for finding in found if finding.rule not in NOT_REPORTED]


def looking_back(content: Content) -> Content:
    """Return the content with how things stood at the ends of the quarters before."""
    order = content.order
    lens = Lens(content.session, content.settings, content.units, order.reader)
    counted = tally(content.findings) if content.looked and order.reader is not Reader.PUBLIC else None
    return replace(content, trend=read_trend(lens, order.quarter, order.day, counted))
