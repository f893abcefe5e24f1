"""What the steps of a handover have in common: keyring and registry are asked beside the window, and files come of it.

While something is under way the dialog says so and can be cancelled. What is for the other one goes into the shared
folder, or is offered as a file; then the next step of this person follows at once, and can be left for another day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from core.custody.handover.acting import Actor
from core.custody.handover.possible import Doing
from core.errors import RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.handover_files import Did, HandoverFile, about_files, joined, save_files
from gui.handover_folder import can_lie, chosen_folder, lay_down
from gui.handover_told import lies_for
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.custodian import Custodian
    from core.registry import Registry
    from gui.handover_steps import Due

T = TypeVar("T")
WIDE = 640


class HandoverDecision(Decision):
    """One step; `ask_keyring` does it, and `show_done` ends it.

    Attributes:
        outcome: What was done.
        files: What is to be saved for the other one.
        by_hand: Which sentence about what was done is left out where the files go into the shared folder.
    """

    help_topic = "handovers"
    closes_by_itself = True
    """Whether it closes once all is done and brought to the other side; not where what follows is to be read."""

    def __init__(self, workspace: Workspace, question: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, question, verb, parent)
        self.setMinimumWidth(WIDE)
        self._job: Job | None = None
        self._is_done, self._is_saved = False, False
        self._go_on: Callable[[], object] | None = None
        self._carried: tuple[HandoverFile, ...] = ()
        self.files: tuple[HandoverFile, ...] = ()
        self.by_hand = ""
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Working"))
        self.progress.hide()
        self.outcome = named(SeverityLabel("good", sentences=True), "outcome")
        self.outcome.hide()
        self.hint = muted("")
        self.hint.hide()
        self.saving = named(QPushButton(_("Save as a file...")), "save-files")
        self.saving.clicked.connect(self.save)
        self.saving.hide()
        self.buttons.insertWidget(self.buttons.indexOf(self.primary), self.saving)
        self.buttons.insertWidget(0, self.progress, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin no taller than needed; from then on the dialog grows and shrinks with what it asks."""
        super().showEvent(event)
        if not event.spontaneous():
            self._grown_to = self.height()
            self._grow()

    def decide(self) -> None:
        """Take the step; once it is done, go on or close."""
        if not self._is_done:
            self.take()
            return
        go_on, unsaved = self._go_on, () if self._is_saved else self.files
        self.accept()
        following = go_on() if go_on is not None else None
        if isinstance(following, HandoverDecision):
            following.carry(unsaved)

    def carry(self, files: Sequence[HandoverFile], told: Sequence[str] = ()) -> None:
        """Take along from the step before what was not saved, so that all is saved at once, and what was done."""
        self._carried = tuple(files)
        self.back.setText(_("Later"))
        if told:
            self.messages.show_message("\n".join(told), "good")

    def reject(self) -> None:
        """Leave it for another day; what the steps before brought forth is offered once more."""
        if self._carried and not self._is_done:
            if self._job is not None:
                self._job.cancel()
                self._job = None
            self.show_done([_("You can go on here on any day.")])
        else:
            super().reject()

    def take(self) -> None:
        """Take the step; a dialog says here what that is."""

    def may_decide(self) -> bool:
        """Say whether all is there that the step needs."""
        return True

    def enable(self) -> None:
        """Let the button follow what was entered and what is under way."""
        is_free = self._job is None
        self.primary.setEnabled(is_free and (self._is_done or self.may_decide()))
        self.saving.setEnabled(is_free)
        self.progress.setVisible(not is_free)

    def done(self, outcome: int) -> None:
        """Wait for the keyring no longer."""
        if self._job is not None:
            self._job.cancel()
        super().done(outcome)

    def ask_keyring(
        self,
        work: Callable[[Actor], T],
        then: Callable[[T], None],
        failed: Callable[[RegistryError], None] | None = None,
    ) -> None:
        """Do something as a party of the handover; refusals are said in the dialog unless `failed` gets them."""
        now = this_instant()

        def act(custodian: Custodian) -> T:
            return work(Actor(custodian, now))

        self.messages.clear()
        self._job = with_keyring(
            self.workspace, act, self._going_on(then), failed=self._failing(failed), stopped=self._stopped, owner=self
        )
        self.enable()

    def ask_registry(self, work: Callable[[Registry], T], then: Callable[[T], None]) -> None:
        """Read something from the registry alone."""
        self._job = self.workspace.read(work, self._going_on(then), failed=self._failing(None), owner=self)
        self.enable()

    def show_done(
        self,
        sentences: Iterable[str],
        files: Sequence[HandoverFile] = (),
        go_on: tuple[str, Callable[[], object]] | None = None,
        hint: str = "",
    ) -> None:
        """Say what was done.

        Args:
            sentences: What was done, and what comes next.
            files: For the other one.
            go_on: The words of the button that goes on, and what it does; without, the button closes.
            hint: A quiet sentence about the files.
        """
        self._is_done, self.files = True, (*self._carried, *files)
        self._go_on = go_on[1] if go_on else None
        for part in self._parts():
            part.hide()
        self.outcome.show_severity("good", "\n".join(sentences))
        self.hint.setText(hint if hint and not self._carried else about_files(self.files))
        for widget in (self.outcome, self.hint):
            self.body.addWidget(widget)
        self.outcome.show()
        self.hint.setVisible(bool(self.hint.text()))
        self.back.setText(_("Close"))
        self.back.setVisible(go_on is not None)
        self.primary.setText(go_on[0] if go_on else _("Close"))
        count = len(joined(self.files))
        self.saving.setText(ngettext("Save as a file...", "Save {count} files...", count).format(count=count))
        self.saving.setVisible(bool(self.files))
        self.enable()
        (self.saving if self.files and go_on is None else self.primary).setFocus()

    def finish(
        self,
        handover: UUID,
        sentences: Iterable[str],
        files: Sequence[HandoverFile] = (),
        hint: str = "",
        *,
        awaited: bool = False,
    ) -> None:
        """Say what was done, bring it to the other side, and go on with what this person is to do next.

        Args:
            handover: Which handover it is.
            sentences: What was done, and what comes next.
            files: For the other side.
            hint: A quiet sentence about the files.
            awaited: Whether the other side cannot go on without them, so that they are offered before anything else.
        """
        from gui.handover_steps import read_due

        today, did = self.workspace.today(), Did(tuple(sentences), tuple(files), hint, awaited, self.by_hand)
        self.ask_registry(lambda registry: read_due(registry, handover, today), lambda due: self._deliver(due, did))

    def _deliver(self, due: Due, did: Did) -> None:
        """Lay the files into the shared folder; without one, or where that fails, they are saved by hand."""
        folder = chosen_folder()
        if folder is None or not can_lie(did.files):
            self._go_on_to(due, did)
            return

        def laid(_none: None) -> None:
            self._go_on_to(due, did.lying(lies_for(due.detail.row, due.me)))

        def failed(error: RegistryError) -> None:
            self.show_done(did.told, did.files, hint=did.hint)
            self.messages.show_message(error.sentence, "warning")

        self._job = self.workspace.read_long(
            lambda _registry, _job: lay_down(folder, did.files),
            self._going_on(laid),
            failed=self._failing(failed),
            owner=self,
        )
        self.enable()

    def _go_on_to(self, due: Due, did: Did) -> None:
        """Open the next step; where somebody else is next, say so, or close where nothing is left to do here."""
        from gui.handover_steps import take_step, verb_of

        step, workspace, window = due.step, self.workspace, self.parentWidget()
        if step is not None and (step.doing is Doing.OPEN or (did.is_awaited and did.files)):
            go_on = verb_of(step), lambda: take_step(workspace, step, due.detail, window)
            self.show_done(did.told, did.files, go_on, did.hint)
        elif step is not None:
            self.accept()
            following = take_step(workspace, step, due.detail, window)
            if isinstance(following, HandoverDecision):
                following.carry((*self._carried, *did.files), did.told)
        elif self.closes_by_itself and chosen_folder() is not None and not (self._carried or did.files):
            workspace.say(" ".join(did.told))
            self.accept()
        else:
            self.show_done(did.told, did.files, hint=did.hint)

    def save(self) -> None:
        """Save the files for the other one."""
        save_files(self.workspace, self.files, self, self._saved, self._failing(None))

    def open_page(self, address: str | None) -> None:
        """Open a page in the browser."""
        if address:
            QDesktopServices.openUrl(QUrl(address))

    def _parts(self) -> list[QWidget]:
        items = (self.body.itemAt(place) for place in range(self.body.count()))
        found = (one.widget() for one in items if one is not None)
        return [one for one in found if one is not None]

    def _going_on(self, then: Callable[[T], None]) -> Callable[[T], None]:
        def go_on(result: T) -> None:
            self._job = None
            then(result)
            self.enable()

        return go_on

    def _failing(self, failed: Callable[[RegistryError], None] | None) -> Callable[[RegistryError], None]:
        def fail(error: RegistryError) -> None:
            self._job = None
            self.enable()
            if failed is not None:
                failed(error)
            else:
                self.messages.show_message(error.sentence)

        return fail

    def _stopped(self) -> None:
        self._job = None
        self.enable()

    def _saved(self) -> None:
        self._is_saved = True
        self.hint.setText(_("Saved. Send it by mail, or put it where the other one finds it."))
        self.hint.show()
        self.primary.setFocus()
