"""Changing a secret: prepared in the keyring first, then set on the platform, then confirmed; it can be left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.custody import keeping, rotating
from core.custody.credential_sheet import CredentialSheet
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.errors import RegistryError
from core.i18n import N_, _, show_date
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.secret_clipboard import SecretClipboard
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.new_secret import NewSecret
from gui.widgets.secret_row import SecretRow, new_text, old_text
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

CHECKS = (
    (N_("I have set the new secret on the platform and signed in with it."), ""),
    (
        N_("All other sessions are ended."),
        N_("Whoever is still signed in stays so with the old secret. Most platforms offer “Sign out everywhere”."),
    ),
    (
        N_("Second factor, recovery address and telephone belong to the office."),
        N_("Through any of them the platform lets somebody in, or sets the secret anew."),
    ),
    (
        N_("Roles and app tokens of people who lost access are withdrawn."),
        N_("Both let people and programs in without the secret; changing it does not end them."),
    ),
)
"""What makes the old secret worthless (handover.md, step 5), and why; the first one is a must."""


class ChangeSecretDialog(Decision):
    """Two steps in one window; the second one is taken up again wherever it was left."""

    help_topic = "credentials#change"

    def __init__(
        self, workspace: Workspace, sheet: CredentialSheet, clipboard: SecretClipboard, parent: QWidget | None = None
    ) -> None:
        label = sheet.opened.listed["label"]
        super().__init__(workspace, _("Change the secret of “{label}”").format(label=label), _("Prepare"), parent)
        self._sheet, self._label, self._clipboard = sheet, label, clipboard
        self._job: Job | None = None
        self._revision = sheet.here.pending.revision if sheet.here.pending is not None else None
        self.back.setText(_("Later"))
        self._make_first()
        self._make_second()
        self._show_step()

    def decide(self) -> None:
        """Prepare the new secret, or say that it works."""
        self.primary.setEnabled(False)
        login = self._sheet.opened.id
        if self._revision is None:
            secret = self.secret.value()
            self._ask(lambda custodian: rotating.begin_rotation(custodian, login, secret), self._prepared)
        else:
            self._ask(lambda custodian: rotating.confirm_rotation(custodian, login), self._confirmed)

    def done(self, outcome: int) -> None:
        """Forget what was typed or shown, and wait for the keyring no longer."""
        if self._job is not None:
            self._job.cancel()
        self.secret.clear()
        for row in (self.old, self.new):
            row.shown.conceal()
        super().done(outcome)

    def give_up(self) -> None:
        """Give the prepared secret up; the one in force stays."""
        login = self._sheet.opened.id
        self._ask(lambda custodian: rotating.abandon_rotation(custodian, login), lambda _none: self._given_up())

    def _make_first(self) -> None:
        self.first = QWidget()
        column = QVBoxLayout(self.first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for sentence in _reasons(self._sheet):
            column.addWidget(muted(sentence))
        column.addWidget(
            muted(_("The new secret goes into your keyring first, then onto the platform. The old one stays."))
        )
        self.secret = NewSecret(generated=True)
        self.secret.edited.connect(self._enable)
        column.addWidget(self.secret)
        self.body.addWidget(self.first)

    def _make_second(self) -> None:
        self.second = QWidget()
        self._make_rows()
        self._open = named(QPushButton(_("Open the page to change it")), "open-page")
        self._open.setVisible(self._sheet.change_at is not None)
        self._open.setToolTip(self._sheet.change_at or "")
        self._open.clicked.connect(self._open_page)
        self._giving_up = named(QPushButton(_("Give up...")), "give-up", link=True)
        self._giving_up.clicked.connect(self._ask_to_give_up)
        self._sure = named(QPushButton(_("It was not set on the platform: give it up")), "give-up-now")
        self._sure.clicked.connect(self.give_up)
        self._sure.hide()
        lines = [
            WrappedCheck(_(text), f"check-{place}", why=_(why) if why else "")
            for place, (text, why) in enumerate(CHECKS)
        ]
        self.checks = [line.box for line in lines]
        self.checks[0].toggled.connect(self._enable)
        column = QVBoxLayout(self.second)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(muted(_("The new secret is in your keyring. Set it on the platform now.")))
        column.addWidget(self.old)
        column.addWidget(self.new)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        for line in lines:
            column.addWidget(line)
        column.addWidget(self._giving_up, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._sure)
        self.body.addWidget(self.second)

    def _make_rows(self) -> None:
        """Make a row for the secret in force, where it is here, and one for the prepared one."""
        kind, in_force = self._sheet.opened.values["kind"], self._sheet.here.in_force
        self.old, self.new = SecretRow("old"), SecretRow("new")
        self.old.tell(old_text(kind))
        self.new.tell(new_text(kind))
        self.old.setVisible(in_force is not None)
        for row in (self.old, self.new):
            row.show_wanted.connect(lambda row=row: self._read(row, row.shown.reveal))
            row.copy_wanted.connect(lambda row=row: self._read(row, self._clipboard.copy))

    def _show_step(self) -> None:
        second = self._revision is not None
        self.first.setVisible(not second)
        self.second.setVisible(second)
        self.primary.setText(_("The new one works") if second else _("Prepare"))
        (self._open if second else self.secret).setFocus()
        self._enable()

    def _enable(self) -> None:
        ready = bool(self.secret.value()) if self._revision is None else self.checks[0].isChecked()
        self.primary.setEnabled(ready and self._job is None)

    def _ask(self, work: Callable[[Custodian], Any], then: Callable[[Any], None]) -> None:
        def go_on(result: Any) -> None:
            self._job = None
            then(result)
            self._enable()

        self._job = with_keyring(self.workspace, work, go_on, failed=self._refused, owner=self)

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.refuse(error)
        self._enable()

    def _prepared(self, revision: int) -> None:
        self._revision = revision
        self.secret.clear()
        self._show_step()

    def _confirmed(self, _revision: int) -> None:
        self.workspace.say(_("“{label}”: the new secret is in force.").format(label=self._label))
        self.accept()

    def _given_up(self) -> None:
        self.workspace.say(_("“{label}”: the new secret was given up, the old one stays.").format(label=self._label))
        self.accept()

    def _read(self, row: SecretRow, then: Callable[[Secret], None]) -> None:
        login, revision = self._sheet.opened.id, self._revision if row is self.new else self._sheet.revision
        self._ask(lambda custodian: keeping.read_secret(custodian, login, revision=revision), then)

    def _ask_to_give_up(self) -> None:
        self._giving_up.hide()
        self._sure.show()
        self._sure.setFocus()

    def _open_page(self) -> None:
        if self._sheet.change_at:
            QDesktopServices.openUrl(QUrl(self._sheet.change_at))


def _reasons(sheet: CredentialSheet) -> list[str]:
    """Say who knows the secret and has lost access."""
    if sheet.owed is None:
        return []
    return [
        _("{person} knows it: {why} on {day}.").format(person=one.name, why=_(one.why.label), day=show_date(one.day))
        for one in sheet.owed.people
    ]
