"""Taking logins of a KeePass file in, with a real keyring; a crash in between costs nothing but the time."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from sqlalchemy import select

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import VaultError, open_vault
from core.errors import BadInputError
from core.exchange.keepass.proposal import Decisions
from core.exchange.keepass.proposing import propose
from core.exchange.keepass.reading import read_keepass
from core.exchange.keepass.taking_in import take_in
from core.inventory.credentials import channels_of
from core.model import Credential, CredentialKind, Reading
from tests.parts.keepass_files import PASSWORD, imported

pytestmark = pytest.mark.usefixtures("in_english")
KEY = "JBSWY3DPEHPK3PXP"


def credentials(custodian) -> dict[str, Credential]:
    with custodian.registry.reading() as session:
        found = {one.label: one for one in session.scalars(select(Credential))}
        session.expunge_all()
    return found


def certain(proposal):
    return [row for row in proposal.rows if row.certain]


GROUPS = {
    "Ämter": [
        {
            "Title": "Größe",
            "UserName": "presse@stadt.example",
            "Password": "Möwe-7 €ß",
            "URL": "https://www.facebook.com/stadtmoers",
            "Notes": "steht auf dem Zettel",
            "otp": f"otpauth://totp/a?secret={KEY}&digits=6&period=30",
        },
        {"Title": "Zoo", "UserName": "ä", "Password": "öü", "URL": "https://u:p@zoo.example/admin?token=t"},
        {"Title": "Bank", "UserName": "b", "Password": "bleibt weg", "URL": "https://bank.example"},
    ]
}


def test_a_file_of_keepassxc_is_taken_in_and_the_second_time_nothing_changes(custodian, tmp_path, caplog, today):
    path = imported(tmp_path / "zugänge.kdbx", GROUPS)
    entries = read_keepass(path, Secret(PASSWORD))
    with caplog.at_level(logging.DEBUG):
        proposal = propose(custodian, entries)
        taken = take_in(custodian, certain(proposal))
    assert (taken.added, taken.stored, taken.failed, taken.left) == (3, 3, (), 0)
    found = credentials(custodian)
    assert {label: one.kind for label, one in found.items()} == {
        "Größe": CredentialKind.PASSWORD,
        "Größe (one-time codes)": CredentialKind.TOTP,
        "Zoo": CredentialKind.PASSWORD,
    }
    assert found["Größe"].login_name == "presse@stadt.example"
    assert found["Größe"].notes is None
    assert found["Zoo"].address == "https://zoo.example/admin", "what may be secret in an address is not kept"
    assert keeping.read_secret(custodian, found["Größe"].id) == Secret("Möwe-7 €ß")
    with custodian.registry.reading() as session:
        assert [one.title for one in channels_of(session, found["Größe"].id)] == ["Stadt Moers"]
        assert {one.on for one in session.scalars(select(Reading))} == {today}
    again = propose(custodian, entries)
    assert [row.outcome for row in again.rows] == ["unchanged", "unchanged", "unchanged", "doubtful"]
    told = "\n".join([caplog.text, repr(proposal), repr(taken), repr(again)])
    for secret in ("Möwe-7", KEY, "bleibt weg", "u:p@", "token=t"):
        assert secret not in told.replace("https://u:p@zoo.example/admin?token=t", "")
        assert secret.encode() not in custodian.registry.path.read_bytes()


def test_notes_come_along_when_they_were_asked_for(custodian, entry):
    take_in(custodian, certain(propose(custodian, [entry("A", "b", "c", "x.com/stadt", notes="Bei Frau M.")])))
    assert credentials(custodian)["A"].notes == "Bei Frau M."


def test_a_new_secret_becomes_the_next_revision_and_the_old_one_stays(custodian, entry):
    one = entry("A", "b", "Eins", "x.com/stadt")
    take_in(custodian, certain(propose(custodian, [one])))
    (row,) = propose(custodian, [replace(one, password=Secret("Zwei"))]).rows
    assert row.outcome == "changed"
    taken = take_in(custodian, [row])
    assert (taken.added, taken.stored) == (0, 1)
    login = credentials(custodian)["A"]
    assert keeping.read_secret(custodian, login.id) == Secret("Zwei")
    assert keeping.read_secret(custodian, login.id, revision=1) == Secret("Eins")
    assert take_in(custodian, [row]).stored == 0, "the same click a second time"


def test_after_a_crash_in_the_middle_the_rest_is_taken_in(custodian: Custodian, entry, keyring_daemon):
    entries = [entry(f"Login {number}", f"n{number}", f"geheim {number}", "x.com/stadt") for number in range(4)]

    def crash(done: int, _all: int) -> bool:
        if done == 2:
            keyring_daemon.kill()
        return True

    taken = take_in(replace(custodian, told=crash), certain(propose(custodian, entries)))
    assert (taken.added, taken.stored, taken.left) == (4, 2, 1)
    assert [label for label, _why in taken.failed] == ["Login 2"]
    keyring_daemon.restart()
    anew = replace(custodian, vault=open_vault(custodian.registry.id, limit_seconds=60))
    proposal = propose(anew, entries)
    assert [row.outcome for row in proposal.rows] == ["unchanged", "unchanged", "changed", "changed"]
    assert take_in(anew, certain(proposal)).stored == 2
    for number, one in enumerate(entries):
        assert keeping.read_secret(anew, credentials(anew)[f"Login {number}"].id) == one.password


def test_without_a_keyring_nothing_is_written(custodian, entry, keyring_daemon):
    proposal = propose(custodian, [entry("A", "b", "c", "x.com/stadt")])
    keyring_daemon.kill()
    with pytest.raises(VaultError):
        take_in(custodian, certain(proposal))
    assert not credentials(custodian)


def test_who_stops_is_told_what_is_left(custodian, entry):
    entries = [entry(f"Login {number}", f"n{number}", "g", "x.com/stadt") for number in range(3)]
    stopping = replace(custodian, told=lambda done, _all: done < 1)
    taken = take_in(stopping, certain(propose(custodian, entries)))
    assert (taken.stored, taken.left) == (1, 2)


def test_a_secret_that_no_keyring_takes_is_named_and_the_others_are_stored(custodian, entry):
    entries = [entry("Lang", "a", "ü" * 90_000, "x.com/stadt"), entry("Kurz", "b", "g", "x.com/stadt")]
    taken = take_in(custodian, certain(propose(custodian, entries)))
    assert [label for label, _why in taken.failed] == ["Lang"]
    assert taken.stored == 1
    assert "üüüü" not in repr(taken)


def test_of_two_secrets_for_one_login_only_one_is_taken_in(custodian, entry):
    entries = [entry("Neu", "a", "Zwei", "x.com/stadt"), entry("Alt", "a", "Eins", "x.com/stadt")]
    rows = propose(custodian, entries).rows
    with pytest.raises(BadInputError, match="“Neu” and “Alt” are the same login"):
        take_in(custodian, rows)
    assert not credentials(custodian)
    assert take_in(custodian, rows[:1]).stored == 1


def test_a_row_without_a_channel_is_not_taken_in(custodian, entry):
    one = entry("Tresor", "a", "g")
    with pytest.raises(BadInputError, match="choose its channel first"):
        take_in(custodian, propose(custodian, [one]).rows)
    zoo = next(known for known in propose(custodian, []).channels if known.title == "Zoo")
    assert take_in(custodian, propose(custodian, [one], Decisions({1: zoo.id})).rows).stored == 1
