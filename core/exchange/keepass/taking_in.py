"""Takes logins of a KeePass file in: the records in one action, then secret by secret into the keyring.

Each step can be repeated: what was done before a crash comes out as unchanged the next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, make_store
from core.custody.keeping import store_secret
from core.custody.vault import UnfitSecretError, VaultError
from core.errors import BadInputError, ConflictError
from core.exchange.keepass.known import KnownLogin, KnownLogins, compare
from core.exchange.keepass.proposal import Row
from core.exchange.keepass.proposing import untied, with_rivals
from core.i18n import N_, _
from core.inventory.credentials import NewCredential, add_credential, channels_of, tie_channels
from core.model import Credential


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the rows.

    Attributes:
        added: How many logins are new in the registry.
        stored: How many secrets went into the keyring.
        failed: The labels of the logins whose secret could not be stored, each with the reason.
        left: How many rows were not reached because the work was stopped.
    """

    added: int
    stored: int
    failed: tuple[tuple[str, str], ...] = ()
    left: int = 0


def take_in(custodian: Custodian, rows: Sequence[Row]) -> TakenIn:
    """Take rows of a proposal in.

    Raises:
        BadInputError: A row cannot be taken in, two contradict each other, or nobody is bound to this workstation.
        VaultError: The keyring does not answer; nothing was written.
    """
    _check(rows)
    make_store(custodian)
    with custodian.registry.action(N_("Import logins")) as session:
        known = KnownLogins(session, custodian.today)
        recorded = [_recorded(session, row, known) for row in rows]
    stored, failed, left = 0, list[tuple[str, str]](), len(rows)
    for number, (row, (credential_id, _new)) in enumerate(zip(rows, recorded, strict=True)):
        if not custodian.told(number, len(rows)):
            break
        try:
            stored += _store(custodian, credential_id, row)
        except (BadInputError, ConflictError, UnfitSecretError) as error:
            failed.append((row.label, error.sentence))
        except VaultError as error:
            # The keyring itself fails: the rest would fail as well.
            failed.append((row.label, error.sentence))
            left -= 1
            break
        left -= 1
    return TakenIn(sum(new for _id, new in recorded), stored, tuple(failed), left)


def _check(rows: Sequence[Row]) -> None:
    for row in rows:
        if not row.takeable:
            raise BadInputError(_("“{label}” cannot be taken in: choose its channel first.").format(label=row.label))
    for one, rivals in with_rivals(rows):
        if rivals:
            told = _("“{label}” and “{other}” are the same login with different secrets. Take in only one of them.")
            raise BadInputError(told.format(label=one.label, other=rivals[0].label))


def _recorded(session: Session, row: Row, known: KnownLogins) -> tuple[UUID, bool]:
    """Return the login of a row, and whether it was added for it."""
    wanted = [one.id for one in row.login.channels]
    name = row.login.entry.login_name
    there = known.find(row.kind, row.label, name, wanted)
    if there is not None:
        if untied(row, there):
            credential = session.get_one(Credential, there.id)
            tied = [channel.id for channel in channels_of(session, there.id)]
            tie_channels(session, credential, (*tied, *wanted))
        return there.id, False
    credential = add_credential(session, NewCredential(row.kind, row.label, tuple(wanted), name))
    credential.address = row.login.address
    credential.notes = row.login.entry.notes or None
    session.flush()
    known.add(KnownLogin(credential.id, row.kind, credential.label, name, frozenset(wanted)))
    return credential.id, True


def _store(custodian: Custodian, credential_id: UUID, row: Row) -> int:
    """Store a row's secret unless the keyring has it; return how many were stored.

    Raises:
        RegistryError: It cannot be stored.
    """
    compared = compare(custodian, credential_id, row.secret)
    if compared.outcome == "refused":
        raise ConflictError(compared.problem)
    if compared.outcome == "unchanged":
        return 0
    store_secret(custodian, credential_id, row.secret)
    return 1
