"""Answers for the council: which questions, as of which days, for whom, into which file."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from core.i18n import N_, _, show_date
from gui.dialogs.file_decision import FileDecision
from gui.tasks import Job
from gui.unsaved import tell_of_unsaved
from gui.widgets import muted, named
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.answers.making import Answered
    from core.registry import Registry

YEARS = 2
"""So many last days of December are suggested, and today."""
_BETWEEN = re.compile(r"[;,\n]+")


class CouncilAnswersDialog(FileDecision):
    """All questions, the last days of two years and today, and the committee are preselected."""

    help_topic = "report#council"
    cancelled_text = N_("The answers were not made. What was there before is unchanged.")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("What does the council want to know?"), _("Answer"), parent)
        self.setObjectName("council-answers-dialog")
        self.questions: dict[str, WrappedCheck] = {}
        self.days = named(QLineEdit(_suggested(workspace.today())), "days")
        self.reader = named(QComboBox(), "reader")
        self._fill()
        self._lay_out()
        self.kept += [*self.questions.values(), self.days, self.reader]
        self.reader.currentIndexChanged.connect(self._offer_questions)
        self.suggest(_("council-answers-{day}.xlsx").format(day=workspace.today().isoformat()))
        self.primary.setFocus()
        tell_of_unsaved(self)

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return ".xlsx"

    def make(self) -> None:
        """Make the answers on the lane of long work."""
        from core.exchange.answers.asking import ask, read_day
        from core.exchange.answers.making import make_answers
        from core.exchange.report.readers import parse_reader

        keys, days = self.chosen(), [one for one in _BETWEEN.split(self.days.text()) if one.strip()]
        out, today, reader = self.path, self.workspace.today(), parse_reader(str(self.reader.currentData()))

        def work(registry: Registry, job: Job) -> Any:
            asked = ask(keys, [read_day(text) for text in days], reader, today, registry.me())
            return make_answers(registry, asked, out, progress=job.report, cancelled=job.cancelled)

        self.write(work, self._made)

    def chosen(self) -> list[str]:
        """Return the keys of the questions that are ticked and may be answered."""
        return [key for key, check in self.questions.items() if check.box.isEnabled() and check.box.isChecked()]

    def _made(self, answered: Answered) -> None:
        written = _("The answers were written: “{path}”.").format(path=answered.path)
        self.finish(answered.path, written, answered.note)

    def _fill(self) -> None:
        from core.exchange.answers.questions import QUESTIONS
        from core.exchange.report.readers import Reader

        for one in QUESTIONS:
            check = WrappedCheck(_(one.title), f"question-{one.key}")
            check.box.setAccessibleDescription(_(one.told))
            check.box.setToolTip(_(one.told))
            check.box.setChecked(True)
            self.questions[one.key] = check
        for reader in Reader:
            self.reader.addItem(_(reader.label), reader.value)
        self.reader.setCurrentIndex(self.reader.findData(Reader.COMMITTEE.value))

    def _lay_out(self) -> None:
        self.body.addWidget(muted(_("A small Excel workbook with a sheet for each question.")))
        self.body.addSpacing(8)
        heading = QLabel(_("&Questions"))
        heading.setBuddy(next(iter(self.questions.values())))
        self.body.addWidget(heading)
        for check in self.questions.values():
            self.body.addWidget(check)
        self.body.addSpacing(8)
        self.ask(_("As of the &days"), self.days, _("Several days are separated by commas."))
        self.ask(_("&For whom"), self.reader)
        self.ask_target()

    def _offer_questions(self) -> None:
        """Offer what the reader gets an answer to."""
        from core.exchange.answers.questions import QUESTIONS

        for one in QUESTIONS:
            answered = self.reader.currentData() in {reader.value for reader in one.readers}
            self.questions[one.key].setEnabled(answered)


def _suggested(today: date) -> str:
    """Return the days that councils ask for most: the ends of the last years, and today."""
    ends = [date(today.year - back, 12, 31) for back in range(YEARS, 0, -1)]
    return ", ".join(map(show_date, [*ends, today]))
