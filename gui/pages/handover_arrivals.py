"""What others have laid into the shared folder: a line for each of them, with the one next step as a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from core.custody.handover.fetching import Letter, Reader, clear_sealed, letters_for
from core.custody.handover.mailbox import FolderMailbox
from core.custody.handover.reading import Found, Sort
from core.errors import RegistryError, UnusableFileError
from core.i18n import N_, _, ngettext
from core.model import Act
from core.registry import Registry
from gui.handover_folder import check_folder, chosen_folder, contents
from gui.tasks import Job
from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.widgets.told_line import ToldLine
from gui.workspace import Workspace

_SENT: Mapping[Act, str] = {
    Act.PROPOSAL: N_("{name} has sent a proposal."),
    Act.REQUEST: N_("{name} has sent a request."),
    Act.RECEIPT: N_("{name} has sent a receipt."),
    Act.CONFIRMATION: N_("{name} has sent a confirmation."),
    Act.RELEASE: N_("{name} has sent a release."),
}
NOW_AND_THEN = 60_000
"""Milliseconds; a drive in the network tells no program of new files, so that somebody has to look."""

_TAKE_IN = N_("Take in")
_VERBS: Mapping[Act, str] = {Act.PROPOSAL: N_("Look at the proposal...")}


class Arrivals(QWidget):
    """Hidden while nothing lies there for this person; nothing takes effect before the button is pressed."""

    def __init__(self, workspace: Workspace, window: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        """Make the part.

        Args:
            workspace: The open registry.
            window: Returns the window, for the dialogs.
            parent: The page.
        """
        super().__init__(parent)
        self._workspace, self._window = workspace, window
        self._job: Job | None = None
        self._again = False
        self._hidden: set[str] = set()
        self._lay: tuple[str, ...] | None = None
        self.patrol = QTimer(self, interval=NOW_AND_THEN)
        self.patrol.timeout.connect(self._look_anew)
        self.letters: tuple[Letter, ...] = ()
        self.flaw = SeverityLabel("warning", sentences=True)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        inside = named(QFrame(), "arrivals", card=True)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.addWidget(self._lines)
        self._card = inside
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 16, 8)
        for part in (self.flaw, inside):
            column.addWidget(part)
        self.show_letters(())

    def look(self, *, aloud: bool = False) -> None:
        """Look into the folder, beside the window; `aloud` also where nothing lies there."""
        folder = chosen_folder()
        if not self._workspace.is_open or folder is None:
            self.patrol.stop()
            self.show_letters(())
            return
        if not self.patrol.isActive():
            self.patrol.start()
        if self._job is not None:
            self._again = True
            return

        def read(registry: Registry, _job: Job) -> tuple[tuple[str, ...], tuple[Letter, ...]]:
            check_folder(folder)
            lay = contents(folder)  # Before they are read: what comes meanwhile is new the next time.
            return lay, _letters(registry, FolderMailbox(folder))

        def came(found: tuple[tuple[str, ...], tuple[Letter, ...]]) -> None:
            self._job = None
            self._lay, letters = found
            if self._again:
                self._again = False
                self.look()
                return
            self.show_letters([one for one in letters if _marks(one) - self._hidden])
            if aloud and not letters:
                self._workspace.say(_("Nothing new lies in the shared folder."))

        self._job = self._workspace.read_long(read, came, failed=self._failed, stopped=self._stopped, owner=self)

    def _look_anew(self) -> None:
        """Read the files again only where there are others than before; the folder is listed beside the window."""
        folder = chosen_folder()
        page = self.parentWidget()
        if folder is None or not self._workspace.is_open or page is None or not page.isVisible():
            self.patrol.stop()  # The page looks when it comes into sight again, and goes on from there.
            return
        if self._job is not None:
            return

        def compare(_registry: Registry, _job: Job) -> bool:
            return contents(folder) != self._lay

        self._workspace.read_long(compare, self._compared, failed=self._failed, owner=self)

    def _compared(self, is_other: bool) -> None:
        if is_other:
            self.look()

    def show_letters(self, letters: Sequence[Letter], flaw: str = "") -> None:
        """Show what lies there, or why nobody can tell."""
        if tuple(letters) != self.letters or not letters:
            self.letters = tuple(letters)
            self._fill()
        self.flaw.show_severity("warning", flaw)
        self.flaw.setVisible(bool(flaw))
        self._card.setVisible(bool(letters))
        self.setVisible(bool(letters or flaw))

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        for row, letter in enumerate(self.letters):
            told = ToldLine("envelope-simple", "link", _sent(letter), (_next(letter),))
            self._grid.addWidget(named(told, "arrival"), row, 0)
            button = named(QPushButton(_verb(letter)), f"arrival-{row}")
            button.setAccessibleDescription(_sent(letter))
            button.clicked.connect(lambda _on=False, letter=letter: self._take(letter))
            hiding = named(QPushButton(_("Not now")), f"hide-{row}", link=True)
            hiding.setAccessibleDescription(
                _("It stays in the folder, and is shown again when the program is started.")
            )
            hiding.setToolTip(hiding.accessibleDescription())
            hiding.clicked.connect(lambda _on=False, letter=letter: self._hide(letter))
            self._grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(hiding, row, 2, Qt.AlignmentFlag.AlignVCenter)

    def _take(self, letter: Letter) -> None:
        """Lead to the step; a card comes before what its owner signed."""
        from gui.dialogs.verify_card import VerifyCardDialog
        from gui.opening_files import take_in

        card = _card(letter)
        if card is not None and card.card is not None:
            dialog = VerifyCardDialog(self._workspace, card.card, self._window())
            dialog.finished.connect(lambda _outcome: self.look())
            dialog.open()
        else:
            take_in(self._workspace, letter.found, self._window(), at_once=True)

    def _hide(self, letter: Letter) -> None:
        """Show a letter no more in this sitting; one of which the files are refused would stand there for ever."""
        self._hidden |= _marks(letter)
        self.show_letters([one for one in self.letters if one is not letter])

    def _failed(self, error: RegistryError) -> None:
        self._job = self._lay = None
        self.show_letters((), error.sentence)

    def _stopped(self) -> None:
        self._job = None


def _letters(registry: Registry, mailbox: FolderMailbox) -> tuple[Letter, ...]:
    me = registry.me()
    if me is None:
        return ()
    with registry.reading() as session:
        reader = Reader(session, registry.id, me, registry.store_id)
        with suppress(UnusableFileError):  # It lies there for longer; nobody else can open it.
            clear_sealed(reader, mailbox)
        return letters_for(reader, mailbox)


def _marks(letter: Letter) -> set[str]:
    """Return by what the files of a letter are known again."""
    return {one.statement.digest if one.statement is not None else f"{one.sort} {one.handover}" for one in letter.found}


def _card(letter: Letter) -> Found | None:
    return next((one for one in letter.found if one.sort is Sort.CARD), None)


def _sent(letter: Letter) -> str:
    if _card(letter) is not None:
        return _("{name} has sent a key card.").format(name=letter.name)
    if len(letter.found) > 1:
        told = ngettext("{name} has sent {count} file.", "{name} has sent {count} files.", len(letter.found))
        return told.format(name=letter.name, count=len(letter.found))
    return _source(letter.found[0]).format(name=letter.name)


def _source(found: Found) -> str:
    if found.sort is Sort.BUNDLE:
        return _("{name} has sent a sealed file.")
    other = N_("{name} has sent a message about a handover.")
    return _(_SENT.get(found.statement.act, other)) if found.statement is not None else _(other)


def _next(letter: Letter) -> str:
    card = _card(letter)
    return (card if card is not None else letter.found[-1]).next


def _verb(letter: Letter) -> str:
    if _card(letter) is not None:
        return _("Compare words...")
    last = letter.found[-1]
    if last.sort is Sort.BUNDLE:
        return _("Open the sealed file")
    return _(_VERBS.get(last.statement.act, _TAKE_IN)) if last.statement is not None else _(_TAKE_IN)
