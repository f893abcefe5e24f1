"""Putting an extract together: on a private copy of the registry, so that all of it holds at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.exchange.report.readers import Reader
from core.i18n import _, ngettext
from core.model import Person, ReportRun
from core.protection.extract.content import Extract, Part, Row, Told
from core.protection.extract.files import files_part
from core.protection.extract.labels import label_of
from core.protection.extract.logged import actor_part, subject_part
from core.protection.extract.rows import about_parts, about_rows, had_parts, mention_part
from core.protection.extract.telling import Teller
from core.protection.recognising.naming import hiding_of_others, mentions_of
from core.registry import Registry
from core.restoring import kept_backups
from core.settings import read_settings


def make_extract(registry: Registry, person_id: UUID, now: datetime) -> Extract:
    """Return everything that the registry knows about a person, and nothing about others.

    Raises:
        BadInputError: There is no such person, or everything that names them has been erased.
    """
    backups = len(kept_backups(registry.path))
    with registry.snapshot() as session:
        person = session.get(Person, person_id)
        if person is None or person.erased_on is not None:
            raise BadInputError(_("Nothing is known any more about this person."))
        teller = Teller(session, person_id, mentions_of(session, person_id), hiding_of_others(session, person_id))
        city = str(read_settings(session)["city.name"])
        return Extract(
            person_id, person.name, city, now, tuple(_parts(teller, registry.path)), tuple(_elsewhere(backups))
        )


def _parts(teller: Teller, registry: Path) -> Iterator[Part]:
    found = about_rows(teller)
    first = [
        *about_parts(teller, found),
        files_part(teller, found, registry),
        *had_parts(teller, found),
        mention_part(teller, found),
    ]
    above = {(one.label, one.text) for part in first for row in part.rows for one in row.values}
    ends = (subject_part(teller, found, above), actor_part(teller), _reports(teller.session))
    yield from (part for part in (*first, *ends) if part.rows)


def _reports(session: Session) -> Part:
    """Name the reports that can name people: those for readers within the house, which are kept as they were issued."""
    kept = select(ReportRun).where(ReportRun.reader == Reader.INTERNAL.value, ReportRun.removed_on.is_(None))
    rows = tuple(_report(run) for run in session.scalars(kept.order_by(ReportRun.made_at)))
    told = _("Reports for readers within the house name who answers for channels. These are kept as they were issued.")
    return Part("internal_reports", _("Reports that can name you"), rows, told)


def _report(run: ReportRun) -> Row:
    values: Sequence[tuple[str, str]] = (("quarter", run.quarter), ("file_name", run.file_name))
    return Row(tuple(Told(key, label_of("report_run", key), text, text) for key, text in values))


def _elsewhere(backups: int) -> Iterator[str]:
    if backups:
        told = ngettext(
            "{count} backup beside the registry holds what the registry held on its day.",
            "{count} backups beside the registry hold what the registry held on their days.",
            backups,
        )
        yield told.format(count=backups)
    yield _("Files that colleagues exported, printed or sent are not known to the registry.")
    yield _("Secrets themselves are in the keyrings of their holders and never in the registry.")
