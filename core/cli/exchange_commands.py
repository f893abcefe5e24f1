"""Subcommands that take lists in and give reports out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from core.cli.output import complain, give, say
from core.cli.registry_commands import opened, path_of
from core.errors import BadInputError
from core.i18n import N_, _, ngettext
from core.settings import read_settings

if TYPE_CHECKING:
    from core.exchange.report.on_paper import Paper
    from core.registry import Registry

ReportPdfOf: TypeAlias = "Callable[[Paper], bytes]"
"""Lays a report out on paper; the window does that, and `main` hands it in."""


def import_list(options: argparse.Namespace) -> int:
    """Take in a list, or only say what would happen; exit code 1 where a row was doubtful or refused."""
    from core.exchange.importing.applying import apply
    from core.exchange.importing.proposing import propose
    from core.exchange.reading import read_workbook

    workbook = read_workbook(Path(options.file).expanduser())
    with opened(options) as registry:
        with registry.reading() as session:
            proposal = propose(
                workbook, session, today=registry.today(), sheet=options.sheet, mapping=_mapping(options.map)
            )
        if not options.dry_run:
            with registry.action(N_("Import list")) as session:
                apply(session, proposal, today=registry.today())
    if options.json:
        give(_outcome(proposal))
    else:
        _tell(proposal, dry_run=options.dry_run)
    return int(any(row.outcome in {"doubtful", "refused"} for row in proposal.rows))


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not equals or not column:
            raise BadInputError(
                _("“{pair}” does not say which column means what. Write COLUMN=FIELD.").format(pair=pair)
            )
        mapping[column.strip()] = field.strip()
    return mapping


def _outcome(proposal: Any) -> dict[str, Any]:
    counts = {name: getattr(proposal, name) for name in ("created", "changed", "unchanged", "refused")}
    return {**counts, "rows": [_row(row) for row in proposal.rows]}


def _row(row: Any) -> dict[str, Any]:
    problems = [{"column": problem.column, "message": problem.message} for problem in row.problems]
    return {"row": row.row, "outcome": row.outcome, "channel": row.channel, "problems": problems}


def _tell(proposal: Any, *, dry_run: bool) -> None:
    counts = {name: getattr(proposal, name) for name in ("created", "changed", "unchanged", "refused")}
    would = _("Would be: {created} new, {changed} changed, {unchanged} unchanged, {refused} refused.")
    done = _("Taken in: {created} new, {changed} changed, {unchanged} unchanged, {refused} refused.")
    say((would if dry_run else done).format(**counts))
    if proposal.doubtful:
        doubtful = ngettext("{count} row is doubtful.", "{count} rows are doubtful.", proposal.doubtful)
        say(doubtful.format(count=proposal.doubtful))
    for problem in proposal.problems:
        say(_("Column “{column}”: {message}").format(column=problem.column, message=problem.message))
    for row in proposal.rows:
        for problem in row.problems:
            say(
                _("Row {row}, column “{column}”: {message}").format(
                    row=row.row, column=problem.column, message=problem.message
                )
            )


def report(options: argparse.Namespace) -> int:
    """Write the quarterly report, and the same on paper where that is wanted."""
    from core.exchange.report.making import make_report
    from core.exchange.targets import refuse_target

    today = options.today or date.today()  # noqa: DTZ011 - the reader's own calendar day is meant
    target = Path(options.out).expanduser()
    pdf = Path(options.pdf).expanduser() if options.pdf is not None else None
    if pdf is not None:
        refuse_target(pdf, (".pdf",), path_of(options))
    with opened(options) as registry:
        made = make_report(
            registry, options.quarter, target, reader=options.reader, today=today, protect=options.protect
        )
        notes = [made.note, *_about_people(registry, options.reader)]
    say(_("The report was written: “{path}”.").format(path=made.path))
    if pdf is not None:
        _print(made.path, pdf, options.report_paper())
    for note in filter(None, notes):
        complain(note)
    return 0


def _about_people(registry: Registry, reader: str) -> Iterator[str]:
    """Say where the cover names somebody whom its reader should not read of, or nobody as its maker.

    Scheduled tasks are made by nobody, and what they say is sent by mail: the latter is said to people only.
    """
    from core.exchange.report.readers import Reader
    from core.protection.recognising.cover_names import names_sentence, read_cover_names

    if reader != Reader.PUBLIC and registry.me() is None and sys.stderr.isatty():
        yield _("The cover names nobody as its maker. Say once who works at this computer: me “first and last name”.")
    if reader != Reader.INTERNAL:
        with registry.reading() as session:
            text = str(read_settings(session)["report.cover-text"])
            yield names_sentence(read_cover_names(session).found_in(text) if text else [])


def _print(workbook: Path, pdf: Path, pdf_of: ReportPdfOf) -> None:
    """Write a report that was made as a PDF."""
    from core.exchange.report.on_paper import read_paper
    from core.storage.places import written_aside

    with written_aside(pdf, heeding=True) as aside:
        aside.write_bytes(pdf_of(read_paper(workbook)))
    say(_("Written: “{path}”.").format(path=pdf))
