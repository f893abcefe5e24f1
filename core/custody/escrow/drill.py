"""The drill: whether the envelopes open, tried out without showing or keeping anything of what is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.envelopes import Target, read_envelope
from core.custody.escrow.at_hand import AtHand, keys_at_hand
from core.custody.escrow.case import SealedFor
from core.custody.escrow.pairs import wanted_targets
from core.custody.sealing import NotForThisKeyError, unwrapped
from core.custody.secret import Secret
from core.errors import ConflictError
from core.i18n import N_, _
from core.inventory.credentials import in_use
from core.model import Credential, Envelope, EscrowKey, EscrowOpening
from core.settings import change_setting

ON = "drill.on"


@dataclass(slots=True)
class Drilled:
    """What a drill has found.

    Attributes:
        opened: How many envelopes open.
        failed: The labels of the logins of which an envelope does not.
        elsewhere: How many envelopes only other keys open.
        finished: Whether all were tried; only then the drill counts.
    """

    opened: int = 0
    failed: list[str] = field(default_factory=list)
    elsewhere: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True)
class LastDrill:
    """The last drill that was finished."""

    on: date
    opened: int
    failed: int


def drill(custodian: Custodian, paper: Secret | None = None) -> Drilled:
    """Try whether the envelopes of all secrets in force open with the keys that are here; keep nothing of them.

    Where two are needed and only the outer key is here, the outer seal is tried.

    Raises:
        BadInputError: What was typed is no recovery key.
        ConflictError: No key of the escrow is here.
        VaultError: The keyring does not answer.
    """
    hand = keys_at_hand(custodian, paper)
    with custodian.registry.reading() as session:
        sealed = _to_try(session, custodian.today)
        session.expunge_all()
    mine = [(label, one) for label, one in sealed if hand.opens(one.target.key)]
    if not mine:
        raise ConflictError(_("No envelope can be tried here: no key of the escrow is at hand, or none was sealed."))
    opening_id = _record(custodian, mine[0][1].target.key)
    found = Drilled(elsewhere=len(sealed) - len(mine))
    for done, (label, one) in enumerate(mine):
        if not custodian.told(done, len(mine)):
            found.finished = False
            return found
        if _opens(custodian, hand, one):
            found.opened += 1
        else:
            found.failed.append(label)
    _finish(custodian, opening_id, found)
    return found


def last_drill(session: Session) -> LastDrill | None:
    """Return the last drill that was finished, None where there was none."""
    query = select(EscrowOpening).where(EscrowOpening.drill, EscrowOpening.opened.is_not(None))
    last = session.scalars(query.order_by(EscrowOpening.on.desc(), EscrowOpening.created_at.desc())).first()
    return LastDrill(last.on, last.opened or 0, last.failed or 0) if last is not None else None


def choose_drill(session: Session, *, on: bool) -> None:
    """Say whether a drill is due each quarter; call inside an action."""
    change_setting(session, ON, on)


def _to_try(session: Session, today: date) -> list[tuple[str, SealedFor]]:
    """Return the envelopes of the secrets in force for those who are to open them, by label."""
    targets = {target.ids: target for target in wanted_targets(session, today)}
    query = (
        select(Credential.label, Envelope)
        .join(Envelope, (Envelope.credential_id == Credential.id) & (Envelope.revision == Credential.revision))
        .where(in_use(today))
        .order_by(Credential.label)
    )
    found = [(label, one, targets.get((one.escrow_key_id, one.with_key_id))) for label, one in session.execute(query)]
    return [(label, SealedFor(one, target)) for label, one, target in found if target is not None]


def _opens(custodian: Custodian, hand: AtHand, one: SealedFor) -> bool:
    ciphertext = read_envelope(custodian.registry.path, one.envelope)
    if ciphertext is None:
        return False
    try:
        return _is_right(custodian, hand, one, ciphertext)
    except NotForThisKeyError:
        return False


def _is_right(custodian: Custodian, hand: AtHand, one: SealedFor, ciphertext: bytes) -> bool:
    """Decrypt an envelope as far as can be done here, and see that it holds what it should."""
    target: Target = one.target
    if not hand.opens_all(target):
        return bool(unwrapped(ciphertext, hand.of(target.key)))
    contents = hand.opened(ciphertext, target)
    told = (contents.registry_id, contents.credential_id, contents.revision)
    return told == (custodian.registry.id, one.envelope.credential_id, one.envelope.revision)


def _record(custodian: Custodian, key: EscrowKey) -> UUID:
    """Record that a drill begins, before anything is decrypted."""
    with custodian.registry.action(N_("Begin a drill of the escrow")) as session:
        begun = EscrowOpening(escrow_key_id=key.id, person_id=custodian.person_id, on=custodian.today, drill=True)
        session.add(begun)
        session.flush()
        return begun.id


def _finish(custodian: Custodian, opening_id: UUID, found: Drilled) -> None:
    with custodian.registry.action(N_("Finish a drill of the escrow")) as session:
        begun = session.get_one(EscrowOpening, opening_id)
        begun.opened, begun.failed = found.opened, len(found.failed)
