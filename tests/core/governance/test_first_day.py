"""The first day of a city: its list of 42 channels, and how much the first stage makes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.governance.findings import find, stored
from core.governance.rules import rule_named
from core.governance.stages import preview_stages
from core.governance.waivers import waive
from core.i18n import N_
from core.settings import read_settings
from tests.core.exchange.importing.lists import TODAY, imported, listed

PEOPLE = ("Erika Mustermann", "Max Mustermann", "Pressestelle", "Ute Beispiel")
NETWORKS = ("facebook", "instagram", "x", "youtube", "linkedin", "tiktok")
A_MORNING = 50
"""So many findings a team can go through in a morning: each takes a few minutes."""


def list_of_a_city():
    """A list as cities keep it: most rows in order, some without an owner or last post, a few old, one twice."""
    rows = [("Netzwerk", "Adresse", "Titel", "Zuständig", "letzter Beitrag")]
    for number in range(41):
        network = NETWORKS[number % len(NETWORKS)]
        posted = TODAY - timedelta(days=200 if number % 10 == 0 else 45 if number % 6 == 0 else number % 25)
        owner = "N. N." if number % 7 == 0 else PEOPLE[number % len(PEOPLE)]
        last = "" if number % 5 == 0 else posted.strftime("%d.%m.%Y")
        rows.append((network, f"{network}.com/amt{chr(97 + number % 26)}{number}x", f"Amt {number}", owner, last))
    return listed(*rows, ("Google+", "https://plus.google.com/+Musterstadt", "Stadt", PEOPLE[0], "01.03.2019"))


@pytest.fixture
def city(registry):
    registry.today = lambda: TODAY
    imported(registry, list_of_a_city())
    return registry


def test_the_first_stage_brings_what_a_team_deals_with_in_a_morning(city):
    with city.reading() as session:
        found = stored(session)
        assert found == find(session, TODAY, read_settings(session), 1)
        first, *later = preview_stages(session, TODAY, read_settings(session))
    assert 0 < len(found) == first.findings <= A_MORNING
    assert {"no-owner", "quiet", "platform-gone"} <= {one.rule for one in found}
    assert sum(stage.findings for stage in later) > A_MORNING, "this is why there are stages"


def test_every_finding_names_what_mends_it_and_can_be_borne_with(city):
    with city.reading() as session:
        found = stored(session)
    assert all(rule_named(one.rule).mends for one in found)
    with city.action(N_("Waive finding")) as session:
        for one in found:
            waive(session, one.rule, one.subject_type, one.subject_id, reason="Wahl", until=TODAY, today=TODAY)
    with city.reading() as session:
        assert stored(session) == []
    city.today = lambda: TODAY + timedelta(days=1)
    city.keep_current()
    with city.reading() as session:
        assert {one.rule for one in found} <= {one.rule for one in stored(session)}
