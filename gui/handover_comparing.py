"""Comparing words for a handover: with a shared folder, the own card lies there for the other one at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.custody.identity.cards import Card
from core.custody.identity.enrolling import enrol
from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.verify_card import VerifyCardDialog
from gui.handover_files import card_file
from gui.handover_folder import chosen_folder, lay_down
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.workspace import Workspace


def compare_first(name: str) -> str:
    """Say to whoever may never have seen a key card what comes before anything of it counts."""
    return _(
        "Before you go on, call {name} and compare six words: that shows that the key card is really from {name}."
    ).format(name=name)


def compare_words(workspace: Workspace, card: Card, parent: QWidget | None) -> VerifyCardDialog:
    """Open the dialog in which a card is verified; whoever owns it needs the card of this person for that."""
    dialog = VerifyCardDialog(workspace, card, parent)
    dialog.open()
    if (folder := chosen_folder()) is not None:
        now = this_instant()
        with_keyring(
            workspace,
            lambda custodian: enrol(custodian, now),
            lambda own: _lay_down(dialog, own, card, folder),
            failed=lambda _error: None,  # The dialog asks for the same, and says why not.
            owner=dialog,
        )
    return dialog


def _lay_down(dialog: VerifyCardDialog, own: Card, card: Card, folder: Path) -> None:
    told = _("Your card lies in the shared folder; {name} finds it there.").format(name=card.name)

    def failed(error: RegistryError) -> None:
        dialog.messages.show_message(error.sentence, "warning")

    dialog.workspace.read_long(
        lambda _registry, _job: lay_down(folder, [card_file(own, card.person)]),
        lambda _none: dialog.messages.show_message(told, "notice"),
        failed=failed,
        owner=dialog,
    )
