"""KeePass files on the command line, as scripts use it, with KeePassXC and a real keyring."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.inventory.binding import bind
from core.registry import Registry
from main import main
from tests.factories import make_channel
from tests.parts.keepass_files import PASSWORD, cli, typed_in
from tests.sources import ROOT

SECRET = "Möwe; $(rm) 'x' €"


@pytest.fixture
def shell(registry: Registry, today: date, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Run the program on the registry: `shell(words, stdin=...)` gives exit code, output and errors."""
    with registry.action("begin") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
        session.add(make_channel())

    def run(*words: object, stdin: bytes | str = "") -> tuple[int, str, str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        try:
            code = main(["--registry", str(registry.path), "--lang", "en", *map(str, words)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one entry that fits and one that does not."""
    return typed_in(
        tmp_path_factory.mktemp("kdbx") / "zugänge.kdbx",
        ("Übersicht", "presse@stadt.example", "https://facebook.com/stadtmoers", SECRET),
        ("Bank", "b", "https://bank.example", "bleibt weg"),
    )


def imported(shell, typed: Path, *more: str) -> tuple[int, Any]:
    code, out, _err = shell("keepass", "import", typed, "--json", *more, stdin=f"{PASSWORD}\n")
    return code, json.loads(out)


def test_a_dry_run_says_what_would_happen_and_the_import_does_it(shell, typed: Path, keyring_daemon):
    code, told = imported(shell, typed, "--dry-run")
    assert (code, told["created"], told["doubtful"]) == (1, 1, 1)
    assert json.loads(shell("list", "credentials", "--json")[1]) == []
    code, told = imported(shell, typed)
    assert (told["created"], told["failed"]) == (1, [])
    (row,) = [row for row in told["rows"] if row["outcome"] == "created"]
    assert (row["label"], row["kind"], row["login"]) == ("Übersicht", "password", "presse@stadt.example")
    (login,) = json.loads(shell("list", "credentials", "--json")[1])
    assert shell("secret", "show", login["id"], "--stdout") == (0, f"{SECRET}\n", "")
    code, told = imported(shell, typed)
    assert (told["created"], told["unchanged"], told["rows"][0].keys() >= {"row", "problems", "channels"}) == (
        0,
        1,
        True,
    )
    assert SECRET not in json.dumps(told, ensure_ascii=False)


def test_in_words_the_doubtful_ones_are_named(shell, typed: Path, keyring_daemon):
    code, out, err = shell("keepass", "import", typed, stdin=PASSWORD)
    assert (code, err) == (1, "")
    assert "Taken in: 1 new" in out
    assert "1 entry is doubtful and was left out." in out
    assert "“Bank”: No channel of the registry fits." in out
    assert SECRET not in out


def test_a_wrong_password_or_file_is_bad_input(shell, typed: Path, tmp_path: Path):
    code, out, err = shell("keepass", "import", typed, stdin="falsch\n")
    assert (code, out) == (2, "")
    assert "Password or key file do not fit" in err
    assert shell("keepass", "import", tmp_path / "keine.kdbx", stdin="x\n")[0] == 2
    code, _out, err = shell("keepass", "import", typed, stdin=b"\xff\xfe\n")
    assert (code, "no text in UTF-8" in err) == (2, True)


def test_the_export_opens_in_keepassxc(shell, typed: Path, tmp_path: Path, keyring_daemon):
    imported(shell, typed)
    path, password = tmp_path / "aus.kdbx", "Sieben Ärzte, acht Böen €"
    code, out, _err = shell("keepass", "export", path, "--credential", "übersicht", stdin=f"{password}\r\n")
    assert (code, "1 entry was written" in out) == (0, True)
    assert cli("show", "-s", "-a", "Password", str(path), "Übersicht", typed=f"{password}\n") == f"{SECRET}\n"
    code, _out, err = shell("keepass", "export", path, "--all", stdin=f"{password}\n")
    assert (code, "exists already" in err) == (2, True)
    assert shell("keepass", "export", tmp_path / "b.kdbx", "--all", stdin=f"{password}\n")[0] == 0
    assert shell("keepass", "export", tmp_path / "c.kdbx", "--credential", "Fehlt", stdin=f"{password}\n")[0] == 2
    assert shell("keepass", "export", tmp_path / "c.kdbx", "--all", stdin="kurz\n")[0] == 2
    assert shell("keepass", "export", tmp_path / "c.kdbx", stdin=f"{password}\n")[0] == 2, "which ones must be said"
    assert not (tmp_path / "c.kdbx").exists()


def test_without_the_extra_a_sentence_says_how_to_install_it(shell, typed: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pykeepass", None)
    for words in (("import", typed), ("export", tmp_path / "a.kdbx", "--all")):
        code, out, err = shell("keepass", *words, stdin="x\n")
        assert (code, out) == (2, "")
        assert "pip install pykeepass" in err


def test_the_library_is_not_loaded_unless_a_keepass_file_is_read(registry: Registry):
    registry.close()
    told = "import sys, runpy; sys.argv[1:] = {0!r}\ntry: runpy.run_path('main.py', run_name='__main__')\n"
    told += "except SystemExit: pass\nprint('pykeepass' in sys.modules)"
    code = told.format(["--registry", str(registry.path), "list", "channels"])
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
