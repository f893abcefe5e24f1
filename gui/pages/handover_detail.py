"""One handover beside the list: whose turn it is, the next step as one button, the course, and the things."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.custody.handover.checklist import Check, Standing, checklist
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Possible, due_step
from core.i18n import _, ngettext
from core.model import ItemState
from gui.handover_steps import verb_of
from gui.handover_told import (
    about,
    stage,
    stage_below,
    title,
    turn_sentence,
)
from gui.handover_will import will_do
from gui.handovers import DetailRead
from gui.pages.handover_acts import HandoverActs
from gui.pages.handover_thing_line import ThingLine
from gui.pages.record_detail import NARROWEST, stacked
from gui.widgets import muted, named
from gui.widgets.flow import Flow
from gui.widgets.lines import Column, LineButton
from gui.widgets.severity import SeverityLabel
from gui.widgets.told_line import ToldLine


class HandoverSheet(QWidget):
    """The chosen handover, or a word that none is chosen."""

    def __init__(self, acts: HandoverActs, parent: QWidget | None = None) -> None:
        """Make the part.

        Args:
            acts: What can be done with a handover.
            parent: The page.
        """
        super().__init__(parent)
        named(self, "handover-detail")
        self._acts = acts
        self._due: Possible | None = None
        self._name = named(QLabel(wordWrap=True), "section-title")
        self._about = muted("")
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._turn = named(SeverityLabel("notice", sentences=True), "whose-turn")
        self.next = named(QPushButton(), "next-step", primary=True)
        self.next.clicked.connect(self._take)
        self.further = named(QPushButton(_("Further steps")), "further-steps")
        self.further.setMenu(QMenu(self.further))
        self._will = named(muted(""), "will-do")
        self.column = Column()
        self._buttons = QWidget()
        line = Flow(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.next)
        line.addWidget(self.further)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """Return room for a sentence."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    def show_handover(self, read: DetailRead | None) -> None:
        """Show a handover with what can be done with it."""
        self._stack.setCurrentIndex(0 if read is None else 1)
        if read is None:
            self._due = None
            return
        row = read.detail.row
        self._name.setText(title(row))
        self._about.setText(about(row))
        self._due = due_step(read.steps)
        self._turn.show_severity(_severity(read), turn_sentence(read.detail, read.me, self._due, read.rest))
        self._offer(read)
        self.column.start()
        if not row.open_items:
            self._show_closing(read)
        self._show_course(read)
        self._show_things(read)
        self._show_problems(read.detail)

    def _offer(self, read: DetailRead) -> None:
        """Offer the next step as the one button, and everything else in a menu."""
        self.next.setVisible(self._due is not None)
        self._will.setVisible(self._due is not None)
        if self._due is not None:
            self.next.setText(verb_of(self._due))
            self._will.setText(will_do(self._due, read.detail.row))
        menu = self.further.menu()
        menu.clear()
        menu.addActions(self._acts.further(self._due.doing if self._due is not None else None))

    def _show_things(self, read: DetailRead) -> None:
        self.column.heading(_("What is handed over"))
        for one in read.detail.items:
            self.column.put(ThingLine(one, read, self._acts.show_thing))

    def _show_course(self, read: DetailRead) -> None:
        self.column.heading(_("The course"))
        for check in checklist(read.detail, compared=read.compared):
            self.column.put(_step(check, stage_below(check, read.detail.row, read.me)))

    def _show_closing(self, read: DetailRead) -> None:
        """Offer what is left to do around a handover that is over."""
        acts = self._acts
        mine = read.detail.items if read.me == read.detail.row.taker_id else ()
        left = next((one for one in mine if one.still_open), None)
        offered = [LineButton("closing-print", _("Print the record..."), acts.print_record.trigger)]
        if read.leaver is not None:
            offered.append(LineButton("closing-last-day", _("Enter the last working day..."), acts.enter_last_day))
        if read.rest:
            text = ngettext(
                "Hand over {count} further thing...", "Hand over {count} further things...", read.rest
            ).format(count=read.rest)
            offered.append(LineButton("closing-rest", text, acts.hand_over_the_rest))
        if left is not None:
            text = _("Make up for what is open...")
            offered.insert(0, LineButton("closing-make-up", text, lambda: acts.show_thing(left)))
        self.column.heading(_("To close it"))
        self.column.offer(offered)

    def _show_problems(self, detail: HandoverDetail) -> None:
        if detail.problems:
            self.column.heading(_("What does not fit"))
        for code in detail.problems:
            self.column.put(ToldLine("warning", "warning", _(code.sentence)))

    def _take(self) -> None:
        if self._due is not None:
            self._acts.take(self._due.doing)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        for part in (self._name, self._about, self._turn, self._buttons, self._will):
            head.addWidget(part)
        word = _("Choose a handover on the left to see whose turn it is.")
        self._stack = stacked(word, head, self.column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)


def _severity(read: DetailRead) -> str:
    """Return how the sentence about the turn looks: nothing is wrong where somebody is merely waited for."""
    states = read.detail.row.states
    left = any(one.still_open for one in read.detail.items)
    done = not (read.detail.row.open_items or left) and states.get(ItemState.CLOSED, 0) == read.detail.row.items
    return "good" if done else "notice"


def _step(check: Check, below: str) -> ToldLine:
    told = stage(check)
    line = ToldLine(told.picture, told.colour, told.word, (below,), quiet=check.standing is Standing.LATER)
    return named(line, "step")
