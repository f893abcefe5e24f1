"""What can be done with the selected channels at once: a bar below the list, and the same in the menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from core.i18n import N_, _
from core.inventory.bulk import approve_as_existing
from core.model import ResponsibilityRole
from gui.actions import action
from gui.dialogs.assign_person import AssignPersonDialog, Vacancy
from gui.dialogs.change_several import ChangeSeveral, ChangeState, ChangeTags, ChangeUnit
from gui.pages.confirming import confirm_channels
from gui.record_table import RecordTable
from gui.widgets import named
from gui.workspace import Workspace


class SelectionBar(QWidget):
    """In sight while several channels are selected; its actions also work on a single one."""

    def __init__(
        self, workspace: Workspace, table: RecordTable, page: QWidget, counted: Callable[[], bool] = lambda: True
    ) -> None:
        """Make the bar.

        Args:
            workspace: The open registry.
            table: The list of channels.
            page: Its page; the keys of the actions work while it is in sight.
            counted: Whether it may say how many there are: of the channels of one person it does not.
        """
        super().__init__(page)
        named(self, "selection-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._table, self._counted = workspace, table, counted
        self.selected = named(QLabel(), "selected")
        self._make_actions(page)
        self._lay_out()
        self.hide()
        table.selected.connect(self._show_selected)
        table.records.loaded.connect(lambda: self._show_selected(len(table.selected_rows())))

    def actions_to_show(self) -> list[QAction]:
        """Return what can be done, for the menu of the window."""
        return [self.confirming, self.assigning, *self.others]

    def _make_actions(self, page: QWidget) -> None:
        def make(name: str, text: str, act: Callable[[list[UUID]], None], keys: str = "") -> QAction:
            def begin(ids: list[UUID]) -> None:
                if ids:
                    act(ids)

            return action(page, name, text, lambda: self._table.with_selected_ids(begin), keys)

        self.confirming = make("confirm-channel", _("&Confirm"), self._confirm, "Ctrl+Return")
        self.assigning = make(
            "assign-selected", _("Assign owner to &selected..."), self._assign(ResponsibilityRole.OWNER)
        )
        self.others = [
            make("assign-deputy", _("Assign &deputy to selected..."), self._assign(ResponsibilityRole.DEPUTY)),
            make("change-state", _("Change s&tate..."), self._ask(ChangeState)),
            make("change-unit", _("Change &unit..."), self._ask(ChangeUnit)),
            make("change-tags", _("Change ta&gs..."), self._ask(ChangeTags)),
            make("approve-existing", _("Approve as &existing stock"), self._approve),
        ]

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.selected, 1)
        for one, text in ((self.confirming, _("Confirm")), (self.assigning, _("Assign..."))):
            button = named(QPushButton(text), f"{one.objectName()}-button")
            button.setToolTip(one.toolTip())
            button.clicked.connect(one.trigger)
            line.addWidget(button)
        more = named(QPushButton(_("Change...")), "change-selected")
        more.setToolTip(_("Deputy, state, unit, tags and approval of the selected channels"))
        menu = QMenu(more)
        menu.addActions(self.others)
        more.setMenu(menu)
        line.addWidget(more)

    def _show_selected(self, number: int) -> None:
        self.setVisible(number > 1)
        told = _("{number} of {total} selected") if self._counted() else _("Several are selected")
        self.selected.setText(told.format(number=number, total=len(self._table.records.rows)))

    def _confirm(self, ids: list[UUID]) -> None:
        confirm_channels(self._workspace, ids)

    def _assign(self, role: ResponsibilityRole) -> Callable[[list[UUID]], None]:
        def ask(ids: list[UUID]) -> None:
            several = _("all who have had this role so far")
            vacancy = Vacancy(tuple(ids), "", role=role, held_by=several)
            AssignPersonDialog(self._workspace, vacancy, self.window()).open()

        return ask

    def _ask(self, dialog: Callable[[Workspace, list[UUID], QWidget], ChangeSeveral]) -> Callable[[list[UUID]], None]:
        return lambda ids: dialog(self._workspace, ids, self.window()).open()

    def _approve(self, ids: list[UUID]) -> None:
        today = self._workspace.today()

        def approve(session: Any) -> None:
            approve_as_existing(session, ids, today)

        self._workspace.act(N_("Approve as existing stock"), approve)
