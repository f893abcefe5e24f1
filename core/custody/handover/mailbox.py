"""Mailboxes: where files of handovers are laid down and fetched; nothing that lies there is trusted.

A folder that both can reach is one. What is sealed is removed when its handover is closed; its hash stays in the
receipts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from core.custody.handover.formats.age_armor import LARGEST_FILE
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.identity.cards import Card
from core.custody.identity.refusals import RefusedError
from core.errors import BadInputError, UnusableFileError
from core.i18n import _
from core.model import Act
from core.storage.claims import refuse_claimed
from core.storage.places import refuse_linked, written_aside
from core.system_reasons import reason_of

BUNDLE = ".uebergabe"
REQUEST = ".anfrage"
STATEMENT = ".aussage"
CARD = ".karte"
ENDINGS = frozenset({BUNDLE, REQUEST, STATEMENT, CARD})
_NAME = re.compile(r"[0-9a-z][0-9a-z.-]{0,99}", re.ASCII)


def bundle_name(handover: UUID) -> str:
    """Return under which name the sealed file of a handover lies."""
    return f"{handover}{BUNDLE}"


def statement_name(statement: Statement) -> str:
    """Return under which name a statement lies; the same one always under the same."""
    ending = REQUEST if statement.act is Act.REQUEST else STATEMENT
    return f"{statement.handover}-{statement.act.value}-{statement.digest[:8]}{ending}"


def card_name(card: Card, addressee: UUID) -> str:
    """Return under which name a key card lies for somebody who is to compare words with its owner."""
    return f"{addressee}-{card.fingerprint[:8]}{CARD}"


class Mailbox(Protocol):
    """A place that several people can reach; the team's database becomes one later."""

    def put(self, name: str, content: bytes) -> None:
        """Lay a file down; one of the same name is replaced whole."""

    def list(self) -> Iterator[str]:
        """Give the names of what lies there, in order."""

    def get(self, name: str) -> bytes:
        """Return what lies under a name."""

    def remove(self, name: str) -> None:
        """Remove what lies under a name; gone already is fine."""


def remove_sealed(mailbox: Mailbox, handovers: Iterable[UUID]) -> None:
    """Remove the sealed files of handovers in which nothing is to be opened any more; receipts keep their hashes."""
    lying = set(mailbox.list())
    for name in (bundle_name(one) for one in handovers):
        if name in lying:
            mailbox.remove(name)


@dataclass(frozen=True, slots=True)
class FolderMailbox:
    """A folder as a mailbox, on a shared drive or a stick.

    Attributes:
        path: The folder; it is made where it is missing.
    """

    path: Path

    def put(self, name: str, content: bytes) -> None:
        """Lay a file down whole, for everybody who may use the folder: all of it is signed, and secrets are sealed.

        Raises:
            BadInputError: The name is none of ours.
            UnusableFileError: It cannot be written, or the folder or the file is a link or belongs to a registry.
        """
        file = self._file(name)
        refuse_claimed(file)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            refuse_linked(file)
            with written_aside(file, shared=True) as aside:
                aside.write_bytes(content)
        except OSError as error:
            raise _unusable(file, error) from error

    def list(self) -> Iterator[str]:
        """Give the names of the files of handovers; what else lies there, and links, are left alone."""
        try:
            found = sorted(self.path.iterdir()) if self.path.is_dir() and not self.path.is_symlink() else []
        except OSError as error:
            raise _unusable(self.path, error) from error
        for file in found:
            if file.suffix in ENDINGS and _NAME.fullmatch(file.name) and not file.is_symlink() and file.is_file():
                yield file.name

    def get(self, name: str) -> bytes:
        """Return a file's content.

        Raises:
            RefusedError: It is larger than any of ours.
            UnusableFileError: It is not there, or a link.
        """
        file = self._file(name)
        try:
            with file.open("rb") as stream:
                content = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise _unusable(file, error) from error
        if len(content) > LARGEST_FILE:
            raise RefusedError(HandoverRefusal.TOO_LARGE)
        return content

    def remove(self, name: str) -> None:
        """Remove a file; gone already is fine."""
        file = self._file(name)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(file, error) from error

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or Path(name).suffix not in ENDINGS:
            raise BadInputError(_("“{name}” is no name of a file of a handover.").format(name=name))
        if self.path.is_symlink() or (self.path / name).is_symlink():
            raise UnusableFileError(_("“{path}” is a link, which is not followed.").format(path=self.path / name))
        return self.path / name


def _unusable(path: Path, error: OSError) -> UnusableFileError:
    return UnusableFileError(_("“{path}” cannot be used: {reason}").format(path=path, reason=reason_of(error)))
