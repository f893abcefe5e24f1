"""The escrow: who can open envelopes when nobody else can get in, how many it takes, and whether they open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.custody.custodian import Custodian
from core.custody.escrow.drill import choose_drill
from core.custody.escrow.holders import Changed, remove_holder, set_needed
from core.custody.escrow.resealing import seal_missing
from core.custody.escrow.status import EscrowStatus, HolderRow, escrow_status
from core.errors import RegistryError
from core.i18n import N_, _, ngettext
from gui.dialogs.escrow_drill import EscrowDrillDialog
from gui.dialogs.name_holder import NameHolderDialog
from gui.dialogs.open_envelope import OpenEnvelopeDialog
from gui.dialogs.recovery_key import RecoveryKeyDialog
from gui.escrow_words import drill_sentence, holder_sentence, state_sentence
from gui.keyring import with_keyring
from gui.pages.settings_parts import Section
from gui.tasks import Job
from gui.theme import ROW_HEIGHT
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

T = TypeVar("T")


class EscrowSection(Section):
    """How the escrow stands, and all that can be done about it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "escrow",
            _("Escrow"),
            _(
                "Every secret is also sealed in envelopes, for the day on which nobody else can get in. The printed "
                "key opens them, and whomever you name."
            ),
            parent,
        )
        self._workspace = workspace
        self._job: Job | None = None
        self._buttons: list[QWidget] = []
        self._make_state()
        self._make_holders()
        self._make_needed()
        self._make_drill()
        self._make_emergency()
        self.end()

    def look(self) -> None:
        """Read how the escrow stands."""
        if self._workspace.is_open and self.isVisible():
            self._workspace.read(
                lambda registry: escrow_status(registry, registry.today()), self.show_status, owner=self
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Look when the section comes into sight."""
        super().showEvent(event)
        self.look()

    def show_status(self, status: EscrowStatus) -> None:
        """Show how the escrow stands."""
        severity, sentence = state_sentence(status)
        self.state.show_severity(severity, sentence)
        self.sealing.setVisible(severity == "warning" and bool(status.holders))
        while (item := self._holders.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        for place, one in enumerate(status.holders):
            self._holders.addWidget(self._holder_line(one, place))
        self._none.setVisible(not status.holders)
        self._show_needed(status)
        with QSignalBlocker(self.quarterly.box):
            self.quarterly.box.setChecked(status.drill_on)
        self.last.setText(drill_sentence(status))
        for each in (self.opening, self.trying):
            each.setEnabled(self._job is None and bool(status.holders))

    def _make_state(self) -> None:
        self.state = named(SeverityLabel("notice", sentences=True), "escrow-state")
        self.sealing = self._button("seal-escrow", _("Seal anew"), self._seal)
        self.sealing.hide()
        self._line(self.state, self.sealing)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Sealing"))
        self.stopping = named(QPushButton(_("Cancel")), "stop-sealing")
        self.stopping.clicked.connect(self._stop)
        self._waiting = QWidget()
        line = QHBoxLayout(self._waiting)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.progress, 1)
        line.addWidget(self.stopping)
        self._waiting.hide()
        self.column.addWidget(self._waiting)

    def _make_holders(self) -> None:
        self.heading(_("Who can open envelopes"))
        self._none = muted(_("Nobody yet. If a computer's profile dies, its secrets die with it."))
        self.column.addWidget(self._none)
        self._holders = QVBoxLayout()
        self._holders.setSpacing(0)
        self.column.addLayout(self._holders)
        self.naming = self._button("name-holder", _("Name somebody..."), self._name)
        self.printing = self._button("print-recovery-key", _("Print a recovery key..."), self._print)
        self._line(self.naming, self.printing, None)

    def _make_needed(self) -> None:
        self.needed = named(QComboBox(), "escrow.needed")
        self.needed.addItem(_("One is enough"), 1)
        self.needed.addItem(_("Two together"), 2)
        self.needed.activated.connect(lambda _place: self._need())
        self._buttons.append(self.needed)
        told = _("With two, neither can open an envelope without the other. The printed key counts as one of them.")
        self.ask(_("&How many it takes"), self.needed, help_text=told)

    def _make_drill(self) -> None:
        self.heading(_("Drill"))
        self.last = named(muted(""), "last-drill")
        self.column.addWidget(self.last)
        self.quarterly = WrappedCheck(_("Remind us every quarter"), "drill.on")
        self.quarterly.box.toggled.connect(self._choose_drill)
        self.column.addWidget(self.quarterly)
        self.trying = self._button("drill", _("Try whether they open..."), self._try)
        self._line(self.trying, None)

    def _make_emergency(self) -> None:
        self.heading(_("Emergency"))
        self.column.addWidget(
            muted(_("Opening an envelope is seen by everybody and ends only with a new password on the platform."))
        )
        self.opening = self._button("open-envelope", _("Open an envelope..."), self._open)
        self._line(self.opening, None)

    def _button(self, name: str, text: str, act: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text), name)
        button.clicked.connect(lambda _checked: act())
        self._buttons.append(button)
        return button

    def _line(self, *parts: QWidget | None) -> None:
        """Put parts beside one another; None takes the room that is left."""
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in parts:
            if part is None:
                line.addStretch(1)
            else:
                line.addWidget(part, int(part is self.state))
        self.column.addLayout(line)

    def _holder_line(self, one: HolderRow, place: int) -> QWidget:
        widget = QWidget()
        widget.setMinimumHeight(ROW_HEIGHT)
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        title = QLabel(one.name or _("Printed key"))
        title.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(title)
        below = muted(holder_sentence(one))
        below.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(below, 1)
        if one.person_id is not None:
            person, name = one.person_id, str(one.name)
            removing = named(QPushButton(_("Remove")), f"remove-holder-{place}", link=True)
            removing.setAccessibleName(_("Remove {name}").format(name=name))
            removing.clicked.connect(lambda _checked: self._remove(person))
            line.addWidget(removing)
        return widget

    def _show_needed(self, status: EscrowStatus) -> None:
        with QSignalBlocker(self.needed):
            self.needed.setCurrentIndex(self.needed.findData(status.needed))

    def _seal(self) -> None:
        def say(count: int) -> None:
            told = ngettext("{count} secret is sealed anew.", "{count} secrets are sealed anew.", count)
            nothing = _(
                "This keyring keeps nothing that has to be sealed. Whoever keeps the secret seals it, for cards they "
                "have verified."
            )
            self._workspace.say(told.format(count=count) if count else nothing)

        self._work(seal_missing, say)

    def _need(self) -> None:
        wanted = int(self.needed.currentData())
        self._work(lambda custodian: set_needed(custodian, wanted), self._say_needed)

    def _say_needed(self, changed: Changed) -> None:
        told = ngettext(
            "{count} secret of your keyring is sealed anew.",
            "{count} secrets of your keyring are sealed anew.",
            changed.sealed,
        )
        self._workspace.say(told.format(count=changed.sealed))

    def _remove(self, person: Any) -> None:
        def say(changed: Changed) -> None:
            self._workspace.say(_("{name} does not hold the escrow any more.").format(name=changed.name))

        self._work(lambda custodian: remove_holder(custodian, person), say)

    def _choose_drill(self, on: bool) -> None:
        said = _("You are reminded of the drill every quarter.") if on else _("You are not reminded of the drill.")
        self._workspace.act(
            N_("Choose drill of the escrow"), lambda session: choose_drill(session, on=on), said=said, owner=self
        )

    def _name(self) -> None:
        NameHolderDialog(self._workspace, self.window()).open()

    def _print(self) -> None:
        self._workspace.read(
            lambda registry: str(registry.settings()["city.name"]),
            lambda city: RecoveryKeyDialog(self._workspace, city, self.window()).open(),
            owner=self,
        )

    def _try(self) -> None:
        EscrowDrillDialog(self._workspace, self.window()).open()

    def _open(self) -> None:
        OpenEnvelopeDialog(self._workspace, self.window()).open()

    def _work(self, work: Callable[[Custodian], T], then: Callable[[T], None]) -> None:
        """Do something with the keyring; meanwhile it can be stopped, and nothing else is begun."""

        def done(result: T) -> None:
            self._rest()
            then(result)

        def failed(error: RegistryError) -> None:
            self._rest()
            self._workspace.fail(error)

        self._wait(True)
        self._job = with_keyring(
            self._workspace,
            work,
            done,
            failed=failed,
            stopped=self._rest,
            progressed=self._show_progress,
            owner=self,
        )

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _rest(self) -> None:
        self._job = None
        self._wait(False)
        self.look()

    def _wait(self, waiting: bool) -> None:
        self.progress.setRange(0, 0)
        self._waiting.setVisible(waiting)
        for one in self._buttons:
            one.setEnabled(not waiting)
