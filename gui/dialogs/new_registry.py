"""A new registry: which city, who you are, where the file lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.who import identity_fields, introduce, why_a_name
from gui.widgets import muted, named
from gui.widgets.message_bar import MessageBar
from gui.workspace import Workspace

WIDTH = 480


class NewRegistryForm(QWidget):
    """Asks for city, name and unit, prefilled as far as the system knows them.

    Signals:
        given_up: The user went back.
    """

    given_up = Signal()

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(WIDTH)
        self._workspace = workspace
        self._path = path
        self.messages = MessageBar()
        self.city = named(QLineEdit(placeholderText=_("City of Musterstadt")), "city")
        self.person, self.unit = identity_fields()
        self.place = muted("")
        self.make = named(QPushButton(_("Create registry")), "create", primary=True)
        self.make.clicked.connect(self._create)
        for answer in (self.city, self.person, self.unit):
            answer.returnPressed.connect(self.make.click)
        self._lay_out()
        self._show_place()

    def begin(self) -> None:
        """Put the cursor where the first answer belongs."""
        self.city.setFocus()

    def _create(self) -> None:
        self.make.setEnabled(False)
        person, unit = self.person.text().strip(), self.unit.text().strip()
        self._workspace.create(
            self._path,
            city=self.city.text().strip(),
            fill=(lambda registry: introduce(registry, person, unit)) if person else None,
            failed=self._show_failure,
        )

    def _show_failure(self, error: RegistryError) -> None:
        self.make.setEnabled(True)
        self.messages.show_message(error.sentence)

    def _choose_place(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("New registry"), str(self._path), "*.kanal")
        if chosen:
            self._path = Path(chosen)
            self._show_place()

    def _show_place(self) -> None:
        self.place.setText(_("The registry is kept in {file}.").format(file=self._path))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(_("&City"), self.city)
        form.addRow(_("Your &name"), self.person)
        form.addRow(_("Your &unit"), self.unit)
        elsewhere = named(QPushButton(_("Choose another place...")), "elsewhere", link=True)
        elsewhere.clicked.connect(self._choose_place)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self.messages)
        column.addWidget(named(QLabel(_("Start a new registry")), "dialog-title"))
        column.addWidget(muted(why_a_name()))
        column.addLayout(form)
        column.addWidget(self.place)
        column.addWidget(elsewhere, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._buttons())
        column.addStretch(3)

    def _buttons(self) -> QHBoxLayout:
        back = named(QPushButton(_("Back")), "back")
        back.clicked.connect(self.given_up)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(back)
        line.addWidget(self.make)
        return line
