"""The logins that the registry has already, and what a secret from a file would be to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, kept_by, store_here
from core.custody.keeping import use_secret
from core.custody.one_time_codes import one_time_codes
from core.custody.revisions import MissingSecretError
from core.custody.secret import Secret
from core.errors import BadInputError
from core.exchange.keepass.proposal import Outcome
from core.i18n import _
from core.inventory.credentials import IN_KEYRINGS, in_use
from core.model import Credential, CredentialChannel, CredentialKind, Custody, KeptIn, Rotation

_SIGNED_IN_WITH = (CredentialKind.PASSWORD, CredentialKind.MAILBOX)
_MEANT = {
    CredentialKind.PASSWORD: IN_KEYRINGS - {CredentialKind.TOTP},
    CredentialKind.TOTP: frozenset({CredentialKind.TOTP}),
}
"""What the password and the codes of an entry may be in the registry, where logins are told apart more finely."""


@dataclass(frozen=True, slots=True)
class KnownLogin:
    """A login in use, with what it is found by."""

    id: UUID
    kind: CredentialKind
    label: str
    login_name: str
    channels: frozenset[UUID]


class KnownLogins:
    """The logins in use, found by channel and name, or else by what they are called."""

    def __init__(self, session: Session, today: date) -> None:
        ties: dict[UUID, set[UUID]] = {}
        for tie in session.scalars(select(CredentialChannel)):
            ties.setdefault(tie.credential_id, set()).add(tie.channel_id)
        query = select(Credential).where(in_use(today)).order_by(Credential.created_at, Credential.id)
        self._all = [
            KnownLogin(one.id, one.kind, one.label, one.login_name or "", frozenset(ties.get(one.id, ())))
            for one in session.scalars(query)
        ]

    def add(self, login: KnownLogin) -> None:
        """Know one more, which was added just now."""
        self._all.append(login)

    def find(self, kind: CredentialKind, label: str, login_name: str, channels: Collection[UUID]) -> KnownLogin | None:
        """Return the login that is meant, None if there is none or it cannot be told."""
        of_kind = [one for one in self._all if one.kind in _MEANT[kind]]
        here = [one for one in of_kind if one.channels & set(channels) and one.kind in {kind, *_SIGNED_IN_WITH}]
        named = [one for one in here if _same(one.login_name, login_name)]
        found = _only(named, kind) or _only(_called(of_kind, label, login_name, channels), kind)
        if found is None and kind is CredentialKind.TOTP:
            # Codes are often noted without a name; then they belong to the one login of the channel.
            found = _only([one for one in here if not (one.login_name and login_name)], kind)
        return found


@dataclass(frozen=True, slots=True)
class Compared:
    """What becomes of a login that is there already, and why."""

    outcome: Outcome
    problem: str = ""


def compare(custodian: Custodian, credential_id: UUID, secret: Secret, changed_on: date | None = None) -> Compared:
    """Compare a secret with what this keyring holds of a login; that is no reading.

    Args:
        custodian: Whose keyring.
        credential_id: The login.
        secret: What the file says.
        changed_on: When the entry of the file was changed last.

    Raises:
        VaultError: The keyring does not answer.
    """
    with custodian.registry.reading() as session:
        credential = session.get_one(Credential, credential_id)
        revision, since = credential.revision, _in_force_since(session, credential)
        if credential.kept_in is not KeptIn.KEYRING:
            return Compared("refused", _("Its secret is not kept in a keyring. Change “Kept in” first."))
        if _is_pending(session, credential):
            return Compared("refused", _("A change of its secret is under way. Confirm or abandon it first."))
        if revision == 0:
            return Compared("changed", _("The login is there; its secret is not stored yet."))
    if not _is_held(custodian, credential_id, revision):
        return Compared(
            "refused",
            _("Somebody else keeps its secret. Store yours on the page of the logins, as a copy or as a new one."),
        )
    try:
        held = use_secret(custodian, credential_id)
    except MissingSecretError as error:
        return Compared("refused", error.sentence)
    if same_secret(held, secret):
        return Compared("unchanged")
    if changed_on is not None and since is not None and changed_on < since:
        return Compared("doubtful", _("The keyring holds another secret, which is newer than the file's."))
    return Compared("changed", _("The keyring holds another secret. The file's becomes the next revision."))


def same_secret(one: Secret, other: Secret) -> bool:
    """Tell whether two secrets are the same, or give the same one-time codes."""
    if one == other:
        return True
    try:
        first, second = one_time_codes(one), one_time_codes(other)
    except BadInputError:
        return False
    told = [(codes.algorithm, codes.digits, codes.period) for codes in (first, second)]
    return first.key == second.key and told[0] == told[1]


def _same(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()


def _called(logins: Iterable[KnownLogin], label: str, login_name: str, channels: Collection[UUID]) -> list[KnownLogin]:
    """Return the logins of a label, without those of another name or of other channels."""
    return [
        one
        for one in logins
        if _same(one.label, label)
        and (not one.login_name or not login_name or _same(one.login_name, login_name))
        and (not one.channels or not channels or one.channels & set(channels))
    ]


def _only(found: list[KnownLogin], kind: CredentialKind) -> KnownLogin | None:
    of_kind = [one for one in found if one.kind is kind] or found
    return of_kind[0] if len(of_kind) == 1 else None


def _in_force_since(session: Session, credential: Credential) -> date | None:
    query = select(Rotation.on).where(Rotation.credential_id == credential.id, Rotation.revision == credential.revision)
    return session.scalars(query).first()


def _is_pending(session: Session, credential: Credential) -> bool:
    query = select(Custody.id).where(
        Custody.credential_id == credential.id, Custody.revision > credential.revision, Custody.until.is_(None)
    )
    return session.scalars(query).first() is not None


def _is_held(custodian: Custodian, credential_id: UUID, revision: int) -> bool:
    store_id = store_here(custodian)
    if store_id is None:
        return False
    with custodian.registry.reading() as session:
        return any(one.revision == revision for one in kept_by(session, store_id, credential_id))
