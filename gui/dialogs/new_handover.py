"""A new handover in three steps: between whom and why, what and in which way, and what happens next.

Nothing is kept before the last step, so that it can be left at any time. What is left over then is offered for a
further handover, to somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.custody.custodian import Custodian
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.items import Item
from core.custody.handover.formats.statements import Statement
from core.custody.handover.proposing import told_items
from core.errors import BadInputError, RegistryError
from core.fields import Day, Field, OneOf
from core.i18n import N_, _
from core.model import Occasion
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.handover_plan import Between, Plan, begun, read_plan, summary
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.widgets.suggestion_list import SuggestionList
from gui.workspace import Workspace

_OCCASION = Field("occasion", N_("Occasion"), OneOf(Occasion), required=True)
_UNTIL = Field("until", N_("Last day of the cover"), Day(), required=True)
WIDE = 760
WHO, WHAT, NEXT, BEGUN = range(4)


class NewHandoverDialog(Decision):
    """Asks for a handover as the one who takes over, or proposes one as the one who hands over."""

    help_topic = "handovers#new"
    made = Signal(UUID)
    """A handover was begun."""

    def __init__(self, workspace: Workspace, giver: UUID | None = None, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("New handover"), _("Next"), parent)
        self.setObjectName("new-handover-dialog")
        self.resize(WIDE, self.height())
        self._me = workspace.registry.me()
        self._between: Between | None = None
        self._plan: Plan | None = None
        self.step = named(QLabel(indent=0), "form-heading")
        self.giver = named(ReferenceBox(workspace, "person"), "giver")
        self.taker = named(ReferenceBox(workspace, "person"), "taker")
        self.occasion = ChoiceEditor(_OCCASION, [(one, _(one.label)) for one in Occasion])
        self.until = named(LineEditor(_UNTIL), "until")
        self.list = SuggestionList()
        self.summary = _text("summary")
        self.outcome = _text("outcome")
        self.steps = QStackedWidget()
        self._lay_out()
        self.occasion.show_value(Occasion.LEAVING)
        self.giver.show_value(giver)
        self.taker.show_value(self._me if self._me != giver else None)
        self.occasion.edited.connect(self._fit_occasion)
        self.list.changed.connect(self._count)
        self._fit_occasion()
        self._show(WHO)
        self.giver.setFocus()

    def decide(self) -> None:
        """Go on to the next step, begin the handover, or begin a further one for what is left."""
        match self.steps.currentIndex():
            case 0:
                self._look_up()
            case 1:
                self._sum_up()
            case 2:
                self._begin()
            case _:
                self._begin_again()

    def go_back(self) -> None:
        """Go back one step; what was entered stays."""
        self._show(max(WHO, self.steps.currentIndex() - 1))

    def _lay_out(self) -> None:
        self.body.addWidget(self.step)
        who, what, then, over = (QWidget() for _step in range(4))
        for page in (who, what, then, over):
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            self.steps.addWidget(page)
        asked = (
            (_("Who hands &over"), self.giver, ""),
            (_("&Occasion"), self.occasion, ""),
            (_("Who &takes over"), self.taker, _("Both must be in the list of people.")),
            (_("&Last day of the cover"), self.until, _("After this day the copies are given back.")),
        )
        self._parts = [self.ask(label, editor, help_text) for label, editor, help_text in asked]
        for part in self._parts:
            _column(who).addWidget(part)
        _column(who).addStretch(1)
        _column(what).addWidget(muted(_("Untick what does not pass, and change the way where another one is better.")))
        _column(what).addWidget(self.list, 1)
        for page, label in ((then, self.summary), (over, self.outcome)):
            _column(page).addWidget(label)
            _column(page).addStretch(1)
        self.body.addWidget(self.steps, 1)
        self.earlier = named(QPushButton(_("Back")), "back")
        self.earlier.setAutoDefault(False)
        self.earlier.clicked.connect(self.go_back)
        self.buttons.insertWidget(0, self.earlier)

    def _fit_occasion(self) -> None:
        """Ask only what the occasion needs."""
        occasion = self.occasion.value()
        self._parts[2].setVisible(occasion is not Occasion.MOVE)
        self._parts[3].setVisible(occasion is Occasion.COVER)

    def _show(self, step: int) -> None:
        titles = (_("Who and why"), _("What and how"), _("What happens next"))
        number = _("Step {number} of {all}: {title}")
        is_over = step == BEGUN
        self.step.setText(
            _("The handover has begun") if is_over else number.format(number=step + 1, all=3, title=titles[step])
        )
        self.messages.clear()
        self.steps.setCurrentIndex(step)
        self.earlier.setVisible(WHO < step < BEGUN)
        self.back.setText(_("Close") if is_over else _("Cancel"))
        self.primary.setEnabled(step != WHAT or bool(self.list.chosen()))
        self.primary.setText(self._verb(step))

    def _verb(self, step: int) -> str:
        match step:
            case 2:
                return _("Ask for it") if self._takes() else _("Propose")
            case 3:
                return _("Hand over the rest...")
            case _:
                return _("Next")

    def _look_up(self) -> None:
        try:
            between = self._between = self._answers()
        except BadInputError as error:
            self.refuse(error)
            return
        today = self.workspace.today()
        self.primary.setEnabled(False)
        self.workspace.read(
            lambda registry: read_plan(registry, between, today),
            self._show_suggestions,
            failed=self.refuse,
            owner=self,
        )

    def _answers(self) -> Between:
        giver, occasion = self.giver.value(), self.occasion.value()
        taker = giver if occasion is Occasion.MOVE else self.taker.value()
        if giver is None or taker is None:
            raise BadInputError(_("Please choose who hands over and who takes over."))
        if giver == taker and occasion is not Occasion.MOVE:
            raise BadInputError(_("Both are the same person. Please choose somebody else."))
        until = self.until.value() if occasion is Occasion.COVER else None
        if until is not None and until < self.workspace.today():
            raise BadInputError(_("The last day of the cover has passed. Please enter a later one."))
        return Between(giver, taker, occasion, until)

    def _show_suggestions(self, plan: Plan) -> None:
        self._plan = plan
        self.list.show_suggestions(plan.suggestions)
        self._show(WHAT)
        self.list.focus_first()

    def _count(self) -> None:
        if self.steps.currentIndex() == WHAT:
            self.primary.setEnabled(bool(self.list.chosen()))

    def _takes(self) -> bool:
        return self._between is not None and self._me == self._between.taker

    def _sum_up(self) -> None:
        between, plan = self._planned()
        self.summary.setText(summary(between, plan, self.list.chosen(), takes=self._takes()))
        self._show(NEXT)
        self.primary.setFocus()

    def _planned(self) -> tuple[Between, Plan]:
        assert self._between is not None, "the first step comes before"
        assert self._plan is not None, "what hangs on somebody has been read"
        return self._between, self._plan

    def _begin(self) -> None:
        """Sign the request, or the proposal; the keyring may ask for its password."""
        items, now, number, takes = self.list.chosen(), this_instant(), uuid4(), self._takes()
        between, _plan = self._planned()

        def work(custodian: Custodian) -> Statement:
            with custodian.registry.reading() as session:
                told = told_items(session, items)
            party, why, until = Actor(custodian, now), between.occasion, between.until
            if takes:
                return protocol.request(party, number, between.giver, told, why, until=until)
            return protocol.propose(party, number, between.taker, told, why, until=until, giver=between.giver)

        self.primary.setEnabled(False)
        self.earlier.setEnabled(False)
        with_keyring(
            self.workspace, work, lambda done: self.show_begun(done.handover, items), failed=self.refuse, owner=self
        )

    def refuse(self, error: RegistryError) -> None:
        """Say why it could not be done; what was entered stays, and one can go back."""
        super().refuse(error)
        self.earlier.setEnabled(True)

    def show_begun(self, handover: UUID, items: Sequence[Item]) -> None:
        """Close, or offer a further handover for what is left."""
        _between, plan = self._planned()
        left = plan.left(items)
        self.made.emit(handover)
        self.earlier.setEnabled(True)
        if not left:
            self.accept()
            return
        self.outcome.setText(begun(plan, left, takes=self._takes()))
        self._show(BEGUN)
        self.primary.setFocus()

    def _begin_again(self) -> None:
        """Ask who takes over the rest; who gives it and why stays."""
        self.taker.show_value(None)
        self._show(WHO)
        self.taker.setFocus()


def begin_handover(workspace: Workspace, window: QWidget, giver: UUID | None = None) -> None:
    """Open the assistant; what was begun is shown on its page once the assistant is closed."""
    dialog, made = NewHandoverDialog(workspace, giver, window), list[UUID]()
    dialog.made.connect(made.append)
    dialog.finished.connect(lambda _result: workspace.go("handovers", made[-1]) if made else None)
    dialog.open()


def _text(name: str) -> QLabel:
    label = named(QLabel(wordWrap=True), name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _column(page: QWidget) -> QVBoxLayout:
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout), "each step is a column"
    return layout
