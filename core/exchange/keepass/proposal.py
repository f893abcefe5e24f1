"""What taking in a KeePass file would do, as values: each login with its outcome; the secrets stay under cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from core.custody.secret import Secret
from core.exchange.keepass.entries import Entry
from core.exchange.keepass.matching import KnownChannel
from core.model import CredentialKind

Outcome = Literal["created", "changed", "unchanged", "doubtful", "refused"]
RowKey = tuple[int, CredentialKind]
OUTCOMES: tuple[Outcome, ...] = ("created", "changed", "unchanged", "doubtful", "refused")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user has decided so far.

    Attributes:
        channels: Which channel an entry opens, by the entry's number.
        join: Whether entries with the same name and password at one host become one login.
    """

    channels: Mapping[int, UUID] = field(default_factory=dict)
    join: bool = True


@dataclass(frozen=True, slots=True)
class Login:
    """One entry of the file, or several that are one login; with the channels it opens.

    Attributes:
        doubt: Why a person should look at the channels, empty if they are sure.
        address: Where one signs in, if that is not the channel itself.
    """

    entries: tuple[Entry, ...]
    channels: tuple[KnownChannel, ...]
    doubt: str = ""
    address: str | None = None

    @property
    def entry(self) -> Entry:
        """The first of its entries, after which it is called."""
        return self.entries[0]

    @property
    def label(self) -> str:
        """What the team will call it."""
        entry = self.entry
        return entry.title or entry.login_name or next((one.label for one in self.channels), "")


@dataclass(frozen=True, slots=True)
class Row:
    """One credential that the file would bring or change: a password, or what one-time codes are made from.

    Attributes:
        credential_id: The login that the registry has already.
        problems: Sentences about it, the gravest first.
    """

    login: Login
    kind: CredentialKind
    label: str
    secret: Secret
    outcome: Outcome
    problems: tuple[str, ...] = ()
    credential_id: UUID | None = None

    @property
    def key(self) -> RowKey:
        """What tells it from the other rows."""
        return self.login.entry.number, self.kind

    @property
    def certain(self) -> bool:
        """Whether it is taken in unless somebody says otherwise."""
        return self.outcome in {"created", "changed"}

    @property
    def takeable(self) -> bool:
        """Whether it can be taken in: a doubtful one only where it is known what it belongs to."""
        known = bool(self.login.channels) or self.credential_id is not None
        return self.certain or (self.outcome == "doubtful" and known)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What becomes of each login of the file; nothing is written before `taking_in.take_in`."""

    rows: tuple[Row, ...]
    channels: tuple[KnownChannel, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows there are of an outcome."""
        return sum(row.outcome == outcome for row in self.rows)
