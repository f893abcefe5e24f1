"""The rules of the age format, file by file: what the format forbids is refused, whatever the library would do.

`expected.csv` says of each file what the format wants and what is done here; where they differ it says why.
"""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pyrage
import pytest

from core.custody.handover.formats.age_armor import unarmored_age
from core.custody.handover.formats.age_header import check_age
from core.custody.handover.formats.age_opening import open_age
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from tests.core.custody.handover import age_vectors
from tests.core.custody.handover.age_files import CONTENT, IDENTITY, OTHER_IDENTITY
from tests.core.custody.handover.age_vectors import FOLDER, LARGEST_KEPT
from tests.parts.missing import needed_program

ACCEPTED, REFUSED = "accepted", "refused"
FILES = age_vectors.vectors()
TABLE = {
    row["name"]: row for row in csv.DictReader((FOLDER / "expected.csv").read_text("utf-8").splitlines(), delimiter=";")
}


def verdict(name: str, identity: str = IDENTITY) -> str:
    try:
        file = unarmored_age(FILES[name]) if name.startswith("armor_") else FILES[name]
        content = open_age(file, Secret(identity))
    except RefusedError as refusal:
        return refusal.code
    return ACCEPTED if name.startswith(("stream_", "armor_")) or content == CONTENT else "something else"


def by_the_library(name: str) -> str:
    try:
        pyrage.decrypt(FILES[name], [pyrage.x25519.Identity.from_str(IDENTITY)])
    except pyrage.DecryptError:
        return REFUSED
    return ACCEPTED


def test_the_table_the_files_and_the_script_are_of_one_mind():
    kept = {file.stem: file.read_bytes() for file in FOLDER.glob("*.age")}
    assert kept == {name: file for name, file in FILES.items() if len(file) <= LARGEST_KEPT}
    assert TABLE.keys() == FILES.keys()
    assert all(
        (row["by the format"] == ACCEPTED) == (row["here"] == ACCEPTED) or row["why they differ"]
        for row in TABLE.values()
    )


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_accepted_or_refused_as_the_table_says(name: str):
    assert verdict(name) == TABLE[name]["here"]


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row["here"] == ACCEPTED])
def test_what_is_accepted_opens_for_its_key_only(name: str):
    assert verdict(name, OTHER_IDENTITY) == "not-for-you"


def test_age_itself_reads_the_format_as_the_table_does(tmp_path: Path):
    key = tmp_path / "key.txt"
    key.write_text(IDENTITY)
    said = {}
    for name, file in FILES.items():
        done = subprocess.run(
            [needed_program("age"), "-d", "-i", str(key)], input=file, capture_output=True, check=False
        )
        said[name] = REFUSED if done.returncode else ACCEPTED
    lenient = {"scrypt_and_x25519"}  # Versions of age differ; the format wants a passphrase to stand alone.
    assert {name: said[name] for name in said if name not in lenient} == {
        name: row["by the format"] for name, row in TABLE.items() if name not in lenient
    }


def test_the_library_forgives_what_the_format_forbids_so_the_look_before_it_is_needed():
    forgiven = {name for name in FILES if by_the_library(name) == ACCEPTED and TABLE[name]["by the format"] == REFUSED}
    assert forgiven >= {"stanza_missing_body", "stanza_missing_final_line"}
    assert all(TABLE[name]["here"] != ACCEPTED for name in forgiven)


def test_a_share_that_makes_no_secret_is_refused_before_the_library_sees_it():
    for name in FILES:
        if "low_order" in name or "zero" in name:
            with pytest.raises(RefusedError):
                check_age(FILES[name])
