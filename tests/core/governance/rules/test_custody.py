"""Whether each secret is kept by several people, and each copy is where the registry says."""

from __future__ import annotations

import pytest

from core.governance.findings import evidence_sentence
from core.model import CustodyEnd, KeptIn, Severity
from tests.core.custody.keeping_records import LONG_AGO, make_copy, make_login, make_store
from tests.core.governance.raising import TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_person


def kept(rule, *records, second=None, login=None, **person):
    """What a rule says of a login that Erika keeps, and Max, too, if his copy is told of."""
    login = login or make_login()
    erika, max_ = make_person(function="Redaktion", **person), make_person(given_name="Max")
    hers, his = make_store(erika), make_store(max_)
    copies = [make_copy(login, hers)] + ([make_copy(login, his, **second)] if second is not None else [])
    return found(rule, login, erika, max_, hers, his, *copies, *records)


@pytest.mark.parametrize(
    ("second", "sole"),
    [
        (None, True),
        ({}, False),
        ({"revision": 1}, True),
        ({"revision": 3}, True),
        ({"until": TODAY, "ended": CustodyEnd.RELEASED}, True),
        ({"missing_since": TODAY}, True),
    ],
)
def test_a_secret_that_one_person_keeps_is_in_danger(second, sole):
    raised = kept("sole-holder", second=second)
    assert bool(raised) is sole
    assert all(one.severity is Severity.SEVERE and one.subject_type == "credential" for one in raised)


@pytest.mark.parametrize(
    ("values", "judged"),
    [
        ({}, True),
        ({"revision": 0, "rotated_on": None}, False),
        ({"kept_in": KeptIn.ENVELOPE}, False),
        ({"retired_on": TODAY}, False),
        ({"retired_on": TOMORROW}, True),
    ],
)
def test_only_secrets_in_keyrings_are_counted(values, judged):
    assert bool(kept("sole-holder", login=make_login(**values))) is judged


@pytest.mark.parametrize(
    ("dates", "left"), [({}, False), ({"leaving_on": TOMORROW}, False), ({"left_on": YESTERDAY}, True)]
)
@pytest.mark.usefixtures("in_english")
def test_the_sentence_says_whether_the_only_one_leaves(dates, left):
    (finding,) = kept("sole-holder", **dates)
    assert finding.evidence["left"] is left
    said = evidence_sentence(finding.rule, finding.evidence)
    assert said.startswith("Only Erika Mustermann keeps the secret")
    assert said.endswith("keeps the secret.") is not bool(dates)
    assert "Redaktion" in evidence_sentence(finding.rule, finding.evidence, with_names=False)


def test_who_is_here_counts_before_who_has_left():
    (finding,) = kept("sole-holder", second={}, left_on=days_ago(4))
    assert (finding.evidence["person"], finding.since) == ("Max Mustermann", days_ago(3))


def test_one_person_with_two_keyrings_is_one_person():
    login, erika = make_login(), make_person()
    one, two = make_store(erika), make_store(erika)
    assert found("sole-holder", login, erika, one, two, make_copy(login, one), make_copy(login, two))


def test_it_began_when_the_second_one_gave_the_copy_back():
    (finding,) = kept("sole-holder", second={"until": days_ago(9), "ended": CustodyEnd.RELEASED})
    assert finding.since == days_ago(9)
    (finding,) = kept("sole-holder")
    assert finding.since == LONG_AGO


def missing(*, store=None, login=None, **copy):
    login = login or make_login()
    erika = make_person(function="Redaktion")
    hers = make_store(erika, **(store or {}))
    return found("secret-missing", login, erika, hers, make_copy(login, hers, **copy))


@pytest.mark.parametrize(
    ("copy", "raised"),
    [
        ({}, []),
        ({"missing_since": days_ago(3)}, [("copies", days_ago(3))]),
        ({"missing_since": days_ago(3), "revision": 3}, [("copies", days_ago(3)), ("unheld", LONG_AGO)]),
        ({"missing_since": days_ago(3), "revision": 1}, [("unheld", LONG_AGO)]),
        ({"until": YESTERDAY, "ended": CustodyEnd.RELEASED}, [("unheld", YESTERDAY)]),
    ],
)
def test_a_secret_is_missing_where_a_keyring_should_have_it_or_nobody_has_it(copy, raised):
    assert [(one.evidence["what"], one.since) for one in missing(**copy)] == raised


def test_a_keyring_that_is_gone_is_one_finding_and_not_one_a_login():
    logins, erika = [make_login(label=label) for label in ("Amt", "Bad")], make_person(function="Redaktion")
    gone = make_store(erika, vanished_on=YESTERDAY, remark="PC-7")
    records = [*logins, erika, gone, *(make_copy(one, gone, missing_since=TODAY) for one in logins)]
    (finding,) = found("secret-missing", *records)
    assert (finding.subject_type, finding.subject_id, finding.since) == ("store", gone.id, YESTERDAY)
    assert finding.evidence["secrets"] == 2
    assert "Mustermann" not in finding.subject_label
    assert "Redaktion" in evidence_sentence(finding.rule, finding.evidence, with_names=False)


@pytest.mark.parametrize(
    ("values", "judged"),
    [({"revision": 0, "rotated_on": None}, False), ({"kept_in": KeptIn.OTHER_MANAGER}, False), ({}, True)],
)
def test_a_secret_that_was_never_stored_or_lies_elsewhere_is_not_missed(values, judged):
    assert bool(found("secret-missing", make_login(**values))) is judged


@pytest.mark.parametrize(("seen", "raised"), [(days_ago(180), False), (days_ago(181), True), (None, True)])
def test_a_secret_not_seen_for_half_a_year_is_told_of(seen, raised):
    login, erika = make_login(), make_person()
    hers = make_store(erika)
    copy = make_copy(login, hers, last_seen_on=seen)
    assert bool(found("secret-not-seen", login, erika, hers, copy)) is raised
    assert bool(found("secret-not-seen", login, erika, hers, copy_of(copy), secret_not_seen__days=900)) is False


def copy_of(copy):
    keys = ("credential_id", "person_id", "store_id", "slot", "revision", "since", "last_seen_on")
    return type(copy)(**{key: getattr(copy, key) for key in keys})


def test_it_is_enough_that_one_workstation_has_seen_it():
    login, erika = make_login(), make_person()
    one, two = make_store(erika), make_store(erika)
    old, fresh = make_copy(login, one, last_seen_on=days_ago(300)), make_copy(login, two, last_seen_on=days_ago(3))
    assert not found("secret-not-seen", login, erika, one, two, old, fresh)


def test_what_is_missing_is_not_told_of_twice():
    login, erika = make_login(), make_person()
    hers = make_store(erika)
    copy = make_copy(login, hers, last_seen_on=days_ago(300), missing_since=days_ago(100))
    assert not found("secret-not-seen", login, erika, hers, copy)
