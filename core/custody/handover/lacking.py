"""What a registry lacks of the things of which a statement tells, and in what it differs: shown first, then added.

Nothing that both know is ever changed here; where they differ, people decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.handover.facts import ChannelFact, channels_in, told
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement
from core.custody.identity.canonical import clean_line
from core.custody.identity.cards import LONGEST_NAME, Card
from core.i18n import N_, _
from core.inventory.names import read_people
from core.inventory.people import person_of
from core.model import (
    Access,
    AccessKind,
    Act,
    Channel,
    Credential,
    CredentialChannel,
    CredentialKind,
    ItemKind,
    KeptIn,
    Person,
    PlatformRole,
    Responsibility,
    ResponsibilityRole,
    SecondFactor,
)

_RECORDS: Mapping[ItemKind, type[Credential | Access | Responsibility]] = {
    ItemKind.CREDENTIAL: Credential,
    ItemKind.ACCESS: Access,
    ItemKind.RESPONSIBILITY: Responsibility,
}
_WHAT = {
    "label": N_("Label"),
    "revision": N_("Revision"),
    "kind": N_("Kind"),
    "login-name": N_("Login name"),
    "address": N_("Sign-in page"),
    "kept-in": N_("Kept in"),
    "second-factor": N_("Second factor"),
    "role": N_("Role"),
    "channels": N_("Channels"),
    "name": N_("Name"),
}
"""What can differ so that people should know of it, and how it is called."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A record that a statement tells of and this registry does not have.

    Attributes:
        table: "person", "channel", or what sort of thing it is.
        id: The id that it has, and is to have here.
        label: What it is called.
    """

    table: str
    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a statement tells otherwise than this registry.

    Attributes:
        id: Of which record.
        label: What the record is called here.
        what: What differs, in the user's language.
        here: What this registry says.
        there: What the statement says.
    """

    id: UUID
    label: str
    what: str
    here: str
    there: str


def lacking(session: Session, statement: Statement) -> tuple[Lacking, ...]:
    """Return what the registry does not have of all that a statement tells of: people, channels, things."""
    people = (
        Lacking("person", card.person, card.name)
        for card in _cards(statement)
        if session.get(Person, card.person) is None
    )
    channels = (Lacking("channel", one.id, one.label) for one in _channels(statement) if _known(session, one) is None)
    things = (
        Lacking(item.kind.value, item.id, item.label)
        for item in statement.items
        if item.facts and session.get(_RECORDS[item.kind], item.id) is None
    )
    return tuple(dict.fromkeys((*people, *channels, *things)))


def add_lacking(session: Session, statement: Statement, today: date) -> int:
    """Add what `lacking` names, and return how much that was; call inside an action.

    A channel that is here under another id stays the one channel; what is added is tied to it.
    """
    missing = {one.id for one in lacking(session, statement)}
    for card in _cards(statement):
        if card.person in missing and session.get(Person, card.person) is None:
            session.add(_person(card))
    for one in _channels(statement):
        if one.id in missing and _known(session, one) is None:
            session.add(_channel(one, today))
    session.flush()
    for item in statement.items:
        if item.id in missing:
            _add_thing(session, item, statement)
    session.flush()
    return len(missing)


def differences(session: Session, statement: Statement) -> tuple[Difference, ...]:
    """Return in what a statement tells otherwise of records that are here; nothing of it is taken over."""
    found = [*_differing_people(session, statement)]
    for item in statement.items:
        if item.facts and session.get(_RECORDS[item.kind], item.id) is not None:
            found += _differing(item, told(session, item.kind, item.id, item.way), with_revision=_asks(statement))
    return tuple(found)


def _asks(statement: Statement) -> bool:
    """Say whether the statement tells the revision that its maker believes to be in force."""
    return statement.act in {Act.PROPOSAL, Act.REQUEST, Act.SEALING}


def _cards(statement: Statement) -> tuple[Card, ...]:
    return tuple({card.person: card for card in (*statement.cards, statement.by)}.values())


def _channels(statement: Statement) -> tuple[ChannelFact, ...]:
    return tuple(dict.fromkeys(one for item in statement.items for one in channels_in(item.facts)))


def _known(session: Session, fact: ChannelFact) -> Channel | None:
    """Return the channel that is meant: by its id, else by its account."""
    by_id = session.get(Channel, fact.id)
    if by_id is not None or not fact.account_key:
        return by_id
    return session.scalars(select(Channel).where(Channel.account_key == fact.account_key)).first()


def _person(card: Card) -> Person:
    """Make the record of a person; whose name cannot be taken apart is kept as it is."""
    people = read_people(card.name).people
    made = person_of(people[0]) if len(people) == 1 else None
    if made is None or clean_line(made.name)[:LONGEST_NAME].strip() != card.name:
        made = Person(family_name=card.name)
    made.id = card.person
    return made


def _channel(fact: ChannelFact, today: date) -> Channel:
    return Channel(
        id=fact.id,
        platform=fact.platform[:40],
        url_as_entered=fact.url or fact.handle,
        url=fact.url or None,
        handle=fact.handle or None,
        account_key=fact.account_key,
        title=fact.title or fact.handle or fact.platform,
        registered_on=today,
    )


def _add_thing(session: Session, item: Told, statement: Statement) -> None:
    channels = [found.id for one in channels_in(item.facts) if (found := _known(session, one)) is not None]
    match item.kind:
        case ItemKind.CREDENTIAL:
            session.add(_credential(item))
            session.add_all(CredentialChannel(credential_id=item.id, channel_id=one) for one in dict.fromkeys(channels))
        case ItemKind.ACCESS if channels:
            session.add(_access(item, channels[0], statement.giver))
        case ItemKind.RESPONSIBILITY if channels:
            session.add(_tie(item, channels[0], statement.giver))


def _credential(item: Told) -> Credential:
    facts, of_office = item.facts, {"yes": True, "no": False}
    return Credential(
        id=item.id,
        kind=_choice(CredentialKind, facts.get("kind"), CredentialKind.PASSWORD),
        label=item.label,
        login_name=facts.get("login-name"),
        address=facts.get("address"),
        kept_in=_choice(KeptIn, facts.get("kept-in"), KeptIn.KEYRING),
        place=facts.get("place"),
        revision=item.revision or 0,
        second_factor=_choice(SecondFactor, facts.get("second-factor"), None),
        recovery_of_office=of_office.get(facts.get("recovery-of-office", "")),
    )


def _access(item: Told, channel_id: UUID, giver: UUID) -> Access:
    return Access(
        id=item.id,
        channel_id=channel_id,
        person_id=giver,
        kind=_choice(AccessKind, item.facts.get("kind"), AccessKind.PLATFORM_ROLE),
        platform_role=_choice(PlatformRole, item.facts.get("role"), None),
        reason=item.facts.get("reason"),
        granted_on=_day(item.facts.get("since")),
    )


def _tie(item: Told, channel_id: UUID, giver: UUID) -> Responsibility:
    role = _choice(ResponsibilityRole, item.facts.get("role"), ResponsibilityRole.OWNER)
    since = _day(item.facts.get("since"))
    return Responsibility(id=item.id, channel_id=channel_id, person_id=giver, role=role, since=since)


def _choice(choices: Any, text: str | None, otherwise: Any) -> Any:
    """Return the member of a closed list that a fact names; a newer program may know more of them."""
    return choices(text) if text in {one.value for one in choices} else otherwise


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _differing_people(session: Session, statement: Statement) -> Iterator[Difference]:
    for card in _cards(statement):
        person = session.get(Person, card.person)
        name = clean_line(person.name)[:LONGEST_NAME].strip() if person is not None else card.name
        if name != card.name:
            yield Difference(card.person, name, _(_WHAT["name"]), name, card.name)


def _differing(item: Told, here: Told, *, with_revision: bool) -> Iterator[Difference]:
    ours, theirs = _shown(here), _shown(item)
    for key, what in _WHAT.items():
        both = ours.get(key, ""), theirs.get(key, "")
        if both[0] != both[1] and (key != "revision" or with_revision):
            yield Difference(item.id, here.label, _(what), *both)


def _shown(item: Told) -> dict[str, str]:
    """Return what is compared of a thing, as people read it."""
    channels = "; ".join(sorted(one.label for one in channels_in(item.facts)))
    revision = {} if item.revision is None else {"revision": str(item.revision)}
    facts = {key: _worded(item.kind, key, text) for key, text in item.facts.items() if key in _WHAT}
    return {"label": item.label, **revision, **facts, "channels": channels}


def _worded(kind: ItemKind, key: str, text: str) -> str:
    lists: dict[tuple[ItemKind, str], Any] = {
        (ItemKind.CREDENTIAL, "kind"): CredentialKind,
        (ItemKind.CREDENTIAL, "kept-in"): KeptIn,
        (ItemKind.CREDENTIAL, "second-factor"): SecondFactor,
        (ItemKind.ACCESS, "kind"): AccessKind,
        (ItemKind.ACCESS, "role"): PlatformRole,
        (ItemKind.RESPONSIBILITY, "role"): ResponsibilityRole,
    }
    member = _choice(lists[kind, key], text, None) if (kind, key) in lists else None
    return _(member.label) if member is not None else text
