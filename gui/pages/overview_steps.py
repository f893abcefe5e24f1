"""What to do next, as a list: what it is, why, and the button that goes to the right place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import _, ngettext
from gui.pages.overview_words import StepWords
from gui.widgets import muted, named
from gui.widgets.severity import severity_icon, severity_word

MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One thing to do next in words, how serious it is, and what its button does."""

    words: StepWords
    severity: str
    act: Callable[[], object]


class NextSteps(QWidget):
    """The heading, the gravest steps, and how many more there are."""

    def __init__(self, more: Callable[[], object], parent: QWidget | None = None) -> None:
        """Make the list.

        Args:
            more: Shows everything that is to be done.
            parent: The page.
        """
        super().__init__(parent)
        named(self, "next-steps")
        self.lines: list[StepLine] = []
        self._all_done = muted(_("Nothing needs you today."))
        self.more = named(QPushButton(), "more-steps", link=True)
        self.more.clicked.connect(lambda _checked: more())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(named(QLabel(_("What to do next")), "section-title"))
        self._column.addSpacing(4)
        self._column.addWidget(self._all_done)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_steps(self, steps: Sequence[ShownStep]) -> None:
        """Show other steps; lines are kept, so that the keys stay where they are."""
        shown = steps[:MOST_STEPS]
        while len(self.lines) > len(shown):
            gone = self.lines.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(shown):
            self.lines.append(StepLine())
            self._column.insertWidget(self._column.count() - 2, self.lines[-1])
        for place, (line, step) in enumerate(zip(self.lines, shown, strict=True)):
            line.show_step(step, first=place == 0)
        rest = len(steps) - len(shown)
        self.more.setText(ngettext("{number} more thing", "{number} more things", max(rest, 1)).format(number=rest))
        self.more.setVisible(rest > 0)
        self._all_done.setVisible(not steps)

    def begin(self) -> None:
        """Put the cursor on the first step."""
        if self.lines:
            self.lines[0].button.setFocus()


class StepLine(QFrame):
    """One step: how serious it is, what and why, its button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "step")
        self._severity = "notice"
        self._act: Callable[[], object] | None = None
        self._picture = QLabel()
        self.title = named(QLabel(wordWrap=True), "step-title")
        self._why = muted("")
        self.button = QPushButton()
        self.button.clicked.connect(lambda _checked: self._act() if self._act else None)
        for text in (self.title, self._why):
            text.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()

    def show_step(self, step: ShownStep, *, first: bool) -> None:
        """Show a step; the first one's button is the page's primary one."""
        self._severity, self._act = step.severity, step.act
        self.title.setText(step.words.title)
        self._why.setText(step.words.why)
        self.button.setText(step.words.verb)
        self.button.setAccessibleName(_("{verb}: {finding}").format(verb=step.words.verb, finding=step.words.title))
        self.button.setProperty("primary", first)
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self._why)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(12)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon(self._severity).pixmap(20, 20))
        self._picture.setToolTip(severity_word(self._severity))
        self._picture.setAccessibleName(severity_word(self._severity))
