"""The checklist of one login of a handover: kept first, then set on the platform, then checked and confirmed.

It can be left after each step, and goes on where it was left, on another day, too; what was ticked stays ticked.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody import keeping, rotating
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import facts_of
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import LOGIN_SEEN, QUESTIONS
from core.custody.handover.listing import HandoverDetail, ItemRow
from core.custody.secret import Secret
from core.errors import BadInputError
from core.i18n import _
from core.model import Way
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import statement_file
from gui.handover_login import HOW, LoginRead, about_new, about_page, read_login
from gui.handover_ticks import Ticks, keep_ticks, kept_ticks
from gui.secret_clipboard import SecretClipboard, clipboard_of
from gui.widgets import muted, named
from gui.widgets.answers import Answers
from gui.widgets.flow import Flow
from gui.widgets.new_secret import NewSecret
from gui.widgets.secret_row import WE_CHOOSE, SecretRow, new_text, old_text
from gui.widgets.signed_in_on import SignedInOn
from gui.workspace import Workspace

WIDER = 800
"""The questions stand beside their answers."""


class HandoverChangeDialog(HandoverDecision):
    """One login; the next one follows where there are several."""

    help_topic = "handovers#change"

    def __init__(
        self, workspace: Workspace, item: ItemRow, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        question = _("Change the secret of “{label}”").format(label=item.label)
        super().__init__(workspace, question, _("Keep it"), parent)
        self.setMinimumWidth(WIDER)
        self._item, self._detail = item, detail
        self._clipboard: SecretClipboard = clipboard_of(workspace)
        self._login: LoginRead | None = None
        self._revision: int | None = None
        self._is_restoring = False
        self.back.setText(_("Later"))
        self._make_first()
        self._make_second()
        self.first.hide()
        self.second.hide()
        self.ask_keyring(lambda actor: read_login(actor, item), self.show_login)

    def take(self) -> None:
        """Put the new secret into the keyring, or confirm it."""
        if self._revision is None:
            self._prepare()
        else:
            self._confirm()

    def may_decide(self) -> bool:
        """There is a secret, or somebody has signed in with it."""
        if self._login is None:
            return False
        return bool(self.secret.value()) if self._revision is None else self.signed_in.is_ticked()

    def done(self, outcome: int) -> None:
        """Forget what was typed or shown."""
        self.secret.clear()
        self._conceal()
        super().done(outcome)

    def show_login(self, login: LoginRead) -> None:
        """Begin, or go on where it was left."""
        self._login = login
        self.login_name.setText(_("Login name: {name}").format(name=login.login_name))
        self.login_name.setVisible(bool(login.login_name))
        self.opening.setVisible(login.page is not None)
        self.making.setVisible(login.page is not None and login.kind not in WE_CHOOSE)
        self.mail.setText(_("The platform writes to {address}.").format(address=login.mail))
        self.mail.setVisible(bool(login.mail))
        self.address.setText(about_page(login))
        self.old.tell(old_text(login.kind))
        self.new.tell(new_text(login.kind))
        self.shown_first.setText(about_new(login.kind))
        if login.prepared is None and login.kind in WE_CHOOSE:
            self.secret.make()
        self.show_prepared(login.prepared)

    def show_prepared(self, revision: int | None) -> None:
        """Show the step: the new secret, or what to do with it."""
        self._revision = revision
        self.secret.setEnabled(revision is None)
        self.first.setVisible(revision is None)
        self.second.setVisible(revision is not None)
        self.primary.setText(self._verb())
        old = self._login.old if self._login is not None else None
        self.old.setVisible(old is not None and revision is not None and old < revision)
        if revision is not None:
            self.secret.clear()
            self._tick_again()
        self.enable()
        if revision is None:
            (self.primary if self.secret.value() else self.secret).setFocus()
        else:
            (self.opening if not self.opening.isHidden() else self.new.copying).setFocus()

    def _verb(self) -> str:
        """Return what the button does: it keeps the new secret, copies it, and opens the page; or it confirms."""
        if self._revision is not None:
            return _("Confirm")
        if self._login is None or self._login.kind not in WE_CHOOSE:
            return _("Keep it")
        if self._login.old is not None:  # What is on the clipboard would land in the field of the sign-in.
            return _("Keep it, open the page") if self._login.page is not None else _("Keep it")
        return _("Keep and copy it, open the page") if self._login.page is not None else _("Keep and copy it")

    def _make_first(self) -> None:
        self.first = QWidget()
        self.shown_first = muted("")
        self.making = named(QPushButton(_("Open the page of the platform")), "open-page-first")
        self.making.setAutoDefault(False)
        self.making.clicked.connect(self._open)
        self.secret = NewSecret()
        self.secret.edited.connect(self.enable)
        column = _column(self.first)
        column.addWidget(self.shown_first)
        column.addWidget(self.making, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.secret)
        self.body.addWidget(self.first)

    def _make_second(self) -> None:
        self.second = QWidget()
        giver = self._detail.row.giver
        asked = [one for one in QUESTIONS.get(self._item.way, ()) if one != LOGIN_SEEN]
        self.how = QLabel(_(HOW.get(self._item.way, HOW[Way.SEALED])), wordWrap=True)
        self.login_name, self.mail, self.address = QLabel(wordWrap=True), QLabel(wordWrap=True), muted("")
        for label in (self.login_name, self.mail, self.address):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._make_rows()
        self.signed_in = SignedInOn(_("I have signed in with the new secret, on"), self.workspace.today())
        self.signed_in.changed.connect(self.enable)
        self.signed_in.changed.connect(self._keep_ticks)
        self.answers = Answers(asked, giver)
        self.answers.changed.connect(self._keep_ticks)
        self.all_done = named(QPushButton(_("Yes to all")), "yes-to-all", link=True)
        self.all_done.setAutoDefault(False)
        self.all_done.setAccessibleDescription(_("Answers all questions below with yes; you can change each of them."))
        self.all_done.setToolTip(self.all_done.accessibleDescription())
        self.all_done.clicked.connect(lambda: self.answers.answer_all("yes"))
        self.another = named(QPushButton(_("The platform does not take it: make another one")), "another", link=True)
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self._give_up)
        column = _column(self.second)
        for widget in (self.how, self.login_name, self.mail, self.old, self.new, self._buttons(), self.address):
            column.addWidget(widget)
        column.addWidget(self.signed_in)
        column.addWidget(self.all_done, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.answers)
        self.body.addWidget(self.second)

    def _make_rows(self) -> None:
        """Make a row for the old secret, which lets somebody in, and one for the new secret."""
        self.old, self.new = SecretRow("old"), SecretRow("new")
        for row in (self.old, self.new):
            row.copy_wanted.connect(lambda row=row: self._reveal(row, copied=True))
            row.show_wanted.connect(lambda row=row: self._reveal(row, copied=False))

    def _conceal(self) -> None:
        for row in (self.old, self.new):
            row.shown.conceal()

    def _buttons(self) -> QWidget:
        place = QWidget()
        line = Flow(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.opening = named(QPushButton(_("Open the page for changing it")), "open-page")
        self.opening.clicked.connect(self._open)
        for button in (self.opening, self.another):
            button.setAutoDefault(False)
            line.addWidget(button)
        return place

    def _prepare(self) -> None:
        handover, login, secret = self._detail.row.id, self._item.id, self.secret.value()
        self.ask_keyring(lambda actor: protocol.begin(actor, handover, login, secret), self._prepared)

    def _prepared(self, revision: int) -> None:
        """Go on to the page with the new secret on the clipboard; one that the platform made is there already."""
        self.show_prepared(revision)
        if self._login is not None and self._login.kind in WE_CHOOSE:
            if self._login.old is not None:
                self._open()
            else:
                self._reveal(self.new, copied=True, then=self._open)

    def _open(self) -> None:
        self.open_page(self._login.page if self._login is not None else None)

    def _reveal(self, row: SecretRow, *, copied: bool, then: Callable[[], None] | None = None) -> None:
        """Show or copy what the keyring holds, so that it is seen that it holds it."""
        login, revision = self._item.id, self._revision
        if row is self.old and self._login is not None:
            revision = self._login.old

        def read(actor: Actor) -> Secret:
            return keeping.read_secret(actor.custodian, login, revision=revision)

        def show(secret: Secret) -> None:
            (self._clipboard.copy if copied else row.shown.reveal)(secret)
            if then is not None:
                then()

        self.ask_keyring(read, show)

    def _tick_again(self) -> None:
        """Tick what was ticked when the dialog was left."""
        self._is_restoring, ticks = True, kept_ticks(self._detail.row.id, self._item.id)
        self.answers.show_values(ticks.answers)
        if ticks.signed_in is not None:
            self.signed_in.show_ticked(ticks.signed_in)
        self._is_restoring = False

    def _keep_ticks(self) -> None:
        """Keep what is ticked for another day."""
        if self._is_restoring or self._revision is None:
            return
        try:
            day = self.signed_in.value() if self.signed_in.is_ticked() else None
        except BadInputError:
            day = None
        keep_ticks(self._detail.row.id, self._item.id, Ticks(day, self.answers.values()))

    def _give_up(self) -> None:
        login = self._item.id

        def give_up(_none: None) -> None:
            self.signed_in.clear()
            self.answers.clear()
            keep_ticks(self._detail.row.id, login, Ticks())
            if self._login is not None and self._login.kind in WE_CHOOSE:
                self.secret.make()
            self._conceal()
            self.show_prepared(None)

        self.ask_keyring(lambda actor: rotating.abandon_rotation(actor.custodian, login), give_up)

    def _confirm(self) -> None:
        try:
            day = self.signed_in.value()
        except BadInputError as error:
            self.refuse(error)
            return
        item, handover = self._item, self._detail.row.id
        answers = {item.id: {LOGIN_SEEN: day.isoformat(), **self.answers.values()}}

        def confirm(actor: Actor) -> Statement:
            with actor.custodian.registry.reading() as session:
                facts = facts_of(session, [item])
            return protocol.confirm(actor, handover, answers, facts)

        self.ask_keyring(confirm, self._confirmed)

    def _confirmed(self, statement: Statement) -> None:
        keep_ticks(self._detail.row.id, self._item.id, Ticks())
        told = [_("“{label}”: the new secret is in force.").format(label=self._item.label)]
        given = self.answers.values()
        if any(given.get(key, "no") == "no" for key in self.answers.groups):
            told.append(_("What is still open stands in the handover."))
        told.append(_("Next, {giver} releases it.").format(giver=self._detail.row.giver))
        self.finish(statement.handover, told, [statement_file(statement)])


def _column(place: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column
