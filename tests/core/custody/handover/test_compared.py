"""Whether two people have compared words, as the registry tells of it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from core.custody.handover.compared import have_compared
from core.i18n import N_
from tests.core.custody.handover.handover_records import make_key_card, make_verification
from tests.factories import make_person


@pytest.fixture
def people(registry):
    """Erika and Max, each with a card."""
    with registry.action(N_("Prepare")) as session:
        erika, max_ = make_person(), make_person(given_name="Max")
        session.add_all([erika, max_])
        session.flush()
        cards = {one.id: make_key_card(one) for one in (erika, max_)}
        session.add_all(cards.values())
        session.flush()
        yield session, erika, max_, cards


def test_what_counts_is_that_the_one_who_asks_verified_the_other(people):
    session, erika, max_, cards = people
    assert not have_compared(session, erika.id, max_.id, erika.id)
    session.add(make_verification(cards[max_.id], erika))
    session.flush()
    assert have_compared(session, erika.id, max_.id, erika.id)
    assert not have_compared(session, erika.id, max_.id, max_.id)
    assert have_compared(session, erika.id, max_.id, uuid4()), "somebody else is told of either"


def test_a_revoked_card_is_compared_no_longer(people):
    session, erika, max_, cards = people
    session.add(make_verification(cards[max_.id], erika))
    cards[max_.id].revoked_on = date(2026, 11, 1)
    session.flush()
    assert not have_compared(session, erika.id, max_.id, erika.id)
