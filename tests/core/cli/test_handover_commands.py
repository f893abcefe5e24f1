"""Handovers on the command line: two people with homes, keyrings and, mostly, copies of the registry of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.custody.identity import words
from core.registry import Registry
from tests.core.cli.handing import ANSWERS, ERIKA, SECRETS, TODAY, Handing, hand
from tests.parts.keyrings import Keyrings

Make = Callable[..., Handing]
BOTH = pytest.mark.parametrize("shared", [False, True], ids=["two copies", "one registry"])


@pytest.fixture
def make(registry: Registry, keyrings: Keyrings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make the two; the words cost little here, what they are is tested with the cards."""
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    yield lambda **how: hand(registry, keyrings, tmp_path, **how)
    words._words_of.cache_clear()


def confirmed(pair: Handing, *items: str) -> None:
    """Max confirms with all answers, and Erika hears of it."""
    answers = [word for answer in ANSWERS for word in ("--answer", answer)]
    named = ["--item", *items] if items else []
    pair.taken_in(pair.giver, pair.file(pair.taker, "confirm", pair.handover, "--logged-in", TODAY(), *answers, *named))


def rotated(pair: Handing, label: str) -> str:
    """Max prepares a new secret and sees it; it is on no screen but where he asks for it."""
    out = pair.done(pair.taker, "begin", pair.handover, label)
    fresh = pair.shown(pair.taker, label, "--prepared")
    assert len(fresh) == 20
    assert fresh not in out
    return fresh


def released(pair: Handing, *more: object) -> None:
    """Erika releases, and Max hears of it."""
    pair.taken_in(pair.taker, pair.file(pair.giver, "release", pair.handover, *more))


@BOTH
def test_a_sealed_handover(make: Make, shared: bool):
    pair = make(shared=shared)
    erika, max_ = pair.both
    asked = pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram")
    bundle = pair.file(erika, "seal", asked)
    assert SECRETS["Instagram"] not in bundle.read_text()
    pair.taken_in(erika, pair.file(max_, "open", bundle))
    assert pair.states() == {"credential Instagram": "opened"}
    assert pair.shown(max_, "Instagram") == pair.shown(erika, "Instagram") == SECRETS["Instagram"]
    fresh = rotated(pair, "Instagram")
    confirmed(pair)
    assert pair.shown(erika, "Instagram") == "", "the revision in force is Max's alone"
    released(pair)
    assert pair.states() == {"credential Instagram": "closed"}
    assert pair.shown(max_, "Instagram") == fresh
    texts = {text for _label, _attributes, text in erika.keyring.texts()}
    assert not any(SECRETS["Instagram"] in text for text in texts)
    assert any(SECRETS["Facebook"] in text for text in texts)
    pair.holds()


@BOTH
def test_a_reset_needs_no_verified_card_but_a_try(make: Make, shared: bool):
    pair = make(shared=shared, verified=False)
    erika, max_ = pair.both
    pair.taken_in(erika, pair.file(max_, "request", "--from", ERIKA, "--item", "Facebook"))
    (thing,) = pair.detail(max_)["items"]
    assert thing["way"] == "reset", "the lightest way that fits"
    fresh = rotated(pair, "Facebook")
    confirmed(pair)
    code, out, err = erika("handover", "release", pair.handover)
    assert (code, out) == (2, "")
    assert "try first whether the old password" in err
    released(pair, "--tried")
    assert pair.states() == {"credential Facebook": "closed"}
    assert pair.shown(max_, "Facebook") == fresh
    assert pair.shown(erika, "Facebook") == ""
    pair.holds()


@BOTH
def test_a_mixed_handover_of_logins_a_role_and_a_responsibility(make: Make, shared: bool):
    pair = make(shared=shared)
    erika, max_ = pair.both
    here = "instagram.com/stadt.musterstadt"
    wishes = ("--item", "Instagram", "Facebook", "--access", here, "--responsibility", here)
    asked = pair.file(max_, "request", "--from", ERIKA, *wishes)
    ways = {one["way"]: one["id"] for one in pair.detail(max_)["items"]}
    assert list(ways) == ["sealed", "reset", "role", "duty"]
    bundle = pair.file(erika, "seal", asked)
    pair.taken_in(erika, pair.file(max_, "open", bundle))
    code, _out, err = max_("handover", "confirm", pair.handover, "--logged-in", TODAY())
    assert (code, "what you confirm of these" in err) == (2, True), "a role and a duty could be confirmed"
    for label in SECRETS:
        rotated(pair, label)
    confirmed(pair, "Instagram", "Facebook")
    confirmed(pair, ways["role"])
    confirmed(pair, ways["duty"])
    assert sorted(pair.states().values()) == ["closed", "confirmed", "confirmed", "confirmed"]
    released(pair)
    assert set(pair.states().values()) == {"closed"}
    assert not any(pair.shown(erika, label) for label in SECRETS)
    assert all(pair.shown(max_, label) not in {"", *SECRETS.values()} for label in SECRETS)
    assert max_.json("handover", "status")[0]["open_items"] == 0
    pair.holds()


@BOTH
def test_a_cover_gives_the_copy_back(make: Make, shared: bool):
    pair = make(shared=shared)
    erika, max_ = pair.both
    asked = pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram", "--until", TODAY())
    assert "changed, then" not in erika("handover", "status")[1]
    pair.taken_in(erika, pair.file(max_, "open", pair.file(erika, "seal", asked)))
    assert pair.shown(max_, "Instagram") == SECRETS["Instagram"]
    pair.taken_in(erika, pair.file(max_, "return", pair.handover))
    assert pair.states() == {"credential Instagram": "closed"}
    assert (pair.shown(max_, "Instagram"), pair.shown(erika, "Instagram")) == ("", SECRETS["Instagram"])
    pair.holds()


@BOTH
def test_refused_withdrawn_superseded_and_closed_by_the_head(make: Make, shared: bool):
    pair = make(shared=shared)
    erika, max_ = pair.both
    ask = ("request", "--from", ERIKA, "--item", "Facebook")
    pair.taken_in(erika, pair.file(max_, *ask))
    pair.taken_in(erika, pair.file(max_, "refuse", pair.handover, "--reason", "falsches\nKonto"))
    assert pair.states() == {"credential Facebook": "refused"}
    pair.taken_in(erika, pair.file(max_, *ask))
    pair.taken_in(max_, pair.file(erika, "withdraw", pair.handover, "--reason", "doch nicht"))
    assert pair.states() == {"credential Facebook": "withdrawn"}
    pair.taken_in(erika, pair.file(max_, *ask))
    lost = next(row for row in erika.json("identity", "list") if row["person"] != ERIKA)["fingerprint"][:12]
    ended = ("supersede", pair.handover, "--card", lost, "--reason", "Laptop verloren")
    assert max_("handover", *ended)[0] == 2, "only the head of press may"
    pair.taken_in(max_, pair.file(erika, *ended))
    assert pair.states() == {"credential Facebook": "superseded"}
    pair.taken_in(erika, pair.file(max_, *ask))
    rotated(pair, "Facebook")
    confirmed(pair)
    paper = erika.home / "scan.pdf"
    paper.write_bytes(b"%PDF signed")
    pair.taken_in(max_, pair.file(erika, "close", pair.handover, "--reason", "ausgeschieden", "--paper", paper))
    assert pair.states() == {"credential Facebook": "closed"}
    pair.holds()


def test_the_same_command_again_writes_the_same_file_and_makes_nothing_twice(make: Make):
    pair = make(shared=False)
    erika, max_ = pair.both
    asked = pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram")
    assert pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram").read_text() == asked.read_text()
    bundle, again = pair.file(erika, "seal", asked), pair.file(erika, "seal", asked)
    receipt = pair.file(max_, "open", again)
    entries = len(max_.json("log"))
    assert "opened before" in pair.done(max_, "open", bundle)
    assert pair.file(max_, "open", again).read_text() == receipt.read_text()
    assert len(max_.json("log")) == entries, "it takes effect once"
    assert "Taken in." in pair.done(erika, "take-in", receipt)
    assert "taken in before" in pair.done(erika, "take-in", receipt)
    rotated(pair, "Instagram")
    assert rotated(pair, "Instagram") == pair.shown(max_, "Instagram", "--prepared")
    words_ = ("confirm", pair.handover, "--logged-in", TODAY())
    first, second = pair.file(max_, *words_), pair.file(max_, *words_)
    assert first.read_text() == second.read_text()
    pair.taken_in(erika, first)
    first, second = pair.file(erika, "release", pair.handover), pair.file(erika, "release", pair.handover)
    assert first.read_text() == second.read_text()
    pair.taken_in(max_, second)
    assert len(max_.json("handover", "status")) == 1
    acts = ["confirmation", "receipt", "release", "request", "sealing"]
    assert [sorted(one["act"] for one in pair.detail(who)["steps"]) for who in pair.both] == [acts, acts]
    still_open = pair.detail(max_)["items"][0]["still_open"]
    assert set(still_open) == {answer.partition("=")[0] for answer in ANSWERS}
    pair.holds()


def test_what_a_copy_lacks_is_shown_and_added_only_when_agreed(make: Make):
    pair = make(shared=False)
    erika, max_ = pair.both
    channel = max_.json("list", "channels")[0]["id"]
    added = ("--channel", channel, "--kind", "totp", "--label", "Zweiter Faktor")
    assert max_("credential", "add", *added)[0] == 0
    asked = pair.file(max_, "request", "--from", ERIKA, "--item", "Zweiter Faktor", "--way", "reset")
    code, out, err = erika("handover", "take-in", asked)
    assert (code, "Login: Zweiter Faktor" in out, "--yes" in err) == (1, True, True)
    code, out, err = erika("handover", "take-in", asked, typed="no\n")
    assert (code, out.endswith("Take it in? (yes/no) "), err) == (1, True, "Nothing was taken in.\n")
    assert erika.json("handover", "status") == []
    code, out, err = erika("handover", "take-in", asked, typed="yes\n")
    assert (code, "Taken in." in out, err) == (0, True, "")
    assert "taken in before" in pair.done(erika, "take-in", asked), "nothing is asked of what is known"
    assert "Zweiter Faktor" in [row["label"] for row in erika.json("list", "credentials")]
    code, out, err = max_("handover", "begin", pair.handover, "Zweiter Faktor", stdin="JBSWY3DPEHPK3PXP\n")
    assert (code, err) == (0, "")
    assert pair.shown(max_, "Zweiter Faktor", "--prepared") == "JBSWY3DPEHPK3PXP"


def test_wrong_commands_are_refused_with_a_sentence_and_change_nothing(make: Make):
    pair = make(shared=False)
    erika, max_ = pair.both
    asked = pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram")
    before = [len(person.json("log")) for person in pair.both]
    junk = erika.home / "junk.txt"
    junk.write_text("Grüße")
    name = pair.handover[:8]
    for person, line in (
        (erika, ("seal", junk, "--out", erika.home / "x")),
        (erika, ("open", junk)),
        (erika, ("take-in", erika.home / "missing.txt")),
        (max_, ("seal", asked, "--out", max_.home / "x")),
        (max_, ("request", "--from", "Niemand", "--item", "Instagram", "--out", max_.home / "x")),
        (max_, ("request", "--from", ERIKA, "--out", max_.home / "x")),
        (max_, ("request", "--from", ERIKA, "--access", "facebook.com/nirgends", "--out", max_.home / "x")),
        (max_, ("begin", name, "Instagram")),
        (max_, ("begin", name, "Nirgends")),
        (max_, ("confirm", name, "--logged-in", TODAY())),
        (max_, ("confirm", name, "--answer", "sessions-ended=vielleicht")),
        (max_, ("confirm", name, "--item", "Nirgends")),
        (max_, ("confirm", "00000000")),
        (max_, ("release", name)),
        (max_, ("close", name, "--reason", "x")),
        (erika, ("open", asked)),
        (max_, ("status", "zzzz")),
    ):
        code, _out, err = person("handover", *line)
        assert (code, err.count("\n"), "Traceback" in err) == (2, 1, False), (line, err)
    assert not (erika.home / "x").exists() | (max_.home / "x").exists()
    assert erika("handover")[0] == max_("handover", "confirm", name, "--logged-in", "gestern")[0] == 2
    refused = [len(person.json("log")) - count for person, count in zip(pair.both, before, strict=True)]
    assert refused == [3, 0], "a refused file leaves one entry in the log, and nothing else does"


def test_a_proposal_is_asked_for_as_it_is(make: Make):
    pair = make(shared=False)
    erika, max_ = pair.both
    proposal = pair.file(erika, "propose", "--to", "Max Mustermann", "--item", "Facebook")
    pair.taken_in(max_, proposal)
    begun = pair.handover
    pair.taken_in(erika, pair.file(max_, "request", "--from", ERIKA, "--item", "Facebook"))
    assert pair.handover == begun
    assert pair.states() == {"credential Facebook": "requested"}
    assert len(max_.json("handover", "status")) == len(erika.json("handover", "status")) == 1


def test_status_says_who_does_what_next(make: Make):
    pair = make(shared=True)
    erika, max_ = pair.both
    pair.file(max_, "request", "--from", ERIKA, "--item", "Instagram")
    (row,) = erika.json("handover", "status")
    assert (row["giver"], row["open_items"], list(row["turns"].values())) == (ERIKA, 1, [ERIKA])
    shown = pair.done(erika, "status")
    assert ERIKA in shown.splitlines()[2]
    shown = pair.done(erika, "status", pair.handover[:8])
    assert f"“Instagram”: {ERIKA} seals the secret for Max Mustermann and sends the file." in shown
