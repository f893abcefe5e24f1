"""What the bar at the bottom says when an action is done: which record it was about, and what has been done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import N_, _

if TYPE_CHECKING:
    from core.inventory.touched import Touched

DONE = {
    "Add channel": N_("added."),
    "Add login": N_("added."),
    "Change login": N_("changed."),
    "Change channels of a login": N_("channels changed."),
    "Note changed secret": N_("change noted."),
    "Retire login": N_("retired."),
    "Add person": N_("added."),
    "Add unit": N_("added."),
    "Approve as existing stock": N_("approved as existing stock."),
    "Approve channel": N_("approved."),
    "Assign deputy": N_("deputy assigned."),
    "Assign editor": N_("editor assigned."),
    "Assign moderator": N_("moderator assigned."),
    "Assign owner": N_("owner assigned."),
    "Change channel": N_("changed."),
    "Change person": N_("changed."),
    "Change state": N_("state changed."),
    "Change tags": N_("tags changed."),
    "Change unit": N_("unit changed."),
    "Close channel": N_("closed."),
    "Confirm channel": N_("confirmed."),
    "Correct address": N_("address corrected."),
    "End responsibility": N_("responsibility ended."),
    "End waiver": N_("waiver ended."),
    "Enter last post": N_("last post entered."),
    "Enter leaving": N_("leaving entered."),
    "Enter reason": N_("reason entered."),
    "Enter successor": N_("successor entered."),
    "Grant access": N_("access entered."),
    "Hand on responsibilities and accesses": N_("responsibilities and accesses handed on."),
    "Mark as dormant": N_("marked as dormant."),
    "Move unit": N_("moved."),
    "Note that they stay": N_("stays."),
    "Unit exists again": N_("exists again."),
    "Unit no longer exists": N_("no longer exists."),
    "Waive finding": N_("finding waived."),
    "Withdraw access": N_("access noted as withdrawn."),
}
"""The ends of the sentences by the labels of the actions; an action that is not here is named by its label."""


def done_sentence(label: str, touched: Touched | None) -> str:
    """Say what was done.

    Args:
        label: Source text of the action's label.
        touched: The one record that it was about, None where there were several or none.
    """
    if touched is None:
        return _(label)
    done = _(DONE[label]) if label in DONE else _("{action}.").format(action=_(label))
    return _("{noun} “{name}”: {done}").format(noun=touched.noun, name=touched.name, done=done)
