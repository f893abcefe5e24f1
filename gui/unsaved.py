"""What was typed into a form and not saved is in no file: whoever is about to write one is told so."""

from __future__ import annotations

from core.i18n import _
from gui.dialogs.decision import Decision
from gui.record_form import RecordForm


def tell_of_unsaved(dialog: Decision) -> None:
    """Say in a dialog that writes a file that a form of its window holds something that is not saved."""
    window = dialog.parentWidget()
    if window is not None and any(form.holds_drafts for form in window.findChildren(RecordForm)):
        told = _("You have typed something into a form and not saved it; the file will not show it.")
        dialog.messages.show_message(told, "warning")
