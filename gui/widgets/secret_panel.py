"""What this keyring has of a login, in one sentence, with the buttons that use it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody.credential_sheet import CredentialSheet
from core.custody.one_time_codes import OneTimeCodes
from core.custody.secret import Secret
from core.i18n import _, show_date
from core.model import CredentialKind, KeptIn
from gui.widgets import named
from gui.widgets.flow import Flow
from gui.widgets.secret_row import SecretRow, new_text, old_text
from gui.widgets.shown_secret import CodeLine, ShownSecret


class SecretPanel(QFrame):
    """Shows and copies a secret on request, and says why it cannot where it cannot.

    Signals:
        asked: What is to be done: "show", "copy", "show-new", "copy-new", "code", "store", "rotate", "confirm".
        copy_wanted: A one-time code is to be copied.
    """

    asked = Signal(str)
    copy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "secret-panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sentence = named(QLabel(wordWrap=True), "secret-sentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.shown, self.codes = ShownSecret(), CodeLine()
        self.codes.copy_wanted.connect(self.copy_wanted)
        self._make_rows()
        labels = {
            "code": _("One-time code"),
            "show": _("Show"),
            "copy": _("Copy"),
            "store": _("Store secret..."),
            "confirm": _("Go on with the change..."),
            "rotate": _("Change secret..."),
        }
        self.buttons = {key: named(QPushButton(text), f"secret-{key}") for key, text in labels.items()}
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
        self._lay_out()

    def show_sheet(self, sheet: CredentialSheet) -> None:
        """Say how it stands and offer what can be done."""
        self.forget()
        self.sentence.setText(state_sentence(sheet))
        here, kind = sheet.here, sheet.opened.values["kind"]
        for key in ("show", "copy"):
            self.buttons[key].setVisible(here.in_force is not None and here.pending is None)
        self.old.setVisible(here.in_force is not None and here.pending is not None)
        self.new.setVisible(here.pending is not None)
        self.old.tell(old_text(kind))
        self.new.tell(new_text(kind))
        is_key = kind is CredentialKind.TOTP
        self.buttons["code"].setVisible(here.in_force is not None and is_key)
        self.buttons["store"].setVisible(sheet.in_keyrings and here.in_force is None and here.pending is None)
        self.buttons["confirm"].setVisible(here.pending is not None)
        self.buttons["rotate"].setVisible(here.pending is None and sheet.revision > 0)
        for key, button in self.buttons.items():
            button.setProperty("primary", key == _first_step(sheet))
            button.style().polish(button)
        self.setVisible(sheet.opened.values["retired_on"] is None)

    def reveal(self, secret: Secret) -> None:
        """Show the secret in force for a while."""
        (self.shown if self.old.isHidden() else self.old.shown).reveal(secret)

    def reveal_new(self, secret: Secret) -> None:
        """Show the prepared secret for a while."""
        self.new.shown.reveal(secret)

    def begin_codes(self, codes: OneTimeCodes) -> None:
        """Show one-time codes for a while."""
        self.codes.begin(codes)

    def forget(self) -> None:
        """Show no secret any more."""
        for shown in (self.shown, self.old.shown, self.new.shown):
            shown.conceal()
        self.codes.hide()

    def _make_rows(self) -> None:
        """Make a row for the secret in force and one for the prepared one, while there are two."""
        self.old, self.new = SecretRow("old"), SecretRow("new")
        self.old.show_wanted.connect(lambda: self.asked.emit("show"))
        self.old.copy_wanted.connect(lambda: self.asked.emit("copy"))
        self.new.show_wanted.connect(lambda: self.asked.emit("show-new"))
        self.new.copy_wanted.connect(lambda: self.asked.emit("copy-new"))

    def _lay_out(self) -> None:
        line = Flow()
        line.setSpacing(8)
        for button in self.buttons.values():
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.old)
        column.addWidget(self.new)
        column.addLayout(line)  # Above what comes and goes, so that no button moves away under the pointer.
        column.addWidget(self.shown)
        column.addWidget(self.codes)


def state_sentence(sheet: CredentialSheet) -> str:
    """Say in one sentence what this keyring has of a login, and who has it besides."""
    here = sheet.here
    if not sheet.in_keyrings:
        return _kept_elsewhere(sheet)
    if here.pending is not None:
        return _("A new secret is prepared. Set it on the platform, then confirm that it works.")
    if sheet.pending_with:
        return _("{person} is changing this secret at another workstation.").format(person=sheet.pending_with)
    if here.in_force is not None and here.in_force.missing_since is not None:
        return _("Your keyring should have the secret, but has not since {day}.").format(
            day=show_date(here.in_force.missing_since)
        )
    if here.in_force is not None:
        return _("In your keyring since {day}, revision {revision}.").format(
            day=show_date(here.in_force.since), revision=here.in_force.revision
        )
    if sheet.revision == 0:
        return _("Nobody has stored the secret yet.")
    names = "; ".join(sorted({one.person for one in sheet.others}))
    if names:
        return _("Not in your keyring. Held by: {people}").format(people=names)
    return _("Nobody holds the secret in force any more. Bring it back from the recovery key, or reset it.")


def _kept_elsewhere(sheet: CredentialSheet) -> str:
    kept_in: KeptIn = sheet.opened.values["kept_in"]
    parts = [sheet.opened.listed["place"], sheet.opened.listed["holder"]]
    where = ", ".join(part for part in parts if part)
    told = _(kept_in.label)
    return (
        f"{told[:1].upper()}{told[1:]}: {where}"
        if where
        else _("{kept_in}; nobody has said where.").format(kept_in=f"{told[:1].upper()}{told[1:]}")
    )


def _first_step(sheet: CredentialSheet) -> str:
    """Return the button that most people want next."""
    if sheet.here.pending is not None:
        return "confirm"
    if sheet.owed is not None:
        return "rotate"
    if sheet.here.in_force is None:
        return "store"
    return "code" if sheet.opened.values["kind"] is CredentialKind.TOTP else "show"
