"""The sealed bundle: the secrets of a handover with the giver's signed statement, sealed by age to the taker's cards.

age does not say who sealed something; the signature inside does. The statement can be taken out, kept and shown,
because no secret is in it. Nothing is ever written to a file on the way, and the library sees a checked header only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from core.custody.handover.formats.age_armor import LARGEST_FILE, armored_age, unarmored_age
from core.custody.handover.formats.age_opening import open_age
from core.custody.handover.formats.items import MOST_ITEMS
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import LARGEST_STATEMENT, Statement, read_statement
from core.custody.identity.canonical import FORMAT, Shape, Value, is_base64, is_mapping, is_uuid, read_canonical
from core.custody.identity.cards import Card
from core.custody.identity.keys import Keys
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.secret import Secret
from core.errors import UnusableFileError
from core.i18n import _
from core.model.choices import Act
from core.system_reasons import reason_of

BUNDLE = "handover-bundle"
PADDED_TO = 4_096
LARGEST_CONTENT = 524_288
LONGEST_SECRET = 16_384

_DOMAIN = b"kanalregister/v1/handover-bundle\0"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in a bundle that was made by the very key that signed the statement in it.

    Attributes:
        sealing: The statement of the giver.
        values: The secrets, by the id of the thing.
        digest: SHA-256 of the age file, whatever mail did to its lines.
    """

    sealing: Statement
    values: Mapping[UUID, Secret] = field(hash=False)
    digest: str


def make_bundle(sealing: Statement, values: Mapping[UUID, Secret], keys: Keys, cards: Sequence[Card]) -> bytes:
    """Seal secrets together with the statement that tells of them.

    Args:
        sealing: The giver's statement; it names the things and the cards.
        values: The secret of each thing.
        keys: The giver's private keys.
        cards: The taker's cards, those that the statement names.

    Returns:
        Armored text, which is the whole file.

    Raises:
        ValueError: Statement, secrets, keys and cards do not belong together.
        RefusedError: It is too much for one bundle.
    """
    import pyrage

    _check_parts(sealing, values, keys, cards)
    texts: dict[str, Value] = {str(id): secret.reveal() for id, secret in values.items()}
    content: dict[str, Value] = _content(sealing.text.decode(), texts)
    text = _exact(content | {"signature": keys.sign(_DOMAIN + _exact(content))})
    longest = max(len(str(one)) for one in texts.values())
    if len(text) > LARGEST_CONTENT or longest > LONGEST_SECRET:
        raise RefusedError(HandoverRefusal.TOO_LARGE)
    recipients = [pyrage.x25519.Recipient.from_str(card.recipient) for card in cards]
    return armored_age(bytes(pyrage.encrypt(text + b" " * (-len(text) % PADDED_TO), recipients)))


def open_bundle(data: bytes, keys: Keys) -> Opened:
    """Open a bundle with one's private keys, strictly.

    Whether the signer is known, and whether it still counts, is asked afterwards. So is whether it is meant for this
    card, for whoever opened a bundle can seal it anew for somebody else.

    Raises:
        RefusedError: It is not as it must be; nothing of it was kept.
    """
    file = unarmored_age(data)
    content = _read_content(open_age(file, keys.age_identity()))
    sealing = read_statement(str(content["sealing"]).encode("utf-8", "surrogatepass"))
    _check_signer(sealing, content)
    values = {UUID(id): Secret(text) for id, text in content["values"].items()}
    if values.keys() != {told.id for told in sealing.items}:
        raise RefusedError(Refusal.WRONG_VALUE)
    return Opened(sealing, values, hashlib.sha256(file).hexdigest())


def bundle_digest(data: bytes) -> str:
    """Return the SHA-256 by which receipts name a bundle, whatever mail did to its lines.

    Raises:
        RefusedError: There is no age file in it.
    """
    return hashlib.sha256(unarmored_age(data)).hexdigest()


def read_bundle_file(file: Path) -> bytes:
    """Read a file; of one that is too large only its size is looked at.

    Raises:
        UnusableFileError: It cannot be read, or is no file.
        RefusedError: It is too large.
    """
    try:
        if file.exists() and not file.is_file():
            raise UnusableFileError(_("“{path}” is no file. Please choose another one.").format(path=file))
        if file.stat().st_size > LARGEST_FILE:
            raise RefusedError(HandoverRefusal.TOO_LARGE)
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error


def _check_parts(sealing: Statement, values: Mapping[UUID, Secret], keys: Keys, cards: Sequence[Card]) -> None:
    if sealing.act is not Act.SEALING or sealing.by.signing_key != keys.signing_key:
        raise ValueError("a bundle needs the giver's own sealing")
    if sealing.by.person != sealing.giver:
        raise ValueError("only the giver seals")
    if tuple(card.fingerprint for card in cards) != sealing.to:
        raise ValueError("the statement names other cards")
    if values.keys() != {told.id for told in sealing.items} or not all(values.values()):
        raise ValueError("each thing has one secret")


def _read_content(plain: bytes) -> dict[str, Any]:
    text = plain.rstrip(b" ")
    if len(plain) != len(text) + -len(text) % PADDED_TO:
        raise RefusedError(Refusal.NOT_CANONICAL)
    return read_canonical(text, BUNDLE, _SHAPE, largest=LARGEST_CONTENT, write=_exact)


def _check_signer(sealing: Statement, content: Mapping[str, Any]) -> None:
    """Look whether the statement's own key signed the secrets, too, and is the giver's, as far as the card says."""
    if sealing.act is not Act.SEALING:
        raise RefusedError(HandoverRefusal.OTHER_KIND)
    message = _DOMAIN + _exact(_content(content["sealing"], content["values"]))
    if sealing.by.person != sealing.giver or not sealing.by.signed(message, content["signature"]):
        raise RefusedError(HandoverRefusal.STRANGER)


def _content(sealing: str, values: Mapping[str, Value]) -> dict[str, Value]:
    return {"kind": BUNDLE, "format": FORMAT, "sealing": sealing, "values": dict(values)}


def _exact(content: Mapping[str, Value]) -> bytes:
    """Write an object in ASCII, letter by letter as it is: a password in another form of Unicode is another one."""
    return json.dumps(dict(content), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def _is_secret(value: Value) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_SECRET


_SHAPE: Shape = {
    "sealing": lambda value: isinstance(value, str) and len(value) <= LARGEST_STATEMENT,
    "values": is_mapping(is_uuid, _is_secret, MOST_ITEMS),
    "signature": is_base64(64),
}
