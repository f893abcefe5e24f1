"""What everybody is told as long as it holds: a full log of uses, a cloud that reads along, an erasure half done."""

from __future__ import annotations

from dataclasses import dataclass
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

ERASURES = "erasure"
"""The table to announce when an erasure has begun or ended: it lies outside the log."""
_TABLES = frozenset({"registry_setting", "finding", ERASURES})
"""What is touched when the settings change, when a day has passed, and when an erasure has begun or ended."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What holds in the registry."""

    uses: UsesLog | None
    cut_short: bool


class StandingNotices(QWidget):
    """Bars above the page; other messages come and go below them.

    Attributes:
        uses: That the full log of uses is on; it cannot be closed.
        cloud: That the registry lies in a folder that a cloud service synchronises.
        erasure: That an erasure was cut short, which can be taken up again.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.uses, self.cloud, self.erasure = MessageBar(), MessageBar(), MessageBar()
        named(self, "standing-notices")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.uses, self.cloud, self.erasure):
            column.addWidget(bar)
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
            self._workspace.read(_read, self._show, owner=self)

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

    def _show(self, standing: _Standing) -> None:
        self._show_uses(standing.uses)
        self._show_erasure(standing.cut_short)

    def _show_erasure(self, cut_short: bool) -> None:
        """Say that an erasure waits for its end; a bar that was closed comes again with the next opening."""
        if cut_short:
            told = _("An erasure of personal data has begun and has not come to its end.")
            self.erasure.show_message(told, "warning", (_("Go on..."), self._go_on))
        else:
            self.erasure.clear()

    def _go_on(self) -> None:
        from gui.dialogs.erase_due import EraseDueDialog

        dialog = EraseDueDialog(self._workspace, self.window())
        dialog.finished.connect(lambda _outcome: self._look())
        dialog.open()

    def _clear(self) -> None:
        for bar in (self.uses, self.cloud, self.erasure):
            bar.clear()


def told_of_uses(log: UsesLog) -> str:
    """Return the sentence that everybody sees while the full log of uses is on."""
    told = _("Each use of a secret is written down with name and time until {day}, under the agreement “{reference}”.")
    return told.format(day=show_date(log.until), reference=log.reference)


def _read(registry: Registry) -> _Standing:
    """Look what holds; runs in the database lane."""
    from core.custody.uses import uses_log
    from core.protection.erasure.cut_short import is_cut_short

    return _Standing(uses_log(registry.settings(), registry.today()), is_cut_short(registry))
