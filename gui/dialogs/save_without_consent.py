"""A copy of a portrait whose person does not agree to be shown: what is wrong with it is said before it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget

from core.i18n import _
from gui.dialogs.decision import Decision
from gui.widgets import named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace


class SaveWithoutConsentDialog(Decision):
    """A copy may still be wanted, to ask the person with it; it must not be put anywhere."""

    help_topic = "assets#consent"

    def __init__(
        self, workspace: Workspace, gap: str, save: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            gap: Which consent is lacking.
            save: Asks where the copy is to lie, and writes it.
            parent: The window.
        """
        super().__init__(workspace, _("Save a copy without consent?"), _("Save all the same..."), parent)
        self._save = save
        self.gap = SeverityLabel("severe", gap, sentences=True)
        self.body.addWidget(named(self.gap, "gap"))
        told = QLabel(_("Do not show this portrait anywhere before the person has agreed."), wordWrap=True)
        self.body.addWidget(told)
        self.primary.setDefault(False)
        self.primary.setAutoDefault(False)  # Nobody saves it by Enter in passing.
        self.back.setFocus()

    def decide(self) -> None:
        """Ask where the copy is to lie."""
        self.accept()
        self._save()
