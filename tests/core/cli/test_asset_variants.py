"""`asset add`: what belongs to an asset that is there is added to it, and no second one is made unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.exchange.pictures.drawn import picture, svg

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    file = tmp_path / "wappen.svg"
    file.write_bytes(svg('<rect width="9" height="9"/>'))
    return file


def numbers(shell: Shell) -> list[str]:
    return [row["title"] for row in json.loads(shell("list", "assets", "--json")[1])]


def test_a_variant_of_a_title_that_is_there_is_refused_and_told_where_it_belongs(
    shell: Shell, added: dict[str, str], drawing: Path
) -> None:
    words = ("asset", "add", drawing, "--kind", "coat-of-arms", "--title", "COAT of arms", "--variant", "negative")
    code, out, err = shell(*words)
    assert (code, out) == (2, "")
    assert err == (
        f"“Coat of arms” is in the library already. Add the variant to it with --to {added['id']}, "
        "or choose another title.\n"
    )
    assert numbers(shell) == ["Coat of arms"]


@pytest.mark.parametrize("by", ["id", "title"])
def test_a_variant_is_added_to_its_asset(shell: Shell, added: dict[str, str], drawing: Path, by: str) -> None:
    to = added["id"] if by == "id" else "coat of ARMS"
    code, out, err = shell("asset", "add", drawing, "--to", to, "--variant", "negative", "--approved", "--json")
    told = json.loads(out)
    assert (code, err, told["id"], told["variant"], told["number"]) == (0, "", added["id"], "negative", 1)
    assert told["approved_on"] is not None
    assert numbers(shell) == ["Coat of arms"]


def test_a_further_version_takes_the_place_of_the_one_in_force(
    shell: Shell, added: dict[str, str], arms: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "neu.png"
    newer.write_bytes(picture(size=(20, 30)))
    assert shell("asset", "add", newer, "--to", added["id"])[:2] == (
        0,
        f"“Coat of arms” was taken in: {added['id']}\n",
    )
    assert shell("asset", "export", added["id"], "--out", tmp_path / "out.png")[0] == 0
    assert (tmp_path / "out.png").read_bytes() == newer.read_bytes()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--to", "Coat of arms", "--title", "Other"), "With --to only --variant and --approved can be given"),
        (("--to", "Coat of arms", "--licence", "CC0"), "With --to only --variant and --approved can be given"),
        (("--title", "Other"), "Please give --kind and --title, or --to"),
        (("--to", "Nothing"), "There is neither an asset nor a channel “Nothing”."),
    ],
)
def test_what_is_no_asset_and_belongs_to_none_gets_a_sentence(
    shell: Shell, added: dict[str, str], drawing: Path, words: tuple[str, ...], sentence: str
) -> None:
    code, out, err = shell("asset", "add", drawing, *words)
    assert (code, out) == (2, "")
    assert sentence in err
