"""All findings, however many there are, gravest first; their sentences name people only for the editorial team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.exchange.exporting import READ_AT_ONCE
from core.exchange.full.ties import owners_of
from core.exchange.report.readers import People, Reader, read_people, subject_for
from core.fields import Field
from core.governance.finding_lists import numbers_of_all, of_numbers
from core.governance.finding_table import FIELDS, ListedFinding, with_channels
from core.governance.findings import evidence_sentence

_VEILED = frozenset({"concerns", "sentence", "owner"})
"""What can name people or logins, so that readers outside the editorial team get other words for it."""


@dataclass(frozen=True, slots=True)
class WholeFindings:
    """All findings for one reader.

    Attributes:
        title: What the list is called, translated.
        reader: Who gets it.
    """

    title: str
    reader: Reader
    name: str = "finding"

    @property
    def fields(self) -> Sequence[Field]:
        """The columns, from left to right."""
        return FIELDS

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return how many findings there are, and the findings in their order."""
        numbers = numbers_of_all(session)
        return len(numbers), self._read(session, numbers, today)

    def _read(self, session: Session, numbers: Sequence[int], today: date) -> Iterator[Mapping[str, Any]]:
        people = read_people(session, self.reader)
        for start in range(0, len(numbers), READ_AT_ONCE):
            found = of_numbers(session, numbers[start : start + READ_AT_ONCE])
            yield from self._shown(session, with_channels(session, found, today), people, today)

    def _shown(
        self, session: Session, found: list[ListedFinding], people: People, today: date
    ) -> Iterator[Mapping[str, Any]]:
        if self.reader is Reader.INTERNAL:
            yield from ({one.key: listed.value(one.key) for one in FIELDS} for listed in found)
            return
        subjects = {listed.finding.subject_id for listed in found}
        owners = owners_of(session, [one for one in subjects if one is not None], today)
        for listed in found:
            one = listed.finding
            ids = owners.get(one.subject_id, ()) if one.subject_id is not None else ()
            free = {field.key: listed.value(field.key) for field in FIELDS if field.key not in _VEILED}
            subject = subject_for(self.reader, one.subject_type, one.subject_label)
            sentence = evidence_sentence(one.rule, one.evidence, with_names=False)
            yield {**free, "concerns": subject, "sentence": sentence, "owner": people.several(ids) or None}
