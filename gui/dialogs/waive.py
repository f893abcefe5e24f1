"""Findings are borne with: for a reason, and until a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field, LongText
from core.governance.findings import FindingValue, evidence_sentence
from core.governance.rules.rule import moved_months
from core.governance.waivers import waive
from core.i18n import N_, _
from core.inventory.editing import still_there
from core.model import Channel
from gui.dialogs.decision import Decision
from gui.dialogs.reason_names import ReasonNames
from gui.editors import LineEditor, LongTextEditor
from gui.widgets import muted, named
from gui.workspace import Workspace

MONTHS = 12
_REASON = Field("reason", N_("Reason"), LongText())
_UNTIL = Field("until", N_("Until"), Day(), required=True)


class WaiveDialog(Decision):
    """Asks for the reason and the last day; the finding comes back afterwards."""

    help_topic = "findings#waivers"

    def __init__(self, workspace: Workspace, findings: Sequence[FindingValue], parent: QWidget | None = None) -> None:
        super().__init__(workspace, _question(findings), _("Waive"), parent)
        self._findings = tuple(findings)
        self._seen = self.decides_on(Channel, {one.subject_id for one in findings if one.subject_id is not None})
        self.reason = named(LongTextEditor(_REASON), "reason")
        self.until = named(LineEditor(_UNTIL), "until")
        self.until.show_value(moved_months(workspace.today(), MONTHS))
        if len(findings) == 1:
            sentence = muted(evidence_sentence(findings[0].rule, findings[0].evidence))
            sentence.setTextFormat(Qt.TextFormat.PlainText)
            self.body.addWidget(sentence)
        self.ask(_("&Reason"), self.reason, _("Why this is right as it is, for everybody who asks later."))
        self.names = ReasonNames(workspace, self.reason)
        self.body.addWidget(self.names)
        self.ask(_("&Until"), self.until, _("The last day; on the next one the finding is shown again."))
        self.reason.setFocus()

    def decide(self) -> None:
        """Waive the findings."""
        try:
            reason, until = self.reason.value() or "", self.until.value()
        except BadInputError as error:
            self.refuse(error)
            return
        findings, today, seen = self._findings, self.workspace.today(), self._seen

        def write(session: Any) -> None:
            for channel_id, version in seen.items():
                still_there(session, Channel, channel_id, version)
            for one in findings:
                waive(session, one.rule, one.subject_type, one.subject_id, reason=reason, until=until, today=today)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Waive finding"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)


def _question(findings: Sequence[FindingValue]) -> str:
    if len(findings) == 1:
        return _("Waive the finding on “{subject}”?").format(subject=findings[0].subject_label)
    return _("Waive the selected findings?")
