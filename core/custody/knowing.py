"""Who knows the secret in force of a login, and which of them have lost their access since.

Who knows it: whoever kept or read its revision; whoever has the envelope, the device or the SIM card; and, for
passwords and mailboxes, whoever had the shared login since it took effect, unless the program itself made the secret.
Source: BSI IT-Grundschutz, ORP.4.A23 (a secret is changed when somebody unauthorised may know it).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true, union
from sqlalchemy.orm import aliased

from core.inventory.accesses import is_open
from core.inventory.credentials import in_use, live_custody
from core.inventory.people import display_name, has_left, is_here, last_day
from core.model import (
    Access,
    AccessKind,
    Credential,
    CredentialChannel,
    CredentialKind,
    Custody,
    CustodyEnd,
    KeptIn,
    Person,
    Reading,
)

BY_LOGIN = (CredentialKind.PASSWORD, CredentialKind.MAILBOX)
"""What somebody who shares the login of a channel has to know."""


def shared() -> ColumnElement[bool]:
    """Return the condition that an access is a login that several people share."""
    return Access.kind == AccessKind.SHARED_LOGIN


def kept_elsewhere() -> ColumnElement[bool]:
    """Return the condition that no keyring keeps the secret, so that whoever has the thing has the secret."""
    return Credential.kept_in != KeptIn.KEYRING


def told_around() -> ColumnElement[bool]:
    """Return the condition that the secret in force is known to all who share the login: nobody ever changed it."""
    return and_(Credential.kind.in_(BY_LOGIN), or_(kept_elsewhere(), Credential.revision <= 1))


def losers(today: date) -> Select[Any]:
    """Return the query of the people who know the secret in force of a login in use and have no access any more.

    Columns: credential_id, person_id, name, function, last_day, has_left, kept_until (of a copy given back),
    withdrawn_on (of the shared login); the last two are null where somebody else's keeping of it still counts.
    """
    known = _knowers(today).subquery()
    given_up = case((_last_end() == CustodyEnd.RELEASED.value, _last_until()), else_=None)
    withdrawn, cut_off = _withdrawn_on(today), and_(~_open_copy(), ~_open_login(today), ~_has_the_thing())
    left = has_left(Person, today)
    return (
        select(
            Credential.id.label("credential_id"),
            Person.id.label("person_id"),
            display_name(Person).label("name"),
            Person.function,
            last_day(Person).label("last_day"),
            case((left, true()), else_=false()).label("has_left"),
            case((cut_off, given_up), else_=None).label("kept_until"),
            case((cut_off, withdrawn), else_=None).label("withdrawn_on"),
        )
        .join_from(known, Credential, Credential.id == known.c.credential_id)
        .join(Person, Person.id == known.c.person_id)
        .where(in_use(today), or_(left, and_(cut_off, or_(given_up.is_not(None), withdrawn.is_not(None)))))
    )


def agencies_gone(today: date) -> Select[Any]:
    """Return the query of agencies and tools that had a shared login: credential_id, holder, withdrawn_on."""
    other, tie = aliased(Access), aliased(CredentialChannel)
    again = select(other.id).join(tie, tie.channel_id == other.channel_id)
    again = again.where(
        tie.credential_id == Credential.id,
        other.holder == Access.holder,
        other.person_id.is_(None),
        other.kind == AccessKind.SHARED_LOGIN,
        or_(other.granted_on.is_(None), other.granted_on <= today),
        or_(other.withdrawn_on.is_(None), other.withdrawn_on > today),
    )
    columns: list[Any] = [Access.holder, func.max(Access.withdrawn_on).label("withdrawn_on")]
    return (
        select(Credential.id.label("credential_id"), *columns)
        .join_from(Credential, CredentialChannel, CredentialChannel.credential_id == Credential.id)
        .join(Access, Access.channel_id == CredentialChannel.channel_id)
        .where(
            in_use(today),
            told_around(),
            shared(),
            Access.person_id.is_(None),
            Access.holder.is_not(None),
            Access.withdrawn_on <= today,
            _since_it_took_effect(),
            ~again.correlate(Credential, Access).exists(),
        )
        .group_by(Credential.id, Access.holder)
    )


def still_in(today: date) -> Select[Any]:
    """Return the query of the logins that somebody who is here can still get into: credential_id."""
    copies = (
        select(Credential.id.label("credential_id"))
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .join(Person, Person.id == Custody.person_id)
        .where(live_custody(today), is_here(Person, today))
    )
    things = (
        select(Credential.id)
        .join_from(Credential, Person, Person.id == Credential.holder_id)
        .where(kept_elsewhere(), is_here(Person, today))
    )
    logins = (
        select(Credential.id)
        .join_from(Credential, CredentialChannel, CredentialChannel.credential_id == Credential.id)
        .join(Access, Access.channel_id == CredentialChannel.channel_id)
        .join(Person, Person.id == Access.person_id)
        .where(shared(), is_open(today), is_here(Person, today), Credential.kind.in_(BY_LOGIN))
        .where(or_(kept_elsewhere(), Credential.revision == 0))
    )
    found = union(copies, things, logins).subquery()
    return select(found.c.credential_id)


def _knowers(today: date) -> Any:
    """Return the query of who knows which secret in force: credential_id, person_id."""
    revision = Credential.revision
    kept = (
        select(Credential.id.label("credential_id"), Custody.person_id.label("person_id"))
        .join_from(Custody, Credential, Credential.id == Custody.credential_id)
        .where(Custody.revision == revision, ~_abandoned())
    )
    read = (
        select(Credential.id, Reading.person_id)
        .join_from(Reading, Credential, Credential.id == Reading.credential_id)
        .where(Reading.revision == revision)
    )
    things = (
        select(Credential.id, Person.id)
        .join_from(Credential, Person, Person.id == Credential.holder_id)
        .where(kept_elsewhere(), _here_since_it_took_effect())
    )
    logins = (
        select(Credential.id, Person.id)
        .join_from(Credential, CredentialChannel, CredentialChannel.credential_id == Credential.id)
        .join(Access, Access.channel_id == CredentialChannel.channel_id)
        .join(Person, Person.id == Access.person_id)
        .where(shared(), told_around(), or_(Access.granted_on.is_(None), Access.granted_on <= today))
        .where(_since_it_took_effect(), _here_since_it_took_effect())
    )
    return union(kept, read, things, logins)


def _abandoned() -> ColumnElement[bool]:
    """Return the condition that a prepared secret was given up, so that another one took its number."""
    return and_(Custody.ended.is_not(None), Custody.ended == CustodyEnd.ABANDONED)


def _since_it_took_effect() -> ColumnElement[bool]:
    """Return the condition that an access was still open when the secret in force took effect."""
    return or_(
        Access.withdrawn_on.is_(None), Credential.rotated_on.is_(None), Access.withdrawn_on > Credential.rotated_on
    )


def _here_since_it_took_effect() -> ColumnElement[bool]:
    """Return the condition that a person had not left yet when it took effect; nobody tells a leaver the new one."""
    return or_(last_day(Person).is_(None), Credential.rotated_on.is_(None), last_day(Person) >= Credential.rotated_on)


def _copies() -> list[ColumnElement[bool]]:
    return [Custody.credential_id == Credential.id, Custody.person_id == Person.id]


def _open_copy() -> ColumnElement[bool]:
    """Return the condition that a person keeps the secret in force, or the one prepared to follow it."""
    kept = select(Custody.id).where(*_copies(), Custody.until.is_(None), Custody.revision >= Credential.revision)
    return kept.correlate(Credential, Person).exists()


def _ended_copies(what: Any) -> Select[Any]:
    ended = select(what).where(*_copies(), Custody.until.is_not(None), Custody.revision == Credential.revision)
    return ended.where(~_abandoned()).correlate(Credential, Person)


def _last_end() -> ColumnElement[Any]:
    """Return how the last copy ended; one given back counts more than one lost on the same day."""
    gravest = case((Custody.ended == CustodyEnd.RELEASED, 0), else_=1)
    ended = case((Custody.ended == CustodyEnd.RELEASED, CustodyEnd.RELEASED.value), else_="")
    return _ended_copies(ended).order_by(Custody.until.desc(), gravest).limit(1).scalar_subquery()


def _last_until() -> ColumnElement[date | None]:
    return _ended_copies(func.max(Custody.until)).scalar_subquery()


def _has_the_thing() -> ColumnElement[bool]:
    return and_(kept_elsewhere(), Credential.holder_id.is_not(None), Credential.holder_id == Person.id)


def _logins(what: Any) -> Select[Any]:
    """Return the query of a person's shared logins to the channels of a credential."""
    opened = select(what).join(CredentialChannel, CredentialChannel.channel_id == Access.channel_id)
    opened = opened.where(CredentialChannel.credential_id == Credential.id, Access.person_id == Person.id, shared())
    return opened.correlate(Credential, Person)


def _open_login(today: date) -> ColumnElement[bool]:
    return _logins(Access.id).where(is_open(today)).exists()


def _withdrawn_on(today: date) -> ColumnElement[date | None]:
    gone = _logins(func.max(Access.withdrawn_on)).where(Access.withdrawn_on <= today, _since_it_took_effect())
    return gone.scalar_subquery()
