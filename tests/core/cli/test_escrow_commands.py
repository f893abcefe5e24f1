"""The escrow on the command line: two people with keyrings of their own, on one registry, by turns."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core import workstation
from core.custody import keeping
from main import main
from tests.core.custody.escrow.sharing import SECRETS, Seat, print_key, store, take_seats, verify
from tests.core.custody.identity.conftest import office, quick_words
from tests.core.custody.identity.office import Office

__all__ = ["office", "quick_words"]

REASON = "Erika ist krank"


@dataclass
class Terminal:
    """One person's command line; everything that was ever printed is kept."""

    seat: Seat
    capfd: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    said: list[str]

    def __call__(self, *words: object, stdin: str = "") -> tuple[int, str, str]:
        registry = self.seat.custodian.registry
        self.monkeypatch.setattr(workstation, "store_id", lambda: self.seat.store_id)
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        try:
            code = main(["--registry", str(registry.path), "--lang", "en", "escrow", *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = self.capfd.readouterr()
        self.said += [out, err]
        return code, out, err

    def status(self) -> Any:
        code, out, _err = self("status", "--json")
        assert code == 0
        return json.loads(out)


@pytest.fixture
def seats(office: Office) -> list[Seat]:
    made = take_seats(office, "Erika", "Max")
    verify(*made)
    return made


@pytest.fixture
def logins(seats: list[Seat]) -> dict[str, UUID]:
    return store(seats[0])


@pytest.fixture
def terminals(
    seats: list[Seat],
    logins: dict[str, UUID],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> list[Terminal]:
    said: list[str] = []
    return [Terminal(seat, capfd, monkeypatch, said) for seat in seats]


def states(terminal: Terminal) -> dict[str, str]:
    return {one["label"]: one["state"] for one in terminal.status()["secrets"]}


def test_a_holder_is_named_opens_and_is_removed(terminals: list[Terminal], logins):
    erika, max_ = terminals
    assert states(erika) == dict.fromkeys(SECRETS, "missing")
    assert "neither a printed recovery key" in erika("status")[1]
    code, out, _err = erika("name", "Max Mustermann")
    assert (code, out.splitlines()) == (
        0,
        ["Max Mustermann holds the escrow.", "2 secrets of this keyring are sealed anew."],
    )
    assert states(erika) == dict.fromkeys(SECRETS, "sealed")
    (holder,) = erika.status()["holders"]
    assert (holder["kind"], holder["name"], holder["state"], holder["envelopes"]) == (
        "person",
        "Max Mustermann",
        "in-force",
        2,
    )
    assert erika("drill")[0] == 2, "Erika has no key of the escrow"
    code, out, _err = max_("drill", "--json")
    assert (code, json.loads(out)) == (0, {"opened": 2, "failed": [], "elsewhere": 0})
    assert max_("open", "Facebook")[0] == 2, "a reason is asked for"
    assert max_("open", "Facebook", "--reason", REASON)[0] == 0
    assert keeping.read_secret(max_.seat.custodian, logins["Facebook"]).reveal() == SECRETS["Facebook"]
    (opened,) = erika.status()["opened"]
    assert (opened["label"], opened["person"], opened["reason"]) == ("Facebook", "Max Mustermann", REASON)
    code, out, err = erika("status")
    assert "One is enough to open an envelope." in out
    assert "“Facebook”, Max Mustermann" in err
    assert erika("remove", "Max Mustermann")[0] == 0
    assert [one["faults"] for one in erika.status()["secrets"]] == [["removed"]] * 2
    assert "can still open it" in erika("status")[1]
    assert not any(secret in text for text in erika.said for secret in SECRETS.values())


def test_two_open_with_a_file_between_them(terminals: list[Terminal], logins, tmp_path: Path):
    erika = terminals[0]
    for name in ("Erika", "Max"):
        assert erika("name", f"{name} Mustermann")[0] == 0
    assert erika("needed", 2)[0] == 0
    keeping.release(erika.seat.custodian, logins["Mastodon"])
    file = tmp_path / "fuer-die-andere.age"
    done = {one: one("open", "Mastodon", "--reason", REASON, "--out", file)[0] for one in map(_Same, terminals)}
    assert sorted(done.values()) == [0, 2], "only one of them can begin"
    (second,) = (one for one, code in done.items() if code == 2)
    assert file.stat().st_mode & 0o777 == 0o600
    assert SECRETS["Mastodon"] not in file.read_text()
    assert second("open", "Mastodon", "--reason", REASON, file)[0] == 0
    assert keeping.read_secret(second.seat.custodian, logins["Mastodon"]).reveal() == SECRETS["Mastodon"]
    assert not any(secret in text for text in erika.said for secret in SECRETS.values())


class _Same(Terminal):
    """A terminal that can stand in a mapping."""

    def __init__(self, one: Terminal) -> None:
        super().__init__(one.seat, one.capfd, one.monkeypatch, one.said)

    __hash__ = object.__hash__


def test_without_a_file_to_write_nothing_is_begun(terminals: list[Terminal]):
    erika, max_ = terminals
    for name in ("Erika", "Max"):
        erika("name", f"{name} Mustermann")
    erika("needed", 2)
    keeping_both = [one("open", "Facebook", "--reason", REASON) for one in (erika, max_)]
    assert {code for code, _out, _err in keeping_both} == {2}
    assert erika.status()["opened"] == []


def test_the_printed_key_comes_on_stdin(terminals: list[Terminal], logins):
    erika, max_ = terminals
    paper = print_key(erika.seat).private.reveal()
    assert max_("open", "Facebook", "--reason", REASON, "--paper", stdin=paper + "\n")[0] == 0
    assert max_("drill", "--paper", stdin=paper.lower())[0] == 0
    for typed in ("", "AGE-SECRET-KEY-1NO"):
        assert max_("open", "Mastodon", "--reason", REASON, "--paper", stdin=typed)[0] == 2
    assert not any(paper in text for text in erika.said)


@pytest.mark.parametrize(
    "words",
    [("name", "Niemand"), ("remove", "Max Mustermann"), ("open", "Nirgends", "--reason", REASON), ("needed", 2)],
)
def test_what_cannot_be_done_is_said(terminals: list[Terminal], words):
    code, out, err = terminals[0](*words)
    assert (code, out) == (2, "")
    assert err.strip().endswith(".")


def test_a_file_that_is_damaged_fails_the_drill(terminals: list[Terminal]):
    erika, max_ = terminals
    erika("name", "Max Mustermann")
    for file in (erika.seat.custodian.registry.path.parent).glob("*.envelopes/*.age"):
        file.write_bytes(b"damaged")
    code, _out, err = max_("drill")
    assert code == 1
    assert "“Facebook” does not open" in err
    assert erika.status()["damaged"] == sorted(SECRETS)
    assert erika.status()["drill"]["failed"] == 2
