"""The thresholds of the rules: numbers with their unit, the default beside each, and the way back to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.governance.rules import RULES
from core.governance.stages import STAGES, stage_name
from core.i18n import N_, _
from core.settings import SETTINGS, Setting, Settings
from gui.pages.settings_numbers import NumberSettings
from gui.pages.settings_parts import Section
from gui.workspace import Workspace


class ThresholdsSection(Section):
    """All thresholds, by the stage of their rule."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "thresholds",
            _("Thresholds"),
            _("From when on a rule raises a finding. What you change is looked at anew at once."),
            parent,
        )
        self._numbers = NumberSettings(workspace, self, N_("Change threshold"))
        stages = {rule.key: rule.stage for rule in RULES}
        for stage in range(1, len(STAGES) + 1):
            told = [one for one in thresholds() if stages.get(one.key.rpartition(".")[0]) == stage]
            if told:
                self.heading(_("Stage {number}: {name}").format(number=stage, name=stage_name(stage)))
            for one in told:
                self._numbers.add(one)
        self.end()

    def show_settings(self, settings: Settings) -> None:
        """Show the thresholds in force; what is being typed stays."""
        self._numbers.show_settings(settings)


def thresholds() -> list[Setting]:
    """Return the settings that are thresholds of rules."""
    rules = {rule.key for rule in RULES}
    return [one for one in SETTINGS if one.key.rpartition(".")[0] in rules and isinstance(one.default, int)]
