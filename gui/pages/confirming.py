"""Confirming that channels' records are right, as the person at this workstation."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.i18n import N_
from core.inventory.confirmations import confirm
from gui.workspace import Workspace


def confirm_channels(workspace: Workspace, ids: Sequence[UUID]) -> None:
    """Confirm some channels as one action."""
    registry, today = workspace.registry, workspace.today()
    if ids:
        workspace.act(
            N_("Confirm channel"),
            lambda session: [confirm(session, one, person_id=registry.me(), on=today) for one in ids] and None,
        )
