"""The entries of the list of rules: each with its number of findings, and those for all findings and the waivers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidgetItem

from core.governance.finding_lists import RuleCount
from core.i18n import _, ngettext
from core.model import Severity
from gui.icons import icon
from gui.theme import ROW_HEIGHT, tokens
from gui.widgets.severity import severity_icon, severity_word

RULE = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
ALL = "all"
"""What stands for a rule's key where the findings of all rules are shown."""
WAIVERS = "waivers"
"""What stands for a rule's key at the entry of the waivers."""


def rule_item(one: RuleCount, *, counted: bool = True) -> QListWidgetItem:
    """Make the entry of a rule, with the number of its findings unless nobody may count them."""
    title = _(one.rule.title)
    item = QListWidgetItem(severity_icon(one.severity.value), title)
    item.setData(COUNT, str(one.count) if counted else "")
    item.setData(RULE, one.rule.key)
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    item.setToolTip(title)
    told = _("{severity}: {rule}, {count}") if counted else _("{severity}: {rule}")
    spoken = told.format(severity=severity_word(one.severity.value), rule=title, count=one.count)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item


def all_item(number: int, *, counted: bool = True) -> QListWidgetItem:
    """Make the entry of the findings of all rules, with their number unless nobody may count them."""
    item = QListWidgetItem(icon("list-bullets", "muted"), _("All findings"))
    item.setData(COUNT, str(number) if counted else "")
    item.setData(RULE, ALL)
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    told = ngettext("All findings: {number}", "All findings: {number}", number) if counted else _("All findings")
    spoken = told.format(number=number)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item


def waivers_item(number: int) -> QListWidgetItem:
    """Make the entry of the waivers."""
    item = QListWidgetItem(icon("hand", "muted"), _("Waivers"))
    item.setData(COUNT, str(number))
    item.setData(RULE, WAIVERS)
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    item.setForeground(QColor(tokens().muted))
    item.setToolTip(_("Findings that are borne with, for a reason and until a day"))
    spoken = ngettext("{number} waiver", "{number} waivers", number).format(number=number)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item


def summary(counts: Sequence[RuleCount]) -> str:
    """Return the page's first line: how much there is to do."""
    number = sum(one.count for one in counts)
    severe = sum(one.count for one in counts if one.severity is Severity.SEVERE)
    if not number:
        return ""
    if not severe:
        return ngettext("{number} finding, none severe", "{number} findings, none severe", number).format(number=number)
    return ngettext("{number} finding, it is severe", "{number} findings, {severe} of them severe", number).format(
        number=number, severe=severe
    )
