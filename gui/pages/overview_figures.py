"""The figures of the overview: what is counted, as bars, each with the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.exchange.report.number_text import shown_percent
from core.governance.overview import Overview
from core.governance.stages import stage_title
from core.i18n import _, ngettext
from core.inventory.figures import NO_UNIT, Count, platform_name
from core.inventory.narrowing import Span, Where
from core.model import ChannelState
from gui.pages.overview_words import quarter_words
from gui.platform_icons import platform_icon_name
from gui.widgets import muted, named
from gui.widgets.bars import MARGIN, Bar, Bars
from gui.widgets.severity import SEVERITIES, severity_word
from gui.workspace import Workspace

MOST_BARS = 8
STAGES = Where("", {"section": "stages"})
STATE_PICTURES = {
    ChannelState.PROPOSED: "lightbulb",
    ChannelState.APPROVED: "thumbs-up",
    ChannelState.ACTIVE: "broadcast",
    ChannelState.DORMANT: "moon",
    ChannelState.CLOSING: "hourglass",
    ChannelState.CLOSED: "archive",
    ChannelState.RESERVED: "bookmark-simple",
    ChannelState.REJECTED: "prohibit",
}

CONFIRMED_LOOKS = {
    "lately": ("check-circle", "good"),
    "earlier": ("clock-counter-clockwise", "warning"),
    "never": ("question", "notice"),
}


COMPLETE_LOOKS = {100: ("check-circle", "good"), 75: ("circle-wavy-check", "focus"), 50: ("circle-half", "notice")}
MOST_MISSING = 3


class FigureGroup(QWidget):
    """A heading, some bars, and a quiet line for what they leave out."""

    def __init__(self, name: str, title: str, more: Callable[[], object] | None = None) -> None:
        """Make the group.

        Args:
            name: Its objectName.
            title: Translated heading.
            more: Shows everything, where the bars leave something out.
        """
        super().__init__()
        self.title = named(QLabel(title), "section-title")
        self.bars = Bars(name)
        self.bars.setAccessibleName(title)
        self.note = muted("")
        self.more = named(QPushButton(), f"{name}-more", link=True)
        self.more.clicked.connect(lambda _checked: more() if more else None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.bars)
        links = QHBoxLayout()
        links.setContentsMargins(MARGIN, 0, 0, 0)
        links.addWidget(self.more)
        links.addStretch(1)
        column.addLayout(links)
        column.addWidget(self.note)
        column.addStretch(1)
        self.note.setContentsMargins(MARGIN, 0, MARGIN, 0)

    def show_bars(self, bars: Sequence[Bar], note: str = "", more: str = "") -> None:
        """Show the longest bars, how many more there are or where else to go, and a quiet note."""
        self.bars.show_bars(bars[:MOST_BARS])
        rest = len(bars) - MOST_BARS
        if rest > 0:
            more = ngettext("and {number} more", "and {number} more", rest).format(number=rest)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.note.setText(note)
        self.note.setVisible(bool(note))


class OverviewFigures:
    """The groups of figures, made once and filled again and again."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.findings = FigureGroup("figure-findings", _("Findings"), lambda: workspace.go("settings", STAGES))
        self.confirmed = FigureGroup("figure-confirmed", _("Confirmed"))
        self.complete = FigureGroup("figure-complete", _("Complete"))
        self.platforms = FigureGroup("figure-platforms", _("Channels by platform"), self._all_channels)
        self.units = FigureGroup("figure-units", _("Channels by unit"), self._all_channels)
        self.states = FigureGroup("figure-states", _("Channels by state"), self._all_channels)

    def show_overview(self, overview: Overview) -> None:
        """Show the figures of the registry as it stands."""
        stage = _("Stage of the rules: {stage}").format(stage=stage_title(overview.stage))
        self.findings.show_bars(self._by_severity(overview), _earlier(overview), stage)
        self.confirmed.show_bars(self._by_confirmation(overview), _rate(overview))
        self.complete.show_bars(self._by_completeness(overview), _missing(overview))
        channels = overview.channels
        self.platforms.show_bars(_longest_first([self._platform(one) for one in channels.by_platform]))
        self.units.show_bars(_longest_first([self._unit(one, overview) for one in channels.by_unit]))
        self.states.show_bars([self._state(one) for one in channels.by_state])

    def _by_severity(self, overview: Overview) -> list[Bar]:
        return [
            Bar(
                severity.value,
                severity_word(severity.value),
                number,
                _("{severity}: {findings}").format(severity=severity_word(severity.value), findings=_findings(number)),
                self._link("findings", severity_word(severity.value), {"severity": severity}) if number else None,
                SEVERITIES[severity.value].picture,
                severity.value,
            )
            for severity, number in overview.severities.items()
        ]

    def _by_confirmation(self, overview: Overview) -> list[Bar]:
        confirmed = overview.confirmed
        lately, before = Span(confirmed.since), Span(None, confirmed.since - timedelta(days=1))
        last = _("last {days} days").format(days=confirmed.days)
        return [
            self._confirmed("lately", last, _("confirmed lately"), confirmed.lately, lately),
            self._confirmed("earlier", _("longer ago"), _("confirmed longer ago"), confirmed.earlier, before),
            self._confirmed("never", _("never"), _("never confirmed"), confirmed.never, None),
        ]

    def _confirmed(self, key: str, label: str, title: str, number: int, when: Span | None) -> Bar:
        picture, colour = CONFIRMED_LOOKS[key]
        values = {"state": ChannelState.ACTIVE, "confirmed_on": when}
        bar = self._channels(key, title, number, values, _("Confirmed: {when}").format(when=label))
        return replace(bar, label=label, picture=picture, colour=colour)

    def _by_completeness(self, overview: Overview) -> list[Bar]:
        return [self._complete(*part, number) for part, number in overview.complete_parts.items()]

    def _complete(self, first: int, last: int, number: int) -> Bar:
        label = _("{percent} %").format(percent=first)
        if first != last:
            label = _("{first} to {last} %").format(first=first, last=last)
        title = _("Complete: {percent}").format(percent=label)
        bar = self._channels(str(first), title, number, {"completeness": Span(first, last)}, title)
        picture, colour = COMPLETE_LOOKS.get(first, ("circle", "notice"))
        return replace(bar, label=label, picture=picture, colour=colour)

    def _platform(self, count: Count) -> Bar:
        label = platform_name(count.key)
        title = _("Platform: {platform}").format(platform=label)
        bar = self._channels(count.key, label, count.all, {"platform": count.key}, title)
        return replace(bar, picture=platform_icon_name(count.key))

    def _unit(self, count: Count, overview: Overview) -> Bar:
        label = overview.units.get(count.key) or _("without a unit")
        title = _("Unit: {unit}").format(unit=label)
        values = {"unit_id": None if count.key == NO_UNIT else UUID(count.key)}
        return self._channels(count.key or "none", label, count.all, values, title)

    def _state(self, count: Count) -> Bar:
        state = ChannelState(count.key)
        title = _("State: {state}").format(state=_(state.label))
        bar = self._channels(count.key, _(state.label), count.all, {"state": state}, title)
        return replace(bar, picture=STATE_PICTURES[state])

    def _channels(self, key: str, label: str, number: int, values: dict[str, Any], title: str) -> Bar:
        """Make a bar that counts channels; nothing to see is no link."""
        spoken = _("{what}: {channels}").format(what=title, channels=_channels(number))
        return Bar(key, label, number, spoken, self._link("channels", label, values) if number else None)

    def _link(self, page: str, title: str, values: dict[str, Any]) -> Callable[[], object]:
        return lambda: self._workspace.go(page, Where(title, values))

    def _all_channels(self) -> None:
        self._workspace.go("channels")


def _longest_first(bars: list[Bar]) -> list[Bar]:
    """Order by number; of equal ones the order of names stays, and nothing is moved between them."""
    return sorted(bars, key=lambda bar: -bar.value)


def _earlier(overview: Overview) -> str:
    """Say what the reports on earlier quarters counted."""
    lines = []
    for quarter, counted in overview.reported:
        number, severe = sum(counted.values()), counted.get("severe", 0)
        lines.append(
            _("{quarter}: {findings}, {severe} of them severe").format(
                quarter=quarter_words(quarter), findings=_findings(number), severe=severe
            )
        )
    return "\n".join(lines)


def _missing(overview: Overview) -> str:
    """Say how much is known of all channels together, and what is not known most often."""
    if not overview.complete.asked:
        return ""
    known = _("{percent} % of what can be asked is known.").format(percent=overview.complete.percent)
    most = [
        _("{fact} ({number})").format(fact=one.field.title, number=one.missing)
        for one in overview.complete.missing_most()[:MOST_MISSING]
    ]
    if not most:
        return known
    return "\n".join([known, _("Not known most often: {facts}.").format(facts=", ".join(most))])


def _rate(overview: Overview) -> str:
    confirmed = overview.confirmed
    active = confirmed.lately + confirmed.earlier + confirmed.never
    if not active:
        return ""
    percent = shown_percent(confirmed.lately / active)
    return _("{percent} % of the active channels are confirmed.").format(percent=percent)


def _findings(number: int) -> str:
    return ngettext("{number} finding", "{number} findings", number).format(number=number)


def _channels(number: int) -> str:
    return ngettext("{number} channel", "{number} channels", number).format(number=number)
