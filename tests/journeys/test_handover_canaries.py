"""No secret leaves the keyring while logins are handed over or opened in need: not in any file, log or process.

The logins' labels bear a mark that may be told. The same search finds it in everything in which the secrets are looked
for, so that a secret in there would be found. The walks take a minute and more: one or two of them are walked, others
after each change of the program, and all with --endurance.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.custody.handover.formats.bundle import open_bundle
from core.custody.identity.armor import Kind, armored
from core.custody.identity.keys import Keys
from core.custody.identity.revoking import revoke
from core.custody.secret import Secret
from core.model import CredentialKind, Way
from core.registry import Registry
from tests.core.cli.handing import Handing, hand
from tests.core.custody.escrow.sharing import me, opened_by_age, take_seats, verify
from tests.core.custody.handover.desks import Place, pair_of
from tests.core.custody.identity.conftest import office, quick_words
from tests.core.custody.identity.office import Office
from tests.gui.accessibility.parts import part_in_turn
from tests.journeys import canary_commands as commands
from tests.journeys import canary_escrow as escrow
from tests.journeys import canary_flows as flows
from tests.journeys import canary_handovers as handovers
from tests.journeys import canary_last_day as last_day
from tests.journeys.canary_commands import KINDS, Commands
from tests.journeys.canary_flows import Walk
from tests.journeys.canary_handovers import Mailing
from tests.journeys.canary_keys import Sought, readable_of
from tests.journeys.last_day import last_day_of
from tests.parts.canaries import Search, forms_of_bytes, found
from tests.parts.keyrings import Keyring, Keyrings
from tests.parts.missing import needed_program
from tests.parts.traces import Removed, Shown, left_in

__all__ = ["office", "quick_words"]
pytestmark = [
    pytest.mark.usefixtures("in_english", "qapp"),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
MARK = "Kontrolle-ä7Xq“\\Zr9"
ON_LONG_RUNS = -1
ERIKA = "Erika Mustermann"
KEY = bytes(range(7, 39))


@dataclass
class Traces:
    """What is left in some folders, and what was there only for a while."""

    places: list[Path]
    shown: Shown
    removed: Removed

    def told(self, keyrings: Iterable[Keyring], said: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return all of it by name; what any program can read of the keyrings and on their disks is part of it."""
        keyrings = list(keyrings)
        told = dict(left_in([*self.places, *(one.bus.home for one in keyrings)])) | dict(said) | self.removed.kept
        told |= {f"process {number}": data for number, data in enumerate(self.shown.kept)}
        return told | dict(readable_of(keyrings))


@pytest.fixture
def in_turn(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Leave a walk out where it is another one's turn; on long runs all are walked."""

    def asked(walk: int) -> None:
        if not request.config.getoption("--endurance") and part_in_turn(0).number != walk:
            pytest.skip("it is another walk's turn")

    return asked


@pytest.fixture
def traces(tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Traces]:
    """Watch all places that the program may write to, log all it can; its temporary files lie where they are found."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    places = [tmp_path, own_folders]
    with Shown(0.1) as shown, Removed(places) as removed, flows.debugging(tmp_path / "debug.log"):
        yield Traces(places, shown, removed)


def nothing_but_the_mark(sought: Sought, told: Mapping[str, bytes], places: Iterable[str], mark: str = MARK) -> None:
    """Insist that no secret is in anything, and that the mark is in something of each kind."""
    assert found(sought.search(), told) == {}
    search = Search([mark])
    for place in places:
        some = (data for name, data in told.items() if place in name)
        assert any(next(search.hits(data), None) for data in some), f"a secret in “{place}” would not be found"


def test_nothing_that_commands_leave_behind_knows_a_secret(
    in_turn: Callable[[int], None],
    traces: Traces,
    registry: Registry,
    keyrings: Keyrings,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
):
    in_turn(0)
    sought, aside = Sought(), tmp_path_factory.mktemp("aside")
    secrets = commands.add_logins(registry, sought, MARK)
    pair: Handing = hand(registry, keyrings, tmp_path, shared=False, logins=1)
    walk = Commands(pair, sought, secrets)
    walk.store()
    commands.handed_over(walk)
    commands.put_into_escrow(walk)
    walked = list(walk.bundles)
    keys = commands.end_identities(walk, aside)
    commands.tell_everything(walk)
    told = traces.told([person.keyring for person in pair.both], {})
    held = ("registratur.kanal", "copy.kanal", "backup.kanal", "said.txt", "debug.log", "mail-0.txt!armor", "process")
    paper = (".txt!armor", ".pdf!text", "report-internal.xlsx!xl/", "report-committee.xlsx!xl/")
    nothing_but_the_mark(sought, told, (*held, *paper))
    for part in ("handed.age!armor", "registratur.kanal.envelopes/", "copy.kanal.envelopes/", "workstation.json"):
        assert any(part in name for name in told), f"{part} was not there to be searched: {sorted(told)}"
    assert found(sought.search(), dict(left_in([aside]))).keys() == {str(file) for file in keys.values()}
    for bundle, labels in walked:
        plain = opened_by_command(bundle, keys["Max"], aside)
        assert {hit.secret for hit in Search(secrets.values()).hits(plain)} == {secrets[label] for label in labels}


def opened_by_command(bundle: Path, key: Path, aside: Path) -> bytes:
    """Open a bundle with the program `age`, out of the mail."""
    lines = [line.removeprefix("> ") for line in bundle.read_text().splitlines()]
    (aside / "bundle.age").write_text("\n".join(lines[lines.index("") + 1 :]) + "\n")
    command = [needed_program("age"), "--decrypt", "--identity", str(key), str(aside / "bundle.age")]
    return subprocess.run(command, capture_output=True, check=True, timeout=30).stdout


def test_nothing_that_a_handover_leaves_behind_knows_a_secret(
    in_turn: Callable[[int], None], traces: Traces, office: Office, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    in_turn(1)
    sought = Sought()
    sealing, resetting = (handovers.add_logins(office.first, sought, kinds, MARK) for kinds in (KINDS, KINDS[:1]))
    lending, ending = (handovers.add_logins(office.first, sought, kinds, MARK) for kinds in (KINDS[1:3], KINDS[:1]))
    moving, giving = (handovers.add_logins(office.first, sought, kinds, MARK) for kinds in (KINDS[:2], KINDS[2:]))
    two = pair_of(office, shared=False)
    walk = Walk(two.giver.desk.custodian, [], [], tmp_path, capfd)
    pair = Mailing(two.giver, two.taker, two.things, walk=walk)
    for logins in (sealing, resetting, lending, ending, moving, giving):
        handovers.kept(pair.giver, logins)
    pair.ask(sealing, Way.SEALED)
    pair.seal_in_vain()
    bundle = pair.seal(sealing)
    pair.open(bundle)
    pair.change(handovers.changed(sought, sealing, KINDS))
    pair.record()
    handovers.refuse_in_every_way(pair, bundle, sought.take(CredentialKind.API_TOKEN))
    pair.ask(resetting, Way.RESET)
    pair.change(handovers.changed(sought, resetting, KINDS[:1]))
    handovers.end_early(pair, ending)
    handovers.give_along(pair, giving)
    second = Place(office.desk("Erika"), pair.giver.person)
    moved = handovers.move(pair, second, moving)
    handovers.lend(pair, lending)
    _ = pair.giver.desk.custodian
    flows.tell_everything(walk)
    report_today(walk)
    keys = [identity(sought, place) for place in (pair.giver, pair.taker, second)]
    told = traces.told([place.desk.keyring for place in (pair.giver, pair.taker, second)], walk.said)
    held = (".kanalregister", "backup.kanal", "debug.log", "stdout", "request.txt!armor", "receipt.txt!armor")
    paper = ("record.txt!armor", "record.pdf!text", "report-now.xlsx!xl/", "logins.csv")
    nothing_but_the_mark(sought, told, (*held, *paper))
    assert (len(pair.bundles), len(moved.bundles)) == (4, 1)
    for bundles, key in ((pair.bundles, keys[1]), (moved.bundles, keys[2])):
        for content, sealed in bundles:
            assert {id: one.reveal() for id, one in open_bundle(content, key).values.items()} == sealed


def report_today(walk: Walk) -> None:
    """Write the report of the quarter of the handovers, for the house and for the committee."""
    for reader, name in (("internal", "report-now.xlsx"), ("committee", "report-now-committee.xlsx")):
        day = walk.custodian.today
        words = ("report", "--quarter", "2026Q4", "--today", day, "--out", walk.folder / name, "--reader", reader)
        walk.command(*words)
        assert (walk.folder / name).exists()


def identity(sought: Sought, place: Place) -> Keys:
    """Search for the private keys at a computer, too, and return them."""
    sought.note_identity(place.desk.custodian)
    return place.party.me().keys


def test_nothing_that_the_escrow_leaves_behind_knows_a_secret(
    in_turn: Callable[[int], None],
    traces: Traces,
    office: Office,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
):
    in_turn(2)
    sought, aside = Sought(), tmp_path_factory.mktemp("aside")
    logins = handovers.add_logins(office.first, sought, KINDS, MARK)
    erika, max_, lisa = seats = take_seats(office, "Erika", "Max", "Lisa")
    verify(erika, max_)
    walk = Walk(erika.custodian, [], [], tmp_path, capfd)
    escrow.store(erika, logins)
    _first, second, *_others = logins
    fresh = sought.take(KINDS[1])
    paper = escrow.one_is_enough(walk, (erika, max_, lisa), logins, fresh)
    keys = escrow.privates(paper, erika, max_)
    alone = contents(escrow.envelopes(erika), keys, aside)
    handed = escrow.two_are_needed(walk, (erika, max_, lisa), paper, logins)
    together = contents(escrow.envelopes(erika), keys, aside)
    escrow.damage(walk, max_, paper, logins)
    for seat in (erika, max_):
        sought.note_identity(seat.custodian)
    revoke(max_.custodian, me(max_).card, max_.desk.now)
    _ = max_.desk.enrol()
    sought.note_identity(max_.custodian)
    _ = erika.custodian
    flows.tell_everything(walk)
    sought.note_age(paper.private)
    told = traces.told([seat.desk.keyring for seat in seats], walk.said)
    nothing_but_the_mark(sought, told, ("registratur.kanal", "backup.kanal", "debug.log", "stdout", "logins.csv"))
    for part in (".envelopes/", "handed.age!armor", "forged-", "error"):
        assert any(part in name for name in told), f"{part} was not there to be searched"
    in_force = set({**logins, second: fresh}.values())
    assert alone == (in_force, set()), "each opens with one key"
    assert together == (set(), in_force), "each opens with two keys, and none with one"
    assert handed in (tmp_path / "handed.age").read_bytes()


def contents(files: Iterable[Path], keys: Iterable[Secret], aside: Path) -> tuple[set[str], set[str]]:
    """Return the secrets that the program `age` finds in envelopes with one key, and with two."""
    found_with: tuple[set[str], set[str]] = (set(), set())
    for file in files:
        for many, secrets in enumerate(found_with, start=1):
            opened = (opened_by_age(file, *some, folder=aside) for some in permutations(keys, many))
            secrets |= {str(one["secret"]) for one in opened if one is not None}
    return found_with


@pytest.mark.parametrize(("turn", "how"), [(ON_LONG_RUNS, "by hand"), (2, "by folder")], ids=["by hand", "by folder"])
def test_nothing_that_two_windows_leave_behind_knows_a_secret(
    in_turn: Callable[[int], None],
    traces: Traces,
    keyrings: Keyrings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    turn: int,
    how: str,
):
    in_turn(turn)
    sought = Sought()
    with last_day_of(tmp_path, keyrings, monkeypatch, last_day.planted_for(sought)) as day:
        day.is_shared = how == "by folder"
        last_day.walk(day, sought)
        told = traces.told([seat.keyring for seat in day.both], {})
    held = ("office.kanal", "second.kanal", "debug.log", ".aussage!armor", ".protokoll!armor")
    nothing_but_the_mark(sought, told, held, ERIKA)
    for part in ("second.kanal.envelopes/", ".anfrage", ".uebergabe", "workstation.json"):
        assert any(part in name for name in told), f"{part} was not there to be searched"


def test_a_planted_key_is_found_in_every_form_and_container(tmp_path: Path):
    for name, written in forms_of_bytes(KEY).items():
        (tmp_path / f"form {name}").write_bytes(b"1234" + written + name.encode())
    with sqlite3.connect(tmp_path / "rows.db") as rows:
        rows.execute("CREATE TABLE t AS SELECT ? AS x", [KEY])
    rows.close()
    mail = armored(Kind.KEY_CARD, b'{"seed": ' + json.dumps(KEY.decode("latin-1")).encode() + b"}")
    (tmp_path / "mail.txt").write_text("Hallo,\r\n\r\n> " + mail.replace("\n", "\r\n> "), newline="")
    key = Ed25519PrivateKey.from_private_bytes(KEY)
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    names = list(found(Search([], [KEY]), dict(left_in([tmp_path]))))
    for part in ("rows.db", "mail.txt!armor", "key.pem!armor", *(f"form {name}" for name in forms_of_bytes(KEY))):
        assert any(part in name for name in names), f"a key in “{part}” would not be found"
