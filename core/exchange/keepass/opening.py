"""Runs inside the limited child process: opens one KeePass file and writes its entries to standard output.

Password, key file and file come through the pipe, the entries go back through one: nothing of it touches the disk.
Whatever the library trips over ends the child; the parent says then that the file is damaged.
"""

from __future__ import annotations

import base64
import hashlib
import marshal
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

from core.exchange.limits import MEBIBYTE, MEMORY_BYTES, Refused, limit_this_process

MAX_ENTRIES = 10_000
MAX_ROUNDS = 2_000_000_000
MAX_DERIVING_BYTES = MEMORY_BYTES * 3 // 4
URLS = ("URL", "KP2A_URL")
"""Fields with addresses; further ones of an entry are KP2A_URL_1, KP2A_URL_2 ..."""
CODES = re.compile(r"otp|TOTP Seed|TOTP Settings|TimeOtp-.+")
"""Fields of one-time codes as KeePassXC, its plug-in forerunners and KeePass 2 call them."""

_REFERENCE = re.compile(r"\{REF:([TUPAN])@I:([0-9A-F]{32})\}", re.IGNORECASE)
_REFERRED = {"T": "Title", "U": "UserName", "P": "Password", "A": "URL", "N": "Notes"}
_NOWHERE = base64.b64encode(bytes(16)).decode()
_STEP = MEBIBYTE

Fields = dict[str, str]


def main() -> None:
    """Read what the parent hands over, and write one frame an entry, or one with the reason for refusing the file."""
    sys.dont_write_bytecode = True
    limit_this_process(int(sys.argv[-1]))
    try:
        password, key_file, with_notes, data = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - from our parent
        for entry in _entries(_tree(data, password, key_file), with_notes=with_notes):
            _send("entry", *entry)
    except Refused as refusal:
        _send("refused", refusal.reason)
    except MemoryError:
        _send("refused", "memory")
    else:
        _send("done")


def _tree(data: bytes, password: str | None, key_file: bytes | None) -> Any:
    """Decrypt the file and return the root of its XML."""
    from pykeepass import PyKeePass
    from pykeepass.exceptions import CredentialsError

    # With a key made up nothing is decrypted yet: the header says first how much work the true one would be.
    header = PyKeePass(BytesIO(data), transformed_key=bytes(32), decrypt=False).kdbx.header.value
    key = _fast_key(header, password, key_file)
    try:
        opened = PyKeePass(
            BytesIO(data), password=password, keyfile=BytesIO(key_file) if key_file else None, transformed_key=key
        )
    except CredentialsError as error:
        raise Refused("credentials") from error
    return opened.tree.getroot()


def _fast_key(header: Any, password: str | None, key_file: bytes | None) -> bytes | None:
    """Return the key that the older, AES-based derivation gives; None where the library has to derive it.

    Raises:
        Refused: The file asks for more work or memory than an import may use.
    """
    from pykeepass.kdbx_parsing.common import compute_key_composite
    from pykeepass.kdbx_parsing.kdbx4 import kdf_uuids

    dynamic = header.dynamic_header
    if header.major_version == 3:
        seed, rounds = dynamic.transform_seed.data, dynamic.transform_rounds.data
    else:
        wanted = dynamic.kdf_parameters.data.dict
        if wanted["$UUID"].value != kdf_uuids["aeskdf"]:
            if wanted["M"].value > MAX_DERIVING_BYTES:
                raise Refused("memory")
            return None
        seed, rounds = wanted["S"].value, wanted["R"].value
    if rounds > MAX_ROUNDS:
        raise Refused("slow")
    composite = compute_key_composite(password=password, keyfile=BytesIO(key_file) if key_file else None)
    return hashlib.sha256(
        b"".join(_encrypted(seed, half, rounds) for half in (composite[:16], composite[16:]))
    ).digest()


def _encrypted(seed: bytes, block: bytes, rounds: int) -> bytes:
    """Encrypt a block as many times as wanted.

    Chaining over zeros does the same in one call as the library's loop in millions: what is encrypted next is what
    came out before. So a file that KeePass opens in a second is opened in a second here as well.
    """
    from Cryptodome.Cipher import AES

    chained = AES.new(seed, AES.MODE_CBC, block)
    zeros = bytes(_STEP)
    while rounds > 0:
        now = min(rounds, _STEP // 16)
        block = chained.encrypt(zeros[: now * 16])[-16:]
        rounds -= now
    return block


def _entries(root: Any, *, with_notes: bool) -> Iterator[tuple[Any, ...]]:
    """Yield title, name, password, addresses, fields of codes, notes, groups, when it expires, when it changed."""
    found = list(_in_groups(root))
    by_id = {_id_of(element): fields for element, _groups, fields in found}
    for element, groups, fields in found:
        told = {name: _resolved(value, by_id) for name, value in fields.items()}
        yield (
            told.get("Title", ""),
            told.get("UserName", ""),
            told.get("Password", ""),
            [told[name] for name in sorted(told, key=lambda name: (name != "URL", name)) if name.startswith(URLS)],
            {name: value for name, value in told.items() if value and CODES.fullmatch(name)},
            told.get("Notes", "") if with_notes else "",
            groups,
            _expiry(element),
            element.findtext("Times/LastModificationTime") or "",
        )


def _in_groups(root: Any) -> Iterator[tuple[Any, list[str], Fields]]:
    """Yield each entry with the names of its groups, without the recycle bin and the templates."""
    left_out = {root.findtext(f"Meta/{name}") for name in ("RecycleBinUUID", "EntryTemplatesGroup")} - {None, _NOWHERE}
    waiting: list[tuple[Any, list[str]]] = [(group, []) for group in root.findall("Root/Group")]
    number = 0
    while waiting:
        group, above = waiting.pop()
        for element in group.findall("Entry"):
            number += 1
            if number > MAX_ENTRIES:
                raise Refused("too-many")
            yield element, above, _fields(element)
        below = [one for one in group.findall("Group") if one.findtext("UUID") not in left_out]
        waiting.extend((one, [*above, one.findtext("Name") or ""]) for one in reversed(below))


def _fields(element: Any) -> Fields:
    return {text.findtext("Key") or "": text.findtext("Value") or "" for text in element.findall("String")}


def _id_of(element: Any) -> str:
    return UUID(bytes=base64.b64decode(element.findtext("UUID") or _NOWHERE)).hex.upper()


def _resolved(text: str, by_id: dict[str, Fields]) -> str:
    """Put in what a reference to another entry stands for; one that leads nowhere stays, and is doubted later."""

    def referred(found: re.Match[str]) -> str:
        return by_id.get(found[2].upper(), {}).get(_REFERRED[found[1].upper()], found[0])

    return _REFERENCE.sub(referred, text) if "{REF:" in text.upper() else text


def _expiry(element: Any) -> str:
    """Return when an entry expires as the file says it, empty if never: base64 of seconds since year 1, or ISO 8601."""
    times = element.find("Times")
    if times is None or (times.findtext("Expires") or "").lower() != "true":
        return ""
    return times.findtext("ExpiryTime") or ""


def _send(*message: Any) -> None:
    payload = marshal.dumps(message, 2)
    sys.stdout.buffer.write(len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()
