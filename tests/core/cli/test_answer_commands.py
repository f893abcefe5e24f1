"""Answers and whole lists on the command line: stable keys, one sentence for bad input, exit code 2."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.exchange.answers.questions import QUESTIONS
from core.registry import Registry
from main import main
from tests.core.exchange.report.conftest import demo, demo_file
from tests.core.exchange.report.workbooks import load
from tests.founding import new_registry

__all__ = ["demo", "demo_file"]
Shell = Callable[..., tuple[int, str, str]]
KEYS = ["accounts", "opened", "responsible", "followers", "planned", "closed", "cost-and-tools"]


@pytest.fixture
def shell(demo: Registry, capsys: pytest.CaptureFixture[str], in_english: None) -> Shell:
    def run(*words: object) -> tuple[int, str, str]:
        try:
            code = main(["--registry", str(demo.path), "--lang", "en", *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_the_questions_are_listed_with_stable_keys(shell: Shell) -> None:
    code, out, _err = shell("answer", "--list", "--json")
    told: list[dict[str, Any]] = json.loads(out)
    assert (code, [one["key"] for one in told]) == (0, KEYS)
    assert told[0].keys() == {"key", "question", "shows", "readers"}
    assert told[0]["readers"] == ["committee", "internal", "public"]
    assert shell("answer", "--list")[1].startswith("accounts: How many accounts are there")
    assert [one.key for one in QUESTIONS] == KEYS


def test_several_questions_are_answered_as_of_several_days(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "answers.xlsx"
    words = ("answer", "followers", "accounts", "--as-of", "2024-12-31", "2025-12-31", "--out", out)
    code, told, err = shell(*words)
    assert (code, told, err) == (0, f"The answers were written: “{out}”.\n", "")
    assert load(out).sheetnames == ["Cover", "Accounts", "Accounts by platform", "Accounts by unit", "Followers"]
    code, told, _err = shell(*words, "--json")
    answered = json.loads(told)
    assert (answered["as_of"], answered["reader"]) == (["2024-12-31", "2025-12-31"], "committee")
    assert answered["answers"]["accounts"]["figures"] == [36, 36]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["answer", "accounts"], "--out FILE.xlsx"),
        (["answer", "--out", "a.xlsx"], "at least one question"),
        (["answer", "weather", "--out", "a.xlsx"], "no question “weather”"),
        (["answer", "accounts", "--as-of", "2099-12-31", "--out", "a.xlsx"], "has not come yet"),
        (["answer", "accounts", "--out", "a.pdf"], "end in .xlsx"),
        (["answer", "closed", "--reader", "public", "--out", "a.xlsx"], "not answered: closed"),
        (["answer", "accounts", "--out", "nowhere/a.xlsx"], "cannot be"),
        (["export", "channels", "--out", "a.txt"], "end in .xlsx, .csv, .json"),
        (["export", "people", "--reader", "public", "--out", "a.csv"], "not for the public"),
        (["export", "log", "--out", "nowhere/a.json"], "cannot be"),
    ],
)
def test_bad_input_gets_one_sentence(
    words: list[str], sentence: str, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {one.name for one in tmp_path.iterdir()}
    code, out, err = shell(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert {one.name for one in tmp_path.iterdir()} == before


@pytest.mark.parametrize("what", ["channels", "people", "units", "findings", "log"])
def test_every_list_is_exported_in_every_format_with_the_same_records(what: str, shell: Shell, tmp_path: Path) -> None:
    counts = []
    for suffix in ("json", "csv", "xlsx"):
        code, out, err = shell("export", what, "--out", tmp_path / f"list.{suffix}")
        assert (code, err) == (0, "")
        counts.append(int(out.split()[0]))
    records = json.loads((tmp_path / "list.json").read_text("utf-8"))["records"]
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))[1:]
    sheet = load(tmp_path / "list.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert counts == [len(records), len(lines), len(rows)]
    assert len(records) == len(lines) > 0


def test_the_reader_of_an_export_is_said(shell: Shell, tmp_path: Path) -> None:
    out = shell("export", "people", "--reader", "committee", "--out", tmp_path / "people.csv")[1]
    assert "Made for: committee: functions instead of names" in out


@pytest.mark.parametrize(
    "words",
    [
        ["export", "channels", "--out"],
        ["answer", "accounts", "--out"],
        ["report", "--quarter", "2026Q3", "--out"],
        ["report", "--quarter", "2026Q3", "--out", "new.xlsx", "--pdf"],
        ["people", "extract", "somebody", "--out"],
        ["documents", "--out"],
        ["asset", "export", "somewhat", "--out"],
        ["identity", "card", "--out"],
        ["backup"],
    ],
)
def test_no_subcommand_writes_over_the_registry_or_what_lies_beside_it(
    words: list[str], demo: Registry, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    issued = Path(f"{demo.path}.reports") / "issued.xlsx"
    issued.parent.mkdir(exist_ok=True)
    issued.write_bytes(b"issued")
    before = demo.path.read_bytes()
    for out, sentence in (
        (demo.path, "belongs to the open registry"),
        (f"{demo.path}-journal", "belongs to the open registry"),
        (issued, "kept by the program itself"),
    ):
        code, told, err = shell(*words, out)
        assert (code, told) == (2, "")
        assert sentence in err
    assert (demo.path.read_bytes(), issued.read_bytes()) == (before, b"issued")
    assert not Path("new.xlsx").exists()


@pytest.mark.parametrize(("what", "ending"), [("export", "json"), ("export", "csv"), ("answer", "xlsx")])
def test_a_registry_that_is_called_like_a_list_stays(
    what: str, ending: str, demo: Registry, in_english: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = tmp_path / f"r.{ending}"
    registry.write_bytes(demo.path.read_bytes())
    asked = "channels" if what == "export" else "accounts"
    assert main(["--registry", str(registry), "--lang", "en", what, asked, "--out", str(registry)]) == 2
    assert "belongs to the open registry" in capsys.readouterr().err
    assert registry.read_bytes() == demo.path.read_bytes()


@pytest.mark.parametrize("day", ["soon", "31.12.2025"])
def test_days_are_written_as_everywhere_on_the_command_line(day: str, shell: Shell, tmp_path: Path) -> None:
    for words in (["answer", "accounts", "--as-of", day], ["report", "--quarter", "2026Q3", "--today", day]):
        code, out, err = shell(*words, "--out", tmp_path / "a.xlsx")
        assert (code, out) == (2, "")
        assert f"“{day}” is no date. Write it like 2026-12-31." in err


@pytest.mark.parametrize("words", [("answer", "accounts", "--out"), ("export", "channels", "--out")])
def test_nothing_is_written_over_a_registry_that_is_not_open(
    shell: Shell, tmp_path: Path, words: tuple[str, ...]
) -> None:
    other = tmp_path / "other.xlsx"
    new_registry(other).close()
    before = other.read_bytes()
    sentence = f"“{other}” is a registry or a backup of one. Please name another file.\n"
    assert shell(*words, other) == (2, "", sentence)
    assert other.read_bytes() == before
