"""Exported logins, opened by KeePassXC itself, and imported again."""

from __future__ import annotations

import csv
import io
import stat
import sys
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.custody import keeping
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError, UnusableFileError
from core.exchange.keepass.exporting import check_file_password, export_keepass, exportable
from core.exchange.keepass.matching import Channels
from core.exchange.keepass.proposing import propose
from core.exchange.keepass.reading import read_keepass
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, Reading
from tests.parts.keepass_files import cli

pytestmark = pytest.mark.usefixtures("in_english")
KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
FILE_PASSWORD = Secret("Großer Ärger überm Fluß, siebenmal €")
PASSWORD, TOTP = CredentialKind.PASSWORD, CredentialKind.TOTP


@pytest.fixture
def add(custodian):
    def make(label, secret="", kind=PASSWORD, channels=(), login_name=None, address=None):
        with custodian.registry.action("add") as session:
            ids = tuple(one.id for one in Channels(session).all if one.title in channels)
            made = add_credential(session, NewCredential(kind, label, ids, login_name))
            made.address = address
            login = made.id
        if secret:
            keeping.store_secret(custodian, login, Secret(secret))
        return login

    return make


def show(path, title, *more):
    words = ("show", "-s", "-a", "UserName", "-a", "Password", "-a", "URL", *more, str(path), title)
    return cli(*words, typed=f"{FILE_PASSWORD.reveal()}\n").splitlines()


def test_keepassxc_opens_what_was_exported_with_every_umlaut(custodian, add, tmp_path):
    chosen = [
        add("Größe & <Übersicht>", "Möwe-7 €ß \"'&<>", channels=("Stadt Moers",), login_name="prässe@stadt.example"),
        add("Codes", KEY, TOTP, ("Stadt Moers",)),
        add("Zoo", "ÄÖÜ\tß", channels=("Zoo",), login_name="ä", address="https://zoo.example/admin"),
        add("Notfall", "eins\nzwei", CredentialKind.RECOVERY_CODES, ("Ämter",)),
        add("Token", "tök", CredentialKind.API_TOKEN),
        add("Nur Codes", KEY, TOTP, ("Ämter",)),
    ]
    add("Nie gespeichert")
    path = tmp_path / "ausfuhr.kdbx"
    exported = export_keepass(custodian, chosen, path, FILE_PASSWORD)
    assert (exported.count, exported.left_out) == (5, ())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if ".kanal" not in one.name] == ["ausfuhr.kdbx"]
    told = cli("export", "-f", "csv", str(path), typed=f"{FILE_PASSWORD.reveal()}\n")
    rows = {row["Title"]: row for row in csv.DictReader(io.StringIO(told))}
    assert set(rows) == {"Größe & <Übersicht>", "Zoo", "Notfall", "Token", "Nur Codes"}
    first = rows["Größe & <Übersicht>"]
    assert (first["Username"], first["Password"]) == ("prässe@stadt.example", "Möwe-7 €ß \"'&<>")
    assert first["URL"] == "https://www.facebook.com/stadtmoers"
    assert first["Group"].endswith("/Facebook")
    assert f"secret={KEY}" in first["TOTP"]
    assert show(path, "Zoo")[:2] == ["ä", "ÄÖÜ\tß"]
    assert len(show(path, "Größe & <Übersicht>", "-t")[-1]) == 6, "KeePassXC shows the code of the moment"
    info = cli("db-info", str(path), typed=f"{FILE_PASSWORD.reveal()}\n")
    assert "Argon2" in info
    assert "AES 256" in info


def test_what_was_exported_comes_back_as_unchanged(custodian, add, tmp_path):
    chosen = [
        add("Facebook", "Eins", channels=("Stadt Moers", "Bücherei"), login_name="presse"),
        add("Codes", KEY, TOTP, ("Stadt Moers",)),
        add("Zoo", "Zwei", channels=("Zoo",), address="https://zoo.example/admin"),
        add("Notfall", "eins zwei", CredentialKind.RECOVERY_CODES, ("Ämter",)),
    ]
    path = tmp_path / "hin.kdbx"
    export_keepass(custodian, chosen, path, FILE_PASSWORD)
    rows = propose(custodian, read_keepass(path, FILE_PASSWORD)).rows
    assert {row.label: row.outcome for row in rows} == {
        "Facebook": "unchanged",
        "Facebook (one-time codes)": "unchanged",
        "Zoo": "unchanged",
        "Notfall": "unchanged",
    }


def test_only_what_this_keyring_holds_can_be_exported(custodian, add, tmp_path):
    held, empty = add("Da", "g"), add("Leer")
    gone = add("Weg", "g")
    keeping.release(custodian, gone)
    assert [one.label for one in exportable(custodian)] == ["Da"]
    assert export_keepass(custodian, [held, empty, gone, uuid4()], tmp_path / "a.kdbx", FILE_PASSWORD).count == 1
    with pytest.raises(BadInputError, match="None of these logins"):
        export_keepass(custodian, [empty], tmp_path / "b.kdbx", FILE_PASSWORD)
    assert not (tmp_path / "b.kdbx").exists()


def test_reading_for_the_export_counts_as_the_first_reading(custodian, add, tmp_path, keyrings, registry):
    login = add("Da", "g")
    keeping.store_secret(custodian, login, Secret("neu"))
    with registry.action("forget") as session:
        for one in session.scalars(select(Reading).where(Reading.revision == 2)):
            session.delete(one)
    later = replace(custodian, today=custodian.today + timedelta(days=3))
    export_keepass(later, [login], tmp_path / "a.kdbx", FILE_PASSWORD)
    with registry.reading() as session:
        assert {one.on for one in session.scalars(select(Reading).where(Reading.revision == 2))} == {later.today}


def test_a_file_that_is_there_is_never_overwritten(custodian, add, tmp_path):
    login, path = add("Da", "g"), tmp_path / "meine.kdbx"
    path.write_text("Die Datei eines anderen")
    with pytest.raises(UnusableFileError, match="exists already"):
        export_keepass(custodian, [login], path, FILE_PASSWORD)
    assert path.read_text() == "Die Datei eines anderen"


@pytest.mark.parametrize("weak", ["", "passwort", "Moers2026", "aaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_password_is_refused_before_anything_is_read(weak, custodian, add, tmp_path):
    with pytest.raises(BadInputError, match="too weak") as raised:
        export_keepass(custodian, [add("Da", "g")], tmp_path / "a.kdbx", Secret(weak))
    assert not weak or weak not in str(raised.value)
    check_file_password(FILE_PASSWORD)


def test_what_a_file_cannot_hold_is_named(custodian, add, tmp_path):
    chosen = [add("Steuerzeichen", "a\x00b"), add("Da", "g")]
    exported = export_keepass(custodian, chosen, tmp_path / "a.kdbx", FILE_PASSWORD)
    assert exported.count == 1
    assert [label for label, _why in exported.left_out] == ["Steuerzeichen"]


def test_a_stopped_export_leaves_no_file(custodian, add, tmp_path):
    chosen = [add("Eins", "a"), add("Zwei", "b")]
    with pytest.raises(ConflictError, match="was stopped"):
        export_keepass(replace(custodian, told=lambda done, _all: done < 1), chosen, tmp_path / "a.kdbx", FILE_PASSWORD)
    assert not list(tmp_path.glob("*.kdbx*")), "nor a part of one"


def test_without_the_extra_nothing_is_written(custodian, add, tmp_path, monkeypatch):
    login = add("Da", "g")
    monkeypatch.setitem(sys.modules, "pykeepass", None)
    with pytest.raises(BadInputError, match="need the extra"):
        export_keepass(custodian, [login], tmp_path / "a.kdbx", FILE_PASSWORD)
    assert not (tmp_path / "a.kdbx").exists()
