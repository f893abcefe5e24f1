"""Change sealed bundles at random, on every layer at which somebody on the way, or at the other end, could.

On the outside are the lines of text, below them the age file with its header, and inside the contents: anybody with the
public key can seal other contents, and whoever may sign can sign nonsense.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pyrage

from core.custody.handover.formats.age_armor import armored_age, unarmored_age
from core.custody.handover.formats.bundle import PADDED_TO, Opened, make_bundle, open_bundle
from core.custody.handover.formats.statements import Statement
from core.custody.secret import Secret
from tests.core.custody.handover import parties
from tests.core.custody.handover.parties import ERIKA, FACEBOOK, INSTAGRAM, MAX, Human

Change = Callable[[Random], bytes]

SECRETS = {INSTAGRAM.id: Secret("Möwe 🔑 17"), FACEBOOK.id: Secret("correct horse\nbattery staple")}
TEXTS = [make_bundle(parties.sealing(), SECRETS, ERIKA.keys, [MAX.card]) for _second in range(2)]
FILES = [unarmored_age(text) for text in TEXTS]
GENUINE = [open_bundle(text, MAX.keys) for text in TEXTS]
PLAIN = bytes(pyrage.decrypt(FILES[0], [pyrage.x25519.Identity.from_str(MAX.keys.age_identity().reveal())]))
CONTENT: dict[str, Any] = json.loads(PLAIN)
RECIPIENT = pyrage.x25519.Recipient.from_str(MAX.card.recipient)

FRAGMENTS = (
    *(
        b"\n",
        b"\r\n",
        b" ",
        b"-> ",
        b"---",
        b"=",
        b"==",
        b"=3D",
        b"=\n",
        b"\0",
        b"\xff",
        b"\xff\xfe",
        b"> ",
        b"A",
        b"-",
    ),
    *(
        b"-> X25519 ",
        b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n",
        b"-> x-grease\n\n",
        b"A" * 64 + b"\n",
        b"A" * 65 + b"\n",
    ),
    *(b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----", b"age-encryption.org/v1\n"),
    *(b"{", b"}", b"[" * 2_000, b'"', b",", b"\\ud83d", b"\\u0000", b"1e999", b"NaN", b"-0", b"9" * 5_000),
)
ODD_VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        -1,
        0,
        1,
        2**31,
        2**63,
        10**40,
        1.5,
        "",
        "x",
        "x" * 70_000,
        "\ud83d",
        "\0",
        "\u202e",
        "e\u0301",
    ),
    *([], {}, [[]], [None], {"": ""}, {"a": {"b": []}}, ["x"] * 300, dict.fromkeys(map(str, range(300)), "x")),
    *("2026-11-23T09:30:00Z", "9999-12-31T23:59:59Z", "2026-02-30", "00000000-0000-0000-0000-000000000000", "0f" * 32),
)


def bytes_changed(data: bytes, random: Random) -> bytes:
    """Return bytes with a few changes: one other, some gone, some twice, some elsewhere, something between."""
    changed = bytearray(data)
    for _time in range(random.choice((1, 1, 1, 2, 5))):
        at = random.randrange(len(changed) + 1)
        end = min(at + random.choice((1, 1, 2, 16, 64, 400)), len(changed))
        match random.randrange(6):
            case 0 if at < len(changed):
                changed[at] ^= 1 << random.randrange(8)
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end]
            case 3:
                changed[at:at] = random.choice(FRAGMENTS)
            case 4:
                del changed[random.randrange(len(changed) + 1) :]
            case _:
                changed[at:end] = random.randbytes(end - at)
    return bytes(changed)


def spliced(both: list[bytes], random: Random) -> bytes:
    """Return the beginning of one and the end of another, cut at the same place or anywhere."""
    one, other = both
    at = random.randrange(len(one))
    return one[:at] + other[random.choice((at, at, random.randrange(len(other)))) :]


def lines_changed(random: Random) -> bytes:
    """Return text of which lines are lost, doubled, exchanged, broken or joined, as mail programs do, or would not."""
    lines = random.choice(TEXTS).splitlines(keepends=True)
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = lines[at].replace(b"\n", random.choice((b"", b"\r", b"\r\n", b" \n", b"=\n", b"\0\n", b"!\n")))
        case 4:
            lines[at] = random.choice((b"> ", b"\t", b">|> ", b"=20", b"\xc2\xa0", b"-")) + lines[at]
        case _:
            lines.insert(at, random.choice(FRAGMENTS))
    return b"".join(lines)


def header_changed(random: Random) -> bytes:
    """Return an age file of which only the header was changed."""
    file = random.choice(FILES)
    end = file.index(b"\n---") + 50
    return armored_age(bytes_changed(file[:end], random) + file[end:] or b"x")


def sealed(plain: bytes) -> bytes:
    """Seal any contents, as everybody can who has the public key."""
    return armored_age(bytes(pyrage.encrypt(plain, [RECIPIENT])))


def padded(content: Any) -> bytes:
    """Write contents as bundles have them, half signs and fractions included."""
    text = _in_ascii(content)
    return text + b" " * (-len(text) % PADDED_TO)


def content_changed(content: Any, random: Random) -> Any:
    """Return contents with one value, anywhere, replaced, gone, or of another name."""
    changed = copy.deepcopy(content)
    holder, key = random.choice(list(_places(changed)))
    match random.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[random.choice(("x", "", "id", "kind", "\ud83d"))] = holder[key]
        case _:
            holder[key] = random.choice(ODD_VALUES)
    return changed


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    places = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in list(places):
        yield content, key
        if isinstance(value, dict | list):
            yield from _places(value)


def statement_nonsense(statement: Statement, human: Human, random: Random) -> bytes:
    """Return the text of a statement that its signer changed before signing."""
    content = {key: value for key, value in json.loads(statement.text).items() if key != "signature"}
    changed = content_changed(content, random)
    signature = human.keys.sign(b"kanalregister/v1/handover-statement\0" + _in_utf_8(changed))
    return _in_utf_8(changed | {"signature": signature})


def signed_nonsense(random: Random) -> bytes:
    """Return contents that the giver changed, in the bundle or in the statement, and signed."""
    content = {key: value for key, value in CONTENT.items() if key != "signature"}
    if random.random() < 0.7:
        text = statement_nonsense(GENUINE[0].sealing, ERIKA, random)
        content["sealing"] = text.decode("utf-8", "surrogatepass")
    else:
        content = content_changed(content, random)
    signature = ERIKA.keys.sign(b"kanalregister/v1/handover-bundle\0" + _in_ascii(content))
    return sealed(padded(content | {"signature": signature}))


def _in_ascii(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _in_utf_8(content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


CHANGES: dict[str, Change] = {
    "text": lambda random: bytes_changed(random.choice(TEXTS), random),
    "texts spliced": lambda random: spliced(TEXTS, random),
    "lines": lines_changed,
    "age file": lambda random: armored_age(bytes_changed(random.choice(FILES), random) or b"x"),
    "age files spliced": lambda random: armored_age(spliced(FILES, random)),
    "header": header_changed,
    "contents": lambda random: sealed(bytes_changed(PLAIN, random)),
    "value": lambda random: sealed(padded(content_changed(CONTENT, random))),
    "signed nonsense": signed_nonsense,
}
MAY_SAY_SOMETHING_ELSE = "signed nonsense"


def as_it_must_be(name: str, opened: Opened) -> bool:
    """Say whether what was opened is what was sealed or, where the giver signed something else, at least coherent."""
    if opened.digest in {one.digest for one in GENUINE} or name != MAY_SAY_SOMETHING_ELSE:
        return any((opened.sealing, opened.values) == (one.sealing, one.values) for one in GENUINE)
    return opened.values.keys() == {told.id for told in opened.sealing.items} and opened.sealing.by == ERIKA.card
