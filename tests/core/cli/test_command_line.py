"""The command line is a contract: its keys, its exit codes, and sentences on stderr."""

from __future__ import annotations

import json
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.governance.findings import stored
from core.governance.waivers import waive
from core.registry import Registry, open_registry
from core.settings import change_setting
from main import main
from tests.factories import make_person


class Line:
    """The command line on one registry."""

    def __init__(self, registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.registry = registry
        self._capsys = capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        """Return exit code, stdout and stderr of one call."""
        try:
            code = main(["--registry", str(self.registry), "--lang", "de", *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *words: object) -> tuple[int, Any]:
        """Return exit code and what `--json` gave."""
        code, out, _err = self(*words, "--json")
        return code, json.loads(out)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "moers.kanal", capsys)
    assert made("init")[0] == 0
    assert made("me", "Erika Mustermann")[0] == 0
    return made


def test_a_list_goes_in_and_a_second_time_changes_nothing(line: Line, data: Path):
    code, outcome = line.json("import", data / "kanalliste-moers.xlsx")
    assert code == 1
    assert {key: outcome[key] for key in ("created", "changed", "unchanged", "refused")} == {
        "created": 9,
        "changed": 0,
        "unchanged": 1,
        "refused": 0,
    }
    assert {row["row"]: row["outcome"] for row in outcome["rows"] if row["outcome"] != "created"} == {
        11: "doubtful",
        12: "doubtful",
    }
    assert any("30.02.2010" in problem["message"] for row in outcome["rows"] for problem in row["problems"])
    entries = line.json("verify")[1]["entries"]
    assert line.json("import", data / "kanalliste-moers.xlsx")[1]["created"] == 0
    assert line.json("verify")[1]["entries"] == entries


def test_lists_have_the_promised_keys(line: Line, data: Path):
    line("import", data / "kanalliste-moers.xlsx")
    channels = line.json("list", "channels")[1]
    promised = (
        "id platform handle account_id url url_as_entered title state unit owner deputy last_post_on confirmed_on"
    )
    assert all(set(promised.split()) <= channel.keys() for channel in channels)
    facebook = next(channel for channel in channels if channel["platform"] == "facebook")
    assert (facebook["owner"], facebook["deputy"], facebook["last_post_on"]) == (
        "Erika Mustermann",
        "Max Mustermann",
        "2010-11-12",
    )
    people = line.json("list", "people")[1]
    assert all({"id", "name", "kind", "email", "unit", "function", "state"} <= person.keys() for person in people)
    assert {unit["code"] for unit in line.json("list", "units")[1]} == {"FD 3.5", "FD 1.1"}


def test_accounts_are_recognised_one_object_a_text(line: Line):
    _code, found = line.json("recognise", "m.facebook.com/stadtmoers?ref=x", "@stadtmoers", "--platform", "facebook")
    assert [one["url"] for one in found] == ["https://www.facebook.com/stadtmoers"] * 2
    assert found[0].keys() == {"input", "platform", "handle", "account_id", "url", "hints"}


def test_a_check_that_finds_something_ends_with_1(line: Line, data: Path):
    assert line("check", "--fail-on", "severe")[0] == 0
    line("import", data / "kanalliste-moers.xlsx")
    code, found = line.json("check", "--stage", "1", "--today", "2026-11-23")
    assert code == 1
    assert all(one.keys() == {"rule", "severity", "stage", "subject", "evidence", "since"} for one in found)
    assert {"no-owner", "platform-gone", "dormant"} == {one["rule"] for one in found}


def test_the_log_tells_and_a_tampered_one_ends_with_1(line: Line, data: Path):
    line("import", data / "kanalliste-semikolon.csv")
    log = line.json("log")[1]
    assert log[-1].keys() == {"seq", "at", "actor", "label", "type", "record", "before", "after", "hash"}
    assert log[-1]["actor"] == "Erika Mustermann"
    seq = log[-3]["seq"]
    with sqlite3.connect(line.registry) as raw:
        raw.execute("DROP TRIGGER keep_change_value_update")
        raw.execute("UPDATE change_value SET text = '{}' WHERE seq = ?", (seq,))
    raw.close()
    code, verdict = line.json("verify")
    assert (code, verdict["broken_at"]) == (1, seq)


def test_the_log_calls_records_by_their_nouns_and_a_waiver_by_its_rule(line: Line, data: Path):
    line("import", data / "kanalliste-moers.xlsx")
    registry = open_registry(line.registry)
    with registry.reading() as session:
        found = next(one for one in stored(session) if one.rule == "no-owner")
    with registry.action("Waive finding") as session:
        waive(session, "no-owner", "channel", found.subject_id, reason="Wahl", until=date.max, today=registry.today())
    registry.close()
    _code, told, _err = line("log")
    assert "Kanal" in told
    assert "Verantwortung" in told
    assert "Ausnahme: Keine verantwortliche Person" in told
    assert not {"channel", "responsibility", "waiver", "registry_setting"} & set(told.split())


def test_who_names_oneself_is_who_did_so(line: Line):
    first, *later = line.json("log")[1]
    assert first["actor"] is None
    assert {entry["actor"] for entry in later if entry["label"] == later[-1]["label"]} == {"Erika Mustermann"}
    assert "unbekannt" in line("log")[1]


def test_doubtful_rows_are_counted_for_people_too(line: Line, data: Path):
    counted, doubtful, *_rows = line("import", data / "kanalliste-moers.xlsx", "--dry-run")[1].splitlines()
    assert "9 neu" in counted
    assert doubtful.startswith("2 ")


def test_the_report_names_nobody_to_the_committee(line: Line, data: Path, tmp_path: Path):
    line("import", data / "kanalliste-moers.xlsx")
    target = tmp_path / "bericht.xlsx"
    assert line("report", "--quarter", "2026Q3", "--out", target, "--today", "2026-11-23")[0] == 0
    texts = [str(cell.value) for sheet in load_workbook(target) for row in sheet.iter_rows() for cell in row]
    assert not any("Mustermann" in text for text in texts)


def test_a_cover_that_names_people_or_no_maker_is_told_of_on_stderr(
    registry: Registry, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with registry.action("Cover") as session:
        session.add(make_person())
        change_setting(session, "report.cover-text", "Vorgelegt von Erika Mustermann.")
    registry.close()

    def report(reader: str) -> str:
        words = ("--registry", registry.path, "--lang", "en", "report", "--quarter", "2026Q3", "--today", "2026-11-23")
        assert main([*map(str, words), "--reader", reader, "--out", str(tmp_path / f"{reader}.xlsx")]) == 0
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        return said.err

    assert "nobody as its maker" not in report("committee")  # A task that nobody watches is made by nobody.
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    committee, public, internal = map(report, ("committee", "public", "internal"))
    assert ["names “Erika Mustermann”" in err for err in (committee, public, internal)] == [True, True, False]
    assert ["nobody as its maker" in err for err in (committee, public, internal)] == [True, False, True]


@pytest.mark.parametrize(
    "words",
    [
        ["list", "channels", "--as-of", "31.12.2010"],
        ["report", "--quarter", "2026X3", "--out", "x.xlsx"],
        ["import", "nirgends.xlsx"],
        ["recognise", "x", "--platform", "fratzenbuch"],
        ["gibtsnicht"],
        ["init"],
    ],
)
def test_bad_input_ends_with_2_and_one_sentence_on_stderr(line: Line, words: list[str]):
    code, out, err = line(*words)
    assert (code, out) == (2, "")
    assert err.strip()
