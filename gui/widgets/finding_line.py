"""One finding: how serious it is, its evidence as a sentence, why it matters, and the button that mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from gui.widgets import muted, named
from gui.widgets.flow import Flow
from gui.widgets.severity import severity_icon, severity_word

BUTTONS = 1  # Ways to mend that have a button of their own.


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to deal with a finding: the verb on its button, what the button does, and whether it is a quiet one."""

    name: str
    label: str
    act: Callable[[], object]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words."""

    rule: str
    severity: str
    sentence: str
    why: str
    source: str
    mends: Sequence[Mend] = ()


class FindingLine(QFrame):
    """Picture, sentence, the best way to mend it and a menu of the others; the explanation opens below."""

    def __init__(self, finding: ShownFinding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, f"finding-{finding.rule}")
        self.setProperty("severity", finding.severity)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._finding = finding
        self._picture = QLabel()
        self._picture.setToolTip(severity_word(finding.severity))
        self._picture.setAccessibleName(severity_word(finding.severity))
        self._sentence = named(QLabel(finding.sentence, wordWrap=True), "finding-sentence")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._why = muted(_explanation(finding))
        self._why.setObjectName("finding-why")
        self._why.hide()
        self._lay_out()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        buttons = Flow()
        buttons.setSpacing(4)
        loud = [mend for mend in self._finding.mends if not mend.quiet]
        for mend in loud[:BUTTONS]:
            buttons.addWidget(self._button(mend))
        if loud[BUTTONS:]:
            buttons.addWidget(self._others(loud[BUTTONS:]))
        for mend in self._finding.mends:
            if mend.quiet:
                buttons.addWidget(self._button(mend))
        self._asking = named(QPushButton(_("Why?")), "why", link=True)
        self._asking.setCheckable(True)
        self._asking.toggled.connect(self._why.setVisible)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self._sentence, 1)
        first.addWidget(self._asking, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self._why)
        column.addLayout(buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    def _button(self, mend: Mend) -> QPushButton:
        button = named(QPushButton(mend.label), f"mend-{mend.name}", link=mend.quiet)
        button.setAccessibleName(_("{verb}: {finding}").format(verb=mend.label, finding=self._finding.sentence))
        button.clicked.connect(lambda _checked: mend.act())
        return button

    def _others(self, mends: Sequence[Mend]) -> QPushButton:
        button = named(QPushButton(_("Otherwise")), "mend-otherwise", link=True)
        button.setAccessibleName(_("Other ways: {finding}").format(finding=self._finding.sentence))
        menu = QMenu(button)
        for mend in mends:
            act = menu.addAction(mend.label)
            act.setObjectName(f"mend-{mend.name}")
            act.triggered.connect(lambda _checked, mend=mend: mend.act())
        button.setMenu(menu)
        return button

    def _draw(self) -> None:
        self._picture.setPixmap(severity_icon(self._finding.severity).pixmap(20, 20))


def _explanation(finding: ShownFinding) -> str:
    if not finding.source:
        return finding.why
    return _("{why}\nSource: {source}").format(why=finding.why, source=finding.source)
