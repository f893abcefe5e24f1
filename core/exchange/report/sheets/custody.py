"""The sheet of custody: for each login what it opens, who keeps its secret, and what protects it; never a secret.

The public does not get it: where a second factor is missing helps whoever wants to take an account over. For the same
reason the committee reads figures by platform and kind. It is left out where no logins are recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.custody.losing import losses
from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import NUMBER, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader
from core.exchange.report.sheets.custody_figures import columns as figure_columns
from core.exchange.report.sheets.custody_figures import count_logins
from core.i18n import _
from core.inventory.channels import label_of
from core.inventory.credentials import in_use, live_custody
from core.model import Channel, Credential, CredentialChannel, Custody, Person
from core.storage.sorting import sort_key


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of all logins besides their own records, by login."""

    channels: dict[UUID, list[str]]
    holders: dict[UUID, list[UUID]]
    seen_on: dict[UUID, date]
    owed_since: dict[UUID, date]


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet; each login only within the editorial team."""
    told = read_custody(content)
    if told:
        rows = (row for _key, row in told)
        table = Table(_("Custody"), content.subtitle, columns_for(content.order.reader), rows, fixed=2)
        write_table(book, table, content.printed, content.step)


def read_custody(content: Content) -> list[tuple[str, list[Any]]]:
    """Return what the sheet tells of the logins in use on the report's day, each row with a key of its own."""
    query = select(Credential).where(in_use(content.order.day))
    logins = sorted(content.session.scalars(query), key=lambda one: (sort_key(one.label), str(one.id)))
    if not logins:
        return []
    kept = _read(content)
    if content.order.reader is Reader.INTERNAL:
        return [(str(login.id), _row(content, login, kept)) for login in logins]
    counted = [(login, len(_keepers(login, kept)), login.id in kept.owed_since) for login in logins]
    return [(" ".join(place), row) for place, row in count_logins(content, counted)]


def columns_for(reader: Reader) -> tuple[Column, ...]:
    """Return the columns that a reader gets to see."""
    return _of_logins() if reader is Reader.INTERNAL else figure_columns()


def _of_logins() -> tuple[Column, ...]:
    days = day_look()
    return (
        Column(_("Login"), widest=26, total="count"),
        Column(_("Kind"), widest=14),
        Column(_("Login name"), widest=24),
        Column(_("Channels"), widest=32),
        Column(_("Kept in"), widest=18),
        Column(_("Revision"), NUMBER),
        Column(_("Last changed"), days),
        Column(_("Keepers"), NUMBER),
        Column(_("Kept by"), widest=26),
        Column(_("Second factor"), widest=18),
        Column(_("Recovery belongs to the office"), widest=16),
        Column(_("Last seen"), days),
        Column(_("To be changed since"), days),
    )


def _read(content: Content) -> _Kept:
    session, day = content.session, content.order.day
    channels: dict[UUID, list[str]] = {}
    tied = select(CredentialChannel.credential_id, Channel.title, Channel.platform).join(
        Channel, Channel.id == CredentialChannel.channel_id
    )
    for login, title, platform in session.execute(tied.order_by(Channel.title, Channel.platform, Channel.id)):
        channels.setdefault(login, []).append(label_of(title, platform))
    holders: dict[UUID, list[UUID]] = {}
    seen_on: dict[UUID, date] = {}
    for login, person, seen in session.execute(_live(day)):
        holders.setdefault(login, []).append(person)
        seen_on[login] = max(seen, seen_on.get(login, seen))
    owed_since = {login: people[0].day for login, people in losses(session, day).items()}
    return _Kept(channels, holders, seen_on, owed_since)


def _live(day: date) -> Any:
    """Return the query of who keeps the secret in force of which login, and when the copy was last seen."""
    seen = func.max(func.coalesce(Custody.last_seen_on, Custody.since))
    query = select(Credential.id, Person.id, seen).join_from(
        Custody, Credential, Credential.id == Custody.credential_id
    )
    query = query.join(Person, Person.id == Custody.person_id).where(live_custody(day))
    by_name = Person.family_name, Person.given_name, Person.id
    return query.group_by(Credential.id, *by_name).order_by(Credential.id, *by_name)


def _keepers(login: Credential, kept: _Kept) -> list[UUID]:
    return kept.holders.get(login.id) or ([login.holder_id] if login.holder_id is not None else [])


def _row(content: Content, login: Credential, kept: _Kept) -> list[Any]:
    holders, factor = _keepers(login, kept), login.second_factor
    return [
        login.label,
        _(login.kind.label),
        login.login_name,
        "; ".join(kept.channels.get(login.id, ())) or None,
        _(login.kept_in.label),
        login.revision or None,
        login.rotated_on,
        len(holders),
        content.people.several(holders) if holders else None,
        _(factor.label) if factor is not None else _("unknown"),
        _yes_or_no(login.recovery_of_office),
        kept.seen_on.get(login.id),
        kept.owed_since.get(login.id),
    ]


def _yes_or_no(told: bool | None) -> str:
    match told:
        case None:
            return _("unknown")
        case True:
            return _("yes")
        case False:
            return _("no")
