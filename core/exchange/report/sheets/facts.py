"""What a report says, fact by fact and sheet by sheet: what is compared when a report is made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.exchange.report.content import Content
from core.exchange.report.corrections import Facts, Told, Value
from core.exchange.report.craft.table import Column
from core.exchange.report.events import Event, read_events
from core.exchange.report.key_figures import confirmed_caption
from core.exchange.report.number_text import percent_text
from core.exchange.report.readers import Reader, scope, subject_for
from core.exchange.report.sheets import appearance, custody, handovers
from core.exchange.report.sheets.channels import COLUMNS, ROLES, value_of
from core.exchange.report.sheets.reach import read_reach
from core.exchange.report.sheets.responsible import read_beginnings, read_ties
from core.exchange.report.trend import Lens, tally
from core.governance.findings import evidence_sentence, rule_title
from core.i18n import _, show_date
from core.inventory import channels
from core.inventory.channels import label_of
from core.model import ResponsibilityRole


def read_facts(content: Content) -> Facts:
    """Read what a report says, sheet by sheet, as its reader gets it."""
    found = {**dict(_figures(content)), **dict(_channels(content))}
    _add_followers(content, found)
    if content.order.reader is not Reader.PUBLIC:
        _add_responsible(content, found)
        found |= dict(_findings(content))
        found |= dict(_events(content))
        found |= dict(_logins(content))
        found |= dict(_handovers(content))
        found |= dict(_appearance(content))
    return found


def figures_label() -> str:
    """Return what the key figures are called together."""
    return _("Key figures")


def _figures(content: Content) -> Iterator[tuple[str, Told]]:
    """Give the key figures of the cover."""
    order, public = content.order, content.order.reader is Reader.PUBLIC
    lens = Lens(content.session, content.settings, content.units, order.reader)
    now = lens.detailed(order.quarter, order.day, None if public else tally(content.findings))
    told: dict[str, Value] = {_("channels"): now.channels}
    if not public:
        told[_("of them active")] = now.active
    if not public and content.looked:
        told[_("findings")] = len(content.findings)
        told[confirmed_caption(content.settings)] = percent_text(now.confirmation_rate or 0)
    for number, (name, value) in enumerate(told.items()):
        yield f"figure {number}", Told(figures_label(), name, value)


def _channels(content: Content) -> Iterator[tuple[str, Told]]:
    wanted = COLUMNS[content.order.reader]
    told = [(field.title, field) for field in channels.FIELDS if field.key in wanted]
    keys, ties = {"id", "title", "platform", *wanted} - ROLES.keys(), read_ties(content)
    listing = channels.listing(content.order.day).where(*scope(content.order.reader))
    query = listing.with_only_columns(*(column for key, column in listing.selected_columns.items() if key in keys))
    name, there = _("Channel"), _("in the report")
    for row in content.session.execute(query.execution_options(yield_per=500)).mappings():
        people = {key: _people(content, ties.get((row["id"], role), ())) for key, role in ROLES.items()}
        more = {
            title: people[field.key] if field.key in people else value_of(field, row[field.key])
            for title, field in told
        }
        yield f"channel {row['id']}", Told(label_of(row["title"], row["platform"]), name, there, more)
        content.step()


def _people(content: Content, holding: Sequence[UUID]) -> str | None:
    return content.people.several(holding) if holding else None


def _add_responsible(content: Content, found: dict[str, Told]) -> None:
    """Add who else answers for each channel, and since when all of them do."""
    begun, labels = read_beginnings(content), {role: _(role.label) for role in ResponsibilityRole}
    since = {role: _("{role}, since").format(role=label) for role, label in labels.items()}
    for (channel, role), people in read_ties(content).items():
        more = found[f"channel {channel}"].more
        more[since[role]] = _days(begun[channel, role])
        if role not in ROLES.values():
            more[labels[role]] = _people(content, people)


def _days(days: Sequence[date | None]) -> Value:
    """Write several days into one cell; one alone stays a day."""
    if len(days) == 1:
        return days[0]
    return "; ".join(show_date(day) if day is not None else _("unknown") for day in days)


def _add_followers(content: Content, found: dict[str, Told]) -> None:
    reach = read_reach(content)
    names = [_("Followers on {day}").format(day=show_date(day)) for day in reach.days]
    for one in reach.channels:
        found[f"channel {one.channel}"].more.update(zip(names, one.counts, strict=True))


def _findings(content: Content) -> Iterator[tuple[str, Told]]:
    for one in content.findings:
        named = content.order.reader is Reader.INTERNAL
        sentence = evidence_sentence(one.rule, one.evidence, with_names=named)
        label = subject_for(content.order.reader, one.subject_type, one.subject_label)
        about = (one.evidence.get(key) or "" for key in ("person_id", "use_id"))
        subject = f"finding {one.rule} {one.subject_id} {' '.join(about)}"
        yield subject, Told(label, rule_title(one.rule), sentence)


def _events(content: Content) -> Iterator[tuple[str, Told]]:
    for one in read_events(content):
        day = one.told if isinstance(one.told, str) else show_date(one.told)
        name = _("{what} ({day})").format(what=_(one.what.label), day=day)
        subject = f"event {one.what} {one.subject} {one.day} {one.old} {one.new}"
        yield subject, Told(one.channel, name, _changed(one))


def _changed(event: Event) -> str:
    """Say from what to what something changed, in one cell."""
    if event.old and event.new:
        return f"{event.old} → {event.new}"
    return event.new or event.old or _("in the report")


def _logins(content: Content) -> Iterator[tuple[str, Told]]:
    titles = _titles(custody.columns_for(content.order.reader))
    for key, (label, *cells) in custody.read_custody(content):
        if content.order.reader is Reader.INTERNAL:
            yield f"login {key}", _told(label, titles[0], titles[1:], cells)
        else:
            kind, *figures = cells
            yield f"login {key}", _told(f"{label}: {kind}", _("Logins"), titles[2:], figures)


def _handovers(content: Content) -> Iterator[tuple[str, Told]]:
    titles = _titles(handovers.columns())
    for handover, (giver, taker, *cells) in handovers.read_handovers(content):
        yield f"handover {handover}", _told(f"{giver} → {taker}", _("Handover"), titles[2:], cells)


def _appearance(content: Content) -> Iterator[tuple[str, Told]]:
    titles = _titles(appearance.columns_for(content.order.reader))
    for use, (asset, *cells) in appearance.read_uses(content):
        yield f"use {use}", _told(asset, _("Appearance"), titles[1:], cells)


def _titles(columns: Iterable[Column]) -> list[str]:
    return [column.title for column in columns]


def _told(label: str, name: str, titles: Sequence[str], cells: Sequence[Any]) -> Told:
    return Told(label, name, _("in the report"), dict(zip(titles, cells, strict=True)))
