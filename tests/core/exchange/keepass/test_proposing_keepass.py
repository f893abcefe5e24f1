"""What becomes of each entry of a KeePass file, told before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.custody import keeping, rotating
from core.custody.secret import Secret
from core.exchange.keepass.matching import Channels
from core.exchange.keepass.proposal import Decisions, Proposal, Row
from core.exchange.keepass.proposing import propose
from core.exchange.keepass.taking_in import take_in
from core.inventory.credentials import NewCredential, add_credential, retire
from core.model import CredentialKind, KeptIn
from core.model.journal import Change

pytestmark = pytest.mark.usefixtures("in_english")
KEY = "JBSWY3DPEHPK3PXP"
PASSWORD, TOTP = CredentialKind.PASSWORD, CredentialKind.TOTP


def titles(row: Row) -> list[str]:
    return [one.title for one in row.login.channels]


def only(proposal: Proposal) -> Row:
    (row,) = proposal.rows
    return row


def login(custodian, label="Login", kind=PASSWORD, channels=("Stadt Moers",), **more):
    with custodian.registry.action("add") as session:
        ids = tuple(one.id for one in Channels(session).all if one.title in channels)
        return add_credential(session, NewCredential(kind, label, ids, **more)).id


MATCHES = {
    "the address of the account": ("x", "y", ("https://www.facebook.com/stadtmoers/",), "created", ["Stadt Moers"]),
    "two accounts": (
        "x",
        "y",
        ("https://facebook.com/stadtmoers", "https://instagram.com/aemter"),
        "created",
        ["Stadt Moers", "Ämter"],
    ),
    "the platform, and the account as name": (
        "x",
        "buecherei",
        ("https://facebook.com/login",),
        "created",
        ["Bücherei"],
    ),
    "the platform, and the channel as title": ("Bücherei", "", ("https://m.facebook.com",), "created", ["Bücherei"]),
    "the platform's other host": ("x", "stadtmoers", ("https://business.facebook.com/",), "created", ["Stadt Moers"]),
    "the platform, of which there is one account": ("x", "y", ("https://x.com/login",), "doubtful", ["Stadt"]),
    "the platform, of which there are two": ("x", "y", ("https://facebook.com",), "doubtful", []),
    "the platform as title": ("Instagram", "y", (), "doubtful", ["Ämter"]),
    "the same website": ("x", "y", ("https://www.zoo.example/wp-login.php",), "created", ["Zoo"]),
    "another website": ("x", "y", ("https://bank.example/",), "doubtful", []),
    "nothing": ("Tresor", "y", (), "doubtful", []),
    "no web address": ("Ein Zugang", "y", ("cmd://putty",), "doubtful", []),
}


@pytest.mark.parametrize("case", MATCHES)
def test_entries_find_their_channels(case: str, custodian, entry):
    title, name, urls, outcome, expected = MATCHES[case]
    row = only(propose(custodian, [entry(title, name, "Geheim", *urls)]))
    assert (row.outcome, sorted(titles(row))) == (outcome, sorted(expected))
    assert row.takeable is bool(expected)
    assert row.certain is (outcome == "created")


def test_a_person_says_which_channel_is_meant(custodian, entry):
    one = entry("Tresor", "y", "Geheim")
    zoo = next(known for known in propose(custodian, [one]).channels if known.title == "Zoo")
    row = only(propose(custodian, [one], Decisions({one.number: zoo.id})))
    assert (row.outcome, titles(row)) == ("created", ["Zoo"])


def test_entries_of_one_name_and_password_at_one_host_are_one_login(custodian, entry):
    entries = [
        entry("Moers", "presse", "Geheim", "https://facebook.com/stadtmoers"),
        entry("Bücherei", "Presse", "Geheim", "https://facebook.com/buecherei"),
        entry("Anders", "presse", "Geheim", "https://x.com/stadt"),
    ]
    joined, other = propose(custodian, entries).rows
    assert sorted(titles(joined)) == ["Bücherei", "Stadt Moers"]
    assert "entries 1, 2 have the same name and password" in joined.problems[0]
    assert titles(other) == ["Stadt"]
    assert len(propose(custodian, entries, Decisions(join=False)).rows) == 3


def test_one_time_codes_are_a_login_of_their_own(custodian, entry):
    rows = propose(custodian, [entry("A", "b", "Geheim", "x.com/stadt", codes=KEY)]).rows
    assert [(row.kind, row.label) for row in rows] == [(PASSWORD, "A"), (TOTP, "A (one-time codes)")]


REFUSED = {
    "nothing secret": ({"password": ""}, "neither a password nor one-time codes"),
    "codes that are none": ({"password": "", "codes": "1!"}, "The key may have the letters"),
    "Steam's codes": ({"password": "", "codes": f"otpauth://totp/?secret={KEY}&encoder=steam"}, "Steam"),
    "codes by counter": ({"password": "", "codes": f"otpauth://hotp/?secret={KEY}"}, "not for codes by the time"),
    "a lost reference": ({"password": "{REF:P@I:00}"}, "refers to another one"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_never_be_taken_in_is_refused(case: str, custodian, entry):
    told, sentence = REFUSED[case]
    row = only(propose(custodian, [entry("A", "b", told.pop("password"), "x.com/stadt", **told)]))
    assert (row.outcome, row.takeable) == ("refused", False)
    assert sentence in row.problems[0]
    assert KEY not in repr(row)


def test_a_login_that_is_there_is_compared_with_the_keyring(custodian, entry):
    there = login(custodian, login_name="presse")
    one = entry("Anders genannt", "Presse", "Geheim", "facebook.com/stadtmoers")
    row = only(propose(custodian, [one]))
    assert (row.outcome, row.credential_id) == ("changed", there), "it has no secret yet"
    keeping.store_secret(custodian, there, Secret("Geheim"))
    assert only(propose(custodian, [one])).outcome == "unchanged"
    keeping.store_secret(custodian, there, Secret("Neuer"))
    assert only(propose(custodian, [one])).outcome == "changed"
    before = custodian.today - timedelta(days=400)
    row = only(propose(custodian, [replace(one, changed_on=before)]))
    assert (row.outcome, row.takeable) == ("doubtful", True)
    assert "newer than the file's" in row.problems[0]


def test_a_login_is_known_by_its_label_unless_name_or_channels_differ(custodian, entry):
    there = login(custodian, "Bücherei", channels=("Bücherei",))
    known = [
        entry("bücherei", "jemand", "Geheim"),
        entry("Bücherei", "", "Geheim", "https://facebook.com"),
    ]
    assert [row.credential_id for row in propose(custodian, known, Decisions(join=False)).rows] == [there, there]
    other = only(propose(custodian, [entry("Bücherei", "", "Geheim", "x.com/stadt")]))
    assert (other.credential_id, other.outcome) == (None, "created")


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ({"kept_in": KeptIn.ENVELOPE}, "not kept in a keyring"),
        ({}, ""),
    ],
)
def test_a_login_kept_elsewhere_is_left_alone(made, sentence, custodian, entry):
    login(custodian, login_name="presse", **made)
    row = only(propose(custodian, [entry("x", "presse", "Geheim", "facebook.com/stadtmoers")]))
    assert (row.outcome == "refused") is bool(sentence)
    assert sentence in row.problems[0]


def test_what_somebody_else_keeps_or_is_being_changed_is_left_alone(custodian, entry):
    there = login(custodian, login_name="presse")
    one = entry("x", "presse", "Geheim", "facebook.com/stadtmoers")
    keeping.store_secret(custodian, there, Secret("Eins"))
    rotating.begin_rotation(custodian, there, Secret("Zwei"))
    assert "under way" in only(propose(custodian, [one])).problems[0]
    rotating.abandon_rotation(custodian, there)
    keeping.release(custodian, there)
    row = only(propose(custodian, [one]))
    assert row.outcome == "refused"
    assert "Somebody else keeps its secret" in row.problems[0]
    with custodian.registry.action("retire") as session:
        retire(session, there, custodian.today)
    assert only(propose(custodian, [one])).outcome == "created", "a retired login is none any more"


def test_codes_without_a_name_belong_to_the_one_login_of_the_channel(custodian, entry):
    there = login(custodian, "Codes", TOTP)
    keeping.store_secret(custodian, there, Secret("jbsw y3dp ehpk 3pxp"))
    row = only(
        propose(
            custodian, [entry("x", "presse", "", "facebook.com/stadtmoers", codes=f"otpauth://totp/a?secret={KEY}")]
        )
    )
    assert (row.credential_id, row.outcome) == (there, "unchanged"), "the same key, written in another way"


def test_a_login_that_opens_more_than_it_did_is_changed(custodian, entry):
    there = login(custodian, login_name="presse")
    keeping.store_secret(custodian, there, Secret("Geheim"))
    row = only(propose(custodian, [entry("x", "presse", "Geheim", "facebook.com/stadtmoers", "x.com/stadt")]))
    assert row.outcome == "changed"
    assert "as well: Stadt (X" in row.problems[0]
    take_in(custodian, [row])
    assert only(propose(custodian, [row.login.entry])).outcome == "unchanged"


def test_an_old_and_a_new_password_of_one_login_are_both_doubted(custodian, entry):
    entries = [
        entry("Neu", "presse", "Zwei", "facebook.com/stadtmoers"),
        entry("Alt", "presse", "Eins", "facebook.com/stadtmoers", expires_on=date(2026, 1, 31)),
    ]
    rows = propose(custodian, entries).rows
    assert [row.outcome for row in rows] == ["doubtful", "doubtful"]
    assert "Entry 2 says something else" in rows[0].problems[0]
    assert "expires on" in rows[1].problems[1]


def test_looking_writes_nothing_and_is_no_reading(custodian, entry):
    def entries() -> int:
        with custodian.registry.reading() as session:
            return session.scalar(select(func.count()).select_from(Change)) or 0

    there = login(custodian, login_name="presse")
    keeping.store_secret(custodian, there, Secret("Geheim"))
    before = entries()
    propose(custodian, [entry("x", "presse", "Geheim", "facebook.com/stadtmoers")])
    assert entries() == before
