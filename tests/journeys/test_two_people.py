"""Two people with a keyring each verify each other through files and words; a third comes by certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shiboken6 import isValid

from core.custody.identity.certifying import name_head
from core.custody.identity.circle import Standing
from core.i18n import N_
from core.inventory.people import add_person
from gui.collecting import Collector
from gui.dialogs.revoke_card import RevokeCardDialog
from gui.dialogs.take_in_statement import TakeInStatementDialog
from gui.dialogs.verify_card import VerifyCardDialog
from gui.key_cards_model import PERSON, STATE
from tests.gui.desk import Desk
from tests.journeys.two_people import Seat, copy_for, longest_gap, read_out, type_heard
from tests.parts.keyrings import Keyrings

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
LONGEST_GAP = 0.4
"""The words take half a second of computing, which must not be the window's."""


@pytest.fixture
def office(qapp: object, tmp_path: Path, keyrings: Keyrings, in_english: None) -> Iterator[Callable[[str], Seat]]:
    """Copies of one registry in which all are entered and Erika is head of press; each call seats one person."""
    first = Desk(tmp_path / "office.kanal")
    collector = Collector(first.tasks)  # As in the program: no widget may be destroyed on a lane.
    with first.registry.action(N_("People")) as session:
        people = [add_person(session, name).id for name in ("Erika Mustermann", "Max Mustermann", "Lisa Musterfrau")]
    with first.registry.action(N_("Name head of press")) as session:
        name_head(session, people[0])
    first.settle()
    seats: list[Seat] = []

    def seat(name: str) -> Seat:
        desk = copy_for(first, tmp_path / f"{len(seats)}.kanal")
        seats.append(Seat(name, desk, keyrings(), keyrings))
        return seats[-1]

    yield seat
    for one in seats:
        one.close()
    first.close()
    collector.release()


def exchange(seats: list[Seat], folder: Path, monkeypatch: Any) -> dict[str, Path]:
    """Let each make a card and save it as a file in a shared folder."""
    cards = {}
    for one in seats:
        one.make_card()
        cards[one.name] = one.save("save-card", one.person, folder / f"{one.name}.karte", monkeypatch)
    return cards


def telephone(reader: Seat, typist: Seat, cards: dict[str, Path]) -> None:
    """Let two people verify each other on one call: the first reads out first."""
    with longest_gap() as gaps:
        at_reader = reader.drop(cards[typist.name], VerifyCardDialog)
        at_typist = typist.drop(cards[reader.name], VerifyCardDialog)
    assert gaps[0] < LONGEST_GAP
    reader.press(at_reader.primary)
    typist.press(at_typist.other)
    type_heard(typist, at_typist, read_out(at_reader))
    typist.press(at_typist.primary)
    reader.press(at_reader.primary)
    type_heard(reader, at_reader, read_out(at_typist))
    reader.press(at_reader.primary)
    typist.press(at_typist.primary)
    assert not any(isValid(one) and one.isVisible() for one in (at_reader, at_typist))


def test_two_people_verify_each_other_and_the_head_vouches_for_the_third(
    office: Callable[[str], Seat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    erika, max_, lisa = (office(name) for name in ("Erika Mustermann", "Max Mustermann", "Lisa Musterfrau"))
    cards = exchange([erika, max_, lisa], tmp_path, monkeypatch)
    assert max_.standing(erika.person) is Standing.NO
    telephone(erika, max_, cards)
    telephone(lisa, erika, cards)
    assert erika.standing(max_.person) is max_.standing(erika.person) is Standing.WORDS

    certificate = erika.save("certify-card", lisa.person, tmp_path / "lisa.bescheinigung", monkeypatch)
    assert max_.standing(lisa.person) is Standing.NO
    accepting = max_.drop(certificate, TakeInStatementDialog)
    max_.press(accepting.primary)
    assert max_.standing(lisa.person) is Standing.CERTIFICATE

    page = lisa.page()
    page.show_record(lisa.person)
    lisa.desk.settle()
    page.acts.revoke()
    revoking = lisa.dialog(RevokeCardDialog)
    lisa.press(revoking.primary)
    revoking.reject()
    revocation = lisa.save("save-revocation", lisa.person, tmp_path / "lisa.sperrung", monkeypatch)
    taking_in = max_.drop(revocation, TakeInStatementDialog)
    max_.press(taking_in.primary)
    assert max_.standing(lisa.person) is Standing.NO
    model = max_.page().list.model
    states = {model.index(row, PERSON).data(): model.index(row, STATE).data() for row in range(model.rowCount())}
    assert states["Lisa Musterfrau"].startswith("Revoked")


def test_a_card_swapped_on_the_way_is_noticed(
    office: Callable[[str], Seat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keyrings: Keyrings
):
    erika, max_ = office("Erika Mustermann"), office("Max Mustermann")
    cards = exchange([erika, max_], tmp_path, monkeypatch)
    between = office("Max Mustermann")  # Somebody with a copy of the registry who calls himself Max.
    between.make_card()
    forged = between.save("save-card", between.person, tmp_path / "forged.karte", monkeypatch)
    at_erika = erika.drop(forged, VerifyCardDialog)
    at_max = max_.drop(cards[erika.name], VerifyCardDialog)
    erika.press(at_erika.other)
    max_.press(at_max.primary)
    type_heard(erika, at_erika, read_out(at_max))
    assert at_erika.messages.text.startswith("The words are not the same.")
    assert erika.standing(max_.person) is Standing.NO
