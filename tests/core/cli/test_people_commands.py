"""Extract and documents on the command line, as whoever scripts them sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.model import Person, SecretUse
from core.protection.rights.uses_log import SWITCH_ON, switch_on
from core.registry import Registry
from tests.factories import make_channel, make_person
from tests.sources import ROOT

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(shell: Shell, registry: Registry) -> Shell:
    with registry.action("Add") as session:
        session.add_all([make_person(email="erika@moers.example"), make_person(given_name="Max", function="Technik")])
    return shell


def test_an_extract_is_written_as_json(shell: Shell, tmp_path: Path):
    target = tmp_path / "extract.json"
    code, out, err = shell("people", "extract", "erika@moers.example", "--out", target)
    assert (code, out, err) == (0, f"Written: “{target}”.\n", "")
    told = json.loads(target.read_text(encoding="utf-8"))
    assert told["parts"]["person"][0]["given_name"] == "Erika"
    assert "Max" not in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("person", "name"), [("Nobody Known", "a.json"), ("Erika Mustermann", "a.docx")])
def test_whom_nobody_knows_and_formats_that_there_are_not_are_bad_input(
    shell: Shell, tmp_path: Path, person: str, name: str
):
    code, out, err = shell("people", "extract", person, "--out", tmp_path / name)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.glob("a.*"))


def test_extract_and_documents_become_pdfs_without_any_screen(shell: Shell, registry: Registry, tmp_path: Path):
    extract, folder = tmp_path / "extract.pdf", tmp_path / "papers"
    for words in (("people", "extract", "Erika Mustermann", "--out", extract), ("documents", "--out", folder)):
        command = [sys.executable, str(ROOT / "main.py"), "--registry", str(registry.path), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    papers = [extract, *folder.rglob("*.pdf")]
    assert len(papers) == 11
    assert all(one.read_bytes().startswith(b"%PDF") for one in papers)


def test_whoever_writes_into_a_synchronised_folder_is_warned(shell: Shell, tmp_path: Path):
    target = tmp_path / "Nextcloud" / "extract.txt"
    target.parent.mkdir()
    code, _out, err = shell("people", "extract", "Erika Mustermann", "--out", target)
    assert code == 0
    assert "Nextcloud synchronises" in err


def test_the_full_log_of_uses_is_shown_only_while_it_is_on(shell: Shell, registry: Registry):
    assert shell("people", "uses")[1].startswith("The full log of uses is off.")
    with registry.action(SWITCH_ON) as session:
        switch_on(session, "DV 7/2026", registry.today(), registry.today())
        people = list(session.scalars(select(Person.id)))
    with registry.deriving() as session:
        session.add(SecretUse(at=datetime.now(UTC), person_id=people[0], credential_id=people[0], kind="read"))
    told = json.loads(shell("people", "uses", "--json")[1])
    assert (told["on"], told["until"]) == (True, registry.today().isoformat())
    assert told["uses"][0].keys() == {"at", "login", "person", "kind"}
    assert "read" in shell("people", "uses")[1]


def test_after_an_erasure_of_others_an_extract_still_tells_what_is_left(
    shell: Shell, registry: Registry, tmp_path: Path
):
    long_ago = registry.today() - timedelta(days=5 * 365)
    gone = make_person(given_name="Zacharias", family_name="Kranichfeld", function="Bühne", left_on=long_ago)
    with registry.action("Add") as session:
        session.add_all([gone, make_channel(notes="Zacharias Kranichfeld und Erika Mustermann fragen")])
    assert shell("people", "erase", "--due")[0] == 0
    target = tmp_path / "extract.json"
    assert shell("people", "extract", "Erika Mustermann", "--out", target)[0] == 0
    told = target.read_text(encoding="utf-8")
    assert "Kranichfeld" not in told
    parts = json.loads(told)["parts"]
    assert "und Erika Mustermann fragen" in parts["mentions"][0]["notes"]
    assert any("Erika Mustermann fragen" in json.dumps(one, ensure_ascii=False) for one in parts["log"])
    code, out, _err = shell("people", "extract", str(gone.id), "--out", tmp_path / "gone.json")
    assert (code, out) == (2, "")
