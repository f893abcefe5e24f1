"""The checklist of one thing of a handover: what is done by whom and when, what was checked, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from core.custody.handover.checklist import Standing, checklist
from core.custody.handover.item_course import LOGIN_SEEN, QUESTIONS, ROLES_REMOVED, day_of
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import HandoverDetail, ItemRow, StepRow
from core.custody.handover.pages import page_of
from core.custody.handover.possible import Doing, Possible
from core.i18n import _
from core.model import Act, ItemState, Way
from core.registry import Registry
from gui.dialogs.handover_decision import WIDE, HandoverDecision
from gui.handover_steps import take_step, verb_of
from gui.handover_ticks import keep_made_up, made_up_for
from gui.handover_told import answered, stage, stage_below, way_line, who_is_next
from gui.handovers import DetailRead
from gui.widgets import muted, named
from gui.widgets.answers import Answers
from gui.widgets.lines import Column
from gui.widgets.severity import SeverityLabel
from gui.widgets.told_line import ToldLine
from gui.workspace import Workspace

HEIGHT = 400
"""Of the lines at most; more of them scroll."""
WIDER = 800
"""The questions stand beside their answers."""
ASIDE = 64
"""What stands beside the lines: the margins of the dialog, and the room of a scroll bar."""

_TOGETHER = frozenset({Doing.SEAL, Doing.OPEN})
"""What is done with all things at once: there is one sealed file for each handover."""

_ANSWERED = frozenset({ItemState.CONFIRMED, ItemState.CLOSED})


@dataclass(frozen=True, slots=True)
class ThingRead:
    """What was said of one thing.

    Attributes:
        steps: The statements about it, the oldest first.
        answers: What whoever took it over answered, by question; that a role was given back, by its release.
        page: Where it is changed, as the program itself knows; None where it knows none.
    """

    steps: tuple[StepRow, ...]
    answers: Mapping[str, str]
    page: str | None


class ThingDialog(HandoverDecision):
    """Shows it; the button leads to the next step with this thing, where the person here is waited for."""

    help_topic = "handovers#course"

    def __init__(self, workspace: Workspace, item: ItemRow, read: DetailRead, parent: QWidget | None = None) -> None:
        self._step = read.due(item)
        verb = verb_of(self._step) if self._step is not None else _("Close")
        super().__init__(workspace, item.label, verb, parent)
        self.setObjectName("thing-dialog")
        self._item, self._read = item, read
        self.about = muted("\n".join((way_line(item), read.why(item))))
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.next = SeverityLabel("notice", who_is_next(item, read.me), sentences=True)
        self.opening = named(QPushButton(_("Open the page of the platform")), "open-page", link=True)
        self.opening.setAutoDefault(False)
        self.opening.hide()
        self.column = Column()
        self.later: Answers | None = None
        for part in (self.about, self.next):
            self.body.addWidget(part)
        self.body.addWidget(self.opening, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.column, 1)
        self.back.setText(_("Close"))
        self.back.setVisible(self._step is not None)
        detail = read.detail
        self.ask_registry(lambda registry: _read(registry, detail, item), self.show_thing)

    def show_thing(self, thing: ThingRead) -> None:
        """Show the steps, and what was checked."""
        self.opening.setVisible(thing.page is not None)
        self.opening.setToolTip(thing.page or "")
        self.opening.clicked.connect(lambda: self.open_page(thing.page))
        self.column.start()
        open_ones = self._open_to_me(thing)
        if open_ones:
            self._ask_again(open_ones, thing)
        self._show_course(thing)
        if thing.answers:
            self._show_answers(thing, open_ones)
        QTimer.singleShot(0, self, self._fit)  # Only what is shown has a height.
        self.primary.setFocus()

    def _show_course(self, thing: ThingRead) -> None:
        self.column.heading(_("The course"))
        alone = replace(self._read.detail, items=(self._item,), steps=thing.steps)
        for check in checklist(alone, compared=self._read.compared):
            told = stage(check)
            quiet = check.standing is Standing.LATER
            below = stage_below(check, alone.row, self._read.me)
            line = ToldLine(told.picture, told.colour, told.word, (below,), quiet=quiet)
            self.column.put(named(line, "step"))

    def _show_answers(self, thing: ThingRead, asked_again: Collection[str]) -> None:
        self.column.heading(_("What was checked"))
        for question in QUESTIONS.get(self._item.way, ()):
            if question not in asked_again:
                given = answered(question, thing.answers.get(question, ""))
                self.column.put(named(ToldLine(given.picture, given.colour, given.word), "answer"))

    def _ask_again(self, questions: Collection[str], thing: ThingRead) -> None:
        """Let whoever took it over make up for what was open."""
        row, item = self._read.detail.row, self._item
        self.setMinimumWidth(WIDER)
        self.column.heading(_("Still to be made up for"))
        later = self.later = Answers(questions, row.giver, can_follow=False)
        later.show_values({**thing.answers, **made_up_for(row.id, item.id)})
        later.changed.connect(lambda: self._make_up(later))
        self.column.put(later)
        self.column.say(_("What you tick here is kept at this computer. The record says what you confirmed back then."))

    def _open_to_me(self, thing: ThingRead) -> list[str]:
        """Return the questions that the person here may answer later: of what they took over and confirmed."""
        is_mine = self._read.me == self._read.detail.row.taker_id and self._item.state in _ANSWERED
        if not is_mine or self._item.way is Way.ROLE:  # Of a role the giver gives the own one back.
            return []
        asked = QUESTIONS.get(self._item.way, ())
        return [one for one in asked if one != LOGIN_SEEN and thing.answers.get(one, "no") == "no"]

    def _make_up(self, later: Answers) -> None:
        """Keep the answers; the page counts what is left."""
        keep_made_up(self._read.detail.row.id, self._item.id, later.values())
        self.workspace.changed.emit(frozenset({"handover_item"}))

    def _fit(self) -> None:
        """Let the lines begin where the sentences above them do, and take the room that they need."""
        inside = self.column.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            layout.setContentsMargins(0, 0, 12, 0)
            layout.activate()
            wanted = max(
                layout.totalHeightForWidth(max(WIDE, self.minimumWidth()) - ASIDE), layout.totalSizeHint().height()
            )
            self.column.setMinimumHeight(min(wanted, HEIGHT))

    def take(self) -> None:
        """Go on with this thing, or close."""
        step, detail, window = self._step, self._read.detail, self.parentWidget()
        self.accept()
        if step is not None:
            alone = step if step.doing in _TOGETHER else Possible(step.doing, (self._item,), is_due=True)
            take_step(self.workspace, alone, detail, window)


def _read(registry: Registry, detail: HandoverDetail, item: ItemRow) -> ThingRead:
    with registry.reading() as session:
        said = [
            (one, told) for one in statements_of(session, detail.row.id) for told in one.items if told.id == item.id
        ]
        page = page_of(session, item)
    digests = {one.digest for one, _told in said}
    answers: dict[str, str] = {}
    for one, told in said:
        if one.act is Act.CONFIRMATION:
            answers = dict(told.answers)
        elif one.act in {Act.RELEASE, Act.CLOSING} and told.way is Way.ROLE and answers:
            answers[ROLES_REMOVED] = day_of(one.made_at).isoformat()  # Whoever releases it has given it back.
    return ThingRead(tuple(step for step in detail.steps if step.digest in digests), answers, page)
