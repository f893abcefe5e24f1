"""KeePass files as other programs make them: by KeePassXC's own command line, and of the older format 3.1 by hand."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import struct
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4
from xml.sax.saxutils import escape

from tests.parts.missing import needed_program

PASSWORD = "Schlüssel für Möwen €"
SHORT = "100"
"""Milliseconds that KeePassXC lets the derivation of the key take in tests."""

Fields = Mapping[str, str]


def cli(*words: str, typed: str = "") -> str:
    """Run KeePassXC's command line and return what it says."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    command = [needed_program("keepassxc-cli"), *words]
    said = subprocess.run(command, input=typed, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return said.stdout


def typed_in(path: Path, *entries: tuple[str, str, str, str], password: str = PASSWORD) -> Path:
    """Make a file as a person does: create it, then add entries (path, name, address, password)."""
    cli("db-create", "-p", "-t", SHORT, str(path), typed=f"{password}\n" * 2)
    for group in sorted({place.rpartition("/")[0] for place, *_rest in entries} - {""}):
        cli("mkdir", str(path), group, typed=f"{password}\n")
    for place, name, url, secret in entries:
        words = ("add", "-p", "-u", name, "--url", url, str(path), place)
        cli(*words, typed=f"{password}\n{secret}\n")
    return path


def imported(path: Path, groups: Mapping[str, Sequence[Fields]], password: str = PASSWORD) -> Path:
    """Have KeePassXC make a file of fields of any kind; the group "Papierkorb" is its recycle bin."""
    source = path.with_suffix(".xml")
    source.write_text(xml_of(groups), "utf-8")
    cli("import", "-p", "-t", SHORT, str(source), str(path), typed=f"{password}\n" * 2)
    source.unlink()
    return path


def xml_of(groups: Mapping[str, Sequence[Fields]]) -> str:
    """Write entries as the XML inside KeePass files; "_uuid" and "_expires" are no fields but what they say."""
    ids = {name: _id() for name in groups}
    bin_id = ids.get("Papierkorb", base64.b64encode(bytes(16)).decode())
    written = "".join(
        f"<Group><UUID>{ids[name]}</UUID><Name>{escape(name)}</Name>{''.join(map(_entry, entries))}</Group>"
        for name, entries in groups.items()
    )
    return (
        "<KeePassFile><Meta><Generator>tests</Generator><DatabaseName>Prüfung</DatabaseName>"
        f"<RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>{bin_id}</RecycleBinUUID></Meta>"
        f"<Root><Group><UUID>{_id()}</UUID><Name>Wurzel</Name>{written}</Group></Root></KeePassFile>"
    )


def old_format(path: Path, xml: str, password: str = PASSWORD, rounds: int = 6_000) -> Path:
    """Write a file of the format 3.1, which KeePassXC writes no more and everybody still has."""
    from Cryptodome.Cipher import AES
    from Cryptodome.Util.Padding import pad

    seed, master, vector, start = (os.urandom(size) for size in (32, 32, 16, 32))
    key = hashlib.sha256(hashlib.sha256(password.encode()).digest()).digest()
    for _round in range(rounds):
        key = AES.new(seed, AES.MODE_ECB).encrypt(key)
    final = hashlib.sha256(master + hashlib.sha256(key).digest()).digest()
    content = gzip.compress(xml.encode())
    blocks = struct.pack("<I", 0) + hashlib.sha256(content).digest() + struct.pack("<I", len(content)) + content
    blocks += struct.pack("<I", 1) + bytes(32) + struct.pack("<I", 0)
    cipher = base64.b16decode("31C1F2E6BF714350BE5805216AFC5AFF")
    fields = [(2, cipher), (3, struct.pack("<I", 1)), (4, master), (5, seed), (6, struct.pack("<Q", rounds))]
    fields += [(7, vector), (8, os.urandom(32)), (9, start), (10, struct.pack("<I", 2)), (0, b"\r\n\r\n")]
    header = struct.pack("<IIHH", 0x9AA2D903, 0xB54BFB67, 1, 3)
    header += b"".join(struct.pack("<BH", number, len(value)) + value for number, value in fields)
    body = AES.new(final, AES.MODE_CBC, vector).encrypt(pad(start + blocks, 16))
    path.write_bytes(header + body)
    return path


def _entry(fields: Fields) -> str:
    identity = fields.get("_uuid") or _id()
    expires = fields.get("_expires")
    times = f"<Times><Expires>True</Expires><ExpiryTime>{expires}</ExpiryTime></Times>" if expires else ""
    strings = "".join(
        f"<String><Key>{escape(name)}</Key><Value>{escape(value)}</Value></String>"
        for name, value in fields.items()
        if not name.startswith("_")
    )
    return f"<Entry><UUID>{identity}</UUID>{times}{strings}</Entry>"


def _id() -> str:
    return base64.b64encode(uuid4().bytes).decode()
