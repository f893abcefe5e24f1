"""The head of a channel's detail: its name and platform, its address, where it stands, what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.fields import Field
from core.i18n import _, ngettext, show_date
from core.inventory.channel_sheet import ChannelSheet
from core.inventory.platforms import platforms
from gui.icons import icon
from gui.platform_icons import platform_icon_name
from gui.showing import days_ago
from gui.widgets import muted, named
from gui.widgets.finding_line import ShownFinding
from gui.widgets.finding_lines import FindingLines


class ChannelHead(QWidget):
    """What one must see first.

    Signals:
        open_wanted: The address was clicked.
        confirm_wanted: The record is right.
        fact_wanted: Somebody knows a fact that is missing: its key.
    """

    open_wanted = Signal()
    confirm_wanted = Signal()
    fact_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._platform = ""
        self._picture = QLabel()
        self._title = named(QLabel(wordWrap=True), "section-title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._address = named(QPushButton(), "channel-url", link=True)
        self._address.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._address.clicked.connect(self.open_wanted)
        self._standing = muted("")
        self._complete = named(QPushButton(), "completeness", link=True)
        self._missing = QMenu(self._complete)
        self._complete.setMenu(self._missing)
        self._confirming = named(QPushButton(_("Confirm")), "confirm")
        self._confirming.setToolTip(_("What is recorded here is right today (Ctrl+Return)"))
        self._confirming.clicked.connect(self.confirm_wanted)
        self._more = named(QPushButton(_("More")), "more")
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._lay_out()

    def add_more(self, actions: Sequence[QAction]) -> None:
        """Offer further actions behind the button "More"."""
        self._menu.addActions(list(actions))

    def show_channel(
        self, sheet: ChannelSheet, findings: Sequence[ShownFinding], missing: Sequence[Field], today: date
    ) -> None:
        """Show a channel.

        Args:
            sheet: What is known of it.
            findings: What is wrong with it.
            missing: The facts that nobody knows of it.
            today: The day.
        """
        listed = sheet.opened.listed
        known = platforms().get(listed["platform"])
        self._platform = listed["platform"]
        self._title.setText(listed["title"])
        self._picture.setToolTip(known.name if known else self._platform)
        address = listed["url"] or listed["url_as_entered"]
        shown = address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        self._address.setText(self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, 320))
        self._address.setToolTip(address)
        self._address.setEnabled(bool(listed["url"]))
        name = known.name if known else self._platform
        self._standing.setText("\n".join([_standing(name, _(listed["state"].label), sheet, today), *_former(sheet)]))
        self._findings.show_findings(findings)
        self._show_completeness(listed["completeness"], missing)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _show_completeness(self, percent: int | None, missing: Sequence[Field]) -> None:
        """Say how much is known, and offer to enter what is not."""
        self._complete.setVisible(percent is not None)
        self._complete.setEnabled(bool(missing))
        self._missing.clear()
        told = _("{percent} % complete").format(percent=percent)
        if missing:
            number = ngettext("{number} fact is missing", "{number} facts are missing", len(missing))
            told = _("{percent} % complete, {missing}").format(
                percent=percent, missing=number.format(number=len(missing))
            )
        self._complete.setText(told)
        for field in missing:
            entering = self._missing.addAction(field.title)
            entering.triggered.connect(partial(self.fact_wanted.emit, field.key))

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._address)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._standing, 1)
        buttons.addWidget(self._confirming, 0, Qt.AlignmentFlag.AlignTop)
        buttons.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self._findings = FindingLines()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(buttons)
        column.addWidget(self._complete, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._findings)

    def _draw(self) -> None:
        if self._platform:
            self._picture.setPixmap(icon(platform_icon_name(self._platform)).pixmap(32, 32))


def _standing(platform: str, state: str, sheet: ChannelSheet, today: date) -> str:
    confirmed = sheet.opened.listed["confirmed_on"]
    if confirmed is None:
        return _("{platform}, {state}, never confirmed").format(platform=platform, state=state)
    return _("{platform}, {state}, confirmed {ago} ({day})").format(
        platform=platform, state=state, ago=days_ago(confirmed, today), day=show_date(confirmed)
    )


def _former(sheet: ChannelSheet) -> list[str]:
    """Say under which names and addresses the account could be reached before."""
    lines = []
    for one in sheet.former:
        known = one.url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        values = {"handle": one.handle, "address": known, "day": show_date(one.until) if one.until else ""}
        if one.until is None:
            lines.append(_("Formerly {handle} ({address})").format(**values))
        else:
            lines.append(_("Until {day}: {handle} ({address})").format(**values))
    return [line.removesuffix(" ()") for line in lines]
