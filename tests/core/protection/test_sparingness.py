"""Nothing ranks, counts or charts by person: no query, no list, no sheet, no figure, no command (trust.md)."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.exchange.answers.questions import QUESTIONS
from core.exchange.exporting import export
from core.exchange.full.wanted import whole
from core.exchange.report.making import make_report
from core.exchange.report.readers import Reader
from core.fields import Number
from core.governance.overview import read_overview
from core.inventory.lists import LISTS
from core.inventory.quick_filters import CREDENTIAL_FILTERS, FILTERS, filter_counts
from core.inventory.recorded_fields import FIELDS
from core.model import Channel, Credential, Person, PersonKind
from core.registry import Registry
from main import main
from tests import sources
from tests.core.exchange.report.conftest import demo, demo_file
from tests.core.exchange.report.workbooks import load, load_values
from tests.sources import ROOT

__all__ = ["demo", "demo_file"]
BY_PERSON = re.compile(r"(?i)person|actor|owner|holder|\bby_id\b|made_by|_by_id")
COUNTING = re.compile(r"\bcount\(|Counter\(|\bsum\(|\bavg\(|rank\(")


def _functions() -> Iterator[tuple[str, str, ast.AST]]:
    for file in sources.python_files("core"):
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                yield f"{file.relative_to(ROOT)}: {node.name}", source, node


def _grouped_by(function: ast.AST) -> str:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    grouping = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "group_by")
    return " ".join(ast.unparse(one) for call in grouping for one in call.args)


def test_no_query_counts_or_sums_by_person():
    counting = [
        place
        for place, text, function in _functions()
        if COUNTING.search(text) and BY_PERSON.search(_grouped_by(function))
    ]
    assert not counting


def test_the_fence_sees_a_query_that_counts_by_person():
    text = "def ranking(s):\n    return s.execute(select(func.count()).group_by(Confirmation.person_id))"
    function = ast.parse(text).body[0]
    assert BY_PERSON.search(_grouped_by(function))
    assert COUNTING.search(text)


def test_no_list_shows_a_number_of_a_person():
    people = next(one for one in LISTS if one.name == "person")
    assert not [one.key for one in (*people.fields, *FIELDS["person"]) if isinstance(one.kind, Number)]


def _people(registry: Registry) -> tuple[set[str], set[str]]:
    with registry.reading() as session:
        humans = session.scalars(select(Person).where(Person.kind == PersonKind.PERSON))
        things = {*session.scalars(select(Channel.title)), *session.scalars(select(Credential.label))}
        return {one.name for one in humans}, things


@pytest.mark.parametrize("reader", list(Reader))
def test_no_row_of_a_report_has_a_number_beside_a_person(demo: Registry, tmp_path: Path, reader: Reader, today: date):
    """A row that names a person says nothing that can be counted, unless it is about a channel or a login."""
    out = tmp_path / "report.xlsx"
    make_report(demo, "2026Q3", out, reader=reader, today=today)
    names, things = _people(demo)
    counted = [
        (sheet.title, row)
        for sheet in load_values(out).worksheets
        for row in sheet.iter_rows(values_only=True)
        if names & set(row) and not things & set(row) and any(type(cell) in {int, float} for cell in row)
    ]
    assert not counted


def test_no_chart_of_a_report_has_people_for_its_categories(demo: Registry, tmp_path: Path, today: date):
    out = tmp_path / "report.xlsx"
    make_report(demo, "2026Q3", out, reader=Reader.INTERNAL, today=today)
    names, book, seen = _people(demo)[0], load(out), 0
    for sheet in book.worksheets:
        for chart in sheet._charts:
            for cell in _charted(book, chart):
                seen += 1
                assert not [name for name in names if name in str(cell)]
    assert seen > 10


def _charted(book: Any, chart: Any) -> Iterator[Any]:
    for series in chart.series:
        for source in (series.cat, series.val, series.tx):
            found = source and (getattr(source, "strRef", None) or getattr(source, "numRef", None))
            if found:
                sheet, _mark, cells = found.f.rpartition("!")
                for row in _as_rows(book[sheet.strip("'")][cells.replace("$", "")]):
                    yield from (cell.value for cell in row)


def _as_rows(found: Any) -> Any:
    return found if isinstance(found, tuple) else ((found,),)


def test_the_overview_knows_nobody(demo: Registry, today: date):
    names = _people(demo)[0]
    with demo.reading() as session:
        told = repr(read_overview(session, today))
        ids = {str(one) for one in session.scalars(select(Person.id))}
    assert not [one for one in names | ids if one in told]


def test_no_quick_filter_counts_what_one_person_has(demo: Registry, today: date):
    with demo.reading() as session:
        me = session.scalars(select(Person.id)).first()
        counted = [filter_counts(session, today, me, some) for some in (FILTERS, CREDENTIAL_FILTERS)]
    assert [{"all", "mine", "held-by-me"} & some.keys() for some in counted] == [{"all"}, {"all"}]


def test_no_exported_list_of_people_has_a_number(demo: Registry, tmp_path: Path, today: date):
    out = tmp_path / "list.json"
    export(demo, whole("people", Reader.INTERNAL), out, today=today)
    records = json.loads(out.read_text(encoding="utf-8"))["records"]
    assert records
    assert not [key for one in records for key, value in one.items() if type(value) in {int, float}]


def test_no_question_of_the_council_is_answered_by_person():
    assert not [one.key for one in QUESTIONS if BY_PERSON.search(one.key)]


def test_the_command_that_lists_people_counts_nothing(demo: Registry, capsys: pytest.CaptureFixture[str]):
    assert main(["--registry", str(demo.path), "list", "people", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert not [key for one in listed for key, value in one.items() if type(value) in {int, float}]


def test_no_screen_of_a_person_counts_anything():
    """The pages of a person and of the log tell entries one by one; they use no plural with a number."""
    shown = [ROOT / "gui/pages" / f"{name}.py" for name in ("people", "person_detail", "person_ties", "log")]
    assert not [file.name for file in shown if "ngettext" in file.read_text(encoding="utf-8")]
