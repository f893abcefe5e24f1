"""Short names and decomposed umlauts are erased from notes and hidden from others, as all names are."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime

import pytest

from core.i18n import N_
from core.model import Channel
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.protection.extract.making import make_extract
from core.protection.extract.writing import as_json
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")

TODAY, LONG_AGO = date(2026, 11, 23), date(2019, 3, 31)


@pytest.mark.parametrize("normal", ["NFC", "NFD"])
@pytest.mark.parametrize(("first", "family"), [("Mehmet", "Öz"), ("Jürgen", "Musterlöhr")])
def test_a_name_in_a_note_goes_however_short_and_however_composed(registry, first, family, normal):
    registry.today = lambda: TODAY
    note = unicodedata.normalize(normal, f"Bitte {first} {family} fragen")
    with registry.action(N_("Add")) as session:
        session.add(make_person(given_name=first, family_name=family, left_on=LONG_AGO))
        session.add(channel := make_channel(notes=note))
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)
    with registry.reading() as session:
        assert session.get_one(Channel, channel.id).notes == "Bitte […] fragen"


@pytest.mark.parametrize("normal", ["NFC", "NFD"])
def test_an_extract_names_nobody_else_however_short(registry, normal):
    note = "Erika Mustermann hat Streit mit Herrn Öz, M. Öz ist krank"
    with registry.action(N_("Add")) as session:
        session.add(erika := make_person(given_name="Erika", family_name="Mustermann"))
        session.add(make_person(given_name="Mehmet", family_name="Öz", function="Presse"))
        session.add(make_channel(notes=unicodedata.normalize(normal, note)))
    told = as_json(make_extract(registry, erika.id, datetime.now(UTC)))
    assert "Erika Mustermann hat Streit mit [Presse], [Presse] ist krank" in told
    assert "Öz" not in unicodedata.normalize("NFC", told)
