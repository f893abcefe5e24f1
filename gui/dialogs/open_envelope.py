"""Break-glass: opening an envelope because nobody else can get in, with the reason, which everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QWidget

from core.custody.custodian import Custodian
from core.custody.escrow.case import Request
from core.custody.escrow.handing import HalfOpened, read_handed, save_handed
from core.custody.escrow.opening import Opened, TakenOver, open_envelope, open_left_behind
from core.custody.secret import Secret
from core.errors import BadInputError, RegistryError
from core.exchange.targets import refuse_kept
from core.i18n import _, ngettext
from core.registry import Registry
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.reference_box import ReferenceBox
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.eye import Eye
from gui.workspace import Workspace

Outcome = Opened | HalfOpened | TakenOver
ONE, ALL = "one", "all"


class OpenEnvelopeDialog(Decision):
    """Asks what, why and with what; then the secret is in the keyring, or a file waits for the second holder."""

    help_topic = "escrow#open"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, login: UUID | None = None) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            parent: The window.
            login: The login that is meant, as far as is known.
        """
        super().__init__(workspace, _("Open an envelope"), _("Open"), parent)
        self._job: Job | None = None
        self._half: HalfOpened | None = None
        self._over = False
        self._parts: list[QWidget] = []
        self._make_questions()
        self._make_outcome()
        self._enable()
        self.login.show_value(login)
        (self.login if login is None else self.reason).setFocus()

    def _make_questions(self) -> None:
        about = muted(
            _(
                "Only when nobody else can get in. Everybody sees it, and it ends only when you have changed the "
                "password on the platform and stored the new one."
            )
        )
        self.body.addWidget(about)
        self.what = named(QComboBox(), "what")
        self.what.addItem(_("One login"), ONE)
        self.what.addItem(_("All that somebody has left behind"), ALL)
        self.login = named(ReferenceBox(self.workspace, "credential"), "login")
        self.person = named(ReferenceBox(self.workspace, "person"), "person")
        self.reason = named(QLineEdit(), "reason")
        self.key = named(QLineEdit(), "recovery-key")
        eye = Eye(self.key)
        self._parts = [about, self.ask(_("&What"), self.what)]
        self._login_part = self.ask(_("&Login"), self.login)
        self._person_part = self.ask(_("Who has &left"), self.person)
        self._parts.append(self.ask(_("&Reason"), self.reason, _("For example: the only editor is ill.")))
        alone = _("Leave it empty where the key of this computer opens the envelope.")
        self._parts += [self.ask(_("&Printed key"), self.key, alone), eye.plain]
        self.body.addWidget(eye.plain)
        self._file_part = self.ask(_("&File of the other holder"), self._file_line(), _("Only where two are needed."))
        for box in (self.login, self.person):
            box.textChanged.connect(lambda _text: self._enable())
            box.offered.connect(self._enable)
        self.reason.textChanged.connect(lambda _text: self._enable())
        self.what.currentIndexChanged.connect(lambda _place: self._enable())

    def _file_line(self) -> QWidget:
        self.file = named(QLineEdit(), "handed")
        self.choosing = named(QPushButton(_("Choose...")), "choose-handed")
        self.choosing.setAutoDefault(False)
        self.choosing.clicked.connect(self._choose)
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.file, 1)
        line.addWidget(self.choosing)
        place.setFocusProxy(self.file)
        self.file.setAccessibleName(_("File of the other holder"))
        return place

    def _make_outcome(self) -> None:
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(_("Opening envelopes"))
        self.progress.hide()
        self.outcome = named(QLabel(wordWrap=True), "outcome")
        self.outcome.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.outcome)

    def decide(self) -> None:
        """Open; save the file for the second holder where two are needed; close when all is done."""
        if self._over:
            self.accept()
        elif self._half is not None:
            self._save(self._half)
        else:
            self._open()

    def done(self, outcome: int) -> None:
        """Forget the key, and stop where it stands: it can be taken up again."""
        if self._job is not None:
            self._job.cancel()
        self.key.clear()
        super().done(outcome)

    def _open(self) -> None:
        try:
            work = self._work()
        except BadInputError as error:
            self.refuse(error)
            return
        self.primary.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = with_keyring(
            self.workspace,
            work,
            self._opened,
            failed=self._refused,
            stopped=self.key.clear,
            progressed=self._show_progress,
            owner=self,
        )

    def _work(self) -> Callable[[Custodian], Outcome]:
        """Return what is to be done with what was entered."""
        typed, reason = self.key.text(), self.reason.text()
        paper = Secret(typed) if typed.strip() else None
        if self.what.currentData() == ALL:
            person = self._chosen(self.person)
            return lambda custodian: open_left_behind(custodian, person, Request(person, reason, paper))
        login, file = self._chosen(self.login), self.file.text().strip()
        path = Path(file).expanduser() if file else None

        def work(custodian: Custodian) -> Outcome:
            handed = read_handed(path) if path is not None else None
            return open_envelope(custodian, Request(login, reason, paper, handed))

        return work

    def _chosen(self, box: ReferenceBox) -> UUID:
        value = box.value()
        if value is None:
            raise BadInputError(_("Please choose an entry of the list."))
        return value

    def _enable(self) -> None:
        everything = self.what.currentData() == ALL
        asking = not self._over and self._half is None
        self._login_part.setVisible(asking and not everything)
        self._file_part.setVisible(asking and not everything)
        self._person_part.setVisible(asking and everything)
        box = self.person if everything else self.login
        self.primary.setEnabled(not asking or (bool(box.text().strip()) and bool(self.reason.text().strip())))

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("File of the other holder"), str(Path.home()))
        if chosen:
            self.file.setText(chosen)

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.progress.hide()
        self.refuse(error)

    def _opened(self, outcome: Outcome) -> None:
        self._job = None
        self.key.clear()
        self.progress.hide()
        self._half = outcome if isinstance(outcome, HalfOpened) else None
        self._over = self._half is None
        for part in self._parts:
            part.hide()
        self.outcome.setText("\n\n".join(told(outcome)))
        self.outcome.show()
        self.resize(self.width(), 1)  # It grows again to what is left.
        self.primary.setText(_("Save file...") if self._half is not None else _("Close"))
        self.back.setVisible(self._half is not None)
        self._enable()
        self.primary.setFocus()

    def _save(self, half: HalfOpened) -> None:
        """Save the file for the second holder."""
        target, _kind = QFileDialog.getSaveFileName(self, _("Save file"), str(Path.home() / f"{half.label}.age"))
        if not target:
            return
        self.primary.setEnabled(False)
        self.workspace.read_long(
            lambda registry, _job: _write(half, Path(target), registry),
            lambda _none: self._saved(half, target),
            failed=self.refuse,
            owner=self,
        )

    def _saved(self, half: HalfOpened, target: str) -> None:
        self._half, self._over = None, True
        self.outcome.setText(
            _("Saved: “{path}”. Give the file to {name}; only {name} can open it.").format(path=target, name=half.name)
        )
        self.primary.setText(_("Close"))
        self.back.hide()
        self._enable()


def told(outcome: Outcome) -> list[str]:
    """Say what came of it, and what is next."""
    next_step = _("Change it on the platform next. Until then everybody sees that the envelope was opened.")
    match outcome:
        case HalfOpened(label=label, name=name):
            return [
                _("Two are needed for “{label}”: you have opened the outer envelope.").format(label=label),
                _("Save the file and give it to {name}, who opens the inner one.").format(name=name),
            ]
        case TakenOver(opened=opened, failed=failed):
            count = len(opened)
            sentence = ngettext(
                "{count} secret is in your keyring now.", "{count} secrets are in your keyring now.", count
            )
            others = [_("“{label}”: {reason}").format(label=label, reason=reason) for label, reason in failed]
            return [sentence.format(count=count), *others, *([next_step] if opened else [])]
        case Opened(label=label, prepared=prepared):
            both = _("A secret that was only prepared came, too. Try on the platform which of the two works.")
            sentence = _("The secret of “{label}” is in your keyring now.").format(label=label)
            return [sentence, *([both] if prepared else []), next_step]


def _write(half: HalfOpened, target: Path, registry: Registry) -> None:
    refuse_kept(target, registry.path)
    save_handed(half, target)
