"""Accounts that carry the name of somebody who is erased: shown, and gone where the city does not use them any more."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.i18n import N_
from core.model import Channel, ChannelKind, ChannelState, FormerHandle, Person
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import ErasurePlan, plan_erasure
from core.protection.recognising.name_forms import Known, forms_of
from core.registry import Registry
from main import main
from tests.core.protection.canaries import leaks
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")

TODAY = date(2026, 11, 23)


@pytest.fixture
def leaver(registry: Registry) -> Person:
    person = make_person(family_name="Musterkoch", left_on=date(2019, 3, 31), function="Bürgermeisterin")
    with registry.action(N_("Add person")) as session:
        session.add(person)
    return person


def account(registry: Registry, handle: str, **values: object) -> Channel:
    """Register an account as its address alone tells it."""
    address = f"https://www.facebook.com/{handle}"
    facts = {"url": address, "url_as_entered": address, "handle": handle, "account_key": f"facebook:{handle}"}
    channel = make_channel(**(facts | values))
    with registry.action(N_("Add channel")) as session:
        session.add(channel)
    return channel


def erase(registry: Registry, ticked: set[str] | None = None) -> ErasurePlan:
    plan = plan_erasure(registry, TODAY)
    order = plan.order(ticked)
    begin(registry, order)
    carry_out(registry, order)
    assert registry.verify().broken_at is None
    return plan


def now(registry: Registry, channel: Channel) -> Channel:
    with registry.reading() as session:
        return session.get_one(Channel, channel.id)


@pytest.mark.parametrize(
    "name",
    [
        "erika.mustermann",
        "ErikaMustermann",
        "erika_mustermann_ob",
        "team-erika-mustermann",
        "ob.mustermann-erika",
        "erikamustermann24",
        "@erikamustermann",
    ],
)
def test_a_name_is_found_within_an_accounts_words(name: str):
    known = Known()
    known.learn({"given_name": "Erika", "family_name": "Mustermann"})
    assert forms_of([known], ()).sure_in_accounts.search(name)


@pytest.mark.parametrize(("name", "found"), [("mustermann.moers", True), ("stadt-moers", False), ("moers", False)])
def test_a_family_name_alone_is_unclear_and_a_word_of_the_city_is_none(name: str, found: bool):
    people = [Known(), Known()]
    for one, family in zip(people, ("Mustermann", "Moers"), strict=True):
        one.learn({"given_name": "Erika", "family_name": family})
    forms = forms_of(people, (), ["Stadt", "Moers"])
    assert not forms.sure_in_accounts.search(name)
    assert bool(forms.unclear_in_accounts.search(name)) is found


@pytest.mark.parametrize(
    "values",
    [
        {"state": ChannelState.CLOSED, "closed_on": date(2020, 1, 1)},
        {"state": ChannelState.REJECTED},
        {"kind": ChannelKind.OFFICE_HOLDER_PRIVATE},
    ],
)
def test_the_address_of_an_account_that_is_not_the_citys_goes(registry, leaver, tmp_path, values):
    channel = account(registry, "erika.musterkoch", title="Erika Musterkoch", **values)
    registry.back_up_automatically("daily")
    plan = erase(registry)
    assert plan.accounts == ()
    gone = now(registry, channel)
    assert (gone.handle, gone.url, gone.title) == ("[…]", "https://www.facebook.com/[…]", "[…]")
    assert leaks(registry.path.parent, ("musterkoch",)) == []


def test_two_accounts_without_their_names_are_not_taken_for_one(registry, leaver):
    private = {"kind": ChannelKind.OFFICE_HOLDER_PRIVATE}
    some = [account(registry, handle, **private) for handle in ("erika.musterkoch", "musterkoch.erika")]
    erase(registry)
    assert len({now(registry, one).account_key for one in some}) == 2


def test_an_account_in_use_stays_and_its_former_names_go(registry, leaver):
    channel = account(registry, "erika.musterkoch")
    with registry.action(N_("Rename")) as session:
        there = session.get_one(Channel, channel.id)
        there.handle, there.account_key = "buergermeisterin", "facebook:buergermeisterin"
        there.url = there.url_as_entered = "https://www.facebook.com/buergermeisterin"
        session.add(FormerHandle(channel_id=channel.id, handle="erika.musterkoch"))
    plan = erase(registry)
    assert plan.accounts == ()
    assert now(registry, channel).handle == "buergermeisterin"
    with registry.reading() as session:
        assert session.scalars(select(FormerHandle.handle)).all() == ["[…]"]
    assert leaks(registry.path.parent, ("musterkoch",)) == []


def test_an_account_in_use_is_told_and_goes_where_somebody_ticks_it(registry, leaver):
    channel = account(registry, "erika.musterkoch", title="Rathaus")
    plan = plan_erasure(registry, TODAY)
    (told,) = plan.accounts
    assert told == (
        "The address of the account “Rathaus” (https://www.facebook.com/erika.musterkoch) may name somebody. Have "
        "the account renamed or closed, and enter that here, before you erase: afterwards nobody can tell whose name "
        "it is."
    )
    erase(registry, {one.mention.key for one in plan.mentions})
    assert now(registry, channel).handle == "[…]"
    assert leaks(registry.path.parent, ("musterkoch",)) == []


def test_the_office_holders_account_for_which_somebody_still_answers_is_told(registry, leaver, capfd):
    channel = account(
        registry, "buergermeisterin", title="Die Bürgermeisterin", kind=ChannelKind.OFFICE_HOLDER_OFFICIAL
    )
    with registry.action(N_("Assign")) as session:
        session.add(make_owner(channel, leaver, since=date(2015, 1, 1)))
    words = ["--registry", str(registry.path), "--lang", "en", "people", "erase", "--due", "--also-open"]
    assert main([*words, "--dry-run"]) == 0
    told = "“Die Bürgermeisterin” is an office holder's account, and Erika Musterkoch still answers for it here."
    assert told in capfd.readouterr().out
