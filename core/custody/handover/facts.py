"""The facts of things that travel with statements: what another copy of the registry needs to know them; no secrets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.handover.formats.items import LONGEST_FACT, LONGEST_LABEL, Item, Told
from core.custody.identity.canonical import clean_line
from core.errors import ConflictError
from core.i18n import _
from core.inventory.channels import label_of
from core.inventory.credentials import channels_of
from core.model import Access, Channel, Credential, ItemKind, Responsibility, Way

if TYPE_CHECKING:
    from core.custody.handover.listing import ItemRow

T = TypeVar("T")
CHANNELS = "channels"
_LONGEST_CHANNEL = 1_000
_YES_OR_NO = {True: "yes", False: "no", None: None}


@dataclass(frozen=True, slots=True)
class ChannelFact:
    """A channel as a statement tells of it.

    Attributes:
        id: The record's id in the registry that told of it.
        platform: The platform's key.
        handle: The account's name, empty where none is known.
        title: What people call it.
        url: Its address, empty where none is known.
        account_key: What makes two addresses one account.
    """

    id: UUID
    platform: str
    handle: str
    title: str
    url: str
    account_key: str

    @property
    def label(self) -> str:
        """What it is called in sentences."""
        return label_of(self.title, self.platform)


def told(session: Session, kind: ItemKind, item_id: UUID, way: Way) -> Told:
    """Return a thing with its facts, as a request names it.

    Raises:
        ConflictError: It is not there any more.
    """
    match kind:
        case ItemKind.CREDENTIAL:
            credential = _there(session.get(Credential, item_id))
            facts, label = _facts_of_credential(session, credential), credential.label
            return Told(kind, item_id, way, credential.revision, _short(label), facts)
        case ItemKind.ACCESS:
            access = _there(session.get(Access, item_id))
            facts, channel = _facts_of_access(access), _there(session.get(Channel, access.channel_id))
        case ItemKind.RESPONSIBILITY:
            tie = _there(session.get(Responsibility, item_id))
            facts, channel = _facts_of_tie(tie), _there(session.get(Channel, tie.channel_id))
    label = label_of(channel.title, channel.platform)
    return Told(kind, item_id, way, None, _short(label), {**facts, CHANNELS: _line(channel)})


def facts_of(session: Session, items: Iterable[Item | ItemRow]) -> dict[UUID, Mapping[str, str]]:
    """Return the facts of things by their ids; of what is not there any more nothing can be told."""
    found = dict[UUID, Mapping[str, str]]()
    for one in items:
        with suppress(ConflictError):
            found[one.id] = told(session, one.kind, one.id, one.way).facts
    return found


def channels_in(facts: Mapping[str, str]) -> tuple[ChannelFact, ...]:
    """Return the channels of which facts tell; what cannot be read is left out."""
    found = (_channel(line) for line in facts.get(CHANNELS, "").split("\n") if line)
    return tuple(one for one in found if one is not None)


def _there(record: T | None) -> T:
    if record is None:
        raise ConflictError(_("This record was removed in the meantime. Nothing was saved."))
    return record


def _facts_of_credential(session: Session, one: Credential) -> dict[str, str]:
    lines = [_line(channel) for channel in channels_of(session, one.id)]
    facts = {
        "kind": one.kind.value,
        "login-name": one.login_name,
        "address": one.address,
        "kept-in": one.kept_in.value,
        "place": one.place,
        "second-factor": one.second_factor.value if one.second_factor else None,
        "recovery-of-office": _YES_OR_NO[one.recovery_of_office],
    }
    return _present({**facts, CHANNELS: _fitting(lines)})


def _facts_of_access(one: Access) -> dict[str, str]:
    facts = {
        "kind": one.kind.value,
        "role": one.platform_role.value if one.platform_role else None,
        "reason": one.reason,
        "since": _day(one.granted_on),
    }
    return _present({**facts, "person": str(one.person_id) if one.person_id else None})


def _facts_of_tie(one: Responsibility) -> dict[str, str]:
    return _present({"role": one.role.value, "since": _day(one.since), "person": str(one.person_id)})


def _present(facts: Mapping[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in facts.items() if text}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _short(label: str) -> str:
    return clean_line(label)[:LONGEST_LABEL].strip() or "-"


def _line(channel: Channel) -> str:
    """Write a channel as one line of JSON; whoever reads it compares cleaned texts."""
    parts = [channel.platform, channel.handle or "", channel.title, channel.url or "", channel.account_key]
    line = json.dumps([str(channel.id), *(clean_line(part) for part in parts)], ensure_ascii=False)
    return line if len(line) <= _LONGEST_CHANNEL else json.dumps([str(channel.id), channel.platform, "", "", "", ""])


def _fitting(lines: list[str]) -> str:
    """Return as many channels as a fact can hold; the first of them tell what the login is."""
    text = ""
    for line in lines:
        if len(text) + len(line) + 1 > LONGEST_FACT:
            break
        text = f"{text}\n{line}" if text else line
    return text


def _channel(line: str) -> ChannelFact | None:
    try:
        channel_id, *texts = json.loads(line)
        platform, handle, title, url, account_key = (str(text) for text in texts)
        return ChannelFact(UUID(channel_id), platform, handle, title, url, account_key)
    except (ValueError, TypeError, AttributeError):
        return None
