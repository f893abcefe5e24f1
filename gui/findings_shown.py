"""Findings in words, each with the button that mends it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from core.governance.findings import FindingValue, evidence_sentence
from core.governance.rules import rule_named
from core.i18n import _
from gui.mending import VERBS, ask_to_waive, mend, mends_of
from gui.widgets.finding_line import Mend, ShownFinding
from gui.workspace import Workspace


def shown_finding(workspace: Workspace, finding: FindingValue, window: QWidget, *, named: bool = False) -> ShownFinding:
    """Return a finding in words, with all actions that mend it, the best one first, and a way to bear with it.

    Args:
        workspace: The open registry.
        finding: What was found.
        window: Before which dialogs open.
        named: Whether the sentence names what it is about, because nothing around it does.
    """
    rule = rule_named(finding.rule)
    mends = [
        Mend(key, _(VERBS[key]), partial(mend, workspace, key, [finding], window)) for key in mends_of(finding.rule)
    ]
    mends.append(Mend("waive", _("Waive..."), partial(ask_to_waive, workspace, [finding], window), quiet=True))
    sentence = evidence_sentence(finding.rule, finding.evidence)
    if named and finding.subject_label:
        sentence = _("{subject}: {finding}").format(subject=finding.subject_label, finding=sentence)
    return ShownFinding(finding.rule, finding.severity.value, sentence, _(rule.why), _(rule.source), mends)
