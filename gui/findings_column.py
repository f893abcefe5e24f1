"""A tab of findings in words, each with what mends it, under the name of what it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from core.governance.findings import FindingValue
from core.i18n import _
from core.storage.sorting import sort_key
from gui.findings_shown import shown_finding
from gui.widgets.finding_line import FindingLine
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace

MOST = 60  # More lines nobody reads; they are worked off on the page of the findings.


class FindingsColumn(Column):
    """The findings of several channels, one heading a channel."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: list[FindingValue] | None = None

    def show_findings(self, findings: Sequence[FindingValue]) -> None:
        """Show other findings; nothing moves where nothing has changed."""
        if list(findings) == self._shown:
            return
        self._shown = list(findings)
        self.start()
        if not findings:
            self.say(_("The channels are in order."))
        by_channel = sorted(findings[:MOST], key=lambda one: (sort_key(one.subject_label), str(one.subject_id)))
        for (_id, label), some in groupby(by_channel, lambda one: (one.subject_id, one.subject_label)):
            self.heading(label)
            for one in some:
                self.put(FindingLine(shown_finding(self._workspace, one, self.window())))
        if len(findings) > MOST:  # They are one person's, so nobody is told how many.
            self.offer([LineButton("show-findings", _("More findings"), lambda: self._workspace.go("findings"))])
