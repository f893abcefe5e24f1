"""Who takes over what from somebody: all responsibilities and accesses, or chosen ones, in one action."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory.handing_on import HandOn, hand_on
from core.inventory.person_sheet import PersonSheet
from core.inventory.platforms import platforms
from core.storage.journal import acting
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.workspace import Workspace

_SINCE = Field("since", N_("From"), Day(), required=True)
LINE, FRAME, MOST_LINES = 28, 10, 6


class HandOnDialog(Decision):
    """Everything is ticked at first; the successor, if one is entered, is chosen already."""

    help_topic = "people#leaving"

    def __init__(self, workspace: Workspace, sheet: PersonSheet, parent: QWidget | None = None) -> None:
        name = str(sheet.opened.listed["name"])
        super().__init__(workspace, _("What does somebody else take over from {name}?").format(name=name), "", parent)
        self.setObjectName("hand-on-dialog")
        self._giver = sheet.opened.id
        self.taker = named(ReferenceBox(workspace, "person"), "taker")
        self.since = named(LineEditor(_SINCE), "since")
        self.since.show_value(workspace.today())
        self.responsibilities = _list("responsibilities", _("Responsibilities"))
        self.accesses = _list("accesses", _("Accesses"))
        for tie in sheet.answers_for:
            if not tie.over:
                _add(self.responsibilities, tie.id, _line(tie.title, tie.platform, _(tie.role.label)))
        for access in sheet.gets_into:
            if access.withdrawn_on is None:
                role = _(access.role.label) if access.role else _(access.kind.label)
                _add(self.accesses, access.id, _line(access.title, access.platform, role))
        self._lay_out()
        self.taker.show_value(sheet.opened.listed["successor_id"])
        for box in (self.responsibilities, self.accesses):
            box.itemChanged.connect(self._count)
        self._count()
        self.taker.setFocus()

    def decide(self) -> None:
        """Hand on what is ticked."""
        try:
            taker, since = self._taker(), self.since.value()
        except BadInputError as error:
            self.refuse(error)
            return
        wanted = HandOn(self._giver, taker, since, _ticked(self.responsibilities), _ticked(self.accesses))
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Hand on responsibilities and accesses"),
            lambda session: hand_on(session, wanted, acting(session)),
            lambda _none: self.accept(),
            failed=self.refuse,
            owner=self,
        )

    def _taker(self) -> UUID:
        chosen = self.taker.value()
        if chosen is None:
            raise BadInputError(_("Please choose who takes over."))
        return chosen

    def _lay_out(self) -> None:
        self.ask(_("&Who takes over"), self.taker)
        self.ask(_("&From"), self.since)
        for box, label in ((self.responsibilities, _("&Responsibilities")), (self.accesses, _("&Accesses"))):
            part = self.ask(label, box)
            box.setFixedHeight(LINE * min(box.count(), MOST_LINES) + FRAME)
            part.setVisible(bool(box.count()))
        note = muted(_("Change the accesses on the platforms first. This registry only notes that it has been done."))
        note.setVisible(bool(self.accesses.count()))
        self.body.addWidget(note)

    def _count(self) -> None:
        number = len(_ticked(self.responsibilities)) + len(_ticked(self.accesses))
        self.primary.setText(_("Hand on {number}").format(number=number))
        self.primary.setEnabled(bool(number))


def _list(name: str, title: str) -> QListWidget:
    made = named(QListWidget(), name, ticks=True)
    made.setAccessibleName(title)
    return made


def _add(box: QListWidget, record: UUID, text: str) -> None:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
    item.setCheckState(Qt.CheckState.Checked)
    item.setData(Qt.ItemDataRole.UserRole, str(record))
    item.setSizeHint(QSize(0, LINE))
    box.addItem(item)


def _ticked(box: QListWidget) -> tuple[UUID, ...]:
    items = [box.item(place) for place in range(box.count())]
    return tuple(
        UUID(str(one.data(Qt.ItemDataRole.UserRole))) for one in items if one.checkState() is Qt.CheckState.Checked
    )


def _line(title: str, platform: str, role: str) -> str:
    known = platforms().get(platform)
    return _("{channel} ({platform}): {role}").format(
        channel=title, platform=known.name if known else platform, role=role
    )
