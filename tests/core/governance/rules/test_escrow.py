"""Whether those can open envelopes who should, and nobody else, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from core.governance.findings import evidence_sentence
from core.model import CredentialKind, EscrowOpening, KeptIn, KeyCard, Record, Severity
from tests.core.custody.keeping_records import (
    LONG_AGO,
    make_copy,
    make_envelope,
    make_key,
    make_login,
    make_rotation,
    make_store,
)
from tests.core.governance.raising import TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_person

pytestmark = pytest.mark.usefixtures("in_english")


def raised(rule, *records, **settings):
    return {one.subject_label: evidence_sentence(rule, one.evidence) for one in found(rule, *records, **settings)}


@pytest.mark.parametrize(
    ("login", "missing"),
    [
        ({}, True),
        ({"revision": 0, "rotated_on": None}, False),
        ({"kept_in": KeptIn.ENVELOPE}, False),
        ({"retired_on": TODAY}, False),
        ({"retired_on": TOMORROW}, True),
        ({"kind": CredentialKind.TOTP}, True),
    ],
)
def test_what_was_never_sealed_is_told_of(login, missing):
    assert bool(found("escrow-missing", make_login(**login), make_key())) is missing


def test_one_envelope_of_whatever_secret_is_no_missing_one():
    login, paper = make_login(), make_key()
    assert not found("escrow-missing", login, paper, make_envelope(login, paper, revision=1))
    (only_prepared,) = found("escrow-missing", login_of_two(), *prepared())
    assert only_prepared.severity is Severity.WARNING


def login_of_two():
    return make_login(label="Zweite")


def prepared():
    login, paper = make_login(label="Vorbereitet", retired_on=TODAY), make_key()
    return login, paper, make_envelope(login, paper, revision=3)


@pytest.mark.parametrize(
    ("keys", "settings", "said"),
    [
        ((), {}, "neither a printed recovery key"),
        (({},), {"escrow__needed": 2}, "there are not two"),
        (({"until": YESTERDAY},), {}, "neither a printed recovery key"),
    ],
)
def test_where_there_is_nobody_to_seal_to_it_is_one_finding_and_not_one_a_login(keys, settings, said):
    logins = [make_login(label=label) for label in ("Amt", "Bad")]
    (finding,) = found("escrow-missing", *logins, *(make_key(**key) for key in keys), **settings)
    assert (finding.subject_type, finding.subject_id, finding.evidence["count"]) == ("registry", None, 2)
    assert said in evidence_sentence(finding.rule, finding.evidence)


def test_where_all_holders_have_left_nothing_can_be_sealed():
    erika = make_person(left_on=YESTERDAY)
    (said,) = raised("escrow-missing", make_login(), erika, make_key(erika)).values()
    assert "Nobody who holds the escrow is here" in said


STALE: dict[str, tuple[list[Any], str]] = {
    "in order": ([], ""),
    "older": ([{"revision": 1}], "The envelopes hold an older secret."),
    "second holder": (["max lacks"], "There is no envelope for Max Mustermann."),
    "paper lacks": (["paper lacks"], "There is no envelope for the printed key."),
    "left": ([{"left_on": YESTERDAY}], "Max Mustermann has left and can still open it."),
    "leaves today": ([{"left_on": TODAY}], ""),
    "revoked": (["revoked"], "The key card of Max Mustermann is revoked and can still open it."),
    "removed": (["removed"], "Max Mustermann does not hold the escrow any more and can still open it."),
}


@pytest.mark.parametrize("case", STALE)
def test_an_envelope_is_stale_where_it_opens_for_too_few_or_too_many(case):
    (told, said) = STALE[case]
    flat = {key: value for one in told if isinstance(one, dict) for key, value in one.items()}
    login = make_login()
    max_ = make_person(given_name="Max", left_on=flat.get("left_on"))
    paper, his = make_key(), make_key(max_, until=TODAY if "removed" in told else None)
    envelopes = [
        make_envelope(login, key, revision=flat.get("revision", 2))
        for key, lacks in ((paper, "paper lacks"), (his, "max lacks"))
        if lacks not in told
    ]
    card = KeyCard(person_id=max_.id, store_id=max_.id, text="", fingerprint=str(his.card), created_on=LONG_AGO)
    card.revoked_on = days_ago(3) if "revoked" in told else None
    assert list(raised("escrow-stale", login, max_, paper, his, card, *envelopes).values()) == ([said] if said else [])


def pairs(*, needed, sealed):
    """A login that is sealed to the paper and Max by both or by each alone."""
    login, max_ = make_login(), make_person(given_name="Max")
    paper, his = make_key(), make_key(max_)
    shapes = {"pair": [make_envelope(login, paper, his)], "each": [make_envelope(login, one) for one in (paper, his)]}
    return raised("escrow-stale", login, max_, paper, his, *shapes[sealed], escrow__needed=needed)


@pytest.mark.parametrize(
    ("needed", "sealed", "said"),
    [
        (1, "each", ""),
        (2, "pair", ""),
        (2, "each", "One alone can still open an envelope, although two are needed."),
        (1, "pair", "It still takes two to open an envelope, although one is enough."),
    ],
)
def test_an_envelope_of_another_setting_is_stale(needed, sealed, said):
    assert list(pairs(needed=needed, sealed=sealed).values()) == ([said] if said else [])


def test_a_third_holder_is_named_and_not_those_who_have_their_envelope():
    login, max_, ute = make_login(), make_person(given_name="Max"), make_person(given_name="Ute")
    paper, his, hers = make_key(), make_key(max_), make_key(ute, since=days_ago(5))
    (finding,) = found(
        "escrow-stale", login, max_, ute, paper, his, hers, make_envelope(login, paper, his), escrow__needed=2
    )
    assert evidence_sentence(finding.rule, finding.evidence) == "There is no envelope for Ute Mustermann."
    assert "Mustermann" not in evidence_sentence(finding.rule, finding.evidence, with_names=False)
    assert finding.since == days_ago(5)


def opened(*records, login=None, **values):
    login = login or make_login()
    erika, paper = make_person(function="Leitung"), make_key()
    opening = EscrowOpening(
        escrow_key_id=paper.id,
        person_id=erika.id,
        **{"on": days_ago(2), "reason": "Max ist krank.", "credential_id": login.id, **values},
    )
    return found("escrow-opened", login, erika, paper, opening, *records)


def test_what_was_opened_is_shown_to_everybody_with_the_reason():
    (finding,) = opened()
    assert (finding.severity, finding.since) == (Severity.SEVERE, days_ago(2))
    said = evidence_sentence(finding.rule, finding.evidence)
    assert said.endswith("not changed since: Erika Mustermann on 20 Nov 2026 (Max ist krank).")
    veiled = evidence_sentence(finding.rule, finding.evidence, with_names=False)
    assert veiled.endswith("Leitung on 20 Nov 2026.")


@pytest.mark.parametrize("values", [{"drill": True}, {"credential_id": None}])
def test_a_drill_and_the_recovery_of_a_keyring_are_no_break_glass(values):
    assert opened(**values) == []


@pytest.mark.parametrize(
    ("rotated", "sealed", "raises"),
    [(None, True, True), (3, True, True), (1, False, True), (1, True, False)],
)
def test_it_ends_only_with_a_new_secret_and_a_new_envelope(rotated, sealed, raises):
    login, paper = make_login(), make_key()
    records: list[Record] = [paper, make_envelope(login, paper)] if sealed else []
    if rotated is not None:
        records.append(make_rotation(login, 2, days_ago(rotated)))
    assert bool(opened(*records, login=login)) is raises


@pytest.mark.parametrize(
    ("on", "tried", "due"),
    [
        (False, None, None),
        (True, None, True),
        (True, (92, 0), False),
        (True, (93, 0), True),
        (True, (3, 1), True),
        (True, "unfinished", True),
    ],
)
def test_a_drill_is_due_each_quarter_once_it_was_chosen(on, tried, due):
    erika, paper = make_person(), make_key()
    records = [erika, paper]
    if tried is not None:
        days, failed = tried if isinstance(tried, tuple) else (0, None)
        told = {"on": days_ago(days), "failed": failed, "opened": None if failed is None else 7}
        records.append(EscrowOpening(escrow_key_id=paper.id, person_id=erika.id, drill=True, **told))
    assert bool(found("drill-due", *records, drill__on=on)) is bool(due)


def test_a_fresh_escrow_is_given_a_quarter_and_a_failed_drill_is_a_warning():
    assert not found("drill-due", make_key(since=days_ago(92)), drill__on=True)
    assert found("drill-due", make_key(since=days_ago(93)), drill__on=True)
    assert not found("drill-due", drill__on=True), "there is no escrow"
    erika, paper = make_person(), make_key()
    tried = EscrowOpening(escrow_key_id=paper.id, person_id=erika.id, drill=True, on=TODAY, opened=3, failed=1)
    (finding,) = found("drill-due", erika, paper, tried, drill__on=True)
    assert finding.severity is Severity.WARNING
    assert "1 envelope did not open" in evidence_sentence(finding.rule, finding.evidence)


SOLE: dict[str, tuple[list[tuple[str, ...]], bool]] = {
    "nobody": ([], True),
    "paper": ([("paper",)], False),
    "herself": ([("erika",)], True),
    "another": ([("max",)], False),
    "one who left": ([("gone",)], True),
    "herself and the paper": ([("paper", "erika")], True),
    "two others": ([("paper", "max")], False),
    "one of two has left": ([("paper", "gone")], True),
}


@pytest.mark.parametrize("case", SOLE)
def test_a_secret_that_others_can_open_is_not_kept_by_one_person_alone(case):
    sealed, sole = SOLE[case]
    login, erika, max_ = make_login(), make_person(), make_person(given_name="Max")
    gone = make_person(given_name="Ute", left_on=YESTERDAY)
    keys = {"paper": make_key(), "erika": make_key(erika), "max": make_key(max_), "gone": make_key(gone)}
    store = make_store(erika)
    envelopes = [make_envelope(login, *(keys[name] for name in names)) for names in sealed]
    records = [login, erika, max_, gone, store, make_copy(login, store), *keys.values(), *envelopes]
    assert bool(found("sole-holder", *records)) is sole


def test_an_envelope_of_an_older_secret_counts_for_nothing():
    login, erika, paper = make_login(), make_person(), make_key()
    store = make_store(erika)
    old = make_envelope(login, paper, revision=1)
    assert found("sole-holder", login, erika, store, make_copy(login, store), paper, old)
