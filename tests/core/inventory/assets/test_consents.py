"""Consents: what they come to on a day, and what giving and withdrawing one refuses."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.inventory.assets import assets
from core.inventory.assets.consents import (
    ConsentState,
    Given,
    Term,
    add_form,
    current_consents,
    give,
    holds_on,
    state_of,
    withdraw,
)
from core.model import AssetKind, Consent, ConsentMedium
from tests.core.inventory.assets.asset_records import make_asset, make_consent, make_portrait
from tests.factories import TODAY
from tests.memory import records_in_memory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NEAR = st.dates(TODAY - timedelta(days=4), TODAY + timedelta(days=4))
STATE = ConsentState


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


@pytest.mark.parametrize(
    ("terms", "state"),
    [
        ([], (STATE.MISSING, None)),
        ([Term(TOMORROW, None, None)], (STATE.MISSING, None)),
        ([Term(TODAY, None, None)], (STATE.GIVEN, None)),
        ([Term(YESTERDAY, TODAY, None)], (STATE.GIVEN, None)),
        ([Term(YESTERDAY, YESTERDAY, None)], (STATE.ENDED, TODAY)),
        ([Term(YESTERDAY, None, TODAY)], (STATE.ENDED, TODAY)),
        ([Term(YESTERDAY, None, TOMORROW)], (STATE.GIVEN, None)),
        ([Term(YESTERDAY, None, YESTERDAY), Term(TODAY, None, None)], (STATE.GIVEN, None)),
        ([Term(YESTERDAY, None, YESTERDAY), Term(YESTERDAY, None, TODAY)], (STATE.ENDED, TODAY)),
    ],
)
def test_what_consents_come_to(terms, state):
    assert state_of(terms, TODAY) == state


@given(st.lists(st.tuples(NEAR, st.none() | NEAR, st.none() | NEAR), max_size=4), NEAR)
def test_the_list_of_assets_and_the_database_say_what_the_rules_say(told, day):
    terms = [Term(*one) for one in told]
    state, _since = state_of(terms, day)
    with records_in_memory() as session:
        portrait = make_portrait()
        given_ = [make_consent(portrait, given_on=on, until=until, withdrawn_on=back) for on, until, back in terms]
        session.add_all([portrait, *given_])
        session.flush()
        assert session.execute(assets.listing(day)).mappings().one()["consent"] is state
        holding = session.scalars(select(Consent).where(holds_on(day))).all()
    assert bool(holding) is (state is STATE.GIVEN)


@pytest.mark.parametrize("kind", list(AssetKind))
def test_only_of_portraits_the_list_tells_a_consent(session: Session, kind):
    session.add(make_asset(kind=kind))
    session.flush()
    state = session.execute(assets.listing(TODAY)).mappings().one()["consent"]
    assert state is (STATE.MISSING if kind is AssetKind.PORTRAIT else None)


def test_each_medium_has_a_consent_of_its_own(session: Session):
    portrait = make_portrait()
    session.add_all([portrait, make_consent(portrait, medium=ConsentMedium.PRINT)])
    session.flush()
    current = current_consents(session, portrait.id, TODAY)
    assert {medium for medium, (state, _since) in current.items() if state is STATE.GIVEN} == {ConsentMedium.PRINT}


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(("until", "refused"), [(None, False), (TODAY, False), (YESTERDAY, True)])
def test_a_consent_does_not_end_before_it_begins(session: Session, until, refused):
    portrait = make_portrait()
    session.add(portrait)
    session.flush()
    told = Given(ConsentMedium.WEBSITE, TODAY, until)
    if refused:
        with pytest.raises(BadInputError, match="cannot end before"):
            give(session, portrait.id, told)
    else:
        assert give(session, portrait.id, told).until == until


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(("on", "refused"), [(TODAY, False), (TOMORROW, False), (YESTERDAY, True)])
def test_a_consent_is_withdrawn_from_its_day_on_and_once(session: Session, on, refused):
    portrait = make_portrait()
    consent = make_consent(portrait, given_on=TODAY)
    session.add_all([portrait, consent])
    session.flush()
    if refused:
        with pytest.raises(BadInputError, match="was given only on"):
            withdraw(session, consent.id, on)
        return
    assert withdraw(session, consent.id, on).withdrawn_on == on
    with pytest.raises(ConflictError, match="withdrawn or removed in the meantime"):
        withdraw(session, consent.id, on)


def test_what_is_gone_takes_no_consent(session: Session):
    with pytest.raises(ConflictError):
        give(session, uuid4(), Given(ConsentMedium.PRESS, date(2026, 1, 1)))
    with pytest.raises(ConflictError):
        withdraw(session, uuid4(), TODAY)


def test_a_form_that_comes_later_is_added_once(session: Session):
    portrait = make_portrait()
    consent = make_consent(portrait)
    session.add_all([portrait, consent])
    session.flush()
    add_form(session, consent.id, "ab" * 32, "Einwilligung.pdf")
    assert (consent.form_sha256, consent.form_name) == ("ab" * 32, "Einwilligung.pdf")
    with pytest.raises(ConflictError):
        add_form(session, consent.id, "cd" * 32, "Anderes.pdf")
    with pytest.raises(ConflictError):
        add_form(session, uuid4(), "cd" * 32, "Anderes.pdf")
