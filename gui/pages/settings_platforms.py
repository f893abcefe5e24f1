"""The platforms of the registry: those that come with the program, changed where they have changed, and own ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.i18n import N_, _, ngettext, show_date
from core.inventory.platform_changes import ListedPlatform, reset_platform
from core.inventory.platform_facts import LIVES, SHUT_DOWN
from gui.icons import icon
from gui.pages.settings_parts import Section
from gui.platform_icons import platform_icon_name
from gui.titled_model import Index, TitledModel
from gui.widgets import named
from gui.widgets.plain_table import plain_table
from gui.workspace import Workspace


class PlatformsSection(Section):
    """The list of the platforms, and what can be done with the one that is chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "platforms",
            _("Platforms"),
            _(
                "Add what your city uses besides, and correct what has changed: a name, a link, the day a platform "
                "ends. Addresses, lists and findings follow at once."
            ),
            parent,
        )
        self._workspace = workspace
        self.platforms = PlatformsModel()
        self.table = plain_table(self.platforms, "platforms", _("Platforms"), (200, 216, 88))
        self.table.setMinimumHeight(280)
        self.adding = named(QPushButton(_("Add platform...")), "add-platform", primary=True)
        self.changing = named(QPushButton(_("Change...")), "change-platform")
        self.resetting = named(QPushButton(), "reset-platform")
        self._lay_out()
        self.adding.clicked.connect(lambda _checked: self._ask(None))
        self.changing.clicked.connect(lambda _checked: self._ask(self.chosen()))
        self.resetting.clicked.connect(lambda _checked: self._reset())
        self.table.doubleClicked.connect(lambda _index: self._ask(self.chosen()))
        self.table.activated.connect(lambda _index: self._ask(self.chosen()))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._offer())

    def show_platforms(self, listed: Sequence[ListedPlatform]) -> None:
        """Show the platforms; the one that is chosen stays so."""
        chosen = self.chosen()
        self.platforms.show_all(listed)
        keys = [one.key for one in listed]
        if listed:
            self.table.selectRow(keys.index(chosen.key) if chosen is not None and chosen.key in keys else 0)
        self._offer()

    def choose(self, key: str) -> None:
        """Put the cursor on a platform."""
        rows = [row for row, one in enumerate(self.platforms.listed) if one.key == key]
        if rows:
            self.table.selectRow(rows[0])

    def chosen(self) -> ListedPlatform | None:
        """Return the platform that the cursor is on."""
        row = self.table.currentIndex().row()
        return self.platforms.listed[row] if 0 <= row < len(self.platforms.listed) else None

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.adding, self.changing, self.resetting):
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(self.table, 1)

    def _offer(self) -> None:
        """Offer what can be done with the chosen platform."""
        one = self.chosen()
        self.changing.setEnabled(one is not None)
        self.resetting.setVisible(one is not None and one.changed)
        own = one is not None and one.own
        self.resetting.setText(_("Remove") if own else _("Reset"))
        self.resetting.setToolTip("" if own else _("Let hold again what the program says"))

    def _ask(self, one: ListedPlatform | None) -> None:
        from gui.dialogs.edit_platform import EditPlatformDialog

        EditPlatformDialog(self._workspace, one, self.window()).open()

    def _reset(self) -> None:
        one = self.chosen()
        if one is None or not one.changed:
            return
        key, own, name = one.key, one.own, one.facts.name
        self._workspace.act(
            N_("Remove platform") if own else N_("Reset platform"),
            lambda session: reset_platform(session, key),
            said=_removed(name, one.channels)
            if own
            else _("{platform} is again as the program knows it.").format(platform=name),
            owner=self,
        )


class PlatformsModel(TitledModel):
    """The platforms as a table: name, life, channels, and whether the registry says something of its own."""

    titles = (N_("Platform"), N_("How it stands"), N_("Channels"), N_("Here"))

    def __init__(self) -> None:
        super().__init__()
        self.listed: Sequence[ListedPlatform] = ()

    def show_all(self, listed: Sequence[ListedPlatform]) -> None:
        """Show other platforms."""
        self.beginResetModel()
        self.listed = listed
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of platforms."""
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.listed):
            return None
        one = self.listed[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return (one.facts.name, told_life(one), str(one.channels), _told_change(one))[index.column()]
            case Qt.ItemDataRole.DecorationRole if index.column() == 0:
                return icon(platform_icon_name(one.key))
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == 2:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def told_life(one: ListedPlatform) -> str:
    """Say how a platform stands, with the day on which it ends."""
    life = _(LIVES[one.facts.life])
    if one.facts.life in SHUT_DOWN and one.facts.ends_on is not None:
        return _("{life}: {day}").format(life=life, day=show_date(one.facts.ends_on))
    return life


def _told_change(one: ListedPlatform) -> str:
    if one.own:
        return _("your own")
    return _("changed") if one.changed else ""


def _removed(name: str, channels: int) -> str:
    if not channels:
        return _("{platform} was removed.").format(platform=name)
    return ngettext(
        "{platform} was removed; its {number} channel is kept as a web address.",
        "{platform} was removed; its {number} channels are kept as web addresses.",
        channels,
    ).format(platform=name, number=channels)
