"""What the protocol of a handover asks of one person at one computer: their keyring, and the registry beside it.

The protocol knows nothing else of the world, so that the same code runs on the real keyring and registry and, in the
tests, on small ones in memory. Whoever implements it keeps three promises. A step either took effect or did not, and
may be asked for again. What it says of a keyring was read from the keyring. And what a registry says may be older than
what the keyring remembers: numbers, marks and secrets lie in the keyring, so that a registry put back changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.custody.handover.formats.statements import Statement
from core.custody.identity.cards import Card
from core.custody.identity.enrolling import Identity
from core.custody.secret import Secret


class Party(Protocol):
    """One person at one computer."""

    @property
    def registry(self) -> str:
        """The id of the registry."""

    @property
    def person(self) -> UUID:
        """Who it is."""

    @property
    def head(self) -> UUID | None:
        """The head of press, as the settings name them."""

    @property
    def now(self) -> datetime:
        """The instant, by the clock of this computer."""

    # What is known.

    def me(self) -> Identity:
        """Return the identity of this keyring; a keyring without one is enrolled."""

    def name_of(self, person: UUID) -> str | None:
        """Return what the registry calls a person, as cards write it; None for somebody it does not know."""

    def verified(self, card: Card) -> bool:
        """Say whether this person verified a card and nobody revoked it since; one's own card is verified."""

    def is_revoked(self, fingerprint: str) -> bool:
        """Say whether anybody revoked a card."""

    def usable(self, person: UUID) -> list[Card]:
        """Return a person's cards to which something may be sealed: verified, not revoked, not replaced."""

    def statements(self, handover: UUID) -> tuple[Statement, ...]:
        """Return what the registry keeps of a handover; whoever writes into the registry may have put it there."""

    def open_items(self, item: UUID) -> tuple[UUID, ...]:
        """Return the handovers in which a thing is open, as this registry knows."""

    def owes_rotation(self, credential: UUID) -> bool:
        """Say whether a secret must be changed before it is handed over: a bundle left the house in vain."""

    def revision(self, credential: UUID) -> int:
        """Return the revision in force, as this registry knows; 0 where it knows none."""

    def audit_head(self) -> str:
        """Return the head of the registry's log."""

    def held(self, credential: UUID, revision: int) -> Secret | None:
        """Return what this keyring holds as a revision of a secret."""

    def held_to_seal(self, credential: UUID, revision: int) -> Secret | None:
        """Return the same in order to seal it for somebody: a full log of uses, where one is kept, tells of it."""

    def newest(self, credential: UUID) -> int:
        """Return the highest revision of which this keyring holds anything, 0 where it holds none.

        The keyring is asked, not the registry: what is prepared counts, and what a registry put back has forgotten.
        """

    def is_used(self, mark: str) -> bool:
        """Say whether this keyring remembers a mark."""

    # What is done; each lasts, and each may be asked for again.

    def use(self, mark: str) -> None:
        """Let the keyring remember a mark, for ever."""

    def next_number(self) -> int:
        """Return a number that no statement of this keyring's card ever had; a crash may leave gaps."""

    def keep(self, credential: UUID, revision: int, secret: Secret) -> None:
        """Keep a secret as a revision: written, read back, and this person recorded as a custodian.

        A registry that knows an older revision learns this one.
        """

    def drop(self, credential: UUID, up_to: int) -> None:
        """Remove all revisions up to one from this keyring, see that they are gone, and end the custody of them."""

    def begin_rotation(self, credential: UUID, secret: Secret) -> int:
        """Prepare the next secret and return its revision: keyring first, then escrow; only then it may be shown.

        Where the keyring holds a revision after the one in force already, that one is kept and goes on being the
        prepared one, for it may be what works on the platform; the secret given here is then not used.
        """

    def finish_rotation(self, credential: UUID, revision: int) -> None:
        """Make a prepared revision the one in force, with this person as its custodian; the one before is kept.

        Where it is in force already, nothing is left to do.
        """

    def record(self, *statements: Statement, learnt: Mapping[UUID, int]) -> None:
        """Keep statements, each once, with the states that follow from all of them, in one action of the registry.

        A sealing says that the giver is a custodian of the revisions in it, a receipt that the taker is one, too.

        Args:
            statements: What was said here, or taken in and believed.
            learnt: By secret, the revision that somebody else put in force, whose confirmation is believed; the taker
                is its custodian. A registry that knows a newer one does not go back.
        """
