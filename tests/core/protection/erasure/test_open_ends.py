"""What is still going on with somebody whose time has come is said before the erasure, with the way to mend it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from core.i18n import N_
from core.model import Access, Asset, ChannelState, Person
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry
from main import main
from tests.core.inventory.assets.asset_records import make_consent, make_portrait, make_use, make_version
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


def asked(registry: Registry, capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["--registry", str(registry.path), "--lang", "en", "people", "erase", "--due", *words])
    said = capfd.readouterr()
    return code, said.out, said.err


def is_erased(registry: Registry, person: Person) -> bool:
    with registry.reading() as session:
        return session.get_one(Person, person.id).erased_on is not None


@pytest.fixture(params=["restricted", "answers"])
def unsettled(request: pytest.FixtureRequest, registry: Registry) -> tuple[Person, Person]:
    """Somebody who has to be asked before, whose portrait is due as well, and somebody who has not."""
    open_, settled = make_person(left_on=LONG_AGO), make_person(given_name="Max", left_on=LONG_AGO)
    portrait, zoo = make_portrait(open_), make_channel(title="Zoo")
    if request.param == "restricted":
        open_.restricted_on = LONG_AGO
    ties = [make_owner(zoo, open_)] if request.param == "answers" else []
    told(registry, open_, settled, zoo, *ties, portrait, make_version(portrait), make_consent(portrait, until=LONG_AGO))
    return open_, settled


def test_the_command_line_leaves_out_whoever_has_to_be_asked_before(registry, unsettled, capfd):
    code, out, err = asked(registry, capfd)
    assert (code, [is_erased(registry, one) for one in unsettled]) == (1, [False, True])
    assert "people: 1;" in out
    assert "Left out: Erika Mustermann" in err
    assert "before you erase" in err
    assert "--also-open" in err
    with registry.reading() as session:
        assert session.query(Asset).one().retired_on is None, "what is theirs stays as well"


def test_the_command_line_tells_before_whom_it_would_leave_out(registry, unsettled, capfd):
    code, out, err = asked(registry, capfd, "--dry-run")
    assert (code, "Erika Mustermann (" in out, "Max Mustermann (" in out) == (1, False, True)
    assert "Left out: Erika Mustermann" in err
    assert [is_erased(registry, one) for one in unsettled] == [False, False]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_programs_are_told_who_was_left_out(registry, unsettled, capfd, words):
    code, out, _err = asked(registry, capfd, "--json", *words)
    (one,) = json.loads(out)["left_out"]
    assert (code, one["id"], one["name"]) == (1, str(unsettled[0].id), "Erika Mustermann")
    assert "before you erase" in one["why"][0]


def test_whoever_says_so_erases_them_as_well(registry, unsettled, capfd):
    code, out, _err = asked(registry, capfd, "--also-open", "--dry-run", "--json")
    told = json.loads(out)
    assert (code, len(told["people"]), told["left_out"]) == (0, 2, [])
    assert "before you erase" in told["open_ends"][0]
    code, _out, err = asked(registry, capfd, "--also-open")
    assert (code, [is_erased(registry, one) for one in unsettled]) == (0, [True, True])
    assert "before you erase" in err, "also of whom was erased unseen"


def test_the_window_goes_on_to_show_them_and_ask(registry, unsettled):
    plan = plan_erasure(registry, TODAY)
    assert ({one.id for one in plan.people}, plan.left_out) == ({one.id for one in unsettled}, ())
