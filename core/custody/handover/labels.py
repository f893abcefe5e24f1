"""What the log calls each step of a handover."""

from __future__ import annotations

from core.i18n import N_
from core.model import Act

LABELS = {
    Act.PROPOSAL: N_("Propose a handover"),
    Act.REQUEST: N_("Ask for a handover"),
    Act.SEALING: N_("Seal a handover"),
    Act.RECEIPT: N_("Open a handover"),
    Act.CONFIRMATION: N_("Confirm a handover"),
    Act.RELEASE: N_("Release a handover"),
    Act.RETURN: N_("Give a copy back"),
    Act.REFUSAL: N_("Refuse a handover"),
    Act.WITHDRAWAL: N_("Withdraw a handover"),
    Act.CLOSING: N_("Close a handover as head of press"),
    Act.SUPERSESSION: N_("Supersede a handover"),
}
"""What the log calls each step."""
