"""A folder as a mailbox: files for all who share it, whole or not at all, and nothing that is a link."""

from __future__ import annotations

import os
import stat
import sys
from uuid import UUID

import pytest

from core.custody.handover.formats.age_armor import LARGEST_FILE
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.mailbox import FolderMailbox, bundle_name, remove_sealed, statement_name
from core.custody.identity.refusals import RefusedError
from core.errors import BadInputError, UnusableFileError
from tests.core.custody.handover.parties import request, sealing
from tests.founding import new_registry

HANDOVER = UUID(int=77)
RIGHTS = ((0o022, 0o644, 0o755), (0o007, 0o660, 0o770), (0o077, 0o600, 0o700))
"""What the system takes away, and what files and folders then are."""


@pytest.fixture
def box(tmp_path):
    """A folder that is not there yet."""
    return FolderMailbox(tmp_path / "Übergaben")


def test_what_is_laid_down_is_fetched_and_removed(box):
    assert list(box.list()) == []
    names = [bundle_name(HANDOVER), statement_name(request()), statement_name(sealing())]
    for name in names:
        box.put(name, name.encode())
    assert list(box.list()) == sorted(names)
    assert {name.rpartition(".")[2] for name in names} == {"uebergabe", "anfrage", "aussage"}
    assert box.get(names[0]) == names[0].encode()
    box.put(names[0], b"neu")
    assert box.get(names[0]) == b"neu"
    box.remove(names[0])
    box.remove(names[0])
    assert names[0] not in list(box.list())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.parametrize(("umask", "file", "folder"), RIGHTS)
def test_whoever_shares_the_folder_may_read_what_lies_there(box, umask, file, folder):
    """Two people have two accounts on a file server; what they put there is signed, and secrets in it are sealed."""
    name, before = bundle_name(HANDOVER), os.umask(umask)
    try:
        box.put(name, b"x")
        box.put(name, b"y")
    finally:
        os.umask(before)
    assert stat.S_IMODE((box.path / name).stat().st_mode) == file
    assert stat.S_IMODE(box.path.stat().st_mode) == folder
    assert [one.name for one in box.path.iterdir()] == [name]


def test_the_same_statement_lies_under_the_same_name(box):
    one = request()
    assert statement_name(one) == statement_name(one) != statement_name(sealing())


@pytest.mark.parametrize("name", ["../x.anfrage", "a/b.anfrage", "x.exe", "", ".anfrage", "X.ANFRAGE", "ä.anfrage"])
def test_only_names_of_ours_are_used(box, name):
    for use in (box.get, box.remove, lambda one: box.put(one, b"")):
        with pytest.raises(BadInputError):
            use(name)


def test_links_are_not_followed(box, tmp_path):
    secret = tmp_path / "fremd"
    secret.write_text("unberührt", "utf-8")
    box.path.mkdir()
    name = bundle_name(HANDOVER)
    (box.path / name).symlink_to(secret)
    assert list(box.list()) == []
    for use in (box.get, box.remove, lambda one: box.put(one, b"anders")):
        with pytest.raises(UnusableFileError):
            use(name)
    assert secret.read_text("utf-8") == "unberührt"


def test_a_folder_that_is_a_link_is_no_mailbox(box, tmp_path):
    (tmp_path / "anderswo").mkdir()
    box.path.symlink_to(tmp_path / "anderswo")
    assert list(box.list()) == []
    with pytest.raises(UnusableFileError):
        box.put(bundle_name(HANDOVER), b"")


def test_what_is_missing_or_too_large_is_said(box):
    with pytest.raises(UnusableFileError):
        box.get(bundle_name(HANDOVER))
    box.put(bundle_name(HANDOVER), b"x" * (LARGEST_FILE + 1))
    with pytest.raises(RefusedError) as refused:
        box.get(bundle_name(HANDOVER))
    assert refused.value.code is HandoverRefusal.TOO_LARGE


def test_other_files_are_left_alone(box):
    box.path.mkdir()
    (box.path / "Urlaub.txt").write_text("Sand", "utf-8")
    (box.path / "ordner.anfrage").mkdir()
    assert list(box.list()) == []


def test_what_was_sealed_goes_when_nothing_is_open_any_more(box):
    kept = {bundle_name(UUID(int=78)), statement_name(request())}
    for name in (bundle_name(HANDOVER), *kept):
        box.put(name, b"x")
    remove_sealed(box, [HANDOVER, UUID(int=79)])
    assert set(box.list()) == kept


def test_nothing_is_laid_over_a_registry_or_into_a_folder_that_belongs_to_one(tmp_path, in_english):
    name = bundle_name(HANDOVER)
    for registry in (tmp_path / name, tmp_path / "andere.kanal"):
        new_registry(registry).close()
    before = (tmp_path / name).read_bytes()
    with pytest.raises(UnusableFileError, match="is a registry or a backup of one"):
        FolderMailbox(tmp_path).put(name, b"x")
    for folder in ("andere.kanal.envelopes", "andere-backups"):
        with pytest.raises(UnusableFileError, match=r"for the registry “andere.kanal”"):
            FolderMailbox(tmp_path / folder).put(name, b"x")
        assert not (tmp_path / folder).exists()
    assert (tmp_path / name).read_bytes() == before
