"""Places that show what they should not: were the pictures exchanged or taken down on the platform?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError, ConflictError, RegistryError
from core.i18n import N_, _, ngettext
from core.inventory.assets.places_to_clean import clean, still_to_clean
from core.registry import Registry
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
        super().__init__(workspace, _("Has it been replaced?"), _("Tick off"), parent)
        self._things = list(places)
        self.places = TickedThings("place", self._things)
        self.body.addWidget(
            muted(
                _(
                    "Replace the picture on the platform first, or take it down there. Where a newer version is in "
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
                clean(session, use_id, today, acting(session))

        said = ngettext("{number} place is ticked off.", "{number} places are ticked off.", len(chosen))
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Clean place of an asset"),
            write,
            lambda _none: self.accept(),
            said=said.format(number=len(chosen)),
            failed=self._refuse_places,
            owner=self,
        )

    def _refuse_places(self, error: RegistryError) -> None:
        """Say why nothing was saved; where somebody was faster, look which places still have to be cleaned."""
        self.refuse(error)
        if not isinstance(error, ConflictError):
            return
        listed, today = [one.id for one in self._things], self.workspace.today()

        def read(registry: Registry) -> set[UUID]:
            with registry.reading() as session:
                return still_to_clean(session, listed, today)

        self.primary.setEnabled(False)
        self.workspace.read(read, self._keep, owner=self)

    def _keep(self, still: set[UUID]) -> None:
        """Leave on the list what still has to be cleaned, ticked as it was, and name what went."""
        gone = [one.text for one in self._things if one.id not in still]
        chosen = set(self.places.chosen())
        self._things = [replace(one, ticked=one.id in chosen) for one in self._things if one.id in still]
        self.primary.setEnabled(bool(self._things))
        if gone:
            self._show_left()
            told = _("In order or cleaned by now, and off this list: {places}. Nothing was saved.")
            self.messages.show_message(told.format(places="; ".join(gone)), "warning")

    def _show_left(self) -> None:
        before, self.places = self.places, TickedThings("place", self._things)
        self.body.replaceWidget(before, self.places)
        before.hide()
        before.deleteLater()
        if self._things:
            self.places.setFocus()
        else:
            self.back.setText(_("Close"))
            self.back.setFocus()
