"""Making new keys for this computer, with a word on what that costs."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from core.custody.identity.cards import Card
from core.custody.identity.enrolling import enrol
from core.i18n import _
from gui.dialogs.decision import Decision
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.widgets import muted
from gui.workspace import Workspace


class RenewCardDialog(Decision):
    """The older card ends by that, so it asks."""

    help_topic = "key-cards#renew"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Make new keys for this computer?"), _("Make new keys"), parent)
        follows = _(
            "The new card takes the place of the one before. Your colleagues verify it again, and you verify theirs "
            "once more. What was sealed to the old card and is not opened yet can be opened no longer."
        )
        self.body.addWidget(QLabel(follows, wordWrap=True))
        self.body.addWidget(muted(_("Good reasons: your name has changed, or somebody may have copied the keys.")))
        self.back.setFocus()

    def decide(self) -> None:
        """Make them."""
        self.primary.setEnabled(False)
        now = this_instant()
        with_keyring(
            self.workspace,
            lambda custodian: enrol(custodian, now, renew=True),
            self._renewed,
            failed=self.refuse,
            owner=self,
        )

    def _renewed(self, card: Card) -> None:
        self.workspace.say(
            _("“{device}” has new keys. Give the new card to your colleagues.").format(device=card.device)
        )
        self.accept()
