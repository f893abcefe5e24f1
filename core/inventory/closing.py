"""How a channel came to its end, as far as the registry can tell before anybody says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core.i18n import _, show_date
from core.inventory.platforms import platforms
from core.model import Channel


@dataclass(frozen=True, slots=True)
class Closing:
    """The last day of a channel and the reason for its end."""

    on: date
    reason: str


def proposed_closing(session: Session, channel_id: UUID, today: date) -> Closing | None:
    """Return when and why a channel has ended because its platform has, None where the platform goes on.

    Where nobody knows the platform's last day, it is today's.
    """
    channel = session.get(Channel, channel_id)
    platform = platforms().get(channel.platform) if channel is not None else None
    if platform is None or platform.life not in {"ending", "ended"}:
        return None
    if platform.ends_on is None:
        told = _("{platform} has been shut down.").format(platform=platform.name)
        return Closing(today, told) if platform.life == "ended" else None
    if platform.ends_on > today:
        return None
    told = _("{platform} was shut down on {day}.").format(platform=platform.name, day=show_date(platform.ends_on))
    return Closing(platform.ends_on, told)
