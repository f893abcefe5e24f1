"""No secret leaves the keyring: 200 planted ones go every way there is, and nothing that is left knows any of them."""

from __future__ import annotations

import gzip
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from core.custody.custodian import Custodian
from core.custody.vault import open_vault
from core.i18n import N_
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from tests.factories import make_channel
from tests.gui.desk import Desk
from tests.journeys import canary_flows as flows
from tests.journeys import canary_window as window
from tests.journeys.canary_flows import Walk, kind_of
from tests.parts.canaries import Search, forms, found, planted
from tests.parts.keyrings import Keyring
from tests.parts.traces import Removed, Shown, left_in

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
PLANTED = 200
CONTROL = "Kontrolle-ä7Xq“\\Zr9"


@pytest.fixture
def desk(qapp: object, keyring_daemon: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose temporary files lie where they can be found."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    made = Desk(tmp_path / "desk.kanal")
    yield made
    made.close()


@pytest.fixture
def walk(desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str], rounds: Callable[[int, int], int]) -> Walk:
    """A registry with one login for each secret that gets one; the others are changed to, imported, and so on."""
    secrets, logins = planted(PLANTED), rounds(32, 150)
    with desk.registry.action(N_("Begin")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
        channel = make_channel()
        session.add(channel)
        session.flush()
        told = [NewCredential(kind_of(text), f"Login {number}") for number, text in enumerate(secrets[:logins])]
        ids: list[UUID] = [add_credential(session, one).id for one in told]
    desk.settle()
    custodian = Custodian(desk.registry, open_vault(desk.registry.id), desk.today)
    return Walk(custodian, list(zip(ids, secrets, strict=False)), secrets[logins:], tmp_path, capfd)


def test_no_secret_is_found_in_anything_that_is_left(
    desk: Desk, walk: Walk, own_folders: Path, tmp_path_factory: pytest.TempPathFactory, keyring_daemon: Keyring
):
    places, spare = [walk.folder, own_folders], walk.spare
    # The list that people bring has passwords in it, and lies elsewhere; the program may not take them over.
    brought = flows.list_with_passwords(spare, tmp_path_factory.mktemp("aside"))
    with Shown() as shown, Removed(places) as removed:
        with window.opened(desk) as page:
            key = window.make_recovery_key(desk, page)
            window.walk_page(desk, page, walk.take(5), spare[:5])
            window.recover(desk, page, key)
        flows.as_processes(walk, walk.take(3))
        flows.fail_in_every_way(walk, walk.take(2), keyring_daemon)
        with flows.debugging(walk.folder / "debug.log"):
            flows.keep_and_rotate(walk, walk.take(8), spare[5:10])
        flows.keep_and_rotate(walk, walk.take(len(walk.secrets)), spare[10:])
        for text in spare[-3:]:
            flows.meet_a_bug(walk, text, lambda error: window.details_of(desk, error))
        flows.import_list(walk, brought)
        flows.through_keepass(walk, spare[0] + spare[1], spare[2])
        flows.tell_everything(walk)
        desk.settle()
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    out, err = walk.capfd.readouterr()
    told = walk.said | {"stdout": out.encode(), "stderr": err.encode()} | removed.kept
    told |= {f"process {number}": data for number, data in enumerate(shown.kept)}
    search = Search([*planted(PLANTED), key.reveal()[len("AGE-SECRET-KEY-1") :]])
    assert found(search, told | dict(left_in(places))) == {}
    names = [name for name, _data in left_in(places)]
    for part in (
        "debug.log",
        "desk.kanal",
        "logins.kdbx",
        ".envelopes/",
        "backup.kanal",
        "report-public.xlsx!",
        "workstation.json",
    ):
        assert any(part in name for name in names), f"{part} was not there to be searched"


def test_a_planted_control_is_found_in_every_kind_of_container(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    search, places = Search([CONTROL]), [tmp_path]
    with Shown(0.01) as shown, Removed(places) as removed:
        plant(tmp_path)
        wal = sqlite3.connect(tmp_path / "wal.db", isolation_level=None)
        wal.execute("PRAGMA journal_mode=WAL")
        wal.execute("CREATE TABLE t AS SELECT ? AS x", [CONTROL])
        passing = tmp_path / "passing"
        passing.write_text(f"soon gone: {CONTROL}", "utf-8")
        passing.unlink()
        code = "import time; time.sleep(0.5)"
        subprocess.run([sys.executable, "-c", code, CONTROL], env=os.environ | {"SPOKEN": CONTROL}, check=True)
        print(CONTROL)
        print(f"error: {CONTROL}", file=sys.stderr)
    told = dict(left_in(places)) | removed.kept
    told |= {"shown": b"\n".join(shown.kept)} | dict(
        zip(("out", "err"), map(str.encode, capfd.readouterr()), strict=True)
    )
    met = found(search, told)
    wal.close()
    kinds = [
        "plain.txt",
        "rows.db",
        "wal.db-wal",
        "packed.xlsx!sheet.xml",
        "packed.xlsx!deeper.zip!deep.txt",
        "text.gz!",
        "passing (removed",
    ]
    for kind in (*kinds, "shown", "out", "err", *(f"form {name}" for name in forms(CONTROL))):
        assert any(kind in name for name in met), f"a secret in “{kind}” would not be found"
    assert any(data.count(CONTROL.encode()) for data in shown.kept if b"SPOKEN" in data)
    assert any(CONTROL.encode() in data for data in shown.kept if b"time.sleep" in data)


def plant(folder: Path) -> None:
    """Put the control into everything that can hold it."""
    (folder / "plain.txt").write_text(f"x{CONTROL}", "utf-8")
    for name, written in forms(f"abc{CONTROL}").items():
        (folder / f"form {name}").write_bytes(b"12" + written + name.encode())
    with sqlite3.connect(folder / "rows.db") as rows:
        rows.execute("CREATE TABLE t AS SELECT ? AS x", [CONTROL])
    rows.close()
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as deeper:
        deeper.writestr("deep.txt", f"{CONTROL} " * 9)
    with zipfile.ZipFile(folder / "packed.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("deeper.zip", inner.getvalue())
        packed.writestr("sheet.xml", f"<t>{CONTROL}</t>")
    with gzip.open(folder / "text.gz", "wt", encoding="utf-8") as text:
        text.write(CONTROL)
