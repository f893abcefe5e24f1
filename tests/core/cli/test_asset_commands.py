"""The library on the command line: stable keys, one sentence for bad input, exit code 1 for what is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from core.i18n import N_
from core.inventory.assets.library import folder_of, shelf_of
from core.inventory.assets.uses import show_on
from core.inventory.assets.versions import versions_of
from core.model import Person, Placement
from core.registry import Registry
from tests.core.exchange.pictures.drawn import picture, svg
from tests.factories import make_channel, make_person

Shell = Callable[..., tuple[int, str, str]]


def test_what_was_taken_in_is_told_with_stable_keys(added: dict[str, str]) -> None:
    whole = picture()
    told = {key: added[key] for key in ("media_type", "size", "width", "height", "file_name", "variant", "number")}
    assert told == {
        "media_type": "image/png",
        "size": len(whole),
        "width": 300,
        "height": 400,
        "file_name": "wappen.png",
        "variant": "colour",
        "number": 1,
    }
    assert added["sha256"] == hashlib.sha256(whole).hexdigest()
    assert added["approved_on"] is None


def test_a_person_reads_a_sentence(shell: Shell, arms: Path) -> None:
    code, out, _err = shell("asset", "add", arms, "--kind", "logo", "--title", "Logo", "--approved")
    assert code == 0
    assert out.startswith("“Logo” was taken in: ")


def test_a_second_entry_of_one_title_is_taken_in_with_a_word_on_stderr(
    shell: Shell, added: dict[str, str], arms: Path
) -> None:
    code, out, err = shell("asset", "add", arms, "--kind", "coat-of-arms", "--title", "coat of  arms", "--json")
    assert (code, json.loads(out)["number"]) == (0, 1)
    assert f"“Coat of arms” was in the library before: {added['id']}." in err
    assert shell("asset", "add", arms, "--kind", "logo", "--title", "Coat of arms")[2] == ""


def test_a_portrait_says_whom_it_shows(shell: Shell, registry: Registry, arms: Path) -> None:
    with registry.action(N_("Add person")) as session:
        session.add(make_person(given_name="Erika", family_name="Mustermann"))
    words = ("asset", "add", arms, "--kind", "portrait", "--title", "Portrait")
    assert shell(*words, "--person", "Erika Mustermann")[0] == 0
    rows = json.loads(shell("list", "assets", "--json")[1])
    assert [(row["title"], row["kind"], row["consent"]) for row in rows] == [("Portrait", "portrait", "missing")]
    assert shell(*words, "--person", "Nobody")[0] == 2


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (svg("<script>alert(1)</script>"), "logo", "contains a program"),
        (picture()[:99], "logo", "is damaged"),
        (picture(), "font", "is no font"),
        (None, "logo", "was not found"),
    ],
)
def test_a_bad_file_gets_one_sentence(shell: Shell, tmp_path: Path, content: bytes, kind: str, sentence: str) -> None:
    file = tmp_path / "datei"
    if content is not None:
        file.write_bytes(content)
    code, out, err = shell("asset", "add", file, "--kind", kind, "--title", "Title")
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_file_comes_out_as_it_went_in(shell: Shell, added: dict[str, str], tmp_path: Path) -> None:
    for name in (added["id"], added["version"], "coat of ARMS"):
        code, out, _err = shell("asset", "export", name, "--out", tmp_path / "out.png")
        assert (code, out) == (0, f"Written: “{tmp_path / 'out.png'}”.\n")
        assert (tmp_path / "out.png").read_bytes() == picture()
        (tmp_path / "out.png").unlink()


@pytest.mark.parametrize("asked", ["Ämterlogo Österreich", "ämterlogo  ÖSTERREICH", "A\u0308mterlogo O\u0308sterreich"])
def test_a_title_is_found_in_whatever_capitals_its_umlauts_are(
    shell: Shell, arms: Path, tmp_path: Path, asked: str
) -> None:
    assert shell("asset", "add", arms, "--kind", "logo", "--title", "Ämterlogo Österreich")[0] == 0
    assert shell("asset", "export", asked, "--out", tmp_path / "out.png")[0] == 0
    assert (tmp_path / "out.png").read_bytes() == picture()


@pytest.mark.parametrize("name", ["w.jpg", "wappen", "registry.kanal"])
def test_a_copy_is_called_by_what_it_is(shell: Shell, added: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"what lay there before")
    code, out, err = shell("asset", "export", added["id"], "--out", tmp_path / name)
    assert (code, out, err) == (2, "", f"A file “{name}” cannot be written. Let its name end in .png.\n")
    assert (tmp_path / name).read_bytes() == b"what lay there before"
    assert shell("asset", "export", added["id"], "--out", tmp_path / "W.PNG")[0] == 0


def test_neither_the_registry_nor_what_lies_beside_it_is_written_over(
    shell: Shell, registry: Registry, added: dict[str, str], tmp_path: Path
) -> None:
    backup = registry.back_up_automatically("daily")
    (tmp_path / "link.png").symlink_to(registry.path)
    os.link(folder_of(registry.path) / added["sha256"], tmp_path / "name.png")
    os.link(backup, tmp_path / "kit.zip")
    inside = folder_of(registry.path)
    files = {file: file.read_bytes() for file in (*inside.iterdir(), *backup.parent.rglob("*")) if file.is_file()}
    outs = (registry.path, inside / added["sha256"], inside / "new.png", backup, backup.with_name("new.zip"))
    for out in (*outs, *(tmp_path / name for name in ("link.png", "name.png", "kit.zip"))):
        assert shell("asset", "export", added["id"], "--out", out)[0] == 2, out
    assert {file: file.read_bytes() for file in files} == files
    assert registry.verify().broken_at is None


def test_kits_of_an_asset_and_of_a_channel_are_archives(
    shell: Shell, registry: Registry, added: dict[str, str], tmp_path: Path
) -> None:
    with registry.action(N_("Show asset")) as session:
        channel = make_channel(title="Stadt Österreich")
        session.add(channel)
        session.flush()
        version, today = versions_of(session, UUID(added["id"]))[0], registry.today()
        show_on(session, version.id, [channel.id], Placement.AVATAR, None, today=today)
    for name, file in (
        (added["id"], "Coat of arms in colour 1.png"),
        (channel.id, "Avatar Coat of arms in colour 1.png"),
        ("stadt österreich", "Avatar Coat of arms in colour 1.png"),
        (channel.url, "Avatar Coat of arms in colour 1.png"),
    ):
        assert shell("asset", "export", name, "--out", tmp_path / "kit.zip")[0] == 0
        with zipfile.ZipFile(tmp_path / "kit.zip") as kit:
            assert kit.namelist() == [file, "Contents.txt"]
    rows = json.loads(shell("list", "uses", "--json")[1])
    [used] = [(row["asset"], row["channel"], row["placement"]) for row in rows]
    assert used == ("Coat of arms", "Stadt Österreich", "avatar")
    assert shell("list", "uses")[1].startswith("Asset")


def test_a_title_of_a_channel_and_an_asset_means_the_asset_unless_a_kit_is_wanted(
    shell: Shell, registry: Registry, added: dict[str, str], tmp_path: Path
) -> None:
    with registry.action(N_("Add channel")) as session:
        session.add_all([make_channel(title="Coat of arms"), make_channel(title="City", handle="a")])
        session.add(make_channel(title="City", handle="b"))
    assert shell("asset", "export", "Coat of arms", "--out", tmp_path / "out.png")[0] == 0
    for name in ("Coat of arms", "City"):
        code, _out, err = shell("asset", "export", name, "--out", tmp_path / "kit.zip")
        assert code == 2
        assert err.startswith(f"“{name}” means several channels or assets. Please give the address of a channel")


@pytest.mark.parametrize("name", ["No such thing", "3ca66131-dcdd-4bc0-8ab4-ccd4b9c83772"])
def test_what_is_not_there_gets_a_sentence(shell: Shell, tmp_path: Path, name: str) -> None:
    code, _out, err = shell("asset", "export", name, "--out", tmp_path / "out.png")
    assert (code, err) == (2, f"There is neither an asset nor a channel “{name}”.\n")


def test_of_two_assets_of_one_title_the_id_is_asked_for(
    shell: Shell, added: dict[str, str], arms: Path, tmp_path: Path
) -> None:
    shell("asset", "add", arms, "--kind", "logo", "--title", "Coat of arms")
    assert "Please give the id" in shell("asset", "export", "Coat of arms", "--out", tmp_path / "out.png")[2]


def test_a_whole_library_is_verified(shell: Shell, added: dict[str, str]) -> None:
    assert shell("asset", "verify") == (0, "1 file was checked.\n", "")
    assert json.loads(shell("asset", "verify", "--json")[1]) == {
        "files": 1,
        "troubles": [],
        "unrecorded": [],
        "foreign": [],
    }


def test_a_flipped_byte_and_a_missing_file_are_found_and_mended(
    shell: Shell, registry: Registry, added: dict[str, str], arms: Path, tmp_path: Path
) -> None:
    kept = folder_of(registry.path) / added["sha256"]
    content = bytearray(kept.read_bytes())
    content[50] ^= 1
    kept.write_bytes(content)
    code, out, _err = shell("asset", "verify")
    assert code == 1
    assert out.startswith(f"Coat of arms: the file {added['sha256'][:12]}… was altered or damaged.")
    assert "was altered or damaged" in shell("asset", "export", added["id"], "--out", tmp_path / "out.png")[2]
    kept.unlink()
    code, out, _err = shell("asset", "verify", "--json")
    trouble = {"sha256": added["sha256"], "kind": "missing", "title": "Coat of arms"}
    assert (code, json.loads(out)["troubles"]) == (1, [trouble])
    shell("asset", "add", arms, "--kind", "logo", "--title", "The same file")
    assert shell("asset", "verify")[0] == 0


def test_a_file_that_nothing_names_is_found(shell: Shell, registry: Registry, added: dict[str, str]) -> None:
    name = shelf_of(registry.path).put(b"left behind by a program that was killed")
    code, out, _err = shell("asset", "verify")
    assert code == 1
    assert f"The file {name[:12]}… lies in the library, and nothing in the registry names it.\n" in out
    code, out, _err = shell("asset", "verify", "--json")
    assert (code, json.loads(out)["unrecorded"], json.loads(out)["foreign"]) == (1, [name], [])


def test_what_else_lies_in_the_library_is_told_and_is_no_trouble(
    shell: Shell, registry: Registry, added: dict[str, str]
) -> None:
    (folder_of(registry.path) / "notiz.txt").write_text("fremd")
    code, _out, err = shell("asset", "verify")
    assert (code, err) == (0, "“notiz.txt” lies in the library and is none of its files.\n")


def test_a_portrait_without_consent_is_copied_with_a_word_on_stderr(shell: Shell, arms: Path, tmp_path: Path) -> None:
    _code, out, _err = shell("asset", "add", arms, "--kind", "portrait", "--title", "Erika", "--json")
    told = json.loads(out)
    code, _out, err = shell("asset", "export", told["id"], "--out", tmp_path / "copy.png")
    assert (code, err) == (0, "No consent to show “Erika” is entered.\n")
    assert (tmp_path / "copy.png").exists()


def test_a_kit_tells_on_stderr_which_portrait_it_leaves_out(
    shell: Shell, arms: Path, tmp_path: Path, registry: Registry, added: dict[str, str]
) -> None:
    _code, out, _err = shell("asset", "add", arms, "--kind", "portrait", "--title", "Erika", "--json")
    channel = make_channel(platform="facebook")
    with registry.action(N_("Show asset")) as session:
        session.add(channel)
        session.flush()
        for version, placement in ((added["version"], Placement.COVER), (json.loads(out)["version"], Placement.AVATAR)):
            show_on(session, UUID(version), [channel.id], placement, None, today=registry.today())
    code, _out, err = shell("asset", "export", channel.id, "--out", tmp_path / "kit.zip")
    assert (code, err) == (0, "Left out: No consent to show “Erika” is entered (Social media).\n")


def test_of_an_erased_portrait_there_is_nothing_to_copy(
    shell: Shell, arms: Path, tmp_path: Path, registry: Registry
) -> None:
    person = make_person()
    with registry.action(N_("Add person")) as session:
        session.add(person)
    _code, out, _err = shell(
        "asset", "add", arms, "--kind", "portrait", "--title", "Erika", "--person", person.name, "--json"
    )
    with registry.action(N_("Erase")) as session:
        session.get_one(Person, person.id).erased_on = registry.today()
    code, _out, err = shell("asset", "export", json.loads(out)["id"], "--out", tmp_path / "copy.png")
    assert code != 0
    assert err == "The files of “Erika” were erased with the personal data that was due.\n"


def test_a_backup_and_a_restored_registry_tell_what_their_library_lacks(
    shell: Shell, registry: Registry, added: dict[str, str], arms: Path, tmp_path: Path
) -> None:
    backup, lacking = tmp_path / "b.kanal", "1 file of the city's identity is missing or damaged"
    assert shell("backup", backup)[0] == 0
    file = folder_of(registry.path) / added["sha256"]
    file.write_bytes(b"damaged")
    code, out, _err = shell("backup", tmp_path / "later.kanal")
    assert code == 1
    assert out.startswith(f"The backup is not whole: “{tmp_path / 'later.kanal'}”. {lacking} and is not in it: “Coat")
    assert "checked" not in out
    code, out, _err = shell("restore", tmp_path / "later.kanal")
    assert code == 1
    assert f"{lacking}: “Coat of arms”. Restore a backup, or add the original files again" in out
    assert shell("restore", backup)[0] == 0
    assert file.read_bytes() == arms.read_bytes()
