"""The real party of a handover: the person at this workstation, with their keyring and this copy of the registry.

It lives for one command: what it has looked up once in keyring and registry, it does not look up again, until it
changes something of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.aborted import owes_change
from core.custody.custodian import Custodian, kept_by, make_store, slot_of, usable
from core.custody.envelopes import put_in_envelopes, remove_envelopes
from core.custody.escrow.pairs import safe_of
from core.custody.handover import kept
from core.custody.handover.effects import end_copies, put_in_force
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import day_of
from core.custody.handover.labels import LABELS
from core.custody.handover.marks import keep_mark, read_marks, take_number
from core.custody.identity.cards import Card
from core.custody.identity.circle import Circle, Standing, look
from core.custody.identity.enrolling import Identity, enrol
from core.custody.revisions import (
    AHEAD,
    MissingSecretError,
    end,
    envelopes_of,
    forget_older_envelopes,
    new_custody,
    overtaken,
    remove_slots,
    write_slot,
)
from core.custody.secret import Secret
from core.custody.settled import FIRST_CHANGE
from core.custody.uses import USED, note_use
from core.custody.vault import DamagedEntryError
from core.errors import ConflictError
from core.i18n import N_, _
from core.model import Credential, Custody, CustodyEnd, HandoverItem


@dataclass(slots=True)
class Actor:
    """The person at this workstation as a party (see `core.custody.handover.party.Party`).

    Attributes:
        custodian: The person with keyring and registry.
        now: The instant.
    """

    custodian: Custodian
    now: datetime
    _circle: Circle | None = field(default=None, repr=False)
    _newest: dict[UUID, int] = field(default_factory=dict, repr=False)

    @property
    def registry(self) -> str:
        """The id of the registry."""
        return self.custodian.registry.id

    @property
    def person(self) -> UUID:
        """Who it is."""
        return self.custodian.person_id

    @property
    def head(self) -> UUID | None:
        """The head of press, as the settings name them."""
        return self._look().head

    def me(self) -> Identity:
        """Return the identity of this keyring; a keyring without one is enrolled."""
        circle = self._look()
        me = circle.me
        if me is None or (me.card.registry, me.card.person) != (self.registry, self.person):
            enrol(self.custodian, self.now)
            self._circle = None
            me = self._look().me
        if me is None:
            raise DamagedEntryError
        return me

    def name_of(self, person: UUID) -> str | None:
        """Return what the registry calls a person, as cards write it."""
        return self._look().people.get(person)

    def verified(self, card: Card) -> bool:
        """Say whether this person verified a card and nobody revoked it since; one's own card is verified."""
        circle = self._look()
        return circle.standing(card) is not Standing.NO and not circle.is_revoked(card.fingerprint)

    def is_revoked(self, fingerprint: str) -> bool:
        """Say whether anybody revoked a card."""
        return self._look().is_revoked(fingerprint)

    def usable(self, person: UUID) -> list[Card]:
        """Return a person's cards to which something may be sealed."""
        return self._look().usable(person)

    def statements(self, handover: UUID) -> tuple[Statement, ...]:
        """Return what the registry keeps of a handover."""
        with self.custodian.registry.reading() as session:
            return kept.statements_of(session, handover)

    def open_items(self, item: UUID) -> tuple[UUID, ...]:
        """Return the handovers in which a thing is open, as this registry knows."""
        with self.custodian.registry.reading() as session:
            rows = session.scalars(select(HandoverItem).where(HandoverItem.item_id == item)).all()
            return tuple(row.handover_id for row in rows if kept.is_open(row, day_of(self.now)))

    def owes_rotation(self, credential: UUID) -> bool:
        """Say whether a secret must be changed before it is handed over."""
        with self.custodian.registry.reading() as session:
            return owes_change(session, credential, day_of(self.now)) or kept.is_owed(session, credential, self.now)

    def revision(self, credential: UUID) -> int:
        """Return the revision in force, as this registry knows; 0 where it knows none."""
        with self.custodian.registry.reading() as session:
            known = session.get(Credential, credential)
            return known.revision if known is not None else 0

    def audit_head(self) -> str:
        """Return the head of the registry's log."""
        with self.custodian.registry.reading() as session:
            return _head(session)

    def held(self, credential: UUID, revision: int) -> Secret | None:
        """Return what this keyring holds as a revision of a secret."""
        store_id = self._look().store_id
        found = self.custodian.vault.get(slot_of(store_id, credential, revision)) if store_id is not None else None
        return found.secret if found is not None and found.revision == revision else None

    def held_to_seal(self, credential: UUID, revision: int) -> Secret | None:
        """Return the same in order to seal it for somebody; while the full log of uses is on, it tells of that."""
        secret = self.held(credential, revision)
        if secret is not None:
            note_use(self.custodian, credential, USED)
        return secret

    def newest(self, credential: UUID) -> int:
        """Return the highest revision of which this keyring holds anything, 0 where it holds none."""
        store_id = self._look().store_id
        if store_id is None:
            return 0
        if credential not in self._newest:
            known = self._recorded(store_id, credential)
            candidates = {*known, *range(1, max([self.revision(credential), *known]) + AHEAD + 1)}
            slots = {slot_of(store_id, credential, one): one for one in sorted(candidates, reverse=True)}
            newest = self.custodian.vault.first_in_use(slots)
            self._newest[credential] = slots[newest] if newest is not None else 0
        return self._newest[credential]

    def is_used(self, mark: str) -> bool:
        """Say whether this keyring remembers a mark."""
        store_id = self._look().store_id
        return store_id is not None and read_marks(self.custodian.vault, store_id).has(mark)

    def use(self, mark: str) -> None:
        """Let the keyring remember a mark, for ever."""
        keep_mark(self.custodian.vault, make_store(self.custodian), mark)

    def next_number(self) -> int:
        """Return a number that no statement of this keyring's card ever had."""
        return take_number(self.custodian.vault, make_store(self.custodian))

    def keep(self, credential: UUID, revision: int, secret: Secret) -> None:
        """Keep a secret as a revision: written, read back, and this person recorded as a custodian."""
        custodian, store_id = self.custodian, make_store(self.custodian)
        with custodian.registry.reading() as session:
            usable(session, credential, custodian.today)
        self._newest.pop(credential, None)
        write_slot(custodian, store_id, credential, revision, secret)
        with custodian.registry.action(N_("Take over a secret")) as session:
            known = usable(session, credential, custodian.today)
            if known.revision < revision:
                put_in_force(session, known, revision, None, custodian.today)
            self._note_copy(session, store_id, credential, revision)

    def drop(self, credential: UUID, up_to: int) -> None:
        """Remove all revisions up to one from this keyring, see that they are gone, and end the custody of them."""
        custodian, store_id = self.custodian, self._look().store_id
        if store_id is None:
            return
        self._newest.pop(credential, None)
        known = self._recorded(store_id, credential)
        gone = sorted({*range(1, up_to + 1), *(one for one in known if one <= up_to)})
        for revision in gone:
            custodian.vault.remove(slot_of(store_id, credential, revision))
        with custodian.registry.action(N_("Release secret")) as session:
            end_copies(session, store_id, credential, up_to, custodian.today)

    def begin_rotation(self, credential: UUID, secret: Secret) -> int:
        """Prepare the next secret and return its revision: keyring first, then escrow; only then it may be shown."""
        custodian, store_id = self.custodian, make_store(self.custodian)
        with custodian.registry.reading() as session:
            in_force = usable(session, credential, custodian.today).revision
            self._refuse_others(session, credential, in_force)
        revision = self.newest(credential)
        if revision <= in_force:
            # The first revision would pass for the secret that was there before, which others know.
            revision = max(in_force + 1, FIRST_CHANGE)
            self._newest.pop(credential, None)
            write_slot(custodian, store_id, credential, revision, secret)
        self._seal(store_id, credential, revision, in_force)
        return revision

    def finish_rotation(self, credential: UUID, revision: int) -> None:
        """Make a prepared revision the one in force, with this person as its custodian; the one before is kept."""
        custodian, store_id = self.custodian, make_store(self.custodian)
        self._newest.pop(credential, None)
        if self.held(credential, revision) is None:
            raise MissingSecretError(_("The keyring has lost the new secret. Please set another one on the platform."))
        with custodian.registry.action(N_("Change secret")) as session:
            known = usable(session, credential, custodian.today)
            if known.revision > revision or kept.is_of_somebody_else(session, credential, revision, self.person):
                raise overtaken()
            old = [one for one in kept_by(session, store_id, credential) if one.revision < revision - 1]
            self._note_copy(session, store_id, credential, revision)
            if known.revision < revision:
                put_in_force(session, known, revision, self.person, custodian.today)
            end(old, custodian.today, CustodyEnd.REPLACED)
            sealed = forget_older_envelopes(session, credential, revision)
        remove_slots(custodian, [one.slot for one in old])
        remove_envelopes(custodian.registry.path, sealed)

    def record(self, *statements: Statement, learnt: Mapping[UUID, int]) -> None:
        """Keep statements, each once, with the states that follow from all of them, in one action of the registry."""
        with self.custodian.registry.action(LABELS[statements[-1].act]) as session:
            kept.keep(session, statements, learnt, self.now)
        self._circle = None

    def _look(self) -> Circle:
        if self._circle is None:
            self._circle = look(self.custodian)
        return self._circle

    def _recorded(self, store_id: UUID, credential: UUID) -> set[int]:
        copies = Custody.store_id == store_id, Custody.credential_id == credential, Custody.until.is_(None)
        with self.custodian.registry.reading() as session:
            return set(session.scalars(select(Custody.revision).where(*copies)))

    def _note_copy(self, session: Session, store_id: UUID, credential: UUID, revision: int) -> None:
        if all(one.revision != revision for one in kept_by(session, store_id, credential)):
            session.add(new_custody(self.custodian, credential, store_id, revision))

    def _refuse_others(self, session: Session, credential: UUID, in_force: int) -> None:
        """Refuse where the same secret is being changed at another computer."""
        ahead = select(Custody.id).where(
            Custody.credential_id == credential,
            Custody.revision > in_force,
            Custody.until.is_(None),
            Custody.store_id != self._look().store_id,
        )
        if session.scalars(ahead).first() is not None:
            raise ConflictError(_("A change of this secret is under way. Please confirm or abandon it first."))

    def _seal(self, store_id: UUID, credential: UUID, revision: int, in_force: int) -> None:
        """Seal the prepared secret for the escrow, and record it."""
        custodian, secret = self.custodian, self.held(credential, revision)
        if secret is None:
            raise MissingSecretError(_("The keyring has lost the new secret. Please set another one on the platform."))
        safe = safe_of(custodian)
        with custodian.registry.reading() as session:
            known = usable(session, credential, custodian.today)
            session.expunge_all()
        sealed = put_in_envelopes(safe, known, revision, secret)
        with custodian.registry.action(N_("Prepare new secret")) as session:
            if usable(session, credential, custodian.today).revision != in_force:
                raise overtaken()
            for envelope in envelopes_of(session, credential, revision):
                session.delete(envelope)
            session.flush()
            session.add_all(sealed)
            self._note_copy(session, store_id, credential, revision)
            session.flush()
            kept.refresh(session, credential, self.now)


def _head(session: Session) -> str:
    from core.storage import chain

    return chain.head(session.connection())[1]
