"""What hangs on somebody, thing by thing: ways to choose and the reason of each."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QLabel

from core.custody.handover.proposing import Suggestion
from core.model import ItemKind, Way
from gui.widgets.suggestion_list import SuggestionList


def test_the_reason_follows_the_way_that_is_chosen(qtbot):
    told = ((Way.RESET, "Because of the reset."),)
    one = Suggestion(
        ItemKind.CREDENTIAL,
        uuid4(),
        "Instagram",
        Way.SEALED,
        "Because.",
        (Way.SEALED, Way.RESET),
        1,
        told,
        "Or a role.",
    )
    shown = SuggestionList()
    qtbot.addWidget(shown)
    shown.show_suggestions([one])
    [tick], [ways] = shown.ticks, shown.ways
    assert tick.accessibleDescription() == "Because. Or a role."
    ways.setCurrentIndex(1)
    assert tick.accessibleDescription() == ways.toolTip() == "Because of the reset. Or a role."
    assert "Because of the reset. Or a role." in [label.text() for label in shown.findChildren(QLabel)]
    assert shown.chosen()[0].way is Way.RESET
