"""Break-glass: opening the envelope of a secret that nobody else can get at; recorded before anything is decrypted.

It ends only with a new secret and a new envelope; until then a finding shows it to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, make_store
from core.custody.envelopes import Contents, read_envelope
from core.custody.escrow.case import Case, Request, SealedFor, begin
from core.custody.escrow.handing import HalfOpened, open_handed, take_outer_off
from core.custody.escrow.taking import take
from core.custody.sealing import NotForThisKeyError
from core.custody.vault import VaultError
from core.errors import ConflictError, RegistryError
from core.i18n import N_, _
from core.inventory.credentials import in_use
from core.model import Credential, Custody


@dataclass(frozen=True, slots=True)
class Opened:
    """A secret that is in this keyring now.

    Attributes:
        label: What the team calls the login.
        prepared: Whether a secret that was only prepared came, too: which one works, the platform tells.
    """

    label: str
    prepared: bool = False


def open_envelope(custodian: Custodian, request: Request) -> Opened | HalfOpened:
    """Open the envelope of a login, and put its secret into this keyring or hand it on to the second holder.

    Raises:
        BadInputError: No reason was given, or the login has no secret in keyrings.
        ConflictError: No key is here that opens an envelope of it, this keyring has the secret already, or the secret
            was changed in the meantime.
        UnusableFileError: The envelope is gone, damaged or altered.
        VaultError: The keyring does not answer, or did not keep what it was given.
    """
    case = begin(custodian, request)
    _refuse_needless(case)
    if request.handed is not None:
        open_handed(case, request.handed)
        return Opened(case.label)
    own = [one for one in case.sealed if case.opens(one)]
    return _open_here(case, own) if own else take_outer_off(case)


@dataclass(slots=True)
class TakenOver:
    """What of somebody's secrets is in this keyring now, by label, and of what else why it is not."""

    opened: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def open_left_behind(custodian: Custodian, person_id: UUID, request: Request) -> TakenOver:
    """Open the envelope of each login of which somebody keeps the secret who left without handing over.

    It can be stopped and repeated: what is here already is left alone.

    Args:
        custodian: Who opens.
        person_id: Who has left.
        request: Why and with what; which login it names does not matter.

    Raises:
        BadInputError: No reason was given.
        VaultError: The keyring does not answer.
    """
    with custodian.registry.reading() as session:
        logins = [(one.id, one.label) for one in left_behind(session, person_id, custodian.today)]
    found = TakenOver()
    for done, (login, label) in enumerate(logins):
        if not custodian.told(done, len(logins)):
            break
        try:
            open_envelope(custodian, replace(request, credential_id=login, handed=None, hands_on=False))
        except VaultError:
            raise
        except RegistryError as error:
            found.failed.append((label, error.sentence))
        else:
            found.opened.append(label)
    return found


def left_behind(session: Session, person_id: UUID, today: date) -> list[Credential]:
    """Return the logins of which a person keeps the secret in force, by label: what to open when they are gone."""
    kept = select(Custody.credential_id).where(
        Custody.person_id == person_id, Custody.until.is_(None), Custody.revision == Credential.revision
    )
    query = select(Credential).where(kept.where(Custody.credential_id == Credential.id).exists(), in_use(today))
    return list(session.scalars(query.order_by(Credential.label)))


def _refuse_needless(case: Case) -> None:
    """See that something is opened that is not here already; else a finding would stand there for nothing."""
    custodian, login = case.custodian, case.request.credential_id
    store_id = custodian.vault.store()
    if store_id is None:
        return
    with custodian.registry.reading() as session:
        in_force = session.get_one(Credential, login).revision
        kept = {one.revision: one.slot for one in kept_by(session, store_id, login)}
    held = {revision for revision, slot in kept.items() if custodian.vault.get(slot) is not None}
    if in_force in held and {one.envelope.revision for one in case.sealed} <= held:
        raise ConflictError(_("Your keyring keeps this secret already. Nothing was opened."))


def _open_here(case: Case, own: Sequence[SealedFor]) -> Opened:
    store_id = make_store(case.custodian)
    case.record(own[0].target.key)
    found: dict[int, Contents] = {}
    for one in own:
        contents = _readable(case, one) if one.envelope.revision not in found else None
        if contents is not None:
            found[contents.revision] = contents
    if not found:
        raise case.damaged()
    for revision in sorted(found):
        take(case.custodian, store_id, found[revision], N_("Take secret out of the escrow"))
    return Opened(case.label, prepared=len(found) > 1)


def _readable(case: Case, one: SealedFor) -> Contents | None:
    """Return what an envelope holds; None where it is not what it should be."""
    ciphertext = read_envelope(case.custodian.registry.path, one.envelope)
    try:
        contents = case.hand.opened(ciphertext, one.target) if ciphertext is not None else None
    except NotForThisKeyError:
        return None
    if contents is None or not case.is_meant(contents) or contents.revision != one.envelope.revision:
        return None
    return contents
