"""The stages of the rules: what each looks at, what it would bring today, and the button that switches it on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.governance.rules import rule_named
from core.governance.stages import STAGES, StagePreview, preview_stages, rules_of_stage, stage_name
from core.i18n import N_, _, ngettext
from core.registry import Registry
from core.settings import Settings, change_setting
from gui.icons import icon
from gui.pages.settings_parts import Section
from gui.widgets import muted, named
from gui.workspace import Workspace

STAGE = "rules.stage"


class StagesSection(Section):
    """The four stages, one after the other."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(
            "stages",
            _("Stages of the rules"),
            _(
                "The rules come in stages, so that nobody is drowned on the first day. Switch on the next stage when "
                "the present one is in order."
            ),
            parent,
        )
        self._workspace = workspace
        self.lines = [StageLine(number) for number in range(1, len(STAGES) + 1)]
        for line in self.lines:
            self.column.addWidget(line)
            line.button.clicked.connect(lambda _checked, line=line: self._switch(line))
        self.end()

    def show_settings(self, settings: Settings) -> None:
        """Show which stages are in force, and find out what the others would bring."""
        stage = int(settings[STAGE])
        for line in self.lines:
            line.show_stage(stage)
        if self.isVisible():
            self.look_ahead()

    def look_ahead(self) -> None:
        """Run the rules of all stages on a private copy, beside all other work."""
        self._workspace.read_long(lambda registry, _job: _preview(registry), self.show_previews, owner=self)

    def show_previews(self, previews: Sequence[StagePreview]) -> None:
        """Show what each stage raises."""
        for line, preview in zip(self.lines, previews, strict=True):
            line.show_preview(preview)

    def _switch(self, line: StageLine) -> None:
        stage = line.number - 1 if line.on else line.number

        def change(session: Any) -> None:
            change_setting(session, STAGE, stage)

        said = _("The rules up to stage {number} are switched on: {name}.").format(number=stage, name=stage_name(stage))
        self._workspace.act(N_("Change stage of the rules"), change, said=said)


class StageLine(QFrame):
    """One stage."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, f"stage-{number}", card=True)
        self.number = number
        self.on = False
        self._picture = QLabel()
        self._title = named(QLabel(_("{number} {name}").format(number=number, name=stage_name(number))), "step-title")
        self.brings = named(QLabel(_("Counting what it would bring...")), f"stage-{number}-brings")
        self.brings.setWordWrap(True)
        self._rules = muted(", ".join(_(rule.title) for rule in rules_of_stage(number)))
        self.button = named(QPushButton(), f"switch-stage-{number}")
        self._preview: StagePreview | None = None
        self._lay_out()

    def show_stage(self, stage: int) -> None:
        """Show whether the stage is in force when the rules up to one are."""
        self.on = self.number <= stage
        verb = _("Switch off") if self.on else _("Switch on")
        self.button.setText(verb)
        self.button.setAccessibleName(_("{verb}: {finding}").format(verb=verb, finding=self._title.text()))
        self.button.setVisible(self.number > stage or (self.number == stage and stage > 1))
        self.button.setProperty("primary", self.number == stage + 1)
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self._say()
        self._draw()

    def show_preview(self, preview: StagePreview) -> None:
        """Show what the stage raises, and by which rules."""
        self._preview = preview
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _say(self) -> None:
        preview = self._preview
        if preview is None:
            return
        number = preview.findings
        if self.on:
            text = ngettext("In force, raises {number} finding", "In force, raises {number} findings", number)
        else:
            text = ngettext("Would bring {number} finding", "Would bring {number} findings", number)
        self.brings.setText(text.format(number=number))
        self._rules.setText(
            ", ".join(
                _("{rule} ({count})").format(rule=_(rule_named(key).title), count=count)
                if count
                else _(rule_named(key).title)
                for key, count in preview.rules.items()
            )
        )

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for part in (self._title, self.brings, self._rules):
            texts.addWidget(part)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(12)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _draw(self) -> None:
        picture = icon("check-circle", "good") if self.on else icon("circle", "muted")
        self._picture.setPixmap(picture.pixmap(20, 20))
        self._picture.setAccessibleName(_("in force") if self.on else _("not in force"))


def _preview(registry: Registry) -> list[StagePreview]:
    settings = registry.settings()
    with registry.snapshot() as session:
        return preview_stages(session, registry.today(), settings)
