"""The pictures of README and handbook are taken by one command, of the demo city and of nobody's own files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from core.i18n import LANGUAGES as SPOKEN
from resources.setup.pictures import LANGUAGES, LARGEST, PICTURES, ROOT, SIZE, main

TAKE = """
import sys
from pathlib import Path
from resources.setup.pictures import take
take("en", ["credentials", "handovers", "key-cards"], Path(sys.argv[1]))
"""


def test_pictures_are_taken_and_nothing_of_ones_own_is_touched(tmp_path: Path):
    home, folder = tmp_path / "home", tmp_path / "pictures"
    home.mkdir()
    told = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    command = [sys.executable, "-c", TAKE, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    all_taken = sorted(file for file in folder.rglob("*") if file.is_file())
    assert all_taken == [folder / "en" / f"{name}.png" for name in ("credentials", "handovers", "key-cards")]
    for taken in all_taken:
        with Image.open(taken) as picture:
            assert picture.size == SIZE
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20
        assert taken.stat().st_size <= LARGEST
    assert list(home.iterdir()) == []


def test_all_languages_of_the_program_are_taken():
    assert set(LANGUAGES) == set(SPOKEN)


def test_an_unknown_picture_is_refused_with_the_names_of_those_there_are(capsys: pytest.CaptureFixture[str]):
    assert main(["de", "sunset"]) == 2
    said = capsys.readouterr().err
    assert "sunset" in said
    assert all(name in said for name in PICTURES)
