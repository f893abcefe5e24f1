"""Versions: the chain of what took each other's place, what is cut from it, and who approved it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.inventory.assets.assets import NewAsset, add_asset, bring_back, retire
from core.inventory.assets.versions import (
    Approval,
    KeptFile,
    add_derived,
    approve,
    current_version,
    issue_version,
    version_to_use,
    versions_of,
)
from core.model import AssetKind, AssetVariant, AssetVersion, Placement
from tests.core.inventory.assets.asset_records import make_asset
from tests.factories import TODAY, make_person
from tests.memory import records_in_memory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
COLOUR, NEGATIVE = AssetVariant.COLOUR, AssetVariant.NEGATIVE

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


@pytest.fixture
def asset(session: Session) -> UUID:
    made = make_asset()
    session.add(made)
    session.flush()
    return made.id


def a_file(mark: str = "a") -> KeptFile:
    return KeptFile(mark * 64, f"{mark}.png", "image/png", 1_000, 800, 800)


def issue(session: Session, asset: UUID, mark: str, **told) -> AssetVersion:
    version = issue_version(session, asset, a_file(mark), **{"issued_on": TODAY, **told})
    session.flush()
    return version


def cut(session: Session, version: AssetVersion, mark: str, placement: Placement = Placement.AVATAR) -> AssetVersion:
    derived = add_derived(session, version.id, a_file(mark), platform="x", placement=placement, today=TODAY)
    session.flush()
    return derived


def test_each_variant_is_a_chain_of_its_own(session: Session, asset):
    first, negative = issue(session, asset, "a"), issue(session, asset, "b", variant=NEGATIVE)
    second, third = issue(session, asset, "c"), issue(session, asset, "d")
    assert [one.number for one in (first, second, third, negative)] == [1, 2, 3, 1]
    assert (first.replaced_by_id, second.replaced_by_id, third.replaced_by_id) == (second.id, third.id, None)
    assert current_version(session, asset, COLOUR) is third
    assert current_version(session, asset, NEGATIVE) is negative
    assert current_version(session, asset, AssetVariant.BLACK_WHITE) is None
    assert versions_of(session, asset) == [third, second, first, negative]
    assert version_to_use(session, first.id, TODAY) is third


@pytest.mark.parametrize(("day", "number"), [(YESTERDAY, 1), (TODAY, 2), (TOMORROW, 3)])
def test_what_is_to_be_used_on_a_day_has_been_issued_by_then(session: Session, asset, day, number):
    days = zip("abc", (YESTERDAY, TODAY, TOMORROW), strict=True)
    first, *_newer = [issue(session, asset, mark, issued_on=on) for mark, on in days]
    assert version_to_use(session, first.id, day).number == number


def test_the_same_file_does_not_take_its_own_place(session: Session, asset):
    issue(session, asset, "a")
    with pytest.raises(BadInputError, match="in force already"):
        issue(session, asset, "a")
    assert issue(session, asset, "a", variant=NEGATIVE).number == 1


@pytest.mark.parametrize(("issued_on", "refused"), [(TODAY, False), (YESTERDAY, True)])
def test_a_newer_version_is_not_issued_before_the_one_in_force(session: Session, asset, issued_on, refused):
    issue(session, asset, "a")
    if refused:
        with pytest.raises(BadInputError, match="cannot be issued before"):
            issue(session, asset, "b", issued_on=issued_on)
    else:
        assert issue(session, asset, "b", issued_on=issued_on).number == 2


def test_what_is_retired_gets_no_version_until_it_is_brought_back(session: Session, asset):
    retire(session, asset, TODAY)
    with pytest.raises(ConflictError, match="retired in the meantime"):
        issue(session, asset, "a")
    with pytest.raises(ConflictError, match="retired in the meantime"):
        retire(session, asset, TODAY)
    assert bring_back(session, asset).retired_on is None
    with pytest.raises(ConflictError, match="brought back in the meantime"):
        bring_back(session, asset)
    assert issue(session, asset, "a")


def test_what_is_cut_always_comes_from_the_master_and_is_approved_as_that_is(session: Session, asset):
    person = make_person()
    session.add(person)
    master = issue(session, asset, "a", approval=Approval(YESTERDAY, person.id, TODAY))
    avatar = cut(session, master, "b")
    again = cut(session, avatar, "c")
    assert (avatar.derived_from_id, again.derived_from_id) == (master.id, master.id)
    assert (again.approved_on, again.approved_by_id, again.valid_until) == (YESTERDAY, person.id, TODAY)
    assert (again.derived_for, again.number, again.variant) == ("x/avatar", 1, COLOUR)
    assert (avatar.replaced_by_id, again.replaced_by_id) == (again.id, None)
    assert cut(session, master, "d", Placement.COVER).replaced_by_id is None
    assert current_version(session, asset, COLOUR) is master


def test_the_same_cut_twice_is_one(session: Session, asset):
    master = issue(session, asset, "a")
    assert cut(session, master, "b") is cut(session, master, "b")


def test_nothing_is_cut_from_what_was_replaced(session: Session, asset):
    master = issue(session, asset, "a")
    issue(session, asset, "b")
    with pytest.raises(ConflictError, match="cut from the newer one"):
        cut(session, master, "c")


def test_approving_a_file_approves_what_was_cut_from_it_once(session: Session, asset):
    master = issue(session, asset, "a")
    avatar = cut(session, master, "b")
    approve(session, master.id, TODAY, None)
    assert avatar.approved_on == TODAY
    with pytest.raises(ConflictError, match="approved or removed"):
        approve(session, master.id, TODAY, None)
    with pytest.raises(ConflictError):
        approve(session, uuid4(), TODAY, None)


@pytest.mark.parametrize(
    ("kind", "title", "shows_somebody", "refusal"),
    [
        (AssetKind.LOGO, "  ", False, "needs a title"),
        (AssetKind.LOGO, "Logo", True, "Only a portrait"),
        (AssetKind.PORTRAIT, "Erika", True, None),
        (AssetKind.PORTRAIT, "Jemand", False, None),
    ],
)
def test_an_asset_has_a_title_and_only_a_portrait_shows_a_person(session, kind, title, shows_somebody, refusal):
    person = make_person()
    session.add(person)
    told = NewAsset(kind, title, person.id if shows_somebody else None, source="  ", licence=" frei ")
    if refusal:
        with pytest.raises(BadInputError, match=refusal):
            add_asset(session, told)
    else:
        added = add_asset(session, told)
        assert (added.source, added.licence) == (None, "frei")
