"""The thresholds of the rules: numbers with their unit, the default beside each, and the way back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.governance.rules import RULES
from core.governance.stages import STAGES, stage_name
from core.i18n import N_, _
from core.settings import SETTINGS, Setting, Settings, change_setting
from gui.pages.settings_parts import NumberField, Section
from gui.widgets import muted, named
from gui.workspace import Workspace

LARGEST = 9_999


@dataclass(frozen=True, slots=True)
class _Line:
    """One threshold on screen."""

    setting: Setting
    field: NumberField
    reset: QPushButton


class ThresholdsSection(Section):
    """All thresholds, by the stage of their rule."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "thresholds",
            _("Thresholds"),
            _("From when on a rule raises a finding. What you change is looked at anew at once."),
            parent,
        )
        self._workspace = workspace
        self._lines: list[_Line] = []
        stages = {rule.key: rule.stage for rule in RULES}
        for stage in range(1, len(STAGES) + 1):
            told = [one for one in thresholds() if stages.get(one.key.rpartition(".")[0]) == stage]
            if told:
                self.heading(_("Stage {number}: {name}").format(number=stage, name=stage_name(stage)))
            self._lines += [self._add(one) for one in told]
        self.end()

    def show_settings(self, settings: Settings) -> None:
        """Show the thresholds in force; what is being typed stays."""
        for line in self._lines:
            number = int(settings[line.setting.key])
            if not line.field.hasFocus() or line.field.value() == line.field.stored:
                line.field.setValue(number)
            line.field.stored = number
            line.reset.setVisible(settings[line.setting.key] != line.setting.default)

    def _add(self, setting: Setting) -> _Line:
        unit = _(setting.unit)
        field = named(NumberField(), setting.key)
        field.setRange(0, setting.most if setting.most is not None else LARGEST)
        field.setSuffix(_(" {unit}").format(unit=unit) if unit else "")
        reset = named(QPushButton(_("Reset")), f"reset-{setting.key}", link=True)
        reset.setAccessibleName(_("Reset: {label}").format(label=_(setting.label)))
        reset.hide()
        default = _("Default: {number} {unit}").format(number=setting.default, unit=unit).rstrip()
        self.ask(_(setting.label), field, _quiet(default), reset)
        field.setAccessibleDescription(default)
        field.editingFinished.connect(lambda: self._change(setting, field, field.value()))
        reset.clicked.connect(lambda _checked: self._change(setting, field, int(setting.default)))
        return _Line(setting, field, reset)

    def _change(self, setting: Setting, field: NumberField, number: int) -> None:
        """Store a threshold; leaving the field after Enter stores nothing twice."""
        if not self._workspace.is_open or number == field.stored:
            return
        field.stored = number

        def change(session: Any) -> None:
            change_setting(session, setting.key, number)

        said = _("Changed: {label}, {number} {unit}").format(
            label=_(setting.label), number=number, unit=_(setting.unit)
        )
        self._workspace.act(N_("Change threshold"), change, said=said, owner=self)


def thresholds() -> list[Setting]:
    """Return the settings that are thresholds of rules."""
    rules = {rule.key for rule in RULES}
    return [one for one in SETTINGS if one.key.rpartition(".")[0] in rules and isinstance(one.default, int)]


def _quiet(text: str) -> QLabel:
    return muted(text, wrap=False)
