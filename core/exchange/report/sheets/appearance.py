"""The sheet of the appearance: which file of the city's identity is shown where, and whether it may be.

The public does not get it. Whom a portrait shows and whose work it is only the editorial team reads. It is left out
where nothing is shown.

Source: Moers Dienstanweisung 2010, no. 3 h; Mülheim, copyright; Berlin 2012, corporate identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import NUMBER, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures
from core.exchange.report.readers import Reader, title_for
from core.i18n import _
from core.inventory.assets.consents import ConsentState, Term
from core.inventory.assets.standing import Terms, UseFacts, by_asset, facts_query, terms_query
from core.inventory.assets.uses import is_shown
from core.inventory.channels import label_of
from core.model import Asset, AssetKind, Placement
from core.storage.sorting import sort_key


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet."""
    told = read_uses(content)
    if told:
        rows = (row for _use, row in told)
        table = Table(_("Appearance"), content.subtitle, columns_for(content.order.reader), rows, fixed=2)
        write_table(book, table, content.printed, content.step)


def read_uses(content: Content) -> list[tuple[UUID, list[Any]]]:
    """Return what the sheet tells of each place in which something was shown on the report's day."""
    terms = by_asset(content.session.execute(terms_query()))
    shown = sorted(_shown(content), key=lambda one: _order(one[0]))
    return [(facts.use_id, _row(content, facts, holder, terms)) for facts, holder in shown]


def columns_for(reader: Reader) -> tuple[Column, ...]:
    """Return the columns that a reader gets to see."""
    days = day_look()
    named = [Column(_("Rights holder"), widest=26)] if reader is Reader.INTERNAL else []
    return (
        Column(_("Asset"), widest=32, total="count"),
        Column(_("Kind"), widest=16),
        Column(_("Variant"), widest=16),
        Column(_("Version"), NUMBER),
        Column(_("Channel"), widest=36),
        Column(_("Placement"), widest=20),
        Column(_("Since"), days),
        Column(_("Outdated since"), days),
        Column(_("Consent"), widest=20),
        Column(_("Consent until"), days),
        *named,
        Column(_("Licence until"), days),
        Column(_("Approved on"), days),
        Column(_("Entered later on"), days),
    )


def _shown(content: Content) -> Iterator[tuple[UseFacts, str | None]]:
    """Give what was shown on the day, with whose work it is."""
    query = facts_query().add_columns(Asset.rights_holder).where(is_shown(content.order.day))
    for *facts, holder in content.session.execute(query):
        yield UseFacts(*facts), holder


def _order(facts: UseFacts) -> tuple[Any, ...]:
    kind, placement = list(AssetKind).index(facts.kind), list(Placement).index(facts.placement)
    channel = label_of(facts.channel_title, facts.platform)
    return kind, sort_key(facts.asset_title), str(facts.asset_id), sort_key(channel), placement, str(facts.use_id)


def _row(content: Content, facts: UseFacts, holder: str | None, terms: Terms) -> list[Any]:
    day, reader = content.order.day, content.order.reader
    known = terms.get((facts.asset_id, facts.medium), ())
    state, _since = facts.consent(known, day)
    portrait = facts.kind is AssetKind.PORTRAIT
    return [
        title_for(reader, content.people, facts.kind, facts.asset_title, facts.person_id),
        _(facts.kind.label),
        _(facts.variant.label),
        facts.number,
        label_of(facts.channel_title, facts.platform),
        _(facts.placement.label),
        facts.since,
        facts.outdated_since(day),
        _(state.label) if portrait else None,
        _until(known, day) if portrait and state is ConsentState.GIVEN else None,
        *([holder] if reader is Reader.INTERNAL else []),
        facts.licence_until,
        facts.approved_by(day),
        content.entered_later(("asset_use", facts.use_id)),
    ]


def _until(terms: Sequence[Term], day: date) -> date | None:
    """Return the last day of the consents that hold on a day, None where one of them has no end."""
    holding = [one for one in terms if one.given_on <= day and (one.ended_on is None or one.ended_on > day)]
    ends = [one.until for one in holding]
    return None if None in ends else max(end for end in ends if end is not None)
