"""The overview: how things stand in a sentence, what to do next, and the figures behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
from core.governance.overview import Errand, Overview, Step, next_steps, read_overview
from core.i18n import _
from core.inventory.narrowing import Where
from core.registry import Registry
from gui.commands import DEMO_NAME
from gui.pages import Page
from gui.pages.overview_figures import OverviewFigures
from gui.pages.overview_steps import NextSteps, ShownStep
from gui.pages.overview_words import standing, step_words
from gui.widgets import named
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

GAP = 32


class OverviewPage(Page):
    """How our channels stand, and what to do next."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("How do our channels stand?")
        self.header = PageHeader(self.question)
        self.header.question.setWordWrap(True)
        self.steps = NextSteps(lambda: workspace.go("findings"))
        self.figures = OverviewFigures(workspace)
        self._lay_out()

    def open_registry(self, registry: Registry) -> None:
        """Show how the registry stands."""
        del registry
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing."""
        self.header.set_question(self.question)
        self.whole.setCurrentWidget(self.nothing)

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the figures again."""
        del tables
        if self.workspace.is_open:
            self.workspace.read(_read, lambda found: self._show(*found), owner=self)

    def focus_search(self) -> None:
        """Put the cursor on the first thing to do; there is nothing to search here."""
        self.steps.begin()

    def _lay_out(self) -> None:
        self.nothing = QWidget()
        self.empty = EmptyState(
            "broadcast",
            _("No channels yet"),
            _(
                "Here you will see how your channels stand and what to do next. Begin with the list you keep, with one "
                "channel, or look at a made-up city."
            ),
        )
        self.empty.offer(_("Import your list"), lambda: self.workspace.command("import_list"))
        self.empty.offer(
            _("Add a channel by its address"), lambda: self.workspace.command("add_channel"), primary=False
        )
        self.empty.offer(_("Open the demo city"), lambda: self.workspace.command("open_demo"), primary=False)
        self.whole = named(QStackedWidget(), "overview")
        for part in (self.nothing, self._scrolled(), self.empty):
            self.whole.addWidget(part)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.whole, 1)

    def _scrolled(self) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(24, 8, 24, 24)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        figures = self.figures
        right = QVBoxLayout()
        right.setSpacing(GAP - 8)
        right.addWidget(figures.findings)
        right.addWidget(figures.confirmed)
        right.addWidget(figures.complete)
        right.addWidget(figures.states)
        right.addStretch(1)
        grid.addWidget(self.steps, 0, 0, 1, 2)
        grid.addWidget(figures.platforms, 1, 0)
        grid.addWidget(figures.units, 1, 1)
        grid.addLayout(right, 0, 2, 3, 1)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(2, 1)  # However tall the right side is, nothing on the left is drawn apart.
        self.filled = QScrollArea()
        self.filled.setWidgetResizable(True)
        self.filled.setFrameShape(QFrame.Shape.NoFrame)
        self.filled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.filled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.filled.setWidget(inner)
        return self.filled

    def _show(self, overview: Overview, known: bool) -> None:
        if not overview.channels.channels:
            self.header.set_question(self.question)
            self.whole.setCurrentWidget(self.empty)
            return
        self.header.set_question(standing(overview))
        demo = self.workspace.registry.path == workstation.data_folder() / DEMO_NAME
        steps = next_steps(overview, known=known or demo)
        self.steps.show_steps(
            [ShownStep(step_words(one, overview), one.severity.value, self._way(one)) for one in steps]
        )
        self.figures.show_overview(overview)
        self.whole.setCurrentWidget(self.filled)

    def _way(self, step: Step) -> Callable[[], object]:
        """Return what goes to the place where a step is done."""
        workspace = self.workspace
        match step.errand:
            case Errand.NAME:
                return lambda: workspace.command("say_who")
            case Errand.REPORT:
                return lambda: workspace.command("make_report")
            case Errand.STAGE:
                return lambda: workspace.go("settings", Where("", {"section": "stages"}))
            case Errand.RULE:
                key = step.rule.rule.key if step.rule else ""
                return lambda: workspace.go("findings", Where(step_title(step), {"rule": key}))


def step_title(step: Step) -> str:
    """Name the rule of a step."""
    return _(step.rule.rule.title) if step.rule else ""


def _read(registry: Registry) -> tuple[Overview, bool]:
    known = registry.me() is not None
    with registry.reading() as session:
        return read_overview(session, registry.today()), known
