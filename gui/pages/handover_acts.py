"""What the page of the handovers does with the chosen one: an action for each step, and its record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.custody.custodian import Custodian
from core.custody.handover.listing import ItemRow
from core.custody.handover.possible import Doing, Possible
from core.custody.handover.record.making_record import make_record
from core.custody.handover.record.record import Record, record_of
from core.custody.handover.record.record_file import RecordFile
from core.i18n import _
from gui.actions import action
from gui.handover_steps import take_step, verb_of
from gui.handovers import DetailRead
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.workspace import Workspace

PRINT = "print-record"

_Then: TypeAlias = Callable[[RecordFile], None]


class HandoverActs(QObject):
    """The actions of one page; enabled as the chosen handover allows.

    Attributes:
        actions: By name, in the order in which they are offered.
        print_record: Prints the record.
    """

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace, self._page = workspace, page
        self._read: DetailRead | None = None
        self.actions = {doing: self._action(doing) for doing in Doing}
        self.print_record = action(page, PRINT, _("Print the record..."), self._print)
        self.show_handover(None)

    def all(self) -> list[QAction]:
        """Return the actions in the order in which they are offered."""
        return [*self.actions.values(), self.print_record]

    def further(self, doing: Doing | None) -> list[QAction]:
        """Return what can be done besides the next step."""
        return [one for key, one in self.actions.items() if key is not doing and one.isEnabled()] + [self.print_record]

    def show_handover(self, read: DetailRead | None) -> None:
        """Allow what can be done with a handover."""
        self._read = read
        able = {one.doing for one in read.steps} if read is not None else set()
        for doing, one in self.actions.items():
            one.setEnabled(doing in able)
        self.print_record.setEnabled(Doing.RECORD in able)

    def take(self, doing: Doing) -> None:
        """Take a step: its dialog opens, or the record is saved."""
        step = self._step(doing)
        if step is None or self._read is None:
            return
        match doing:
            case Doing.RECORD:
                self._with_record(self._save)
            case _:
                take_step(self._workspace, step, self._read.detail, self._page.window())

    def show_thing(self, item: ItemRow) -> None:
        """Open the checklist of one thing: to go on with it, for who sets its new secret; to look at it, for others."""
        if self._read is None:
            return
        step = self._read.due(item)
        if step is not None and step.doing in {Doing.BEGIN, Doing.CONFIRM}:
            take_step(self._workspace, Possible(step.doing, (item,), is_due=True), self._read.detail, self._window)
            return
        from gui.dialogs.handover_thing import ThingDialog

        ThingDialog(self._workspace, item, self._read, self._window).open()

    def enter_last_day(self) -> None:
        """Ask for the last day of whoever hands over because they leave."""
        if self._read is not None and self._read.leaver is not None:
            from gui.dialogs.leaving import LeavingDialog

            LeavingDialog(self._workspace, self._read.leaver, self._window).open()

    def hand_over_the_rest(self) -> None:
        """Begin another handover of what still hangs on the giver."""
        if self._read is not None:
            from gui.dialogs.new_handover import begin_handover

            begin_handover(self._workspace, self._window, self._read.detail.row.giver_id)

    @property
    def _window(self) -> QWidget:
        return self._page.window()

    def _action(self, doing: Doing) -> QAction:
        text = _("Save the record...") if doing is Doing.RECORD else verb_of(Possible(doing))
        return action(self._page, doing.value, text, partial(self.take, doing))

    def _step(self, doing: Doing) -> Possible | None:
        return next((one for one in self._read.steps if one.doing is doing), None) if self._read is not None else None

    def _print(self) -> None:
        self._with_record(self._print_record)

    def _with_record(self, then: _Then) -> None:
        """Make the record of the chosen handover; the keyring says how each key was verified, and signs."""
        if self._read is None:
            return
        handover, now = self._read.detail.row.id, this_instant()

        def work(custodian: Custodian) -> RecordFile:
            return make_record(custodian, handover, now)

        with_keyring(self._workspace, work, then, owner=self)

    def _save(self, file: RecordFile) -> None:
        from gui.handover_files import record_file, save_files

        save_files(self._workspace, [record_file(file)], self._page.window(), lambda: None, self._workspace.fail)

    def _print_record(self, file: RecordFile) -> None:
        from gui.printing import print_on_paper
        from gui.record_paper import footer, sheet, title_of

        record: Record = record_of(file)
        if print_on_paper(sheet(record), title_of(record), self._page.window(), footer=footer(record)):
            self._workspace.say(_("The record is printed. Both sign it; the signed paper binds."))
