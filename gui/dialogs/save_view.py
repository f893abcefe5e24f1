"""Under which name a view of a list is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QLineEdit, QWidget

from core.i18n import _
from gui.dialogs.decision import Decision
from gui.widgets import muted, named
from gui.workspace import Workspace

LONGEST = 40


class SaveViewDialog(Decision):
    """A name; one that is taken already means that its view is replaced."""

    help_topic = "channels#views"

    def __init__(
        self, workspace: Workspace, taken: Collection[str], save: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            taken: The names of the views that are there.
            save: Gets the name.
            parent: The window.
        """
        super().__init__(workspace, _("What is this view called?"), _("Save view"), parent)
        self._taken, self._save = frozenset(taken), save
        self.name = named(QLineEdit(), "view-name")
        self.name.setMaxLength(LONGEST)
        self.ask(
            _("&Name"),
            self.name,
            _("Search, filter, order and columns are kept at this workstation, for you alone."),
        )
        self._replacing = muted("")
        self.body.addWidget(self._replacing)
        self.name.textChanged.connect(self._show_whether_usable)
        self._show_whether_usable()
        self.name.setFocus()

    def decide(self) -> None:
        """Keep the view."""
        name = " ".join(self.name.text().split())
        if name:
            self._save(name)
            self.accept()

    def _show_whether_usable(self) -> None:
        name = " ".join(self.name.text().split())
        self.primary.setEnabled(bool(name))
        self._replacing.setText(_("The view “{name}” is replaced.").format(name=name) if name in self._taken else "")
