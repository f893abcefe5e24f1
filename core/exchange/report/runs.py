"""The reports that were made so far: which ones, when, by whom, and where what was issued is kept.

Any of them can be made again by making the report on its quarter for its reader; what has been corrected since the
last one, which readers have in hand, is then told by a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.days import local_day
from core.exchange.report import archive
from core.exchange.report.content import Issue, Order
from core.exchange.report.readers import Reader
from core.governance.quarters import Quarter, parse_quarter
from core.model import Action, Change, Person, ReportRun
from core.storage import chain
from core.storage.history import ERASE


@dataclass(frozen=True, slots=True)
class PastRun:
    """A report that was made.

    Attributes:
        id: The run.
        quarter: On which quarter.
        as_of: The day it speaks of.
        reader: For whom.
        language: In which language.
        made_at: When.
        made_by: By whom; empty where nobody was bound to the account.
        file_name: What the file was called.
        sha256: The hash of its content.
        head: How many entries the log had.
        archived: Where what was issued is kept; None where it is missing or not as it was.
        figures: What it counted, with stable keys.
        removed_on: The day on which what was issued was taken from the archive, because it named people whose data was
            to be erased; None where it was not.
    """

    id: UUID
    quarter: Quarter
    as_of: date
    reader: Reader
    language: str
    made_at: datetime
    made_by: str
    file_name: str
    sha256: str
    head: int
    archived: Path | None
    figures: Mapping[str, Any]
    removed_on: date | None = None


def past_runs(session: Session, registry: Path) -> list[PastRun]:
    """Return all reports that were made, newest first.

    Args:
        session: A session that reads.
        registry: The registry's file, beside which issued reports are kept.
    """
    query = select(ReportRun, Person).outerjoin(Person, Person.id == ReportRun.made_by_id)
    rows = session.execute(query.order_by(ReportRun.made_at.desc(), ReportRun.id)).all()
    return [_run(run, person, registry) for run, person in rows]


def _run(run: ReportRun, person: Person | None, registry: Path) -> PastRun:
    return PastRun(
        id=run.id,
        quarter=parse_quarter(run.quarter),
        as_of=run.as_of,
        reader=Reader(run.reader),
        language=run.language,
        made_at=run.made_at,
        made_by=person.name if person is not None else "",
        file_name=run.file_name,
        sha256=run.file_sha256,
        head=run.head_seq,
        archived=archive.issued(registry, run),
        figures=run.figures,
        removed_on=run.removed_on,
    )


def completed(session: Session, order: Order) -> Order:
    """Return an order that names what it corrects: the last report on the same quarter and day for the same reader.

    Reports that were made after the newest entry of the log say the same and are passed over, so that a report made
    twice is the same twice. A report on a running quarter corrects nothing. A run whose entry is not in the log,
    because an older backup was restored, is no report of this registry's.
    """
    if order.day < order.quarter.last_day:
        return order
    query = select(ReportRun).where(*_on_the_same(order), ReportRun.head_seq < chain.head(session)[0])
    newest_first = ReportRun.head_seq.desc(), ReportRun.made_at.desc(), ReportRun.id
    runs = session.scalars(query.order_by(*newest_first)).all()
    known = (run for run in runs if chain.hash_of(session, run.head_seq) == run.head_hash)
    issues = (Issue(run.head_seq, local_day(run.made_at)) for run in known)
    return replace(order, corrects=next(issues, None))


def issued_on(session: Session, order: Order) -> date | None:
    """Return on which day the report was issued that an order corrects; None where it corrects none."""
    corrects = completed(session, order).corrects
    return corrects.on if corrects is not None else None


def erased_since(session: Session, head: int) -> bool:
    """Say whether people's data was erased after an entry of the log."""
    query = select(Change.seq).join(Action, Action.id == Change.action_id)
    return session.scalar(query.where(Action.label == ERASE, Change.seq > head).limit(1)) is not None


def _on_the_same(order: Order) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on runs that say what an order asks for."""
    quarter, reader = ReportRun.quarter == str(order.quarter), ReportRun.reader == order.reader.value
    return quarter, reader, ReportRun.as_of == order.day
