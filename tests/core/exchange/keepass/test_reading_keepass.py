"""KeePass files of KeePassXC and by hand: their entries, or one sentence in time."""

from __future__ import annotations

import base64
import logging
import random
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from core.custody.secret import Secret
from core.errors import BadInputError, RegistryError, UnusableFileError
from core.exchange.keepass.entries import codes_in, day_of
from core.exchange.keepass.reading import read_keepass, require_keepass
from core.exchange.limits import MAX_FILE_BYTES, MEBIBYTE
from tests.parts.keepass_files import PASSWORD, cli, imported, old_format, typed_in, xml_of

pytestmark = pytest.mark.usefixtures("in_english")
KEY = "JBSWY3DPEHPK3PXP"
OTP = f"otpauth://totp/Stadt:m%C3%B6we?secret={KEY}&period=30&digits=6&issuer=Stadt"
SECRET = "Möwenschrei-37 <&> \"'"


def entries(path: Path, **more):
    return read_keepass(path, Secret(PASSWORD), **more)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file with everything that a KeePass file may hold for us."""
    referred = base64.b64encode(bytes(range(16)))
    return imported(
        tmp_path_factory.mktemp("keepass") / "viele.kdbx",
        {
            "Bücherei": [
                {
                    "Title": "Bücherei",
                    "UserName": "bücherei@stadt.example",
                    "Password": SECRET,
                    "URL": "https://facebook.com/buecherei",
                    "KP2A_URL_1": "https://instagram.com/buecherei",
                    "Notes": "privat: 0170",
                    "otp": OTP,
                    "_uuid": referred.decode(),
                },
                {"Title": "Alt", "UserName": "a", "Password": "x", "_expires": "2026-01-31T12:00:00Z"},
                {
                    "Title": "Verweis",
                    "UserName": "b",
                    "Password": f"{{REF:P@I:{bytes(range(16)).hex().upper()}}}",
                },
                {"Title": "Früher", "UserName": "c", "TOTP Seed": KEY, "TOTP Settings": "60;8"},
            ],
            "Papierkorb": [{"Title": "Weg", "UserName": "d", "Password": "gelöscht"}],
        },
    )


def test_a_file_typed_into_keepassxc_is_read_with_every_umlaut(tmp_path: Path):
    path = typed_in(
        tmp_path / "Zugänge.kdbx",
        ("Behörde/Übersicht", "stadtmörs", "https://facebook.com/stadtmoers", SECRET),
        ("Ämter", "ämter", "https://x.com/aemter", "ß"),
    )
    read = {one.title: one for one in entries(path)}
    assert set(read) == {"Übersicht", "Ämter"}
    one = read["Übersicht"]
    assert (one.login_name, one.urls, one.groups) == ("stadtmörs", ("https://facebook.com/stadtmoers",), ("Behörde",))
    assert one.password == Secret(SECRET)
    assert not one.codes
    assert [entry.name for entry in tmp_path.iterdir()] == ["Zugänge.kdbx"], "nothing is left beside it"


def test_codes_addresses_groups_and_expiry_are_read_and_the_recycle_bin_is_not(many: Path):
    first, old, referring, former = entries(many)
    assert first.urls == ("https://facebook.com/buecherei", "https://instagram.com/buecherei")
    assert first.codes == Secret(OTP)
    assert first.groups == ("Bücherei",)
    assert old.expires_on == date(2026, 1, 31)
    assert referring.password == Secret(SECRET), "a reference stands for what it refers to"
    assert former.codes == Secret(f"otpauth://totp/?secret={KEY}&digits=8&period=60")


def test_notes_stay_out_unless_they_are_asked_for(many: Path):
    assert entries(many)[0].notes == ""
    assert entries(many, with_notes=True)[0].notes == "privat: 0170"


def test_a_file_of_the_older_format_opens_as_fast_as_in_keepass(tmp_path: Path):
    """Its key takes a million and more rounds of AES, which a loop in Python would not end in time."""
    from core.exchange.keepass.opening import _encrypted

    path = old_format(tmp_path / "alt.kdbx", xml_of({"Zoo": [{"Title": "Zoo", "Password": SECRET}]}), rounds=70_001)
    assert "Zoo" in cli("ls", "-R", str(path), typed=f"{PASSWORD}\n"), "KeePassXC holds it for a true one"
    assert [(one.title, one.password) for one in entries(path)] == [("Zoo", Secret(SECRET))]
    began = time.process_time()
    _encrypted(bytes(32), bytes(16), 10_000_000)
    assert time.process_time() - began < 10


def test_a_key_file_opens_what_it_locked(tmp_path: Path):
    path, key = tmp_path / "a.kdbx", tmp_path / "a.key"
    cli("db-create", "-p", "-t", "100", "--set-key-file", str(key), str(path), typed=f"{PASSWORD}\n" * 2)
    words = ("add", "-p", "-u", "ä", "-k", str(key), str(path), "Eins")
    cli(*words, typed=f"{PASSWORD}\n{SECRET}\n")
    assert entries(path, key_file=key)[0].password == Secret(SECRET)
    with pytest.raises(BadInputError, match=r"Password or key file do not fit a\.kdbx"):
        entries(path)


def test_a_wrong_password_has_its_own_sentence(many: Path, tmp_path: Path):
    with pytest.raises(BadInputError, match="Password or key file do not fit"):
        read_keepass(many, Secret("falsch"))
    old = old_format(tmp_path / "alt.kdbx", xml_of({"Zoo": []}))
    with pytest.raises(BadInputError, match="Password or key file do not fit"):
        read_keepass(old, Secret("falsch"))


HOSTILE = {
    "empty": (lambda whole: b"", "is empty"),
    "header only": (lambda whole: whole[:12], "is damaged"),
    "half": (lambda whole: whole[: len(whole) // 2], "is damaged"),
    "a byte short": (lambda whole: whole[:-1], "is damaged"),
    "zip": (lambda whole: b"PK\x03\x04" + whole, "is no KeePass file"),
    "text": (lambda whole: b"Titel;Kennwort\n", "is no KeePass file"),
    "keepass 1": (lambda whole: whole[:4] + b"\x65\xfb\x4b\xb5" + whole[8:], "old KeePass 1"),
    "future": (lambda whole: whole[:10] + b"\x09\x00" + whole[12:], "is damaged"),
    "noise": (lambda whole: whole[:12] + random.Random(3).randbytes(5000), "is damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_whole_keepass_file_gets_its_sentence(name: str, many: Path, tmp_path: Path):
    change, sentence = HOSTILE[name]
    path = tmp_path / "datei.kdbx"
    path.write_bytes(change(many.read_bytes()))
    with pytest.raises(RegistryError, match=rf"datei\.kdbx.*{sentence}"):
        entries(path)


def test_flipped_bits_give_a_sentence_or_the_entries(many: Path, tmp_path: Path, rounds):
    chance, whole = random.Random(11), bytearray(many.read_bytes())
    path = tmp_path / "gekippt.kdbx"
    for _round in range(rounds(6, 500)):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        began = time.monotonic()
        with suppress(RegistryError):
            entries(path)
        assert time.monotonic() - began < 60


def test_a_hundred_megabytes_are_refused_at_once(tmp_path: Path):
    path = tmp_path / "gross.kdbx"
    with path.open("wb") as file:
        file.truncate(100 * MEBIBYTE)
    assert path.stat().st_size > MAX_FILE_BYTES
    with pytest.raises(UnusableFileError, match="larger than 64 MB"):
        entries(path)


def test_a_key_that_would_take_hours_is_given_up_in_time(tmp_path: Path):
    path = old_format(tmp_path / "lang.kdbx", xml_of({"Zoo": []}), rounds=1)
    whole = bytearray(path.read_bytes())
    place = whole.index(b"\x06\x08\x00") + 3
    for rounds in (1_900_000_000, 2**62):
        whole[place : place + 8] = rounds.to_bytes(8, "little")
        path.write_bytes(whole)
        with pytest.raises(UnusableFileError, match="could not be opened in time"):
            entries(path, seconds=4.0)


def test_no_secret_is_in_logs_in_what_is_shown_or_in_the_command_line(
    many: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    import subprocess

    started: list[str] = []
    original = subprocess.Popen.__init__

    def noted(self, *arguments, **named):
        started.append(repr((arguments, named.get("env"))))
        original(self, *arguments, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)
    with caplog.at_level(logging.DEBUG):
        read = entries(many, with_notes=True)
    told = "\n".join([repr(read), str(read), caplog.text, *capfd.readouterr(), *started])
    assert started
    for secret in (SECRET, KEY, PASSWORD, "privat: 0170"):
        assert secret not in told


@pytest.mark.parametrize("blocked", [True, False])
def test_without_the_extra_a_sentence_says_how_to_install_it(
    blocked: bool, many: Path, monkeypatch: pytest.MonkeyPatch
):
    if not blocked:
        require_keepass()
        return
    monkeypatch.setitem(sys.modules, "pykeepass", None)
    with pytest.raises(BadInputError, match=r"pip install pykeepass"):
        entries(many)


CODES = {
    "the address of KeePassXC": ({"otp": OTP}, OTP),
    "KeeOtp": ({"otp": f"key={KEY}&size=8"}, f"otpauth://totp/?secret={KEY}&digits=8"),
    "the old seed": ({"TOTP Seed": "jbsw y3dp"}, "jbsw y3dp"),
    "KeePass 2": (
        {"TimeOtp-Secret-Base32": KEY, "TimeOtp-Algorithm": "HMAC-SHA-256", "TimeOtp-Length": "8"},
        f"otpauth://totp/?secret={KEY}&digits=8&algorithm=HMACSHA256",
    ),
    "KeePass 2 with hexadecimal digits": ({"TimeOtp-Secret-Hex": "48656c6c6f21deadbeef"}, KEY),
    "none": ({"Title": "x"}, ""),
}


@pytest.mark.parametrize("case", CODES)
def test_codes_are_understood_as_each_program_writes_them(case: str):
    fields, expected = CODES[case]
    assert codes_in(fields) == Secret(expected)


def test_a_day_that_no_calendar_has_is_none():
    assert day_of("2026-01-31T12:00:00Z") == date(2026, 1, 31)
    assert [day_of(text) for text in ("2026-02-30", "////////", "x")] == [None, None, None]
