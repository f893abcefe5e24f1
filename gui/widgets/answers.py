"""The questions after a change of a secret: each with one short explanation, and yes, no, or not there as answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import N_, _
from gui.widgets import muted, named

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "sessions-ended": (
        N_("Are all other sessions ended?"),
        N_("Whoever is still signed in stays so with the old secret. Most platforms offer “Sign out everywhere”."),
    ),
    "second-factor": (
        N_("Is the second factor set up anew?"),
        N_("Otherwise the telephone or app of {giver} still confirms sign-ins."),
    ),
    "recovery": (
        N_("Do recovery address and telephone belong to the office?"),
        N_("Through them the platform lets somebody set the secret anew."),
    ),
    "roles-removed": (
        N_("Are the roles of {giver} removed?"),
        N_("A role lets somebody in without the secret."),
    ),
    "tokens-removed": (
        N_("Are connected apps and tokens removed?"),
        N_("They get in without the secret; changing it does not end them."),
    ),
}
"""By the protocol's name of a question: the question, and why it is asked."""

ANSWERS = {"yes": N_("Yes"), "no": N_("No"), "not-there": N_("Not there")}


class Answers(QWidget):
    """Questions below one another, each with its three answers; none is given at first.

    Signals:
        changed: An answer was given.
    """

    changed = Signal()

    def __init__(
        self,
        questions: Iterable[str],
        giver: str,
        parent: QWidget | None = None,
        *,
        name: str = "answer",
        can_follow: bool = True,
    ) -> None:
        """Make the questions.

        Args:
            questions: Which of `QUESTIONS`.
            giver: Who hands over.
            parent: Where they stand.
            name: The buttons are called by it, the question and the answer.
            can_follow: Whether a question without an answer is marked as one that can be answered later.
        """
        super().__init__(parent)
        self.groups: dict[str, QButtonGroup] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, key in enumerate(questions):
            question, why = (_(text).format(giver=giver) for text in QUESTIONS[key])
            asked = QLabel(question, wordWrap=True)
            grid.addWidget(_asked(asked, why), row, 0)
            grid.addWidget(self._buttons(f"{name}-{key}", key, question), row, 1, Qt.AlignmentFlag.AlignTop)
            if can_follow:
                self._mark(asked, key)

    def values(self) -> dict[str, str]:
        """Return the answers that were given."""
        found = {key: group.checkedButton() for key, group in self.groups.items()}
        return {key: button.objectName().removeprefix(f"{key}=") for key, button in found.items() if button}

    def show_values(self, values: Mapping[str, str]) -> None:
        """Give answers again that were given before; what is no answer any more is left out."""
        for key, group in self.groups.items():
            for button in group.buttons():
                if button.objectName() == f"{key}={values.get(key)}":
                    button.setChecked(True)

    def answer_all(self, answer: str) -> None:
        """Give the same answer to all questions; each can be changed afterwards."""
        self.show_values(dict.fromkeys(self.groups, answer))

    def clear(self) -> None:
        """Take all answers back."""
        for group in self.groups.values():
            group.setExclusive(False)
            for button in group.buttons():
                button.setChecked(False)
            group.setExclusive(True)

    def _mark(self, asked: QLabel, key: str) -> None:
        """Say on a question, as long as nobody answered it, that it holds nothing up."""
        question = asked.text()

        def follow() -> None:
            is_answered = self.groups[key].checkedButton() is not None
            asked.setText(question if is_answered else _("{question} (can follow later)").format(question=question))

        for button in self.groups[key].buttons():
            button.toggled.connect(follow)
        follow()

    def _buttons(self, name: str, key: str, question: str) -> QWidget:
        place, group = named(QWidget(), name), QButtonGroup(self)
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for answer, text in ANSWERS.items():
            button = named(QPushButton(_(text)), f"{key}={answer}", chip=True)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(_("{question} {answer}").format(question=question, answer=_(text)))
            button.toggled.connect(lambda _on: self.changed.emit())
            group.addButton(button)
            line.addWidget(button)
        self.groups[key] = group
        return place


def _asked(asked: QLabel, why: str) -> QWidget:
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    asked.setTextFormat(Qt.TextFormat.PlainText)
    column.addWidget(asked)
    column.addWidget(muted(why))
    return place
