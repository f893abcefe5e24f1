"""Proposes an import: reads a list against the registry and says of each row what would become of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.exchange.importing.accounts import Account, FoundAccount
from core.exchange.importing.cell_text import line_of
from core.exchange.importing.columns import by_hand, map_columns
from core.exchange.importing.comparing import Against, Comparison, Target, compare_facts, compare_unit
from core.exchange.importing.contacts import give_addresses, phone_to_take, private_columns
from core.exchange.importing.header import Header, find_header, no_row
from core.exchange.importing.importable import PLATFORM_PREFIX
from core.exchange.importing.known_channels import known_channels, state_of
from core.exchange.importing.known_people import KnownPerson, People
from core.exchange.importing.known_units import Units
from core.exchange.importing.plan import Plan
from core.exchange.importing.proposal import ColumnMap, Effect, Problem, Proposal, ProposedRow
from core.exchange.importing.responsible import compare_people
from core.exchange.importing.rows import ListRow, Understood, accounts_in, list_rows, understand
from core.exchange.reading import Workbook
from core.i18n import _
from core.inventory.dates_in_text import read_date
from core.model import Access, Channel
from core.partial_dates import exact_day

_SAMPLE = 60
_LONGEST_SAMPLE = 200
_DATED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the list with the accounts found in it."""

    row: ListRow
    accounts: tuple[FoundAccount, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """A list as understood: where its header stands, what its columns hold, its rows, the places of passwords."""

    header: Header
    columns: tuple[ColumnMap, ...]
    lines: Sequence[_Line]
    secret: frozenset[int]


def propose(  # noqa: PLR0913 - what a person can decide about a list
    workbook: Workbook,
    session: Session,
    *,
    today: date,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    corrections: Mapping[tuple[int, int], str] | None = None,
    left_out: frozenset[int] = frozenset(),
    private_data: bool = False,
) -> Proposal:
    """Say what an import of a list would do, without doing it.

    Args:
        workbook: The list as read.
        session: A session that reads the registry.
        today: The day that counts as today.
        sheet: The sheet to read, or None for the one whose header fits best.
        mapping: What columns hold by the user's word: header or letter -> field, an empty field for "not imported".
        corrections: Texts that replace those of cells, by row as the spreadsheet shows it and column from 0.
        left_out: Rows the user leaves out.
        private_data: Whether private telephone numbers and profiles are imported.

    Raises:
        BadInputError: There is no header, no row, or no such sheet, column or field.
    """
    header = find_header(workbook, sheet, mapping or {})
    columns, problems = map_columns(header.texts, _samples(header), by_hand(mapping or {}, header.texts))
    lines = _lines(list_rows(header, columns, corrections or {}), columns, workbook)
    state = state_of(session)
    secret = frozenset(problem.at for problem in problems)
    proposing = _Proposing(session, _List(header, columns, lines, secret), today, private_data=private_data)
    rows = tuple(one for line in lines for one in proposing.rows_of(line, left_out=line.row.number in left_out))
    problems += private_columns(columns, [line.row.texts for line in lines], private_data=private_data)
    return Proposal(header.sheet.name, header.row, columns, rows, problems, proposing.plan.writes(), state)


def _lines(rows: Iterable[ListRow], columns: Sequence[ColumnMap], workbook: Workbook) -> list[_Line]:
    """Find the accounts of all rows; a list without any row is refused."""
    lines = [_Line(row, tuple(accounts_in(row, columns))) for row in rows]
    if not lines:
        raise no_row(workbook)
    return lines


def _samples(header: Header) -> list[list[str]]:
    """Return for each column some of the texts below the header."""
    samples: list[list[str]] = [[] for _text in header.texts]
    for _number, row in header.rows_below()[: _SAMPLE * 4]:
        for place, cell in enumerate(row):
            if cell is not None and len(samples[place]) < _SAMPLE and (text := line_of(cell)[:_LONGEST_SAMPLE]):
                samples[place].append(text)
    return samples


def _counted_on(listed: _List, today: date) -> date:
    """Return the day for which the list counts followers: of that column's header, else of a title, else today."""
    headers = [column.header for column in listed.columns if column.field == "followers"]
    above = listed.header.sheet.rows[: listed.header.place]
    titles = [line_of(cell) for row in above for cell in row if cell is not None]
    for text in (*headers, *titles):
        found = _DATED.search(text)
        day = exact_day(read_date(found[0]).value) if found else None
        if day is not None and day <= today:
            return day
    return today


class _Proposing:
    """Goes through the rows once, and remembers which channels, people and units it has met."""

    def __init__(self, session: Session, listed: _List, today: date, *, private_data: bool) -> None:
        self.plan = Plan()
        self._columns = listed.columns
        self._headers = {column.field: column for column in listed.columns if column.field}
        self._secret = listed.secret
        self._private_data = private_data
        unit = self._headers.get("unit")
        texts = [line.row.texts.get(unit.column, "") for line in listed.lines] if unit else []
        people, units = People(session, self.plan), Units(session, self.plan, texts)
        self._against = Against(people, units, self.plan, today, _counted_on(listed, today))
        accounts = (found.account for line in listed.lines for found in line.accounts)
        self._known = known_channels(session, (account.key for account in accounts if account))
        self._targets: dict[str, Target] = {}

    def rows_of(self, line: _Line, *, left_out: bool) -> list[ProposedRow]:
        """Return what becomes of each account of a row."""
        if left_out:
            problem = Problem("", _("You left this row out."))
            return [self._refused(line.row, one, (problem,), left_out=True) for one in line.accounts[:1]]
        understood = understand(line.row, self._columns, self._against.today)
        give_addresses(understood, self._columns)
        if len(line.accounts) > 1:
            # A count of followers beside several accounts is none of any single one.
            understood.facts.pop("followers", None)
        return [
            self._row(line.row, one.account, one, understood)
            if one.account
            else self._refused(line.row, one, one.problems)
            for one in line.accounts
        ]

    def _refused(
        self, row: ListRow, found: FoundAccount, problems: tuple[Problem, ...], *, left_out: bool = False
    ) -> ProposedRow:
        label = found.account.label if found.account else found.text
        return ProposedRow(
            row.number, "refused", "refused", label, problems=problems, cells=self._cells(row), left_out=left_out
        )

    def _row(self, row: ListRow, account: Account, found: FoundAccount, understood: Understood) -> ProposedRow:
        earlier = self._targets.get(account.key)
        target = earlier or self._target(row, account, understood)
        comparison = Comparison(target, self._against)
        comparison.values.update({key: account.facts[key] for key in ("platform", "url", "handle", "account_id")})
        problems = list(found.problems)
        if earlier is not None:
            problems.append(
                self._problem("url", _("This account stands in row {row} already.").format(row=target.row), row)
            )
        self._compare(understood, comparison)
        problems += understood.problems
        problems += [self._problem(key, sentence, row) for key, sentence in comparison.doubts]
        effect: Effect = "changed" if comparison.changes else "unchanged"
        if earlier is None and target.known is None:
            effect = "created"
        return ProposedRow(
            row.number,
            "doubtful" if problems else effect,
            effect,
            account.label,
            comparison.values,
            comparison.before,
            tuple(dict.fromkeys(problems)),
            target.known.id if target.known else None,
            self._cells(row),
        )

    def _target(self, row: ListRow, account: Account, understood: Understood) -> Target:
        known = self._known.get(account.key)
        if known is None:
            title = understood.facts.get("title") or self._title(account, understood)
            columns = {**account.facts, "title": title, "registered_on": self._against.today}
            target = Target(self.plan.add(Channel, **columns), row.number, None)
        else:
            target = Target(known.id, row.number, known)
        self._targets[account.key] = target
        return target

    def _title(self, account: Account, understood: Understood) -> str:
        """Return the title of a channel without one: in a list with a column per platform, the unit of the row."""
        wide = any((column.field or "").startswith(PLATFORM_PREFIX) for column in self._columns)
        return line_of(understood.unit[1]) if wide and understood.unit[1] is not None else account.name

    def _compare(self, understood: Understood, comparison: Comparison) -> None:
        compare_facts(understood.facts, comparison)
        header, cell = understood.unit
        if cell is not None:
            compare_unit(header, cell, comparison)
        owners: list[KnownPerson] = []
        for key, named in understood.people.items():
            if named:
                found = compare_people(key, named, comparison)
                owners = found if key == "owner" else owners
        if len(owners) == 1:
            self._take_private(owners[0], understood, comparison)
        elif owners and phone_to_take(understood, self._columns, private_data=self._private_data):
            comparison.doubt("phone", _("It is not clear whose telephone number this is; it is left out."))

    def _take_private(self, owner: KnownPerson, understood: Understood, comparison: Comparison) -> None:
        """Note the owner's telephone number and, only if ticked, the profile by which the owner gets in."""
        phone = phone_to_take(understood, self._columns, private_data=self._private_data)
        if phone and self._against.people.fill_phone(owner, phone):
            comparison.change("phone", None)
        profile = understood.contact.get("private_profile")
        known = comparison.target.known
        if profile and self._private_data and not (known and profile in known.profiles):
            columns = {"channel_id": comparison.target.id, "person_id": owner.id, "via_profile": profile}
            self.plan.add(Access, **columns)
            if known:
                comparison.change("private_profile", None)

    def _problem(self, key: str, sentence: str, row: ListRow) -> Problem:
        column = self._headers.get(key) or next((c for c in self._columns if (c.field or "").startswith(key)), None)
        if column is None:
            return Problem("", sentence)
        return Problem(column.header, sentence, row.texts.get(column.column, ""), column.column)

    def _cells(self, row: ListRow) -> tuple[str, ...]:
        """Return the texts to show; what stands in a column of passwords is shown nowhere."""
        width = max((column.column for column in self._columns), default=-1) + 1
        return tuple("" if place in self._secret else row.texts.get(place, "") for place in range(width))
