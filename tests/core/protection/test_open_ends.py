"""What is still going on with somebody whose time has come is said before the erasure, with the way to mend it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from core.i18n import N_
from core.model import Access, ChannelState, Person
from core.protection.planning import plan_erasure
from core.registry import Registry
from main import main
from tests.core.inventory.assets.asset_records import make_portrait, make_use, make_version
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")

LONG_AGO, TODAY = date(2019, 3, 31), date(2026, 11, 23)


@pytest.fixture
def leaver() -> Person:
    return make_person(left_on=LONG_AGO)


def told(registry: Registry, *records: object) -> str:
    with registry.action(N_("Add")) as session:
        session.add_all(records)
    return "\n".join(plan_erasure(registry, TODAY).open_ends)


def test_whoever_is_due_and_still_answers_for_channels_is_told_of_with_the_channels(registry, leaver):
    zoo, museum, closed = (make_channel(title=title, account_key=title) for title in ("Zoo", "Museum", "Alt"))
    closed.state = ChannelState.CLOSED
    ties = [make_owner(one, leaver) for one in (zoo, museum, closed)]
    said = told(registry, leaver, zoo, museum, closed, *ties)
    assert "Erika Mustermann still answers for “Museum" in said
    assert "“Zoo" in said
    assert "Hand on" in said
    assert "Alt" not in said


@pytest.mark.parametrize(("withdrawn_on", "is_told"), [(None, True), (TODAY, False)])
def test_an_open_access_is_told(registry, leaver, withdrawn_on, is_told):
    zoo = make_channel(title="Zoo")
    access = Access(channel_id=zoo.id, person_id=leaver.id, withdrawn_on=withdrawn_on)
    assert ("still has access to “Zoo" in told(registry, leaver, zoo, access)) is is_told


@pytest.mark.parametrize(("until", "is_told"), [(None, True), (TODAY, False)])
def test_a_picture_that_is_still_shown_is_told(registry, leaver, until, is_told):
    zoo, portrait = make_channel(title="Zoo"), make_portrait(leaver)
    version = make_version(portrait)
    said = told(registry, leaver, zoo, portrait, version, make_use(version, zoo, until=until))
    assert ("A picture of Erika Mustermann is still shown on “Zoo" in said) is is_told


def test_that_the_data_is_restricted_is_told(registry, leaver):
    leaver.restricted_on = LONG_AGO
    assert "is restricted (Art. 18 GDPR)" in told(registry, leaver)


def test_nothing_is_told_of_those_who_stay(registry):
    zoo, person = make_channel(title="Zoo"), make_person()
    assert told(registry, person, zoo, make_owner(zoo, person)) == ""


def test_the_command_line_tells_it_in_both_forms(registry, leaver, capfd):
    zoo = make_channel(title="Zoo")
    told(registry, leaver, zoo, make_owner(zoo, leaver))
    words = ["--registry", str(registry.path), "--lang", "en", "people", "erase", "--due", "--dry-run"]
    assert main([*words, "--json"]) == 0
    assert "still answers" in json.loads(capfd.readouterr().out)["open_ends"][0]
    assert main(words) == 0
    assert "still answers" in capfd.readouterr().out
    assert main(words[:-1]) == 0
    assert "still answers" in capfd.readouterr().err, "also of whom was erased unseen"
