"""What can be shown on a channel: the files in force, whether the person agreed, and with how much work it is read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.inventory.assets.choosing import pickable
from core.model import Asset, AssetKind, AssetVersion, ConsentMedium
from tests.core.inventory.assets.asset_records import LONG_AGO, make_asset, make_consent, make_portrait, make_version
from tests.factories import TODAY
from tests.memory import records_in_memory

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


def cut(session: Session, asset: Asset, place: str = "facebook/avatar", **values) -> tuple[AssetVersion, AssetVersion]:
    """Give a file and what was cut from it for a place."""
    master = make_version(asset, **values)
    derived = make_version(asset, derived_from_id=master.id, derived_for=place, sha256="b" * 64)
    session.add_all([master, derived])
    return master, derived


def test_what_was_cut_for_the_platform_comes_before_its_file_and_for_others_not_at_all(session: Session):
    asset = make_asset()
    session.add(asset)
    master, derived = cut(session, asset)
    _again, _elsewhere = cut(session, asset, "instagram/avatar", number=2, replaced_by_id=master.id, sha256="c" * 64)
    session.flush()
    assert [one.version_id for one in pickable(session, "facebook", TODAY)] == [derived.id, master.id]


def test_what_was_cut_from_a_file_that_was_replaced_cannot_be_chosen(session: Session):
    asset = make_asset()
    new = make_version(asset, number=2, sha256="c" * 64)
    session.add_all([asset, new])
    cut(session, asset, replaced_by_id=new.id)
    session.flush()
    assert [one.version_id for one in pickable(session, "facebook", TODAY)] == [new.id]


@pytest.mark.parametrize(("retired_on", "offered"), [(None, 1), (TOMORROW, 1), (TODAY, 0)])
def test_what_is_not_used_any_more_cannot_be_chosen(session: Session, retired_on, offered):
    asset = make_asset(retired_on=retired_on)
    session.add_all([asset, make_version(asset), font := make_asset(kind=AssetKind.FONT), make_version(font)])
    session.flush()
    assert len(pickable(session, "facebook", TODAY)) == offered


@pytest.mark.parametrize(
    ("platform", "consent", "may"),
    [
        ("facebook", {}, True),
        ("website", {}, False),
        ("website", {"medium": ConsentMedium.WEBSITE}, True),
        ("facebook", {"given_on": TOMORROW}, False),
        ("facebook", {"until": LONG_AGO}, False),
        ("facebook", {"withdrawn_on": TODAY}, False),
        ("facebook", {"withdrawn_on": TOMORROW}, True),
        ("facebook", None, False),
    ],
)
def test_a_portrait_may_be_shown_where_its_person_agreed(session: Session, platform, consent, may):
    portrait, arms = make_portrait(), make_asset()
    session.add_all([portrait, arms, make_version(portrait), make_version(arms)])
    if consent is not None:
        session.add(make_consent(portrait, **consent))
    session.flush()
    found = {one.kind: one.may_be_shown for one in pickable(session, platform, TODAY)}
    assert found == {AssetKind.PORTRAIT: may, AssetKind.COAT_OF_ARMS: True}


def test_many_portraits_are_read_with_as_few_statements_as_one(session: Session):
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    for more in (1, 30):
        for _number in range(more):
            portrait = make_portrait()
            session.add_all([portrait, make_consent(portrait)])
            cut(session, portrait)
        session.flush()
        session.expunge_all()
        asked.clear()
        assert pickable(session, "facebook", TODAY)
        counts.append(len(asked))
    assert counts == [2, 2]
