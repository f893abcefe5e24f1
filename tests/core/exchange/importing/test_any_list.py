"""Whatever a list holds: a proposal or a sentence, and a second import that changes nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInputError
from tests.core.exchange.importing.lists import entries, imported, listed, proposed

HEADERS = (
    *("Netzwerk", "Adresse", "seit", "Zuständig", "Vertretung", "FD", "E-Mail", "letzter Beitrag", "Bemerkungen"),
    *("Status", "Facebook", "Follower", "Quatsch", "Tags", "Impressum", "Telefon", "Titel", "Zuletzt geprüft"),
)
NAMES = st.sampled_from(
    ["Erika Mustermann", "Mustermann, Max", "Müller", "Presse", "N. N.", "J. Müller", "Jörg Müller"]
)
TEXTS = st.text(max_size=30) | st.sampled_from(
    [
        *(
            "facebook.com/a",
            "x.com/b",
            "@a",
            "Facebook",
            "X",
            "a@x.example",
            "12.11.2010",
            "2010",
            "30.02.2010",
            "FD 3.5",
        ),
        *("3.5", "aktiv", "gelöscht", "Muster, Sabine (bis 31.12.2010)", "1.234", "ja", "Stadtbücherei", "01701234567"),
    ]
)
CELLS = (
    st.none() | TEXTS | NAMES | st.integers() | st.booleans() | st.dates() | st.floats(allow_nan=False) | st.datetimes()
)
TABLES = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=9, unique=True).flatmap(
    lambda head: st.tuples(
        st.just(tuple(head)), st.lists(st.lists(CELLS, max_size=len(head) + 1).map(tuple), max_size=8)
    )
)


@given(st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=12), st.booleans())
def test_any_sheet_gives_a_proposal_or_a_sentence(empty, rows, private_data):
    try:
        proposal = proposed(empty, listed(Blatt=rows), private_data=private_data)
    except BadInputError:
        return
    assert len(proposal.rows) == proposal.created + proposal.changed + proposal.unchanged + proposal.refused


@settings(max_examples=60)
@given(table=TABLES)
def test_any_list_imported_twice_changes_nothing_the_second_time(shared_registry, table):
    head, rows = table
    workbook = listed(("Unsere Kanäle",), head, *rows)
    try:
        first = imported(shared_registry, workbook)
    except BadInputError:
        return
    logged = entries(shared_registry)
    second = imported(shared_registry, workbook)
    assert entries(shared_registry) == logged, [row.before for row in second.rows]
    assert (second.created, second.changed, second.refused) == (0, 0, first.refused)
    if logged and first.writes.creations:
        shared_registry.undo()


@pytest.fixture(scope="module")
def shared_registry(tmp_path_factory):
    from tests.founding import new_registry

    made = new_registry(tmp_path_factory.mktemp("any") / "registratur.kanal")
    yield made
    made.close()


def test_ten_thousand_rows_are_proposed_in_seconds(empty):
    head = ("Netzwerk", "Adresse", "Kanalname", "Zuständig", "E-Mail", "FD", "letzter Beitrag", "Status", "Bemerkungen")
    rows = [
        (
            *("Facebook", f"https://www.facebook.com/kanal{number}", f"Kanal {number}"),
            *(f"Muster{number % 400}, Erika", f"erika.muster{number % 400}@x.example", f"FD {number % 50}"),
            *("12.11.2026", "aktiv", f"Notiz {number}"),
        )
        for number in range(10_000)
    ]
    started = time.process_time()
    proposal = proposed(empty, listed(head, *rows))
    took = time.process_time() - started
    written = {model.__name__: len(rows) for model, rows in proposal.writes.creations.items()}
    assert written == {"Channel": 10_000, "Person": 400, "OrgUnit": 50, "Responsibility": 10_000}
    assert took < 8, f"{took:.1f} s"
