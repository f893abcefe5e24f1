"""What the stored findings say of a listed record: how many there are, and how grave the gravest is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, select, type_coerce

from core.model import Channel, Credential, Finding, Severity
from core.model.record import enum_type

Subject = type[Channel] | type[Credential]


def of_findings(record: Subject, what: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return an aggregate of a record's findings, for the query that lists such records."""
    query = select(what).select_from(Finding)
    of_record = query.where(Finding.subject_id == record.id, Finding.subject_type == record.__tablename__)
    return of_record.correlate(record).scalar_subquery()


def worst_finding(record: Subject) -> ColumnElement[Any]:
    """Return the gravest severity of a record's findings, null where there is none."""
    ordered = list(Severity)
    weight = func.max(case({one.value: place for place, one in enumerate(ordered)}, value=Finding.severity))
    worst = case(dict(enumerate(one.value for one in ordered)), value=weight)
    return type_coerce(of_findings(record, worst), enum_type(Severity))
