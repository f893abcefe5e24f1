"""The city's own words stand wherever a label names its units, and nowhere else."""

from __future__ import annotations

import pytest

from core import i18n
from core.errors import BadInputError
from core.exchange.report.making import make_report
from core.i18n import N_, _, usual
from core.inventory import channels, units
from core.inventory.lists import CHANNELS
from core.model import UnitKind
from core.registry import open_registry
from core.terms import TERMS, change_term
from tests.core.exchange.report.workbooks import table


@pytest.fixture(autouse=True)
def own_words():
    """The words of a test end with it."""
    yield
    i18n.use_terms({})


def _change(registry, **words):
    with registry.action(N_("Change word")) as session:
        for key, word in words.items():
            change_term(session, f"term.{key}", word)


def _title(records, key):
    return next(one.title for one in records.fields if one.key == key)


def test_a_word_stands_in_tables_and_kinds_and_is_taken_back(registry):
    before = _title(CHANNELS, "unit"), _(UnitKind.DEPARTMENT.label)
    _change(registry, unit="Amt", department="Fachdienst")
    assert (_title(CHANNELS, "unit"), _("&Unit"), _(UnitKind.DEPARTMENT.label)) == ("Amt", "&Amt", "Fachdienst")
    assert (usual("Unit"), usual(UnitKind.DEPARTMENT.label)) == before
    registry.undo()
    assert (_title(CHANNELS, "unit"), _(UnitKind.DEPARTMENT.label)) == before


def test_a_word_holds_in_every_language_and_for_who_opens_the_registry_next(registry):
    _change(registry, units="Referate")
    i18n.use_terms({})
    again = open_registry(registry.path)
    i18n.use_language("en")
    assert _("Units") == "Referate"
    again.close()


def test_the_report_says_it(registry, tmp_path, today):
    with registry.action(N_("Fill")) as session:
        unit = units.add_unit(session, "FD 3.5 Internetredaktion")
        session.flush()
        channels.add_channel(session, "x.com/stadt", unit_id=unit.id, today=today)
    _change(registry, unit="Fachdienst")
    i18n.use_language("en")
    made = make_report(registry, "2026Q4", tmp_path / "bericht.xlsx", reader="internal", today=today)
    assert "Fachdienst" in table(made.path, "Channels")[0]


@pytest.mark.parametrize("word", ["x" * 41, "Rat & Tat", "a\x07b"])
def test_what_no_label_can_show_is_refused(registry, word):
    with pytest.raises(BadInputError):
        _change(registry, unit=word)


def test_an_empty_word_is_the_programs_own(registry):
    _change(registry, unit="Amt")
    _change(registry, unit="  ")
    assert _title(CHANNELS, "unit") == usual("Unit")


def test_every_kind_of_unit_has_a_word():
    assert {term.source for term in TERMS} == {"Unit", "Units", *(kind.label for kind in UnitKind)}
