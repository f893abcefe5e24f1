"""Logins and secrets on the command line, as scripts use it, with a real keyring."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.cli.parser import CREDENTIAL_KINDS
from core.custody.vault import open_vault
from core.inventory.binding import bind
from core.model import CredentialKind, Custody
from core.registry import Registry
from main import main
from tests.factories import make_channel
from tests.sources import ROOT

SECRET = "Grüße; $(rm) 'x' \t€"


class Shell:
    """The program on one registry; `alone` runs it as a process of its own."""

    def __init__(self, registry: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.registry = registry
        self._capfd = capfd
        self._monkeypatch = monkeypatch

    def __call__(self, *words: object, stdin: bytes | str = "") -> tuple[int, str, str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        try:
            code = main(["--registry", str(self.registry), "--lang", "en", *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = self._capfd.readouterr()
        return code, said.out, said.err

    def alone(self, *words: object, stdin: str = "") -> tuple[int, str, str]:
        command = [sys.executable, str(ROOT / "main.py"), "--registry", str(self.registry), "--lang", "en"]
        done = subprocess.run(
            [*command, *map(str, words)], input=stdin.encode(), capture_output=True, timeout=60, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def json(self, *words: object) -> tuple[int, Any]:
        code, out, _err = self(*words, "--json")
        return code, json.loads(out)


@pytest.fixture
def shell(registry: Registry, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, today: date) -> Shell:
    with registry.action("begin") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
        session.add(make_channel())
    return Shell(registry.path, capfd, monkeypatch)


def add(shell: Shell, *more: object) -> str:
    channel = shell.json("list", "channels")[1][0]["id"]
    code, added = shell.json("credential", "add", "--channel", channel, "--kind", "password", "--label", "Login", *more)
    assert code == 0
    return str(added["id"])


def test_the_kinds_are_those_of_the_model():
    assert set(CREDENTIAL_KINDS) == {kind.value for kind in CredentialKind}


def test_a_secret_is_stored_shown_changed_and_released(shell: Shell, keyring_daemon):
    login = add(shell, "--login", "stadt")
    assert shell.alone("secret", "store", login, stdin=SECRET + "\n")[0] == 0
    assert shell.alone("secret", "show", login, "--stdout") == (0, SECRET + "\n", "")
    assert shell.json("vault", "check")[1]["expected"] == 1
    assert shell("secret", "store", "Login", stdin="new one\n\n")[0] == 0
    assert shell("secret", "show", login, "--stdout")[1] == "new one\n\n", "one line end is not part of it"
    assert shell("secret", "confirm", login)[0] == 0
    listed = shell.json("list", "credentials")[1]
    assert [(one["id"], one["login_name"], one["revision"]) for one in listed] == [(login, "stadt", 2)]
    kept = shell.json("list", "custody")[1]
    assert [(one["label"], one["person"], one["revision"], one["state"]) for one in kept] == [
        ("Login", "Erika Mustermann", 2, "in-force")
    ]
    assert shell("list", "custody")[0] == 0
    assert shell("secret", "release", login)[0] == 0
    assert shell.json("list", "custody") == (0, [])
    code, out, err = shell("secret", "show", login, "--stdout")
    assert (code, out) == (2, "")
    assert "Login" in err
    assert len(keyring_daemon.texts()) == 1


def test_a_secret_is_not_shown_to_a_pipe_that_nobody_asked_for(shell: Shell, keyring_daemon):
    login = add(shell)
    shell("secret", "store", login, stdin=SECRET)
    code, out, err = shell("secret", "show", login)
    assert (code, out) == (2, "")
    assert "--stdout" in err


def test_without_a_keyring_nothing_is_stored_and_the_user_is_told(shell: Shell):
    login = add(shell)
    code, out, err = shell("secret", "store", login, stdin=SECRET)
    assert (code, out) == (2, "")
    assert err.strip()
    assert SECRET not in err
    code, told = shell.json("vault", "check")
    assert code == 1
    assert (told["backend"], told["trusted"], told["expected"], told["missing"]) == (None, False, 0, 0)
    assert told["notes"]
    assert shell.json("list", "credentials")[1][0]["revision"] == 0


@pytest.mark.parametrize(
    "backend",
    ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring", "keyring.backends.chainer.ChainerBackend"],
)
def test_no_setting_leads_to_another_keyring(shell: Shell, keyring_daemon, monkeypatch, backend: str):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    login = add(shell)
    assert shell("secret", "store", login, stdin=SECRET)[0] == 0
    assert any(SECRET.split(";", maxsplit=1)[0] in text for _label, _attributes, text in keyring_daemon.texts())
    code, told = shell.json("vault", "check")
    assert (code, told["backend"], told["trusted"], told["unlocked"]) == (0, "secret-service", True, True)
    assert any("PYTHON_KEYRING_BACKEND" in note for note in told["notes"])


def test_a_secret_that_is_gone_is_found_missing(shell: Shell, registry: Registry, keyring_daemon):
    login = add(shell)
    shell("secret", "store", login, stdin=SECRET)
    with registry.reading() as session:
        slot = session.scalars(select(Custody.slot)).one()
    open_vault(registry.id).remove(slot)
    code, told = shell.json("vault", "check")
    assert (code, told["expected"], told["missing"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("secret", "show", "nothing", "--stdout"), ""),
        (("secret", "store", "nothing"), "x"),
        (("credential", "add", "--channel", "nowhere", "--kind", "password", "--label", "x"), ""),
        (("credential", "add", "--channel", "nowhere", "--kind", "key", "--label", "x"), ""),
        (("secret", "store"), "x"),
        (("vault",), ""),
    ],
)
def test_bad_input_is_refused_in_a_sentence(shell: Shell, words, stdin: str):
    code, out, err = shell(*words, stdin=stdin)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_what_is_no_text_is_not_stored(shell: Shell, keyring_daemon):
    login = add(shell)
    code, _out, err = shell("secret", "store", login, stdin=b"\xff\xfe\x00geheim")
    assert code == 2
    assert "geheim" not in err
