"""How complete the entries are, as a percentage and as a list of what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from core.governance.completeness import PARTS, channels_missing, completeness, missing_facts, parts
from core.inventory.asking import ASKED_OF
from core.inventory.channels import FIELDS, listing
from core.model import Badge, Channel, ChannelKind, ChannelState, OrgUnit, Person
from tests.core.governance.raising import STATES
from tests.factories import TODAY, make_channel, make_person, make_unit
from tests.memory import records_in_memory

LEGAL = {"imprint_url", "privacy_notice_url", "netiquette_url", "linked_from_site", "response_target_hours"}


def whole(unit, person, **values):
    """A channel of which everything is known, even that something is not so."""
    texts = ("purpose", "audience", "care_hours", "outside_hours_rule", "equivalent_offer", "imprint_url")
    more = ("privacy_notice_url", "netiquette_url", "usage_concept_version", "approved_under")
    return make_channel(
        **{
            **dict.fromkeys((*texts, *more, "article_26_reference", "article_30_reference"), "https://moers.de"),
            **dict.fromkeys(("imprint_checked_on", "usage_concept_due_on", "approved_on"), TODAY),
            "opened_on": "2012",
            "last_post_on": "2026-11",
            "response_target_hours": 0,
            "imprint_clicks": 0,
            "goals": ("a",),
            "languages": ("de",),
            "official_badge": Badge.NONE,
            "linked_from_site": False,
            "unit_id": unit.id,
            "reply_coordinator_id": person.id,
            **values,
        }
    )


@dataclass
class Known:
    """An empty registry but for a unit and a person."""

    session: Session
    unit: OrgUnit
    person: Person

    def __call__(self, *channels: Channel) -> Session:
        self.session.add_all(channels)
        self.session.flush()
        return self.session


@pytest.fixture
def known():
    with records_in_memory() as session:
        known = Known(session, make_unit(), make_person())
        session.add_all([known.unit, known.person])
        yield known


def test_the_list_says_of_each_channel_what_its_page_says(known):
    kinds = [make_channel(handle=kind.value, kind=kind) for kind in ChannelKind]
    states = [make_channel(handle=state.value, state=state) for state in STATES]
    blank = make_channel(handle="blank", platform="website", purpose=" ", goals=("a",), linked_from_site=False)
    session = known(whole(known.unit, known.person), blank, *kinds, *states)
    listed = {row.id: row.completeness for row in session.execute(listing(TODAY))}
    told = {one: completeness(session, one) for one in listed}
    assert listed == {one: of_one.percent if of_one.asked else None for one, of_one in told.items()}
    assert len(set(listed.values())) > 3
    percents = [percent for percent in listed.values() if percent is not None]
    assert parts(session) == {
        (first, last): sum(first <= percent <= last for percent in percents) for first, last in PARTS
    }


def test_an_empty_registry_lacks_nothing(known):
    assert completeness(known()).percent == 100


def test_everything_known_is_a_hundred_percent_even_if_the_answer_is_no(known):
    session = known(whole(known.unit, known.person))
    assert completeness(session).percent == 100
    assert completeness(session).missing_most() == []


@pytest.mark.parametrize("key", sorted(ASKED_OF))
def test_each_fact_that_is_missing_is_named_and_counted(known, key):
    column = f"{key}_id" if key in {"unit", "reply_coordinator"} else key
    channel = whole(known.unit, known.person, **{column: () if key in {"goals", "languages"} else None})
    session = known(channel, whole(known.unit, known.person))
    found = completeness(session)
    assert [(fact.field.key, fact.asked, fact.missing) for fact in found.missing_most()] == [(key, 2, 1)]
    assert found.percent == 98
    assert channels_missing(session, key) == [channel.id]
    assert [field.key for field in missing_facts(session, channel.id)] == [key]


@pytest.mark.parametrize("state", STATES)
def test_only_channels_that_somebody_answers_for_are_asked(known, state):
    asked = {ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING}
    assert bool(completeness(known(make_channel(state=state))).asked) is (state in asked)


def test_what_the_law_asks_for_is_asked_where_the_city_speaks(known):
    private = make_channel(kind=ChannelKind.OFFICE_HOLDER_PRIVATE)
    session = known(private)
    assert not LEGAL & {field.key for field in missing_facts(session, private.id)}


def test_a_website_has_no_badge_and_needs_no_other_way(known):
    site = make_channel(platform="website")
    session = known(site)
    assert not {"official_badge", "equivalent_offer"} & {field.key for field in missing_facts(session, site.id)}


def test_what_is_missing_most_comes_first(known):
    both = {"purpose": " ", "goals": ()}
    session = known(whole(known.unit, known.person, purpose=None), whole(known.unit, known.person, **both))
    assert [fact.field.key for fact in completeness(session).missing_most()] == ["purpose", "goals"]


def test_every_fact_that_is_asked_can_be_entered():
    assert set(ASKED_OF) <= {field.key for field in FIELDS if field.editable}
