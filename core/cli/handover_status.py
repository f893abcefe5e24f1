"""How far handovers are, on the command line: whose turn it is, and what comes next."""

from __future__ import annotations

import argparse
from uuid import UUID

from core.cli.output import complain, give, say, table
from core.cli.registry_commands import opened
from core.custody.custodian import Custodian
from core.custody.handover.acting import Actor
from core.custody.handover.forgotten import forgotten
from core.custody.handover.listing import (
    HandoverDetail,
    HandoverRow,
    ItemRow,
    as_plain,
    handover_detail,
    handover_rows,
)
from core.custody.handover.record.making_record import handover_called
from core.custody.handover.record.record_words import QUESTION_HEADS
from core.custody.vault import VaultError, open_vault
from core.i18n import _, show_date, show_instant

_SHORT = 8
_PATIENCE_SECONDS = 5.0


def status(options: argparse.Namespace) -> int:
    """Show all handovers, or one with its things and steps; exit code 1 where something in it does not fit."""
    return _one(options) if options.handover is not None else _all(options)


def tell_next(actor: Actor, handover: UUID) -> None:
    """Say of each thing of a handover what comes next."""
    with actor.custodian.registry.reading() as session:
        detail = handover_detail(session, handover, actor.custodian.today)
    for item in detail.items:
        say(_next(item))


def _all(options: argparse.Namespace) -> int:
    with opened(options) as registry, registry.reading() as session:
        rows = handover_rows(session, registry.today())
    if options.json:
        give([as_plain(row) for row in rows])
    else:
        headers = [
            "",
            _("Hands over"),
            _("Takes over"),
            _("Occasion"),
            _("Still open"),
            _("Whose turn"),
            _("Last step"),
        ]
        table(headers, [_line(row) for row in rows])
    _tell_forgotten(options)
    return 0


def _one(options: argparse.Namespace) -> int:
    with opened(options) as registry, registry.reading() as session:
        detail = handover_detail(session, handover_called(session, options.handover), registry.today())
    if options.json:
        give(as_plain(detail))
    else:
        _tell(detail)
    for problem in detail.problems:
        complain(_(problem.sentence))
    _tell_forgotten(options, detail.row.id)
    return int(bool(detail.problems))


def _tell_forgotten(options: argparse.Namespace, only: UUID | None = None) -> None:
    """Say what this keyring remembers and the registry does not know; without a keyring there is nothing to say."""
    with opened(options) as registry:
        try:
            vault = open_vault(registry.id, limit_seconds=_PATIENCE_SECONDS)
            found = forgotten(Custodian(registry, vault, registry.today()))
        except VaultError:
            return
    for handover in found.handovers:
        if only in {None, handover}:
            told = _(
                "Handover {id} went further than this registry knows. Was a backup put back? Please take in its files "
                "again."
            )
            complain(told.format(id=str(handover)[:_SHORT]))
    if found.said_more and not found.handovers:
        complain(
            _(
                "This computer has signed more in handovers than this registry knows. Either a step was interrupted: "
                "then take it again. Or a backup was put back: then take in the files again."
            )
        )


def _line(row: HandoverRow) -> list[str]:
    left = _("{count} of {all}").format(count=row.open_items, all=row.items)
    turns = ", ".join(row.turns.values())
    return [str(row.id)[:_SHORT], row.giver, row.taker, _(row.occasion.label), left, turns, show_date(row.since)]


def _tell(detail: HandoverDetail) -> None:
    row = detail.row
    say(_("From {giver} to {taker}").format(giver=row.giver, taker=row.taker))
    say(_("Occasion: {occasion}").format(occasion=_(row.occasion.label)))
    if row.until is not None:
        say(_("until {day}").format(day=show_date(row.until)))
    say("")
    table([_("What"), _("Way"), _("State"), _("Since"), _("Whose turn")], [_item(one) for one in detail.items])
    say("")
    for item in detail.items:
        say(_next(item))
        if item.still_open:
            questions = ", ".join(_(QUESTION_HEADS[one]) for one in item.still_open if one in QUESTION_HEADS)
            say(_("“{label}”: not answered with yes: {questions}.").format(label=item.label, questions=questions))
    say("")
    steps = [[show_instant(one.made_at), one.person, one.device, _(one.act.label)] for one in detail.steps]
    table([_("When"), _("Who"), _("Computer"), _("Step")], steps)


def _item(one: ItemRow) -> list[str]:
    return [one.label, _(one.way.label), _(one.state.label), show_date(one.since), one.turn_name]


def _next(item: ItemRow) -> str:
    return _("“{label}”: {next}").format(label=item.label, next=item.next)
