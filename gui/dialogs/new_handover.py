"""A new handover in three steps: between whom and why, what and in which way, and what happens next.

Nothing is kept before the last step, so that it can be left at any time. Single things can go to somebody else: each
successor gets a handover of their own. What is left over then is offered for a further one.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.custody.custodian import Custodian
from core.custody.handover.formats.statements import Statement
from core.errors import BadInputError, RegistryError
from core.fields import Day, Field, OneOf
from core.i18n import N_, _
from core.model import Occasion
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.handover_files import HandoverFile, save_files, statement_file
from gui.handover_folder import chosen_folder, lay_down
from gui.handover_plan import Between, Plan, Share, begun, read_plan, said, shares_of, sign_shares, summary
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.widgets.folder_choice import FolderChoice
from gui.widgets.suggestion_list import SuggestionList
from gui.workspace import Workspace

_OCCASION = Field("occasion", N_("Occasion"), OneOf(Occasion), required=True)
_UNTIL = Field("until", N_("Last day of the cover"), Day(), required=True)
WIDE = 840
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
        self._shares: list[Share] = []
        self._is_saved_too = False
        self.step = named(QLabel(indent=0), "form-heading")
        self.giver = named(ReferenceBox(workspace, "person"), "giver")
        self.taker = named(ReferenceBox(workspace, "person"), "taker")
        self.occasion = ChoiceEditor(_OCCASION, [(one, _(one.label)) for one in Occasion])
        self.until = named(LineEditor(_UNTIL), "until")
        self.list = SuggestionList()
        self.summary = _text("summary")
        self.outcome = _text("outcome")
        self.folder = FolderChoice(workspace)
        self.steps = QStackedWidget()
        self._lay_out()
        self.occasion.show_value(Occasion.LEAVING)
        self.giver.show_value(giver or self._me)
        self.taker.show_value(self._me if giver not in {None, self._me} else None)
        self.occasion.edited.connect(self._fit_occasion)
        self.list.changed.connect(self._count)
        self._fit_occasion()
        self._show(WHO)
        (self.giver if self.giver.value() is None else self.taker).setFocus()

    def decide(self) -> None:
        """Go on to the next step, begin the handover, or begin a further one for what is left."""
        match self.steps.currentIndex():
            case 0:
                self._look_up()
            case 1:
                self._sum_up()
            case 2:
                self._begin(saved_too=False)
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
        _column(who).setSpacing(16)
        _column(who).addStretch(1)
        _column(what).addWidget(muted(_("Untick what does not pass, and change the way where another one is better.")))
        _column(what).addWidget(self.list, 1)
        for page, label in ((then, self.summary), (over, self.outcome)):
            _column(page).addWidget(label)
            _column(page).addStretch(1)
        self.body.addWidget(self.steps, 1)
        _column(then).insertSpacing(1, 16)
        _column(then).insertWidget(2, named(QLabel(_("Shared folder for handovers"), indent=0), "form-heading"))
        _column(then).insertWidget(3, self.folder)
        self.folder.changed.connect(lambda: self._show(NEXT))
        self.earlier = named(QPushButton(_("Back")), "back")
        self.earlier.clicked.connect(self.go_back)
        self.saving = named(QPushButton(), "decide-and-save")
        self.saving.clicked.connect(lambda: self._begin(saved_too=True))
        for button in (self.earlier, self.saving):
            button.setAutoDefault(False)
        self.buttons.insertWidget(0, self.earlier)
        self.buttons.insertWidget(self.buttons.indexOf(self.primary), self.saving)

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
        self.saving.setVisible(step == NEXT and chosen_folder() is None)
        self.saving.setText(_("Ask, and save a file...") if self._takes() else _("Propose, and save a file..."))

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
        between = self._between
        people = ((between.taker, plan.taker), *plan.others) if between is not None and plan.others else ()
        self.list.show_suggestions(plan.suggestions, people)
        self._show(WHAT)
        self.list.focus_first()

    def _count(self) -> None:
        if self.steps.currentIndex() == WHAT:
            self.primary.setEnabled(bool(self.list.chosen()))

    def _takes(self) -> bool:
        return [one.taker for one in self._shares] == [self._me]

    def _sum_up(self) -> None:
        between, plan = self._planned()
        self._shares = shares_of(between, plan, self.list.chosen(), self.list.successors(), self._shares)
        self.summary.setText(summary(between, plan, self._shares))
        self._show(NEXT)
        self.primary.setFocus()

    def _planned(self) -> tuple[Between, Plan]:
        assert self._between is not None, "the first step comes before"
        assert self._plan is not None, "what hangs on somebody has been read"
        return self._between, self._plan

    def _begin(self, *, saved_too: bool) -> None:
        """Sign the request, or the proposals; the keyring may ask for its password."""
        now, shares, me = this_instant(), self._shares, self._me
        between, _plan = self._planned()
        self._is_saved_too = saved_too

        def work(custodian: Custodian) -> list[Statement]:
            return sign_shares(custodian, between, shares, me, now)

        for button in (self.primary, self.earlier, self.saving):
            button.setEnabled(False)
        with_keyring(self.workspace, work, self._signed, failed=self.refuse, owner=self)

    def _signed(self, signed: Sequence[Statement]) -> None:
        """Bring it to the other side: into the shared folder, or into a file where somebody wants that."""
        files, folder, handover = [statement_file(one) for one in signed], chosen_folder(), signed[-1].handover

        def failed(error: RegistryError) -> None:
            self.workspace.fail(error)
            self._save(files, handover)

        if folder is not None:
            self.workspace.read_long(
                lambda _registry, _job: lay_down(folder, files),
                lambda _none: self.show_begun(handover, in_folder=True),
                failed=failed,
                owner=self,
            )
        elif self._is_saved_too:
            self._save(files, handover)
        else:
            self.show_begun(handover)

    def _save(self, files: Sequence[HandoverFile], handover: UUID) -> None:
        """Save by hand; whoever does not want to after all finds the files on the page later."""

        def failed(error: RegistryError) -> None:
            self.workspace.fail(error)
            self.show_begun(handover)

        if not save_files(self.workspace, files, self, lambda: self.show_begun(handover), failed):
            self.show_begun(handover)

    def show_begun(self, handover: UUID, *, in_folder: bool = False) -> None:
        """Close, or offer a further handover for what is left."""
        between, plan = self._planned()
        left = plan.left([item for share in self._shares for item in share.items])
        told = said(plan, self._shares, in_folder=in_folder)
        self.made.emit(handover)
        self.earlier.setEnabled(True)
        self.saving.setEnabled(True)
        self._shares = []
        if not left:
            self.workspace.say(" ".join(told))
            self.accept()
            return
        self.outcome.setText(begun(plan, left, told, between.giver))
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
