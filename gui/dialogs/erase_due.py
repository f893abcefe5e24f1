"""Erasing what is due: everything that goes and everything that stays is shown first, for it cannot be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QTableView, QVBoxLayout, QWidget

from core.i18n import _
from core.protection.erasure.blanks import former
from core.protection.erasure.cut_short import is_cut_short
from core.protection.erasure.emptied_fields import Emptied, emptied_fields
from core.protection.erasure.planning import ErasurePlan, plan_erasure
from gui.dialogs.decision import Decision
from gui.dialogs.erase_mentions import ErasedMentions, MentionsView
from gui.erasure import erase_here, has_erased, told_of
from gui.erasure_told import told_copies, told_kept, told_people, told_records, told_staying
from gui.standing_notices import ERASURES
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel

if TYPE_CHECKING:
    from core.errors import RegistryError
    from core.protection.erasure.order import Order
    from core.registry import Registry
    from gui.tasks import Job
    from gui.workspace import Workspace

WIDTH = 880


@dataclass(frozen=True, slots=True)
class Preview:
    """What was looked up before anything is erased."""

    cut_short: bool
    plan: ErasurePlan
    emptied: Sequence[Emptied] = ()


class EraseDueDialog(Decision):
    """Looks for what is due, shows it, and erases it; an erasure that was cut short comes first."""

    help_topic = "privacy#erase"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Erase personal data that has been kept long enough?"), _("Erase"), parent)
        self.setObjectName("erase-due-dialog")
        self.setMinimumWidth(WIDTH)
        self._job: Job | None = None
        self._step: Callable[[], None] = self._look
        self._plan: ErasurePlan | None = None
        self._told = ""  # What was erased by this dialog already.
        self.mentions = ErasedMentions(self)
        self.parts = QWidget()
        self._column = QVBoxLayout(self.parts)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.told = muted(_("Looking for every place that names somebody whose time has come ..."))
        self.body.addWidget(self.told)
        self.body.addWidget(self.parts)
        self._add_foot()
        self.primary.setDefault(False)
        self.primary.setAutoDefault(False)  # What cannot be undone is not done by Enter in passing.
        self._look()

    def decide(self) -> None:
        """Take up what was cut short, or erase what is shown."""
        if self._job is None:
            self._step()

    def reject(self) -> None:
        """Stop the work that is under way; close if there is none."""
        if self._job is not None and not self._job.cancelled():
            self._job.cancel()
        else:
            super().reject()

    def show_preview(self, preview: Preview) -> None:
        """Show what would happen."""
        self._wait(None)
        plan = preview.plan
        self._plan = plan
        if preview.cut_short:
            self.told.setText(
                _(
                    "An erasure has begun and has not come to its end. It goes on where it stopped. What else is due "
                    "is shown to you afterwards."
                )
            )
            self._offer(_("Go on"), self._go_on)
            self.final.hide()  # It was decided when it began.
        elif plan.due:
            told = _("This has been kept longer than its time. It is erased only when you choose “Erase”.")
            self.told.setText(f"{self._told} {told}".strip())
            self._fill(preview)
            self._offer(_("Erase"), lambda: self._run(plan.order(self.mentions.chosen())))
        else:
            rest = _("Nothing else is due.")
            self.told.setText(f"{self._told} {rest}" if self._told else _("Nothing is due."))
            self._add_lines(_("What stays for now"), [*told_kept(plan), *plan.open_ends])
            self._add_lines(_("What you have to see to yourself"), plan.out_of_reach if self._told else ())
            self._only_close()

    def _only_close(self) -> None:
        self.primary.hide()
        self.final.hide()
        self.back.setText(_("Close"))
        self.back.setFocus()

    def _offer(self, verb: str, step: Callable[[], None]) -> None:
        self._step = step
        self.primary.setText(verb)
        self.primary.setEnabled(True)
        self.primary.show()
        self.final.show()

    def _fill(self, preview: Preview) -> None:
        plan = preview.plan
        self._add_lines(_("Whose data is erased"), told_people(plan))
        if plan.people:
            told = _("Everywhere “{former}” with the function takes the place of the name.")
            self._column.addWidget(muted(told.format(former=former())))
        self._add_lines(_("Still going on: see to it before you erase"), plan.open_ends)
        self._add_lines(_("Accounts that you have to see to before"), plan.accounts)
        self._add_lines(_("Entries"), told_records(preview.emptied))
        self._add_mentions(plan)
        self._add_lines(_("Log, archive and backups"), told_copies(plan))
        self._add_lines(_("What stays for now"), told_kept(plan))
        self._add_lines(_("What you have to see to yourself"), plan.out_of_reach)

    def _add_lines(self, heading: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        self._column.addSpacing(8)
        self._column.addWidget(named(QLabel(heading, indent=0), "form-heading"))
        for line in lines:
            label = QLabel(line, wordWrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._column.addWidget(label)

    def _add_mentions(self, plan: ErasurePlan) -> None:
        """Let texts be ticked; the plan ticks what surely means somebody."""
        self.mentions.show_mentions(plan.mentions)
        if not plan.mentions:
            return
        told = _("What is ticked is taken out. A last name alone may be a word or somebody else: you decide.")
        self._add_lines(_("Texts"), [told])
        self.texts = MentionsView(self.mentions)
        self._column.addWidget(self.texts)

    def _add_foot(self) -> None:
        """Keep in sight beside the button what cannot be scrolled away: that there is no way back, and the progress."""
        self.final = SeverityLabel("warning", _("This cannot be undone."))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Progress"))
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # So that nothing moves when it appears.
        self.progress.setSizePolicy(policy)
        line, column = QHBoxLayout(), self.layout()
        line.setContentsMargins(24, 8, 24, 12)
        line.addWidget(self.progress)
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(column.count() - 1, line)
        self.buttons.insertWidget(0, self.final)
        self.final.hide()

    def _look(self) -> None:
        self._clear()
        self._wait(self.workspace.read_long(_look, self.show_preview, failed=self._not_found_out, owner=self))

    def _not_found_out(self, error: RegistryError) -> None:
        self._wait(None)
        self._offer(_("Try again"), self._look)
        self.refuse(error)

    def _go_on(self) -> None:
        self._run(None)

    def _run(self, order: Order | None) -> None:
        def work(registry: Registry, job: Job) -> Counter[str]:
            return erase_here(registry, job, order)

        def finished(counts: Counter[str]) -> None:
            self._done(counts, more=order is None)

        self._wait(
            self.workspace.read_long(
                work,
                finished,
                failed=self._failed,
                progressed=self._show_progress,
                stopped=self._stopped,
                owner=self,
            )
        )
        self.back.setText(_("Stop"))

    def _done(self, counts: Counter[str], *, more: bool) -> None:
        """Say what went; after what was cut short, look what is due besides."""
        self._wait(None)
        self._announce()
        if counts:  # There are none where another program has brought it to its end, or nothing had begun.
            self._told = told_of(counts)
            self.workspace.say(self._told)
        if more:
            self._look()
        else:
            self._show_rest(counts)

    def _show_rest(self, counts: Counter[str]) -> None:
        """Stay until somebody has read what stays, and what the program cannot reach."""
        self._clear()
        title, plan = self.findChild(QLabel, "dialog-title"), self._plan
        assert isinstance(title, QLabel)
        assert plan is not None, "erased without a preview"
        erased = has_erased(counts)
        title.setText(_("Personal data is erased") if erased else _("Nothing was erased"))
        self.told.setText(told_of(counts))
        if erased:
            self._add_lines(_("Texts that stay, as you decided"), told_staying(self.mentions.staying()))
            self._add_lines(_("What stays for now"), told_kept(plan))
            self._add_lines(_("What you have to see to yourself"), plan.out_of_reach)
        self._only_close()

    def _failed(self, error: RegistryError) -> None:
        """Say why; whatever was begun is taken up again."""
        self._again()
        self.refuse(error)

    def _stopped(self) -> None:
        self._again()
        told = _("The erasure was stopped. What is erased stays erased; the rest follows when you go on.")
        self.messages.show_message(told, "notice")

    def _again(self) -> None:
        """Offer to go on from where it stands; where nothing was begun yet, what is due is shown anew."""
        self._wait(None)
        self._announce()
        self.told.setText(
            _("Choose “Go on”: what has begun is brought to its end, and what else is due is shown to you afterwards.")
        )
        self._offer(_("Go on"), self._go_on)
        self.final.hide()

    def _announce(self) -> None:
        self.workspace.changed.emit(frozenset({ERASURES}))

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _wait(self, job: Job | None) -> None:
        """Show that something is under way, or no longer."""
        self._job = job
        if job is not None:
            self.messages.clear()
            self.primary.setEnabled(False)
        self.back.setText(_("Cancel"))
        for table in self.parts.findChildren(QTableView):
            table.setEnabled(job is None)
        self.progress.setRange(0, 0)
        self.progress.setVisible(job is not None)


def _look(registry: Registry, _job: Job) -> Preview:
    plan = plan_erasure(registry, registry.today())
    return Preview(is_cut_short(registry), plan, emptied_fields(registry, plan.due) if plan.due else ())
