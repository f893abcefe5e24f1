"""The history of a record, newest first: when, who, what, and the values before and after."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.i18n import _, show_instant
from core.inventory.record_history import HistoryLine, record_history
from core.inventory.recorded import Difference
from core.registry import Registry
from core.storage.record_list import RecordList
from gui.widgets.lines import Column
from gui.workspace import Workspace


class HistoryColumn(Column):
    """Reads the history when it comes into sight, not before."""

    def __init__(self, workspace: Workspace, records: RecordList) -> None:
        super().__init__()
        self._workspace, self._records = workspace, records

    def show_record(self, record_id: UUID) -> None:
        """Read and show the history of a record."""

        def read(registry: Registry) -> list[HistoryLine]:
            with registry.reading() as session:
                return record_history(session, self._records, record_id)

        self._workspace.read(read, self._show, owner=self)

    def _show(self, lines: Sequence[HistoryLine]) -> None:
        self.start()
        for line in lines:
            self.add(line.label, "\n".join([_when(line), *line.ties, *map(_difference, line.differences)]))
        if not lines:
            self.say(_("Nothing has been changed yet."))


def _when(line: HistoryLine) -> str:
    return _("{moment}, {name}").format(moment=show_instant(line.at), name=line.actor or _("unknown"))


def _difference(one: Difference) -> str:
    if not one.before:
        return _("{field}: {after}").format(field=one.title, after=one.after)
    if not one.after:
        return _("{field}: “{before}” removed").format(field=one.title, before=one.before)
    return _("{field}: “{before}” became “{after}”").format(field=one.title, before=one.before, after=one.after)
