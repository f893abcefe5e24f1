"""The last resort: the program `age` opens a sealed file with the private key that was given out for it."""

from __future__ import annotations

import json
import stat
import subprocess

import pytest

from core.custody.identity import words
from core.registry import Registry
from tests.core.cli.handing import ERIKA, SECRETS, hand
from tests.parts.keyrings import Keyrings
from tests.parts.missing import needed_program


def test_age_opens_a_sealed_file_with_the_exported_key(
    registry: Registry, keyrings: Keyrings, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(words, "_COST", 2**8)
    words._words_of.cache_clear()
    pair = hand(registry, keyrings, tmp_path, shared=False)
    bundle = pair.file(pair.giver, "seal", pair.file(pair.taker, "request", "--from", ERIKA, "--item", "Instagram"))
    key, sealed = pair.taker.home / "key.txt", pair.giver.home / "1.txt"
    code, out, err = pair.taker("identity", "export", "--out", key)
    assert (code, "Delete it as soon as it has served" in err) == (0, True)
    private = key.read_text().splitlines()[-1]
    assert private.startswith("AGE-SECRET-KEY-1")
    assert private not in out + err
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    command = [needed_program("age"), "--decrypt", "--identity", str(key), str(sealed)]
    plain = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    content = json.loads(plain)
    (login,) = json.loads(content["sealing"])["items"]
    assert login["label"] == "Instagram"
    assert content["values"] == {login["id"]: SECRETS["Instagram"]}
    assert pair.taker.json("log")[-1]["label"] == "Give out private key"
    assert pair.taker("identity", "export", "--out", key)[0] == 2, "what lies there is not replaced"
    assert pair.giver("identity", "export", "--out", pair.giver.home / "key.txt")[0] == 0
    wrong = [*command[:3], str(pair.giver.home / "key.txt"), str(sealed)]
    assert subprocess.run(wrong, capture_output=True, check=False, timeout=60).returncode == 1, "it is not for Erika"
    assert bundle.exists()
    words._words_of.cache_clear()
