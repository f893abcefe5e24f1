"""Whether somebody looked at each key card, and whether each keyring is still in use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from core.governance.findings import evidence_sentence
from core.model import Act, HandoverStatement, ItemState, Severity, Way
from tests.core.custody.handover.handover_records import make_handover, make_item, make_key_card, make_verification
from tests.core.custody.keeping_records import LONG_AGO, make_copy, make_login, make_store
from tests.core.governance.raising import TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_person

STATE = ItemState


def people(**erika):
    return make_person(**erika), make_person(given_name="Max", function="Redaktion")


def cards(*records, erikas=None, **erika):
    """The findings about cards where Erika and Max have one each, and Erika has verified Max's."""
    one, other = people(**erika)
    hers, his = make_key_card(one, **erikas or {}), make_key_card(other)
    made = [record(one, other, hers, his) for record in records]
    return found("key-unverified", one, other, hers, his, make_verification(his, one), *made)


def by_max(_erika, max_, hers, _his):
    return make_verification(hers, max_)


def newer(erika, _max, hers, _his):
    return make_key_card(erika, store_id=hers.store_id, created_on=TODAY)


@pytest.mark.parametrize(
    ("records", "values", "raised"),
    [
        ([], {}, 1),
        ([by_max], {}, 0),
        ([], {"erikas": {"revoked_on": TODAY}}, 0),
        ([], {"left_on": YESTERDAY}, 0),
        ([], {"left_on": TODAY}, 1),
        ([newer], {}, 1),
        ([by_max, newer], {}, 1),
    ],
)
def test_a_card_that_nobody_verified_is_told(records, values, raised):
    found_ = cards(*records, **values)
    assert [(one.severity, one.subject_type) for one in found_] == [(Severity.NOTICE, "key_card")] * raised


def test_where_nobody_else_has_a_card_there_is_nobody_to_verify_it():
    erika, max_ = people()
    assert not found("key-unverified", erika, max_, make_key_card(erika))


def waiting(state, *, way=Way.SEALED, verified=(), expires_on=None):
    """Whose card holds a handover from Erika to Max up."""
    erika, max_ = people()
    hers, his = make_key_card(erika), make_key_card(max_)
    handover = make_handover(erika, max_)
    item = make_item(handover, state=state, way=way, expires_on=expires_on)
    told = {"giver": make_verification(his, erika), "taker": make_verification(hers, max_)}
    raised = found("key-unverified", erika, max_, hers, his, handover, item, *(told[one] for one in verified))
    return [one.evidence["person"].split()[0] for one in raised if one.subject_type == "handover"]


@pytest.mark.parametrize(
    ("state", "verified", "whose"),
    [
        (STATE.REQUESTED, (), ["Max"]),
        (STATE.REQUESTED, ("taker",), ["Max"]),
        (STATE.REQUESTED, ("giver",), []),
        (STATE.SEALED, ("giver",), ["Erika"]),
        (STATE.SEALED, ("giver", "taker"), []),
        (STATE.OPENED, (), []),
        (STATE.WITHDRAWN, (), []),
    ],
)
def test_a_sealed_handover_waits_for_who_has_not_verified_the_other(state, verified, whose):
    assert waiting(state, verified=verified) == whose


@pytest.mark.parametrize(("way", "waits"), [(Way.SEALED, 1), (Way.COPY, 1), (Way.RESET, 0), (Way.ROLE, 0)])
def test_only_what_is_sealed_needs_keys(way, waits):
    assert len(waiting(STATE.REQUESTED, way=way)) == waits


@pytest.mark.parametrize(("expires_on", "waits"), [(TODAY, 1), (YESTERDAY, 0)])
def test_what_has_run_out_waits_for_nobody(expires_on, waits):
    assert len(waiting(STATE.SEALED, expires_on=expires_on)) == waits


def lost(*, seen, since=LONG_AGO, card=None, said=None, copy=None, store=None, **person):
    """What is raised of a keyring in which a copy was last seen so many days ago."""
    erika = make_person(**person)
    hers = make_store(erika, since=since, **store or {})
    login, records = make_login(), list[Any]()
    if seen is not None:
        records.append(make_copy(login, hers, since=LONG_AGO, last_seen_on=days_ago(seen), **copy or {}))
    if card is not None:
        made = make_key_card(erika, store_id=hers.id, created_on=days_ago(card))
        records.append(made)
        if said is not None:
            records += _statement(erika, made, days_ago(said))
    return found("workstation-lost", erika, hers, login, *records)


def _statement(erika, card, on: date):
    handover = make_handover(erika, erika)
    facts: dict[str, Any] = {
        "act": Act.REQUEST,
        "number": 1,
        "text": "{}",
        "digest": uuid4().hex * 2,
        "taken_in_on": on,
    }
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    ids: dict[str, Any] = {"handover_id": handover.id, "person_id": erika.id, "card": card.fingerprint}
    return [handover, HandoverStatement(**facts, **ids, made_at=made_at)]


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ({"seen": 60}, False),
        ({"seen": 61}, True),
        ({"seen": None}, False),
        ({"seen": None, "card": 61}, True),
        ({"seen": 61, "card": 60}, False),
        ({"seen": 61, "card": 61, "said": 60}, False),
        ({"seen": 61, "card": 61, "said": 61}, True),
        ({"seen": 61, "since": days_ago(60)}, False),
        ({"seen": 61, "left_on": YESTERDAY}, False),
        ({"seen": 61, "absent_until": TODAY}, False),
        ({"seen": 61, "absent_until": YESTERDAY}, True),
        ({"seen": 61, "store": {"vanished_on": TODAY}}, False),
        ({"seen": 61, "store": {"until": TODAY}}, False),
        ({"seen": 61, "store": {"until": TOMORROW}}, True),
        ({"seen": 61, "copy": {"until": TODAY}}, False),
    ],
)
def test_a_keyring_of_which_nothing_was_heard_may_be_lost(told, raised):
    """A month besides the thirty days: when a copy was seen is kept no more exactly."""
    assert [one.since for one in lost(**told)] == [TODAY] * raised


@pytest.mark.usefixtures("in_english")
def test_the_sentences_name_the_person_only_to_those_who_may_know():
    for finding in (*lost(seen=100, function="Presse"), *cards(function="Presse")):
        assert "Erika Mustermann" in evidence_sentence(finding.rule, finding.evidence)
        assert "Presse" in evidence_sentence(finding.rule, finding.evidence, with_names=False)


def test_how_long_is_a_setting():
    erika = make_person()
    hers, login = make_store(erika), make_login()
    records = erika, hers, login, make_copy(login, hers, last_seen_on=TODAY - timedelta(days=100))
    assert not found("workstation-lost", *records, workstation_lost__days=70)
