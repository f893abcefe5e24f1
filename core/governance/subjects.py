"""What findings and waivers speak of, and what it is called: a channel, a login, a handover, the whole registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.i18n import _
from core.inventory.channels import label_of
from core.model import Channel, Credential
from core.settings import read_settings

SUBJECT_COLUMNS: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...] = (
    Channel.title,
    Channel.platform,
    Credential.label,
)
"""What `subject_label` needs to know; null in each table in which the subject is not."""


def joined(query: Select[Any], subject_id: InstrumentedAttribute[Any]) -> Select[Any]:
    """Return a query joined to the records that findings or waivers speak of."""
    with_channels = query.outerjoin(Channel, Channel.id == subject_id)
    return with_channels.outerjoin(Credential, Credential.id == subject_id)


def subject_label(subject_type: str, told: Sequence[Any], city: str) -> str:
    """Return what a subject is called.

    Args:
        subject_type: "channel", "credential", "store", "handover", "key_card", or "registry" for the whole of it.
        told: The values of SUBJECT_COLUMNS.
        city: What the registry as a whole is called.
    """
    title, platform, label = told
    if title is not None:
        return label_of(title, platform)
    if label is not None:
        return str(label)
    match subject_type:
        case "store":
            return store_label()
        case "handover":
            return handover_label()
        case "key_card":
            return card_label()
        case _:
            return city


def store_label() -> str:
    """Return what a keyring is called; whose it is, the finding's sentence says, to those who may know."""
    return _("Keyring")


def handover_label() -> str:
    """Return what a handover is called; whose it is, the finding's sentence says, to those who may know."""
    return _("Handover")


def card_label() -> str:
    """Return what a key card is called; whose it is, the finding's sentence says, to those who may know."""
    return _("Key card")


def registry_label(session: Session) -> str:
    """Return what the registry as a whole is called."""
    return str(read_settings(session)["city.name"]) or _("Registry")
