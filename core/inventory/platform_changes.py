"""A registry's own changes of the platforms: made, taken back, and put in force; one setting of the registry each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _
from core.inventory import platforms as catalogues
from core.inventory.channels import address_facts
from core.inventory.platform_facts import (
    OF_BUILT_IN,
    PlatformFacts,
    base_of,
    entry_of,
    read_stored,
    stored_form,
)
from core.inventory.platform_texts import usable
from core.inventory.platforms import WEBSITE, Catalogue, built_in, platforms
from core.inventory.recognising import recognise
from core.model import Channel, RegistrySetting

PREFIX = "platform."


@dataclass(frozen=True, slots=True)
class ListedPlatform:
    """A platform as the settings show it.

    Attributes:
        key: Its key in the catalogue.
        facts: What holds of it in this registry.
        own: Whether the registry added it.
        changed: Whether the registry says something else than the program.
        channels: How many channels are on it.
    """

    key: str
    facts: PlatformFacts
    own: bool
    changed: bool
    channels: int


def listed_platforms(session: Session) -> list[ListedPlatform]:
    """Return all platforms of a registry, by name."""
    stored, counted = _stored(session), _counted(session)
    keys = [key for key in (*built_in().platforms, *stored) if key != WEBSITE]
    listed = [
        ListedPlatform(key, _facts(key, stored), key not in built_in().platforms, key in stored, counted.get(key, 0))
        for key in dict.fromkeys(keys)
    ]
    return sorted(listed, key=lambda one: one.facts.name.casefold())


def add_platform(session: Session, facts: PlatformFacts) -> tuple[str, int]:
    """Add a platform; call inside an action.

    Returns:
        Its key, and how many channels that were kept as web addresses are on it.

    Raises:
        BadInputError: Something of it cannot be used, with a sentence that says what.
    """
    told = usable("", facts)
    key = _free_key(told.name, {*platforms(), *_stored(session)})
    _store(session, key, told)
    return key, _read_addresses_again(session, key, told.hosts)


def change_platform(session: Session, key: str, facts: PlatformFacts) -> int:
    """Change what the registry says of a platform; call inside an action.

    Returns:
        How many channels are read differently now.

    Raises:
        BadInputError: There is no such platform, or something cannot be used.
    """
    before = _facts(key, _stored(session))
    if not before.name:
        raise BadInputError(_("There is no such platform any more."))
    own = key not in built_in().platforms
    told = usable(key, facts if own else replace(before, **{name: getattr(facts, name) for name in OF_BUILT_IN}))
    _store(session, key, told)
    return _read_addresses_again(session, key, {*before.hosts, *told.hosts}) if own else 0


def reset_platform(session: Session, key: str) -> int:
    """Let hold again what the program says of a platform, or remove an own one; call inside an action.

    Returns:
        How many channels of an own platform are kept as web addresses now.
    """
    before = _facts(key, _stored(session))
    _forget(session, key)
    return _read_addresses_again(session, key, before.hosts) if key not in built_in().platforms else 0


def follow_platforms(session: Session) -> frozenset[str]:
    """Put in force what a registry says of the platforms.

    Returns:
        The keys of those that are called differently from before.
    """
    stored = _stored(session)
    before, after = platforms(), _catalogue(session, stored)
    catalogues.use_catalogue(after)
    names = {key: one.name for key, one in platforms().items()}
    return frozenset(
        key for key in {*before, *names} if names.get(key) != (before[key].name if key in before else None)
    )


def _stored(session: Session) -> dict[str, Any]:
    """Return what is stored, by the platform's key."""
    query = select(RegistrySetting.key, RegistrySetting.value).where(RegistrySetting.key.startswith(PREFIX))
    rows = session.connection().execute(query.order_by(RegistrySetting.key)).all()
    return {key.removeprefix(PREFIX): (value or {}).get("value") for key, value in rows}


def _facts(key: str, stored: Mapping[str, Any]) -> PlatformFacts:
    return read_stored(key, stored[key]) if key in stored else base_of(key)


def _catalogue(session: Session, stored: Mapping[str, Any] | None = None) -> Catalogue | None:
    """Return the registry's catalogue, None where it says nothing of its own."""
    told = _stored(session) if stored is None else stored
    return _made(tuple((key, read_stored(key, told[key])) for key in told)) if told else None


@lru_cache(maxsize=8)
def _made(told: tuple[tuple[str, PlatformFacts], ...]) -> Catalogue:
    """Make a catalogue; kept, so that what hangs on it is made once."""
    entries = {key: entry for key, facts in told if (entry := entry_of(key, facts)) is not None}
    return catalogues.changed_by(entries)


def _store(session: Session, key: str, facts: PlatformFacts) -> None:
    told = stored_form(key, facts)
    if not told:
        _forget(session, key)
        return
    known = session.scalar(select(RegistrySetting).where(RegistrySetting.key == PREFIX + key))
    if known is None:
        session.add(RegistrySetting(key=PREFIX + key, value={"value": told}))
    else:
        known.value = {"value": told}
    session.flush()


def _forget(session: Session, key: str) -> None:
    known = session.scalar(select(RegistrySetting).where(RegistrySetting.key == PREFIX + key))
    if known is not None:
        session.delete(known)
        session.flush()


def _free_key(name: str, taken: Iterable[str]) -> str:
    """Return a key made of the name: its letters and digits, and a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30] or "platform"
    known, number = set(taken), 1
    while (found := key if number == 1 else f"{key}-{number}") in known:
        number += 1
    return found


def _counted(session: Session) -> dict[str, int]:
    rows = session.execute(select(Channel.platform, func.count()).group_by(Channel.platform)).all()
    return {key: number for key, number in rows}  # noqa: C416 - dict() of rows is no typed mapping


def _read_addresses_again(session: Session, key: str, hosts: Iterable[str]) -> int:
    """Read the addresses of a platform's channels, and of web addresses on its hosts, by what holds now."""
    at_hosts = [Channel.url.contains(host, autoescape=True) for host in hosts]
    meant = or_(Channel.platform == key, (Channel.platform == WEBSITE) & or_(false(), *at_hosts))
    with _in_force(_catalogue(session)):
        changed = [_read_address_again(channel) for channel in session.scalars(select(Channel).where(meant)).all()]
    return sum(changed)


def _read_address_again(channel: Channel) -> bool:
    """Write into a channel what its address says now; return whether that is something else."""
    named = channel.platform if channel.platform in platforms() and channel.platform != WEBSITE else None
    typed = channel.url_as_entered
    found = recognise(typed, named)
    if found.platform is None and channel.url:
        found = recognise(channel.url, named)
    facts = address_facts(found, named)
    if facts["platform"] is None:
        facts |= {"platform": WEBSITE, "url": channel.url, "account_key": channel.account_key}
    facts["url_as_entered"] = typed
    told = {name: value for name, value in facts.items() if getattr(channel, name) != value}
    for name, value in told.items():
        setattr(channel, name, value)
    return bool(told)


@contextmanager
def _in_force(catalogue: Catalogue | None) -> Iterator[None]:
    """Let a catalogue hold for a moment; it holds for good once the action is written."""
    before = catalogues.in_force()
    catalogues.use_catalogue(catalogue)
    try:
        yield
    finally:
        catalogues.use_catalogue(before)
