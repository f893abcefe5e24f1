"""Subcommands that erase what is due, and that keep somebody's data for a running case."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from typing import Any

from core.cli.output import complain, give, say, table
from core.cli.person_finding import person_called
from core.cli.registry_commands import opened
from core.errors import BadInputError
from core.i18n import _, ngettext, show_date
from core.protection.erasure.absences import forget_absences
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again, unfinished
from core.protection.erasure.erasure_words import (
    KINDS,
    NO_LONGER_DUE,
    done_text,
    dropped_text,
    kept_text,
    leaver_text,
    portrait_text,
)
from core.protection.erasure.planning import ErasurePlan, Kept, PlannedMention, plan_erasure
from core.protection.rights.holds import END, HOLD, end_hold
from core.protection.rights.holds import hold as keep
from core.registry import Registry


def erase(options: argparse.Namespace) -> int:
    """Erase what is due, or say what would happen; an erasure that was cut short is first taken up to its end.

    Exit code 1 where somebody was left out, or would be, because they have to be asked before; and where something
    stays that names, or may name, somebody who was erased.
    """
    with opened(options) as registry:
        plan = _only_tell(registry, options) if options.dry_run else _erase(registry, options)
    _tell_left_out(plan)
    return 1 if plan.left_out or (not options.dry_run and _unticked(plan)) else 0


def _only_tell(registry: Registry, options: argparse.Namespace) -> ErasurePlan:
    with registry.reading() as session:
        cut_short = unfinished(session) is not None
    plan = _planned(registry, options)
    _tell(plan, cut_short, as_json=options.json)
    return plan


def _erase(registry: Registry, options: argparse.Namespace) -> ErasurePlan:
    forget_absences(registry)
    counts = take_up_again(registry) or Counter()
    plan = _planned(registry, options)
    if plan.due:
        order = plan.order()
        begin(registry, order)
        counts.update(carry_out(registry, order))
    _tell_done(counts, plan, as_json=options.json)
    return plan


def _planned(registry: Registry, options: argparse.Namespace) -> ErasurePlan:
    plan = plan_erasure(registry, registry.today(), also_open=options.also_open)
    return plan.with_doubtful() if options.doubtful else plan


def _unticked(plan: ErasurePlan) -> list[PlannedMention]:
    """Return what stays although it names, or may name, somebody who is erased."""
    return [one for one in plan.mentions if not one.mention.ticked]


def _tell_left_out(plan: ErasurePlan) -> None:
    for one in plan.left_out:
        complain(_("Left out: {who}").format(who=leaver_text(one.who)))
        for sentence in one.why:
            complain(sentence)
    if plan.left_out:
        complain(_("Whoever was left out is erased, too, if you give --also-open."))


def hold(options: argparse.Namespace) -> int:
    """Keep a person's data until a day, or end that."""
    if options.end == (options.until is not None or options.reason is not None):
        raise BadInputError(_("Please give either --until and --reason, or --end."))
    if not options.end and (options.until is None or options.reason is None):
        raise BadInputError(_("A hold needs both: --until and --reason."))
    with opened(options) as registry:
        _hold(registry, options)
    say(_("The hold has ended.") if options.end else _("The data is kept until {day}.").format(day=_day(options)))
    return 0


def _hold(registry: Registry, options: argparse.Namespace) -> None:
    with registry.action(END if options.end else HOLD) as session:
        person = person_called(session, options.person)
        if options.end:
            end_hold(session, person, registry.today())
        else:
            keep(session, person, until=options.until, reason=options.reason, today=registry.today())


def _day(options: argparse.Namespace) -> str:
    return show_date(options.until)


def _tell(plan: ErasurePlan, cut_short: bool, *, as_json: bool) -> None:
    if as_json:
        give({"cut_short": cut_short, **_as_json(plan)})
        return
    if cut_short:
        say(_("An erasure was cut short before its end; it is taken up again first."))
    if not plan.due and not plan.left_out:
        say(_("Nothing is due."))
    for leaver in plan.people:
        say(leaver_text(leaver))
    for portrait in plan.portraits:
        say(portrait_text(portrait))
    _tell_places(plan)
    for sentence in (*plan.open_ends, *plan.accounts):
        say(sentence)
    for kept in plan.kept:
        say(kept_text(kept))
    if plan.due:
        for sentence in plan.out_of_reach:
            say(sentence)


def _tell_places(plan: ErasurePlan) -> None:
    if plan.records:
        table([_("Records"), _("How many")], [[noun, str(number)] for noun, number in sorted(plan.records.items())])
    if plan.mentions:
        headers = [_("Mentioned in"), _("Text"), _("What happens")]
        goes, stays = _("is erased"), _("stays")
        rows = [[one.where, one.mention.whole, goes if one.mention.ticked else stays] for one in plan.mentions]
        table(headers, rows)
    if plan.values:
        say(ngettext("{count} value of the log", "{count} values of the log", plan.values).format(count=plan.values))
    for report in plan.reports:
        say(_("Report in the archive: {quarter}, {name}").format(quarter=report.quarter, name=report.file_name))
    if plan.files:
        count = len(plan.files)
        say(ngettext("{count} file of the library", "{count} files of the library", count).format(count=count))
    for copy in plan.copies:
        say(_("Backup: {path}").format(path=copy))


def _tell_done(counts: Counter[str], plan: ErasurePlan, *, as_json: bool) -> None:
    if as_json:
        erased = {kind: counts[kind] for kind in KINDS}
        give({"erased": erased, NO_LONGER_DUE: counts[NO_LONGER_DUE], "stays": _stays(plan), **_staying(plan)})
        return
    if not counts:
        if not plan.left_out:
            say(_("Nothing is due."))
        return
    say(done_text(counts))
    if dropped := dropped_text(counts):
        complain(dropped)
    for one in _unticked(plan):
        complain(_("Stays: {where}: {text}").format(where=one.where, text=", ".join(one.mention.found)))
    for sentence in (*(kept_text(kept) for kept in plan.kept), *plan.open_ends, *plan.accounts):
        complain(sentence)
    for sentence in plan.out_of_reach:
        say(sentence)


def _as_json(plan: ErasurePlan) -> dict[str, Any]:
    return {
        "today": plan.today,
        "people": [
            {"id": one.id, "name": one.name, "function": one.function, "last_day": one.last_day} for one in plan.people
        ],
        "readings": len(plan.due.readings),
        "confirmations": len(plan.due.confirmations),
        "handovers": len(plan.due.handovers),
        "portraits": [
            {"id": one.id, "title": one.title, "name": one.name, "no_consent_since": one.ended_on}
            for one in plan.portraits
        ],
        "records": dict(plan.records),
        "mentions": [_mention_json(one) for one in plan.mentions],
        "log_values": plan.values,
        "reports": [
            {"run": one.run_id, "quarter": one.quarter, "file": one.file_name, "sha256": one.sha256}
            for one in plan.reports
        ],
        "files": list(plan.files),
        "backups": [str(copy) for copy in plan.copies],
        "accounts": list(plan.accounts),
        "open_ends": list(plan.open_ends),
        "stays": _stays(plan),
        **_staying(plan),
    }


def _stays(plan: ErasurePlan) -> dict[str, Any]:
    return {"mentions": [_mention_json(one) for one in _unticked(plan)], "accounts": list(plan.accounts)}


def _mention_json(one: PlannedMention) -> dict[str, Any]:
    mention = one.mention
    return {
        "table": mention.place.table,
        "record": mention.place.record_id,
        "column": mention.place.column,
        "where": one.where,
        "found": mention.found,
        "text": mention.excerpt,
        "whole": mention.whole,
        "sure": mention.sure,
        "erased": mention.ticked,
    }


def _staying(plan: ErasurePlan) -> dict[str, Any]:
    left_out = [{"id": one.who.id, "name": one.who.name, "why": list(one.why)} for one in plan.left_out]
    return {"left_out": left_out, "kept": list(_kept_json(plan.kept)), "out_of_reach": list(plan.out_of_reach)}


def _kept_json(kept: Iterable[Kept]) -> Iterable[dict[str, Any]]:
    return ({"person": one.who.id, "name": one.who.name, "why": one.why, "until": one.until} for one in kept)
