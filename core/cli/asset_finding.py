"""Which asset, version or channel a text on the command line means."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _
from core.inventory.recognising import recognise
from core.model import Asset, AssetVersion, Channel
from core.storage.sorting import folded


def found(session: Session, text: str, *, kit: bool) -> Asset | AssetVersion | Channel:
    """Return what an id, a title or the address of a channel names.

    Args:
        session: A session that reads.
        text: What the user gave.
        kit: Whether an archive is wanted: else a title means an asset rather than a channel that bears it, too.

    Raises:
        BadInputError: Nothing, or several.
    """
    try:
        known = UUID(text.strip())
    except ValueError:
        return _called(session, text, kit=kit)
    for record in (Asset, AssetVersion, Channel):
        meant = session.get(record, known)
        if isinstance(meant, (Asset, AssetVersion, Channel)):
            return meant
    raise BadInputError(_("There is neither an asset nor a channel “{id}”.").format(id=text))


def asset_called(session: Session, text: str) -> Asset:
    """Return the asset that an id or a title means.

    Raises:
        BadInputError: It means none, or several.
    """
    meant = found(session, text, kit=False)
    if not isinstance(meant, Asset):
        raise BadInputError(_("There is no asset “{id}”.").format(id=text))
    return meant


def _called(session: Session, text: str, *, kit: bool) -> Asset | Channel:
    assets, channels = _assets_called(session, text), _channels_called(session, text)
    found: list[Asset | Channel] = [*assets, *(channels if kit or not assets else ())]
    if not found:
        raise BadInputError(_("There is neither an asset nor a channel “{id}”.").format(id=text))
    if len(found) > 1 and len(found) == len(assets):
        raise BadInputError(_("Several assets are called “{id}”. Please give the id.").format(id=text))
    if len(found) > 1:
        several = _("“{id}” means several channels or assets. Please give the address of a channel, or the id.")
        raise BadInputError(several.format(id=text))
    return found[0]


def _assets_called(session: Session, title: str) -> list[Asset]:
    wanted = _compared(title)
    return [one for one in session.scalars(select(Asset)) if _compared(one.title) == wanted]


def _channels_called(session: Session, text: str) -> list[Channel]:
    """Return the channel of an address, or those that bear a title."""
    key = recognise(text).key
    at_address = select(Channel).where(Channel.account_key == key)
    if key and (found := session.scalars(at_address).first()) is not None:
        return [found]
    wanted, titles = _compared(text), session.execute(select(Channel.id, Channel.title))
    return [session.get_one(Channel, id_) for id_, title in titles.all() if _compared(title) == wanted]


def _compared(text: str) -> str:
    """Return the form in which titles meet; the database knows only the capitals of ASCII."""
    return folded(" ".join(text.split()))
