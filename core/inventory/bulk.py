"""Changes to several channels at once; each runs inside one action, so that one undo takes it all back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.i18n import _, show_date
from core.inventory.channels import close
from core.model import Channel, ChannelState
from core.storage.touching import chunks


def several(session: Session, ids: Sequence[UUID]) -> Iterator[Channel]:
    """Give the channels that are to be changed; call inside an action.

    Raises:
        ConflictError: One of them was removed since it was shown.
    """
    for some in chunks(ids):
        found = session.scalars(select(Channel).where(Channel.id.in_(some))).all()
        if len(found) < len(set(some)):
            raise ConflictError(_("A selected channel was removed in the meantime. Nothing was saved."))
        yield from found


def set_state(session: Session, ids: Sequence[UUID], state: ChannelState, today: date) -> None:
    """Give channels another state; one that closes gets today as its last day, one that is open again loses its end."""
    for channel in several(session, ids):
        if channel.state is state:
            continue
        if state is ChannelState.CLOSED:
            close(channel, on=today)
            continue
        if channel.state is ChannelState.CLOSED:
            channel.closed_on = channel.closing_reason = channel.successor_id = None
        channel.state = state


def set_unit(session: Session, ids: Sequence[UUID], unit_id: UUID | None) -> None:
    """Let channels belong to a unit, or to none."""
    for channel in several(session, ids):
        channel.unit_id = unit_id


def change_tags(session: Session, ids: Sequence[UUID], add: Collection[str], remove: Collection[str]) -> None:
    """Add tags to channels and take others away; capitals make no other tag, what a channel has else stays."""
    unwanted = {tag.casefold() for tag in remove}
    for channel in several(session, ids):
        kept = [tag for tag in channel.tags if tag.casefold() not in unwanted]
        known = {tag.casefold() for tag in kept}
        channel.tags = (*kept, *(tag for tag in add if tag.casefold() not in known))


def approve_as_existing(session: Session, ids: Sequence[UUID], today: date) -> None:
    """Approve channels that were there before anybody asked for approval; what has been approved stays as it was."""
    for channel in several(session, ids):
        if channel.approved_on is None:
            channel.approved_on = today
            channel.approved_under = channel.approved_under or _("Existing stock")


def approve(session: Session, ids: Sequence[UUID], on: date, under: str | None, *, today: date) -> None:
    """Note the decision by which channels were approved; call inside an action.

    Raises:
        BadInputError: The day has not come yet.
    """
    if on > today:
        raise BadInputError(_("{day} has not come yet.").format(day=show_date(on)))
    for channel in several(session, ids):
        channel.approved_on, channel.approved_under = on, (under or "").strip() or None
