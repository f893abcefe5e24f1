"""Confirming that channels' records are right, as the person at this workstation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.i18n import N_
from core.inventory.confirmations import confirm
from core.storage.journal import acting
from gui.workspace import Workspace


def confirm_channels(workspace: Workspace, ids: Sequence[UUID]) -> None:
    """Confirm some channels as one action."""
    today = workspace.today()

    def write(session: Any) -> None:
        for one in ids:
            confirm(session, one, person_id=acting(session), on=today)

    if ids:
        workspace.act(N_("Confirm channel"), write)
