"""A new coat of arms or a withdrawn consent, as issue and cleaning follow each other in a registry."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from core.governance.finding_lists import about_person, of_subject
from core.governance.findings import stored
from core.governance.mended import mended_findings
from core.i18n import N_
from core.inventory.assets.assets import NewAsset, add_asset
from core.inventory.assets.consents import Given, give, withdraw
from core.inventory.assets.places_to_clean import Why, places, tick_off
from core.inventory.assets.uses import show_on
from core.inventory.assets.versions import Approval, KeptFile, issue_version
from core.inventory.binding import bind
from core.model import AssetKind, AssetUse, AssetVariant, Channel, ConsentMedium, Placement
from core.registry import Registry
from core.settings import change_setting
from tests.factories import make_channel, make_person

ADD, SHOW, ISSUE = N_("Add asset"), N_("Show asset"), N_("Issue version of an asset")
CLEAN, WITHDRAW = N_("Clean place"), N_("Withdraw consent")
APPEARANCE = {"asset-outdated", "consent-expired", "portrait-without-consent", "no-asset", "asset-not-approved"}


@pytest.fixture
def six(registry: Registry) -> list[UUID]:
    """Six channels in a registry with all stages on, and somebody at the desk."""
    with registry.action(N_("Bind")) as session:
        bind(session, registry.store_id, "Erika Mustermann", registry.today())
        change_setting(session, "rules.stage", 4)
    with registry.action(N_("Add channel")) as session:
        channels = [make_channel(handle=f"stadt{letter}", account_key=f"facebook:{letter}") for letter in "abcdef"]
        session.add_all(channels)
        return [one.id for one in channels]


def a_file(mark: str) -> KeptFile:
    return KeptFile(mark * 64, f"{mark}.png", "image/png", 1_000, 800, 800)


def issued(registry: Registry, asset: UUID, mark: str, variant: AssetVariant = AssetVariant.COLOUR) -> UUID:
    with registry.action(ISSUE) as session:
        today = registry.today()
        approval = Approval(today, registry.me())
        return issue_version(session, asset, a_file(mark), variant=variant, issued_on=today, approval=approval).id


def shown(registry: Registry, version: UUID, channels: list[UUID]) -> None:
    with registry.action(SHOW) as session:
        show_on(session, version, channels, Placement.AVATAR, registry.today(), today=registry.today())


def raised(registry: Registry) -> list[tuple[str, UUID | None]]:
    with registry.reading() as session:
        return sorted(((one.rule, one.subject_id) for one in stored(session) if one.rule in APPEARANCE), key=str)


def open_places(registry: Registry) -> list[UUID]:
    with registry.reading() as session:
        return [one.use_id for one in places(session, registry.today()) if one.done_on is None]


def tick(registry: Registry, use: UUID) -> None:
    with registry.action(CLEAN) as session:
        tick_off(session, use, registry.today(), registry.me())


def expected(rule: str, channels: list[UUID]) -> list[tuple[str, UUID]]:
    return sorted(((rule, one) for one in channels), key=str)


def test_a_new_coat_of_arms_is_exchanged_in_six_places(registry: Registry, six: list[UUID]):
    assert raised(registry) == expected("no-asset", six)
    with registry.action(ADD) as session:
        arms = add_asset(session, NewAsset(AssetKind.COAT_OF_ARMS, "Wappen")).id
    first = issued(registry, arms, "a")
    issued(registry, arms, "b", AssetVariant.BLACK_WHITE)
    shown(registry, first, six)
    assert raised(registry) == []
    second = issued(registry, arms, "c")
    assert raised(registry) == expected("asset-outdated", six)
    todo = open_places(registry)
    assert len(todo) == 6
    for number, use in enumerate(todo, start=1):
        tick(registry, use)
        assert len(raised(registry)) == len(open_places(registry)) == 6 - number
    with registry.reading() as session:
        now = session.scalars(select(AssetUse).where(AssetUse.until.is_(None)))
        assert {(one.version_id, one.channel_id) for one in now} == {(second, one) for one in six}
        done = places(session, registry.today())
        assert {(one.done_on, one.done_by) for one in done} == {(registry.today(), "Erika Mustermann")}
        assert {one.label for one in mended_findings(session)} >= {"Clean place"}
    registry.undo()
    assert len(raised(registry)) == len(open_places(registry)) == 1
    registry.redo()
    assert raised(registry) == []


def test_a_withdrawn_consent_is_cleaned_from_six_places(registry: Registry, six: list[UUID]):
    with registry.action(ADD) as session:
        person = make_person(given_name="Max")
        session.add(person)
        portrait = add_asset(session, NewAsset(AssetKind.PORTRAIT, "Porträt", person.id)).id
    shown(registry, issued(registry, portrait, "a"), six)
    assert raised(registry) == expected("portrait-without-consent", six)
    with registry.action(N_("Enter consent")) as session:
        consent = give(session, portrait, Given(ConsentMedium.SOCIAL_MEDIA, registry.today())).id
    assert raised(registry) == []
    with registry.action(WITHDRAW) as session:
        withdraw(session, consent, registry.today())
    assert raised(registry) == expected("consent-expired", six)
    with registry.reading() as session:
        assert len(about_person(session, person.id)) == 6
        assert "consent-expired" in {one.rule for one in of_subject(session, six[0])}
        assert {one.why for one in places(session, registry.today())} == {Why.CONSENT}
    for use in open_places(registry):
        tick(registry, use)
    assert open_places(registry) == []
    assert raised(registry) == expected("no-asset", six)


def test_a_channel_that_is_removed_takes_its_places_along(registry: Registry, six: list[UUID]):
    with registry.action(ADD) as session:
        arms = add_asset(session, NewAsset(AssetKind.COAT_OF_ARMS, "Wappen")).id
    shown(registry, issued(registry, arms, "a"), six)
    issued(registry, arms, "b")
    with registry.action(N_("Delete channel")) as session:
        for use in session.scalars(select(AssetUse).where(AssetUse.channel_id == six[0])):
            session.delete(use)
        session.delete(session.get_one(Channel, six[0]))
    assert raised(registry) == expected("asset-outdated", six[1:])
    assert len(open_places(registry)) == 5
