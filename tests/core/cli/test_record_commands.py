"""Handover records on the command line: made from a registry with a real keyring, checked from the file alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.custody.handover.kept import keep
from core.custody.identity.certifying import name_head
from core.inventory.binding import bind
from core.model import HandoverStatement
from core.registry import Registry
from main import main
from tests.core.custody.handover.parties import ERIKA, LISA, MAX, Human
from tests.core.custody.handover.records import FACEBOOK, record_file, talk_in, whole
from tests.factories import make_person
from tests.sources import ROOT

ID = "00000000-0000-0000-0000-00000000004d"
Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shell(
    registry: Registry, capfd: pytest.CaptureFixture[str], keyring_daemon: object, in_english: None, today: date
) -> Shell:
    """The program at Erika's computer; the registry keeps all statements of a handover from her to Max."""
    with registry.action("people") as session:
        for human in (ERIKA, MAX, LISA):
            given, family = human.name.split()
            session.add(make_person(id=human.id, given_name=given, family_name=family))
    talk = whole(talk_in(registry.id, now=datetime(2026, 1, 5, 9, tzinfo=UTC)))
    with registry.action("handover") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
        name_head(session, LISA.id)
        keep(session, talk.statements, {}, datetime.now(UTC))

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["--registry", str(registry.path), "--lang", "en", *map(str, words)])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


def test_a_record_is_made_and_checked_from_its_file_alone(shell: Shell, tmp_path: Path):
    target = tmp_path / "record.txt"
    code, out, err = shell("record", "make", ID, "--out", target)
    assert (code, out, err) == (0, f"Written: “{target}”.\n", "")
    assert target.stat().st_mode & 0o777 == 0o600
    code, out, err = shell("--registry", tmp_path / "there-is-none.kanal", "record", "verify", target)
    assert (code, err) == (0, "")
    assert "The record is as it was signed, and all its statements fit together." in out
    assert "From Erika Mustermann to Max Mustermann" in out
    assert "1 → 2" in out
    assert "not verified by Erika Mustermann" in out
    assert "compare the fingerprints with those on a printed record" in out


def test_the_json_of_a_check_has_stable_keys(shell: Shell, tmp_path: Path):
    target = tmp_path / "record.txt"
    shell("record", "make", ID[:8], "--out", target)
    code, out, _err = shell("record", "verify", target, "--json")
    told: dict[str, Any] = json.loads(out)
    assert code == 0
    assert told.keys() == {"verified", "found", "not_told_by_the_file", "record"}
    assert (told["verified"], told["found"]) == (True, [])
    record = told["record"]
    assert record["handover"] == ID
    assert (record["grade"], record["occasion"], record["until"]) == ("both-digital", "leaving", None)
    assert record["giver"] == {"id": str(ERIKA.id), "name": "Erika Mustermann"}
    assert [one["act"] for one in record["steps"]] == ["request", "sealing", "receipt", "confirmation", "release"]
    assert [one["state"] for one in record["items"]] == ["closed"] * 4
    assert {one["verified"] for one in record["keys"]} == {"own", "no"}
    assert record.keys() == {
        "registry",
        "handover",
        "occasion",
        "until",
        "giver",
        "taker",
        "head_of_press",
        "grade",
    } | {
        "finished_at",
        "items",
        "steps",
        "keys",
        "made_by",
        "made_at",
        "log_head",
        "sha256",
    }


def test_a_record_that_was_altered_is_found_and_nothing_in_it_is_told(shell: Shell, tmp_path: Path):
    target = tmp_path / "record.txt"
    shell("record", "make", ID, "--out", target)
    lines = target.read_text().splitlines()
    lines[20] = ("A" if lines[20][0] != "A" else "B") + lines[20][1:]
    target.write_text("\n".join(lines))
    code, out, _err = shell("record", "verify", target)
    assert code == 1
    assert out.startswith("This record was altered, or damaged on its way. Nothing in it can be believed.\n–")
    assert "Mustermann" not in out
    code, out, _err = shell("record", "verify", target, "--json")
    told = json.loads(out)
    assert (code, told["verified"], told["record"]) == (1, False, None)
    assert told["found"][0]["code"]


def test_what_does_not_fit_together_is_found_and_told(shell: Shell, tmp_path: Path):
    target, talk = tmp_path / "record.txt", whole()
    del talk.statements[1]
    target.write_text(record_file(talk).file_text)
    code, out, _err = shell("record", "verify", target)
    assert code == 1
    assert "– Step 2: This statement refers to another one that is not in the record." in out
    assert "From Erika Mustermann to Max Mustermann" in out


@pytest.mark.parametrize("known", [True, False])
def test_a_former_head_of_press_has_closed_rightly_if_the_log_knows_them_as_that(
    shell: Shell, registry: Registry, tmp_path: Path, known: bool
):
    talk = talk_in(registry.id, UUID(int=0xABCDEF << 100), datetime(2026, 2, 5, 9, tzinfo=UTC))
    closer = talk.head if known else Human(4, "Nina Muster", registry.id)
    talk.ask([FACEBOOK])
    talk.confirm([FACEBOOK])
    talk.close([FACEBOOK], closer)
    with registry.action("close") as session:
        session.add(make_person(id=closer.id, given_name="Nina", family_name="Muster") if not known else make_person())
        session.flush()
        name_head(session, LISA.id)
        keep(session, talk.statements, {}, datetime.now(UTC))
    with registry.action("another head") as session:
        name_head(session, ERIKA.id)
    target = tmp_path / "record.txt"
    shell("record", "make", talk.matter.handover, "--out", target)
    code, out, _err = shell("record", "verify", target)
    assert code == int(not known)
    assert ("The head of press closed the handover" in out) is known
    assert ("– Step 3: Only the head of press may say this" in out) is not known


def test_what_is_no_record_is_bad_input(shell: Shell, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Guten Tag")
    assert shell("record", "verify", letter) == (
        2,
        "",
        "This file holds no key card and no statement of this program. Please ask for it again.\n",
    )
    letter.write_text(MAX.card.file_text)
    assert shell("record", "verify", letter)[0] == 2
    assert shell("record", "verify", tmp_path / "none.txt")[0] == 2


@pytest.mark.parametrize("handover", ["0", "ffffffff", "00000000-0000-0000-0000-000000000999", ""])
def test_a_handover_that_there_is_not_is_named(shell: Shell, tmp_path: Path, handover: str):
    code, out, err = shell("record", "make", handover, "--out", tmp_path / "record.txt")
    assert (code, out) == (2, "")
    assert err == f"There is no handover “{handover}”. Please give its id.\n"
    assert not (tmp_path / "record.txt").exists()


def test_statements_that_somebody_damaged_in_the_registry_are_told_when_the_record_is_made(
    shell: Shell, registry: Registry, tmp_path: Path
):
    with registry.action("damage") as session:
        row = session.query(HandoverStatement).order_by(HandoverStatement.made_at).first()
        assert row is not None
        row.text = row.text.replace("Max Mustermann", "Moritz Mustermann")
    code, _out, err = shell("record", "make", ID, "--out", tmp_path / "record.txt")
    assert code == 0
    assert "The registry of whoever made the record keeps statements that nobody can read." in err
    assert shell("record", "verify", tmp_path / "record.txt")[0] == 1


def test_a_record_is_written_as_a_pdf_without_any_screen(shell: Shell, registry: Registry, tmp_path: Path):
    target, paper = tmp_path / "record.txt", tmp_path / "record.pdf"
    command = [sys.executable, str(ROOT / "main.py"), "--registry", str(registry.path), "record", "make", ID]
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        [*command, "--out", str(target), "--pdf", str(paper)],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert paper.read_bytes().startswith(b"%PDF-")
    assert paper.stat().st_mode & 0o777 == 0o600
