"""Settings that are numbers: each with its unit, the default beside it, and the way back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QPushButton

from core.i18n import _
from core.settings import Setting, Settings, change_setting
from gui.pages.settings_parts import NumberField, Section
from gui.widgets import muted, named
from gui.workspace import Workspace

LARGEST = 9_999


@dataclass(frozen=True, slots=True)
class _Line:
    """One setting on screen."""

    setting: Setting
    field: NumberField
    reset: QPushButton


class NumberSettings:
    """The lines of one section; what is changed is stored as an action when the field is left."""

    def __init__(self, workspace: Workspace, section: Section, label: str) -> None:
        """Begin without lines.

        Args:
            workspace: The open registry.
            section: Where the lines stand.
            label: Source text of the action that changes one.
        """
        self._workspace, self._section, self._label = workspace, section, label
        self._lines: list[_Line] = []

    def add(self, setting: Setting) -> None:
        """Add a line."""
        unit = _(setting.unit)
        field = named(NumberField(), setting.key)
        field.setRange(0, setting.most if setting.most is not None else LARGEST)
        field.setSuffix(_(" {unit}").format(unit=unit) if unit else "")
        reset = named(QPushButton(_("Reset")), f"reset-{setting.key}", link=True)
        reset.setAccessibleName(_("Reset: {label}").format(label=_(setting.label)))
        reset.hide()
        default = _("Default: {number} {unit}").format(number=setting.default, unit=unit).rstrip()
        self._section.ask(_(setting.label), field, muted(default, wrap=False), reset)
        field.setAccessibleDescription(default)
        field.editingFinished.connect(lambda: self._change(setting, field, field.value()))
        reset.clicked.connect(lambda _checked: self._change(setting, field, int(setting.default)))
        self._lines.append(_Line(setting, field, reset))

    def show_settings(self, settings: Settings) -> None:
        """Show the numbers in force; what is being typed stays."""
        for line in self._lines:
            number = int(settings[line.setting.key])
            if not line.field.hasFocus() or line.field.value() == line.field.stored:
                line.field.setValue(number)
            line.field.stored = number
            line.reset.setVisible(settings[line.setting.key] != line.setting.default)

    def _change(self, setting: Setting, field: NumberField, number: int) -> None:
        """Store a number; leaving the field after Enter stores nothing twice."""
        if not self._workspace.is_open or number == field.stored:
            return
        field.stored = number

        def change(session: Any) -> None:
            change_setting(session, setting.key, number)

        said = _("Changed: {label}, {number} {unit}").format(
            label=_(setting.label), number=number, unit=_(setting.unit)
        )
        self._workspace.act(self._label, change, said=said, owner=self._section)
