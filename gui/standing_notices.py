"""What everybody is told as long as it holds: that each use of a secret is written down, that a cloud reads along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.cloud_folders import cloud_warning
from core.i18n import _, show_date
from gui.widgets import named
from gui.widgets.message_bar import MessageBar
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.uses import UsesLog
    from core.registry import Registry

_TABLES = frozenset({"registry_setting", "finding"})
"""What is touched when the settings change, and when a day has passed."""


class StandingNotices(QWidget):
    """Bars above the page; other messages come and go below them.

    Attributes:
        uses: That the full log of uses is on; it cannot be closed.
        cloud: That the registry lies in a folder that a cloud service synchronises.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.uses, self.cloud = MessageBar(), MessageBar()
        named(self, "standing-notices")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.uses)
        column.addWidget(self.cloud)
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._follow)
        workspace.closed.connect(self._clear)

    def _opened(self, registry: Registry) -> None:
        path = registry.path
        self._workspace.read(lambda _registry: cloud_warning(path), self._show_cloud, owner=self)
        self._look()

    def _follow(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self._look()

    def _look(self) -> None:
        if self._workspace.is_open:
            self._workspace.read(_read_uses, self._show_uses, owner=self)

    def _show_cloud(self, warning: str) -> None:
        if warning:
            self.cloud.show_message(warning, "warning")
        else:
            self.cloud.clear()

    def _show_uses(self, log: UsesLog | None) -> None:
        if log is not None:
            self.uses.show_message(told_of_uses(log), "notice", closable=False)
        else:
            self.uses.clear()

    def _clear(self) -> None:
        self.uses.clear()
        self.cloud.clear()


def told_of_uses(log: UsesLog) -> str:
    """Return the sentence that everybody sees while the full log of uses is on."""
    told = _("Each use of a secret is written down with name and time until {day}, under the agreement “{reference}”.")
    return told.format(day=show_date(log.until), reference=log.reference)


def _read_uses(registry: Registry) -> UsesLog | None:
    """Look whether the full log of uses is on; runs in the database lane."""
    from core.custody.uses import uses_log

    return uses_log(registry.settings(), registry.today())
