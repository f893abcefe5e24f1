"""Export of logins to a KeePass file: which ones, where to, under which password."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from core.i18n import N_, _, ngettext
from gui.dialogs.file_decision import FileDecision
from gui.keyring import with_keyring
from gui.widgets import muted, named
from gui.widgets.new_secret import NewSecret
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.custodian import Custodian
    from core.exchange.keepass.exporting import Exportable, Exported


class ExportKeePassDialog(FileDecision):
    """Only what this keyring holds can be chosen; a file that is there is never overwritten."""

    help_topic = "keepass#export"
    cancelled_text = N_("The export was stopped. No file was written.")

    def __init__(self, workspace: Workspace, chosen: Collection[UUID] = (), parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            chosen: The logins that are ticked at first; all of them if there are none.
            parent: The window.
        """
        super().__init__(workspace, _("Which logins should go into a KeePass file?"), _("Export"), parent)
        self.setObjectName("export-keepass")
        self._wanted = frozenset(chosen)
        self.all = named(QCheckBox(_("&All logins")), "all-logins")
        self.logins = named(QListWidget(), "logins", ticks=True)
        self.logins.setAccessibleName(_("Logins"))
        self.logins.setSpacing(4)
        self.logins.setUniformItemSizes(True)
        self.secret = NewSecret()
        self.secret.field.setAccessibleName(_("Password of the file"))
        self.again = named(QLineEdit(), "password-again")
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.kept += [self.all, self.logins, self.secret, self.again]
        self._ask()
        self._connect()
        with_keyring(workspace, _exportable, self._show, failed=self.refuse, owner=self)
        self.primary.setEnabled(False)
        self.logins.setFocus()

    def suffix(self) -> str:
        """Return what the file's name ends in."""
        return ".kdbx"

    def files(self) -> list[Path]:
        """Return none to be asked about: logins never take another file's place."""
        return []

    def make(self) -> None:
        """Write the file on the keyring's lane."""
        from core.exchange.keepass.exporting import export_keepass

        chosen, out, password = self._ticked(), self.path, self.secret.value()
        self._wait(True)
        self._job = with_keyring(
            self.workspace,
            lambda custodian: export_keepass(custodian, chosen, out, password),
            self._written,
            failed=self._failed,
            stopped=self._stopped,
            progressed=self._show_progress,
            owner=self,
        )

    def done(self, outcome: int) -> None:
        """Forget the password."""
        self.secret.clear()
        self.again.clear()
        super().done(outcome)

    def _ask(self) -> None:
        self.body.addWidget(
            muted(
                _(
                    "Whoever has the file and its password has all these logins. Keep it where no cloud service copies "
                    "it, and delete it when it has served."
                )
            )
        )
        self.body.addWidget(self.all)
        self.body.addWidget(self.logins, 1)
        self.ask_target()
        self.suggest(_("logins-{day}.kdbx").format(day=self.workspace.today().isoformat()))
        self.ask(_("&Password of the file"), self.secret)
        self.ask(_("The &same once more"), self.again)

    def _connect(self) -> None:
        self.all.clicked.connect(self._tick_all)
        self.logins.itemChanged.connect(lambda _item: self._enable())
        self.secret.edited.connect(self._enable)
        self.again.textChanged.connect(self._enable)

    def _show(self, held: list[Exportable]) -> None:
        self.logins.blockSignals(True)
        for one in held:
            name = f"{one.label} – {one.login_name}" if one.login_name else one.label
            item = QListWidgetItem(f"{name} ({one.group})", self.logins)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            ticked = not self._wanted or one.id in self._wanted
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.logins.blockSignals(False)
        if not held:
            self.messages.show_message(_("This keyring holds no login yet. Store one first."), "notice")
        self._enable()

    def _items(self) -> list[QListWidgetItem]:
        return [self.logins.item(place) for place in range(self.logins.count())]

    def _ticked(self) -> list[UUID]:
        ticked = [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        return [item.data(Qt.ItemDataRole.UserRole) for item in ticked]

    def _tick_all(self, wanted: bool) -> None:
        self.logins.blockSignals(True)
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.logins.blockSignals(False)
        self._enable()

    def _enable(self) -> None:
        ticked = len(self._ticked())
        self.all.setChecked(bool(ticked) and ticked == self.logins.count())
        same = bool(self.again.text()) and self.again.text() == self.secret.field.text()
        self.primary.setEnabled(bool(ticked) and same)

    def _wait(self, waiting: bool) -> None:
        super()._wait(waiting)
        if not waiting:
            self._enable()

    def _written(self, exported: Exported) -> None:
        self._wait(False)
        told = ngettext(
            "{number} entry was written: “{path}”.", "{number} entries were written: “{path}”.", exported.count
        )
        self.workspace.say(told.format(number=exported.count, path=exported.path))
        if not exported.left_out:
            self.accept()
            return
        sentence = _("“{label}” was left out: {reason}")
        reasons = [sentence.format(label=label, reason=reason) for label, reason in exported.left_out]
        self.messages.show_message("\n".join(reasons), "warning")
        self.back.setText(_("Close"))
        self.primary.setEnabled(False)


def _exportable(custodian: Custodian) -> list[Exportable]:
    from core.exchange.keepass.exporting import exportable

    return exportable(custodian)
