"""What the operating system refuses is explained in the reader's language, never in the system's own words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.errors import UnusableFileError
from core.storage import places
from core.system_reasons import reason_of

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "You are not allowed to do that there."),
        (errno.ENOSPC, "The disk is full."),
        (errno.EROFS, "The disk can only be read."),
        (errno.ENAMETOOLONG, "The name is too long."),
        (errno.EISDIR, "It is a folder."),
        (errno.ENOENT, "It is not there."),
        (errno.EXDEV, f"The system reports error {errno.EXDEV}."),
    ],
)
def test_common_reasons_are_sentences_and_others_are_numbers(number: int, sentence: str) -> None:
    assert reason_of(OSError(number, os.strerror(number))) == sentence


def test_where_something_new_is_written_only_the_folder_can_be_missing() -> None:
    assert reason_of(FileNotFoundError(errno.ENOENT, "gone"), writing=True) == "The folder is not there."


def test_windows_tells_a_file_in_use_from_missing_rights() -> None:
    class InUseError(PermissionError):
        winerror = 32

    assert reason_of(InUseError(errno.EACCES, "used by another process")) == "Another program is using it."


def test_an_error_without_a_number_speaks_for_itself() -> None:
    assert reason_of(OSError("only words")) == "only words"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("missing/new.txt", "cannot be created: The folder is not there."), ("n" * 300, "The name is too long.")],
)
def test_a_file_that_cannot_be_written_is_explained_in_words_of_ours(name: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match=sentence), places.written_aside(tmp_path / name):
        pass  # pragma: no cover
