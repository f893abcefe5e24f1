"""What the escrow is said to be like, in sentences."""

from __future__ import annotations

from core.custody.escrow.status import EscrowStatus, HolderRow, HolderState, SealState
from core.i18n import _, ngettext, show_date


def state_sentence(status: EscrowStatus) -> tuple[str, str]:
    """Return how serious it is with the escrow, and the sentence that says it."""
    total = len(status.secrets)
    if not status.holders:
        return "warning", _("There is no escrow yet: nothing is sealed.")
    if not total:
        return "notice", _("No secret is kept yet that could be sealed.")
    wrong = [one for one in (_stale(status), _missing(status), _damaged(status)) if one]
    if wrong:
        return "warning", " ".join(wrong)
    told = ngettext(
        "{count} secret is sealed as it should be.", "All {count} secrets are sealed as they should be.", total
    )
    return "good", told.format(count=total)


def _stale(status: EscrowStatus) -> str:
    count = status.count(SealState.STALE)
    told = ngettext("{count} envelope is stale.", "The envelopes of {count} secrets are stale.", count)
    return told.format(count=count) if count else ""


def _missing(status: EscrowStatus) -> str:
    count = status.count(SealState.MISSING)
    told = ngettext("{count} secret is not sealed.", "{count} secrets are not sealed.", count)
    return told.format(count=count) if count else ""


def _damaged(status: EscrowStatus) -> str:
    if not status.damaged:
        return ""
    return _("Files are gone or altered: {labels}.").format(labels="; ".join(status.damaged))


def holder_sentence(one: HolderRow) -> str:
    """Say since when somebody holds the escrow, and what is wrong with that."""
    day = show_date(one.since)
    match one.state:
        case HolderState.LEFT:
            return _("since {day}, has left: please remove").format(day=day)
        case HolderState.REVOKED:
            return _("since {day}, key card revoked: name again with the new card").format(day=day)
        case _ if one.place:
            return _("since {day}, {place}").format(day=day, place=one.place)
        case _:
            return _("since {day}").format(day=day)


def drill_sentence(status: EscrowStatus) -> str:
    """Say when it was tried last whether the envelopes open, and how that went."""
    if status.drill is None:
        return _("Nobody has tried yet whether the envelopes open. A drill shows and keeps nothing.")
    day, opened, failed = show_date(status.drill.on), status.drill.opened, status.drill.failed
    if failed:
        return _("Tried last on {day}: {opened} opened, {failed} did not.").format(
            day=day, opened=opened, failed=failed
        )
    told = ngettext(
        "Tried last on {day}: {opened} envelope, it opened.",
        "Tried last on {day}: {opened} envelopes, all opened.",
        opened,
    )
    return told.format(day=day, opened=opened)
