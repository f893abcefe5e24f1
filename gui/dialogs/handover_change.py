"""Changing a secret in a handover: kept first, then set on the platform, then checked and confirmed.

It can be left after each step, and goes on where it was left, on another day, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody import keeping, rotating
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import facts_of
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import LOGIN_SEEN, QUESTIONS
from core.custody.handover.listing import HandoverDetail, ItemRow
from core.custody.handover.pages import page_of
from core.custody.secret import Secret
from core.errors import BadInputError
from core.i18n import N_, _
from core.model import Credential, CredentialKind, Way
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import statement_file
from gui.secret_clipboard import SecretClipboard, clipboard_of
from gui.widgets import muted, named
from gui.widgets.answers import Answers
from gui.widgets.flow import Flow
from gui.widgets.new_secret import NewSecret
from gui.widgets.shown_secret import ShownSecret
from gui.widgets.signed_in_on import SignedInOn
from gui.workspace import Workspace

_WE_CHOOSE = frozenset({CredentialKind.PASSWORD, CredentialKind.MAILBOX})
"""The kinds whose new secret is made here; the others are made by the platform."""
WIDER = 800
"""The questions stand beside their answers."""
_HOW: Mapping[Way, str] = {
    Way.RESET: N_(
        "It is in your keyring. Now open the page, let the platform write to the recovery address of the office, and "
        "set the new secret."
    ),
    Way.SEALED: N_("It is in your keyring. Now open the page, sign in with the old secret, and set the new one."),
}


@dataclass(frozen=True, slots=True)
class LoginRead:
    """What is known of the login.

    Attributes:
        kind: What it is.
        login_name: The name to sign in with, empty where nobody entered one.
        page: Where it is changed, as the program itself knows; None where it knows none.
        prepared: Which revision is prepared in this keyring, None where there is none.
    """

    kind: CredentialKind
    login_name: str
    page: str | None
    prepared: int | None


class HandoverChangeDialog(HandoverDecision):
    """One login; the next one follows where there are several."""

    help_topic = "handovers#change"

    def __init__(
        self, workspace: Workspace, item: ItemRow, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        question = _("Change the secret of “{label}”").format(label=item.label)
        super().__init__(workspace, question, _("Put into keyring"), parent)
        self.setMinimumWidth(WIDER)
        self._item, self._detail = item, detail
        self._clipboard: SecretClipboard = clipboard_of(workspace)
        self._login: LoginRead | None = None
        self._revision: int | None = None
        self.back.setText(_("Later"))
        self._make_first()
        self._make_second()
        self.first.hide()
        self.second.hide()
        self.ask_keyring(lambda actor: _read(actor, item), self.show_login)

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
        self.shown.conceal()
        super().done(outcome)

    def show_login(self, login: LoginRead) -> None:
        """Begin, or go on where it was left."""
        self._login = login
        self.login_name.setText(_("Login name: {name}").format(name=login.login_name))
        self.login_name.setVisible(bool(login.login_name))
        self.opening.setVisible(login.page is not None)
        self.address.setText(login.page or _("The program knows no page for it. Go there as you always do."))
        self.shown_first.setText(_about_new(login.kind))
        if login.prepared is None and login.kind in _WE_CHOOSE:
            self.secret.make()
        self.show_prepared(login.prepared)

    def show_prepared(self, revision: int | None) -> None:
        """Show the step: the new secret, or what to do with it."""
        self._revision = revision
        self.secret.setEnabled(revision is None)
        self.first.setVisible(revision is None)
        self.second.setVisible(revision is not None)
        self.primary.setText(_("Put into keyring") if revision is None else _("Confirm"))
        if revision is not None:
            self.secret.clear()
        self.enable()
        if revision is None:
            (self.primary if self.secret.value() else self.secret).setFocus()
        else:
            (self.opening if not self.opening.isHidden() else self.copying).setFocus()

    def _make_first(self) -> None:
        self.first = QWidget()
        self.shown_first = muted("")
        self.secret = NewSecret()
        self.secret.edited.connect(self.enable)
        column = _column(self.first)
        column.addWidget(self.shown_first)
        column.addWidget(self.secret)
        self.body.addWidget(self.first)

    def _make_second(self) -> None:
        self.second = QWidget()
        giver = self._detail.row.giver
        asked = [one for one in QUESTIONS.get(self._item.way, ()) if one != LOGIN_SEEN]
        self.how = QLabel(_(_HOW.get(self._item.way, _HOW[Way.SEALED])), wordWrap=True)
        self.login_name, self.address = QLabel(wordWrap=True), muted("")
        self.login_name.setTextFormat(Qt.TextFormat.PlainText)
        self.shown = ShownSecret()
        self.signed_in = SignedInOn(_("I have signed in with the new secret, on"), self.workspace.today())
        self.signed_in.changed.connect(self.enable)
        self.answers = Answers(asked, giver)
        self.another = named(QPushButton(_("The platform does not take it: make another one")), "another", link=True)
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self._give_up)
        column = _column(self.second)
        for widget in (self.how, self.login_name, self._buttons(), self.address, self.shown):
            column.addWidget(widget)
        for widget in (self.signed_in, self.answers):
            column.addWidget(widget)
        self.body.addWidget(self.second)

    def _buttons(self) -> QWidget:
        place = QWidget()
        line = Flow(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.opening = named(QPushButton(_("Open the page for changing it")), "open-page")
        self.opening.clicked.connect(lambda: self.open_page(self._login.page if self._login else None))
        self.copying, show = named(QPushButton(_("Copy")), "copy-new"), named(QPushButton(_("Show")), "show-new")
        self.copying.clicked.connect(lambda: self._reveal(copied=True))
        show.clicked.connect(lambda: self._reveal(copied=False))
        for button in (self.copying, show, self.opening, self.another):
            button.setAutoDefault(False)
            line.addWidget(button)
        return place

    def _prepare(self) -> None:
        handover, login, secret = self._detail.row.id, self._item.id, self.secret.value()
        self.ask_keyring(lambda actor: protocol.begin(actor, handover, login, secret), self.show_prepared)

    def _reveal(self, *, copied: bool) -> None:
        """Show or copy what the keyring holds, so that it is seen that it holds it."""
        login, revision = self._item.id, self._revision

        def read(actor: Actor) -> Secret:
            return keeping.read_secret(actor.custodian, login, revision=revision)

        self.ask_keyring(read, self._clipboard.copy if copied else self.shown.reveal)

    def _give_up(self) -> None:
        login = self._item.id

        def give_up(_none: None) -> None:
            if self._login is not None and self._login.kind in _WE_CHOOSE:
                self.secret.make()
            self.shown.conceal()
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
        told = [_("“{label}”: the new secret is in force.").format(label=self._item.label)]
        given = self.answers.values()
        if any(given.get(key, "no") == "no" for key in self.answers.groups):
            told.append(_("What is still open stands in the handover."))
        told.append(_("Next, {giver} releases it.").format(giver=self._detail.row.giver))
        self.finish(statement.handover, told, [statement_file(statement)])


def _read(actor: Actor, item: ItemRow) -> LoginRead:
    newest = actor.newest(item.id)
    with actor.custodian.registry.reading() as session:
        login = session.get_one(Credential, item.id)
        kind, name, in_force, page = login.kind, login.login_name or "", login.revision, page_of(session, item)
    return LoginRead(kind, name, page, newest if newest > in_force else None)


def _about_new(kind: CredentialKind) -> str:
    if kind in _WE_CHOOSE:
        return _(
            "This is the new secret. It goes into your keyring first, so that it cannot get lost; then you set it on "
            "the platform. The old one works until then."
        )
    return _("Have the platform make a new one, and type it here. It goes into your keyring and nowhere else.")


def _column(place: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column
