"""The file of a handover record: all statements, what proves their keys, and the maker's word that it is all.

It can be checked later from the file alone (`verifying_record`). It holds what people signed, never a secret: nothing
but statements, certificates, revocations and cards is read into it, and each is read as strictly as when it came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import LONGEST_HEAD, Signer, Statement, read_statement
from core.custody.handover.record.record_known import (
    KNOWN,
    Known,
    content_of,
    is_writable,
    known_of,
    object_of,
    ordered,
)
from core.custody.identity.armor import Kind, armored, unarmored
from core.custody.identity.canonical import (
    FORMAT,
    Shape,
    Value,
    canonical,
    instant_of,
    instant_text,
    is_base64,
    is_instant,
    is_line,
    is_list,
    is_uuid,
    read_canonical,
)
from core.custody.identity.cards import Card, read_card
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError

LARGEST_RECORD = 6_000_000
"""Bytes of the canonical text; in base64 it stays below what is looked at of a file."""
MOST_STATEMENTS = 2_000
RECORD = "handover-record"
_DOMAIN = b"kanalregister/v1/handover-record\0"


class RefusedPartError(RefusedError):
    """A statement of a record is not as it must be.

    Args:
        code: Why.
        place: Which statement, from 1.
    """

    def __init__(self, code: RefusalCode, place: int) -> None:
        self.place = place
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A record that was made here or read strictly; its maker signed that these are all statements they know.

    Attributes:
        registry: The id of the registry.
        handover: The id of the handover.
        statements: All of them, the oldest first.
        known: What the maker adds.
        by: The maker's card.
        made_at: When it was made, by the maker's clock.
        head: The head of the log, as the maker's registry had it.
        signature: The maker's signature over all of it.
    """

    registry: str
    handover: UUID
    statements: tuple[Statement, ...]
    known: Known
    by: Card
    made_at: datetime
    head: str
    signature: str

    @property
    def text(self) -> bytes:
        """The canonical record."""
        return canonical(_content(self) | {"signature": self.signature})

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical record; it stands on the paper, so that paper and file belong together."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def file_text(self) -> str:
        """The record as a file that survives mail."""
        return armored(Kind.HANDOVER_RECORD, self.text)


def make_record_file(statements: Iterable[Statement], known: Known, signer: Signer) -> RecordFile:
    """Make and sign a record.

    Args:
        statements: All that the maker knows of one handover, at least one.
        known: What the maker adds.
        signer: The maker; the number is not used.

    Raises:
        RefusedError: There is nothing to record, or more than anybody could read.
    """
    each = {statement.digest: statement for statement in statements}
    oldest_first = tuple(sorted(each.values(), key=in_order))
    if not oldest_first:
        raise RefusedError(HandoverRefusal.UNKNOWN_HANDOVER)
    unsigned = RecordFile(
        registry=oldest_first[0].registry,
        handover=oldest_first[0].handover,
        statements=oldest_first,
        known=ordered(known),
        by=signer.card,
        made_at=instant_of(instant_text(signer.now)),
        head=signer.head,
        signature="",
    )
    return read_record(replace(unsigned, signature=signer.keys.sign(_message(_content(unsigned)))).text)


def read_record(text: bytes) -> RecordFile:
    """Read a canonical record, strictly; each signature must be by the card inside.

    Raises:
        RefusedError: Anything about it is not as it must be.
    """
    content: dict[str, Any] = read_canonical(text, RECORD, _SHAPE, largest=LARGEST_RECORD)
    record = RecordFile(
        registry=content["registry"],
        handover=UUID(content["handover"]),
        statements=tuple(_statements(content["statements"])),
        known=known_of(content),
        by=read_card(canonical(content["by"])),
        made_at=instant_of(content["made_at"]),
        head=content["head"],
        signature=content["signature"],
    )
    signed = {key: value for key, value in content.items() if key != "signature"}
    if not record.by.signed(_message(signed), record.signature):
        raise RefusedError(Refusal.BAD_SIGNATURE)
    if not _in_order(record):
        raise RefusedError(Refusal.NOT_CANONICAL)
    return record


def read_record_file(text: bytes) -> RecordFile:
    """Read the one record in a file or a mail.

    Raises:
        RefusedError: There is none, there are several, or anything about it is not as it must be.
    """
    kind, content = unarmored(text)
    if kind is not Kind.HANDOVER_RECORD:
        raise RefusedError(HandoverRefusal.OTHER_KIND)
    return read_record(content)


def in_order(statement: Statement) -> tuple[Any, ...]:
    """Return by what statements are ordered: when they were made, then by whom, then as which."""
    return statement.made_at, statement.by.fingerprint, statement.number, statement.digest


def _statements(contents: Iterable[Any]) -> Iterable[Statement]:
    for place, content in enumerate(contents, start=1):
        try:
            yield read_statement(canonical(content))
        except RefusedError as error:
            raise RefusedPartError(error.code, place) from None


def _in_order(record: RecordFile) -> bool:
    """Say whether everything stands where it must and once only, so that equal records are equal bytes."""
    each = {statement.digest: statement for statement in record.statements}
    return record.statements == tuple(sorted(each.values(), key=in_order)) and record.known == ordered(record.known)


def _content(record: RecordFile) -> dict[str, Value]:
    return content_of(record.known) | {
        "kind": RECORD,
        "format": FORMAT,
        "registry": record.registry,
        "handover": str(record.handover),
        "statements": [object_of(statement.text) for statement in record.statements],
        "by": object_of(record.by.text),
        "made_at": instant_text(record.made_at),
        "head": record.head,
    }


def _message(signed: Mapping[str, Value]) -> bytes:
    return _DOMAIN + canonical(signed)


_SHAPE: Shape = {
    **KNOWN,
    "registry": is_uuid,
    "handover": is_uuid,
    "statements": lambda value: bool(value) and is_list(is_writable, MOST_STATEMENTS)(value),
    "by": is_writable,
    "made_at": is_instant,
    "head": is_line(LONGEST_HEAD, shortest=0),
    "signature": is_base64(64),
}
