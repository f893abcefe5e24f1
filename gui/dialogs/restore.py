"""Going back to a backup: what that means, and the step itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.tasks import Lane
from gui.widgets import muted
from gui.workspace import Workspace


class RestoreDialog(Decision):
    """Says what becomes of the present state before anything happens."""

    help_topic = "backup#restore"

    def __init__(self, workspace: Workspace, backup: Path, at: str, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry.
            backup: The file to go back to.
            at: When it was made, as the reader expects it; empty where only the file is known.
            parent: The window.
        """
        question = _("Go back to the backup of {instant}?").format(instant=at) if at else _("Go back to this backup?")
        super().__init__(workspace, question, _("Restore"), parent)
        self.setObjectName("restore-dialog")
        self._backup = backup
        self._path = workspace.registry.path
        for sentence in (
            _("File: {path}").format(path=backup),
            _("The registry will be as it was then. What was entered since is no longer shown, to nobody."),
            _("It is not lost: the present state is backed up first, and you can go back to it in the same way."),
            _("The log says that a backup was restored. This cannot be undone with Ctrl+Z."),
        ):
            self.body.addWidget(muted(sentence))

    def decide(self) -> None:
        """Close the registry, put the backup in its place, and open it again."""
        self.primary.setEnabled(False)
        workspace, path, backup = self.workspace, self._path, self._backup

        def restore() -> tuple[Path | None, str]:
            from core.restoring import lacking_in, restore_registry, told_of_library

            return restore_registry(backup, path), told_of_library(lacking_in(path))

        def restored(told: tuple[Path | None, str]) -> None:
            kept, warning = told
            done = _("The backup was restored. The state before it is kept: “{path}”.") if kept else ""
            done = done.format(path=kept) or _("The backup was restored.")

            def tell() -> None:
                if warning:
                    workspace.warned.emit(f"{done} {warning}")
                else:
                    workspace.say(done)

            workspace.open(path, then=tell)  # Whatever is said before is wiped away by the opening.

        def failed(error: RegistryError) -> None:
            workspace.open(path, then=lambda: workspace.fail(error))

        workspace.close()
        workspace.tasks.run(Lane.DATABASE, lambda _job: restore(), restored, failed=failed)
        self.accept()
