"""One file with several texts, as the window saves them, on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.custody.handover.letters import one_letter
from core.custody.identity import words
from core.registry import Registry
from tests.core.cli.handing import ERIKA, TODAY, Handing, hand
from tests.core.cli.staff import Person
from tests.core.custody.handover.parties import request as request_elsewhere
from tests.parts.keyrings import Keyrings

HERE = "instagram.com/stadt.musterstadt"


@pytest.fixture
def pair(registry: Registry, keyrings: Keyrings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Handing]:
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield hand(registry, keyrings, tmp_path, shared=False)
    words._words_of.cache_clear()


def letter(person: Person, *files: Path) -> Path:
    """Put files into one, with a mail around it, the newest first."""
    made = person.home / "letter.aussage"
    text = one_letter(file.read_bytes() for file in reversed(files)).decode()
    made.write_text("Hallo,\r\n\r\n> " + text.replace("\n", "\r\n> "), newline="")
    return made


def asked(pair: Handing, *wishes: object) -> Path:
    return pair.file(pair.taker, "request", "--from", ERIKA, *wishes)


def confirmed_role(pair: Handing) -> Path:
    role = next(one["id"] for one in pair.detail(pair.taker)["items"] if one["way"] == "role")
    return pair.file(pair.taker, "confirm", pair.handover, "--logged-in", TODAY(), "--item", role)


def test_each_text_of_a_file_is_taken_in_with_a_sentence_of_its_own(pair: Handing):
    request = asked(pair, "--item", "Facebook", "--access", HERE)
    both = letter(pair.giver, request, confirmed_role(pair))
    out = pair.done(pair.giver, "take-in", both)
    told = ["Max Mustermann asks for 2 things of a handover.", "Max Mustermann confirms that 1 thing was taken over."]
    assert [line for line in out.splitlines() if line.startswith("Max")] == told
    assert out.count("Taken in.") == 2
    assert out.count("“Facebook”:") == 1, "what comes next is said once"
    assert sorted(pair.states().values()) == ["confirmed", "requested"]
    assert pair.done(pair.giver, "take-in", both).count("taken in before") == 2
    pair.holds()


def test_a_program_reads_what_became_of_each_text(pair: Handing):
    request = asked(pair, "--item", "Facebook", "--access", HERE)
    both = letter(pair.giver, request, confirmed_role(pair))
    entries = pair.giver.json("handover", "take-in", both)
    told = [(one["kind"], one["act"], one["outcome"], one["code"]) for one in entries]
    assert told == [("statement", "request", "taken-in", None), ("statement", "confirmation", "taken-in", None)]
    assert {one["handover"] for one in entries} == {pair.handover}
    assert {one["made_by"] for one in entries} == {"Max Mustermann"}
    assert [one["outcome"] for one in pair.giver.json("handover", "take-in", request)] == ["known"]


def test_one_text_that_is_refused_keeps_no_other_out(pair: Handing):
    foreign = pair.giver.home / "foreign.aussage"
    foreign.write_text(request_elsewhere().file_text)
    both = letter(pair.giver, asked(pair, "--item", "Facebook"), foreign, asked(pair, "--access", HERE))
    code, out, err = pair.giver("handover", "take-in", both, "--json")
    entries = json.loads(out)
    assert (code, err) == (2, "This file belongs to another registry. Nothing was taken in.\n")
    assert sorted(one["outcome"] for one in entries) == ["refused", "taken-in", "taken-in"]
    assert [one["message"] for one in entries if one["code"] == "other-registry"] == [err.strip()]
    assert len(pair.giver.json("handover", "status")) == 2
    assert [one["label"] for one in pair.giver.json("log")].count("Refuse a file of a handover") == 1


def test_what_a_copy_lacks_stops_the_texts_after_it_until_it_is_agreed_to(pair: Handing):
    erika, max_ = pair.both
    channel = max_.json("list", "channels")[0]["id"]
    assert max_("credential", "add", "--channel", channel, "--kind", "totp", "--label", "Zweiter Faktor")[0] == 0
    request = asked(pair, "--item", "Zweiter Faktor", "--way", "reset", "--access", HERE)
    both = letter(erika, request, confirmed_role(pair))
    code, out, err = erika("handover", "take-in", both, "--json")
    assert (code, err.count("--yes")) == (1, 1)
    assert [(one["outcome"], one["lacking"]) for one in json.loads(out)] == [("left", ["Zweiter Faktor"]), ("left", [])]
    assert erika.json("handover", "status") == []
    entries = erika.json("handover", "take-in", both, "--yes")
    assert [one["outcome"] for one in entries] == ["taken-in", "taken-in"]
    assert sorted(pair.states().values()) == ["confirmed", "requested"]


def test_nothing_of_a_file_is_taken_in_that_holds_something_else(pair: Handing):
    request = asked(pair, "--item", "Instagram")
    bundle = pair.file(pair.giver, "seal", request)
    code, _out, err = pair.giver("handover", "take-in", letter(pair.giver, request, bundle))
    assert (code, err.count("\n")) == (2, 1)


def test_the_request_is_sealed_that_is_in_a_file_with_other_texts(pair: Handing):
    request = asked(pair, "--item", "Instagram", "--access", HERE)
    bundle = pair.file(pair.giver, "seal", letter(pair.giver, request, confirmed_role(pair)))
    pair.taken_in(pair.giver, pair.file(pair.taker, "open", bundle))
    assert sorted(pair.states().values()) == ["confirmed", "opened"]
    assert pair.shown(pair.taker, "Instagram") == pair.shown(pair.giver, "Instagram") != ""
