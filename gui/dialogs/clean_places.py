"""Places that show what they should not: were the pictures exchanged or taken down on the platform?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError, ConflictError
from core.i18n import N_, _, ngettext
from core.inventory.assets.places_to_clean import tick_off
from core.inventory.assets.uses import take_down
from core.storage.journal import acting
from gui.dialogs.decision import Decision
from gui.widgets import muted
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


class CleanPlacesDialog(Decision):
    """One place or several, each with a box to tick; what is not ticked stays on the list."""

    help_topic = "assets#clean"

    def __init__(self, workspace: Workspace, places: Iterable[Thing], parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            places: The uses that have to end, with what they are called.
            parent: The window.
        """
        super().__init__(workspace, _("Has it been exchanged?"), _("Tick off"), parent)
        self.places = TickedThings("place", places)
        self.body.addWidget(
            muted(
                _(
                    "Exchange the picture on the platform first, or take it down there. Where a newer version is in "
                    "force, it is noted as shown from today."
                )
            )
        )
        self.body.addWidget(self.places)
        self.places.setFocus()

    def decide(self) -> None:
        """Note that the ticked places are clean."""
        chosen, today = self.places.chosen(), self.workspace.today()
        if not chosen:
            self.refuse(BadInputError(_("Please tick at least one place.")))
            return

        def write(session: Any) -> None:
            for use_id in chosen:
                _clean(session, use_id, today, acting(session))

        said = ngettext("{number} place is ticked off.", "{number} places are ticked off.", len(chosen))
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Clean place of an asset"),
            write,
            lambda _none: self.accept(),
            said=said.format(number=len(chosen)),
            failed=self.refuse,
            owner=self,
        )


def _clean(session: Any, use_id: UUID, today: Any, by: UUID | None) -> None:
    """Tick a place off; what is not on the work list, for its licence has ended, is taken down."""
    try:
        tick_off(session, use_id, today, by)
    except ConflictError:
        take_down(session, use_id, today, by)
