"""The sheet of the corrections: what a report made again says otherwise than the one that was issued first.

It is left out where nothing differs. What can differ is what was entered late, or put right, with a day of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.exchange.report.content import Content, Order, read_content
from core.exchange.report.corrections import Correction, Facts, Told, Value, differences
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import TEXT, Look, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.events import Event, read_events
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader, scope
from core.exchange.report.sheets.channels import COLUMNS, value_of
from core.exchange.report.sheets.reach import read_reach
from core.exchange.report.sheets.responsible import read_ties
from core.governance.findings import evidence_sentence, rule_title
from core.i18n import _, show_date
from core.inventory import channels
from core.inventory.channels import label_of
from core.model import ResponsibilityRole
from core.storage import chain
from core.storage.private_copy import Watch

if TYPE_CHECKING:
    from core.registry import Registry

_ROLES = {"owner": ResponsibilityRole.OWNER, "deputy": ResponsibilityRole.DEPUTY}
_NUMBER = Look(line=TEXT.line, align="left", format="#,##0")


def read_issued(registry: Registry, order: Order, step: Watch, watch: Watch | None = None) -> Facts | None:
    """Read what a report said when it was issued first; None where it is not made again.

    It is read from the log, as of the report's day: what the registry knew with so many entries as the order names.

    Args:
        registry: The open registry.
        order: What report is wanted.
        step: Called after each channel that is read.
        watch: Called now and then, also while a query runs.
    """
    if order.corrects is None:
        return None
    with registry.snapshot(as_of=order.day, known_on=order.corrects, watch=watch) as session:
        head = order.corrects, chain.hash_of(session, order.corrects) or chain.GENESIS
        return read_facts(read_content(session, replace(order, corrects=None), step, head=head))


def read_facts(content: Content) -> Facts:
    """Read what a report says, sheet by sheet, as its reader gets it."""
    found = dict(_channels(content))
    _add_followers(content, found)
    if content.order.reader is not Reader.PUBLIC:
        found |= dict(_findings(content))
        found |= dict(_events(content))
    return found


def _channels(content: Content) -> Iterator[tuple[str, Told]]:
    wanted = COLUMNS[content.order.reader]
    told = [(field.title, field) for field in channels.FIELDS if field.key in wanted]
    keys, ties = {"id", "title", "platform", *wanted} - _ROLES.keys(), read_ties(content)
    listing = channels.listing(content.order.day).where(*scope(content.order.reader))
    query = listing.with_only_columns(*(column for key, column in listing.selected_columns.items() if key in keys))
    name, there = _("Channel"), _("in the report")
    for row in content.session.execute(query.execution_options(yield_per=500)).mappings():
        people = {key: _people(content, ties.get((row["id"], role), ())) for key, role in _ROLES.items()}
        more = {
            title: people[field.key] if field.key in people else value_of(field, row[field.key])
            for title, field in told
        }
        yield f"channel {row['id']}", Told(label_of(row["title"], row["platform"]), name, there, more)
        content.step()


def _people(content: Content, holding: Sequence[UUID]) -> str | None:
    return content.people.several(holding) if holding else None


def _add_followers(content: Content, found: dict[str, Told]) -> None:
    reach = read_reach(content)
    names = [_("Followers on {day}").format(day=show_date(day)) for day in reach.days]
    for one in reach.channels:
        found[f"channel {one.channel}"].more.update(zip(names, one.counts, strict=True))


def _findings(content: Content) -> Iterator[tuple[str, Told]]:
    for one in content.findings:
        named = content.order.reader is Reader.INTERNAL
        sentence = evidence_sentence(one.rule, one.evidence, with_names=named)
        subject = f"finding {one.rule} {one.subject_id} {one.evidence.get('person_id') or ''}"
        yield subject, Told(one.subject_label, rule_title(one.rule), sentence)


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


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet."""
    if content.issued is None:
        return
    found = differences(content.issued, read_facts(content))
    if not found:
        return
    columns = (
        Column(_("Concerns"), widest=48, total="count"),
        Column(_("What"), widest=30),
        Column(_("In the issued report"), widest=40),
        Column(_("Now"), widest=40),
    )
    table = Table(_("Corrections"), content.subtitle, columns, (_row(one) for one in found))
    write_table(book, table, content.printed, content.step)


def _row(one: Correction) -> list[Any]:
    return [one.label, one.name, _cell(one, one.issued), _cell(one, one.now)]


def _cell(one: Correction, value: Value) -> Any:
    match value:
        case None if one.whole:
            return _("not in the report")
        case None | "":
            return None
        case int():
            return value, _NUMBER
        case date():
            return value, day_look()
        case _:
            return value
