"""One record beside its list: a head, tabs with its facts and its history, or a word that none is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from core.fields import Field
from core.governance.findings import FindingValue
from core.inventory.editing import Opened
from core.registry import Registry
from gui.history_column import HistoryColumn
from gui.record_form import RecordForm
from gui.widgets import muted, named
from gui.widgets.detail_tabs import DetailTabs
from gui.workspace import Workspace

NARROWEST = 360


class Sheet(Protocol):
    """All that is shown of one record."""

    @property
    def opened(self) -> Opened:
        """The record itself, as it was when it was read."""


S = TypeVar("S", bound=Sheet)


@dataclass(frozen=True, slots=True)
class Reading(Generic[S]):
    """What one reading brought: the sheet, what is wrong with the record, and which facts nobody knows of it."""

    sheet: S
    findings: Sequence[FindingValue] = ()
    missing: Sequence[Field] = ()


@runtime_checkable
class ShowsSheet(Protocol):
    """A tab that shows a part of the record's sheet whenever that has been read."""

    def show_sheet(self, sheet: Any, /) -> None:
        """Show what the sheet tells."""


@runtime_checkable
class ReadsItself(Protocol):
    """A tab that reads what it shows when it comes into sight, not before."""

    def show_record(self, record_id: UUID, /) -> None:
        """Read and show what there is of a record."""


class RecordDetail(QWidget, Generic[S]):
    """The part that is the same for every record; the details of a list make their tabs, then call `_lay_out`.

    A further tab is a line that makes it and a line in the tuple given to `_lay_out`: it is fed with the sheet if it
    is a ShowsSheet, and reads for itself if it is one that ReadsItself.

    Attributes:
        key: The kind of record: its widgets are named after it.
        facts: The record's fields.
        history: What happened to the record; read when it comes into sight.
        tabs: The tabs, below the head.
    """

    key: str = ""
    facts: RecordForm
    history: HistoryColumn
    tabs: QTabWidget

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, f"{self.key}-detail")
        self._workspace = workspace
        self._record_id: UUID | None = None
        self._sheet: S | None = None

    def minimumSizeHint(self) -> QSize:
        """Return room for all tabs in the reader's language, and for fields to type in."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    def show_record(self, record_id: UUID | None) -> None:
        """Show a record, or that none is chosen."""
        self._record_id = record_id
        if record_id is None:
            self._show_nothing()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the record again."""
        record_id = self._record_id
        if record_id is not None and self._workspace.is_open:
            self._workspace.read(lambda registry: self._read(registry, record_id), self._show, owner=self)

    def clear(self) -> None:
        """Show nothing, because the registry is closed."""
        self._record_id = None
        self.facts.forget()
        self._show_nothing()

    def _read(self, registry: Registry, record_id: UUID) -> Reading[S] | None:
        """Read a record, on the database lane; nothing if it is gone."""
        raise NotImplementedError

    def _show_parts(self, read: Reading[S]) -> None:
        """Show what was read in the head."""
        raise NotImplementedError

    def _lay_out(self, head: QWidget | QLayout, tabs: Sequence[tuple[QWidget, str]], word: str) -> None:
        """Place the head above the tabs, and the word that stands there while no record is chosen."""
        self.tabs = named(DetailTabs(), f"{self.key}-tabs")
        self.tabs.setDocumentMode(True)
        for tab, title in tabs:
            self.tabs.setTabToolTip(self.tabs.addTab(tab, title), title)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.currentChanged.connect(self._show_in_sight)
        self._stack = stacked(word, head, self.tabs)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _show(self, read: Reading[S] | None) -> None:
        if read is None:
            self._show_nothing()
            return
        opened = read.sheet.opened
        if opened.id != self._record_id:
            return  # Another record was chosen while this one was being read.
        other = self._sheet is None or self._sheet.opened.id != opened.id
        self._sheet = read.sheet
        self._show_parts(read)
        for tab in map(self.tabs.widget, range(self.tabs.count())):
            if isinstance(tab, ShowsSheet):
                tab.show_sheet(read.sheet)
        if other:
            self.facts.load(opened)
        else:
            self.facts.reload(opened)
        self._show_in_sight()
        self._stack.setCurrentIndex(1)

    def _show_in_sight(self) -> None:
        tab = self.tabs.currentWidget()
        if self._sheet is not None and isinstance(tab, ReadsItself):
            tab.show_record(self._sheet.opened.id)

    def _show_nothing(self) -> None:
        self._sheet = None
        self._stack.setCurrentIndex(0)


def stacked(word: str, head: QWidget | QLayout, body: QWidget) -> QStackedWidget:
    """Return a word that nothing is chosen, and behind it what is chosen: a head above a body."""
    nothing = QWidget()
    alone = QVBoxLayout(nothing)
    alone.setContentsMargins(24, 24, 24, 24)
    alone.addWidget(muted(word))
    alone.addStretch(1)
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if isinstance(head, QWidget):
        column.addWidget(head)
    else:
        column.addLayout(head)
    column.addWidget(body, 1)
    stack = QStackedWidget()
    stack.addWidget(nothing)
    stack.addWidget(whole)
    return stack
