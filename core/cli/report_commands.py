"""Subcommands about the reports that were made."""

from __future__ import annotations

import argparse
from typing import Any

from core.cli.output import give, say, table
from core.cli.registry_commands import opened
from core.errors import BadInputError
from core.i18n import _, ngettext, show_date, show_instant
from core.storage.values import to_plain


def list_reports(options: argparse.Namespace) -> int:
    """List the reports that were made, newest first."""
    from core.exchange.report.runs import past_runs

    if options.as_of or options.known_on:
        raise BadInputError(_("Reports are always listed as they are known today. Please leave the day out."))
    with opened(options) as registry, registry.reading() as session:
        runs = past_runs(session, registry.path)
    if options.json:
        give([_plain(run) for run in runs])
        return 0
    headers = [_("Quarter"), _("As of"), _("Made for"), _("Made at"), _("Made by"), _("File"), _("Archived")]
    table(headers, [_row(run) for run in runs])
    say("")
    say(ngettext("{count} report", "{count} reports", len(runs)).format(count=len(runs)))
    return 0


def _plain(run: Any) -> dict[str, Any]:
    keys = ("id", "as_of", "reader", "language", "made_at", "made_by", "file_name", "sha256", "head", "removed_on")
    archived = str(run.archived) if run.archived is not None else None
    return {"quarter": str(run.quarter), **{key: to_plain(getattr(run, key)) for key in keys}, "archived": archived}


def _row(run: Any) -> list[str]:
    kept = _("yes") if run.archived is not None else _("missing or altered")
    if run.archived is None and run.removed_on is not None:
        kept = _("removed with people's data")
    day, moment = show_date(run.as_of), show_instant(run.made_at)
    return [str(run.quarter), day, _(run.reader.label), moment, run.made_by, run.file_name, kept]
