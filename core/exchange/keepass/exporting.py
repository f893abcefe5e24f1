"""Writes logins whose secret this keyring holds to a KeePass file; reading them for that counts as reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, store_here
from core.custody.generating import FAIR_BITS, strength_bits
from core.custody.keeping import read_secret
from core.custody.one_time_codes import one_time_codes
from core.custody.revisions import MissingSecretError
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError
from core.exchange.keepass.reading import require_keepass
from core.exchange.keepass.writing import WrittenEntry, fits, kdbx_of
from core.exchange.targets import refuse_kept
from core.i18n import _
from core.inventory.credentials import channels_of, in_use
from core.inventory.platforms import platforms
from core.model import Credential, CredentialKind, Custody, KeptIn
from core.settings import read_settings
from core.storage.places import written_aside


@dataclass(frozen=True, slots=True)
class Exportable:
    """A login whose secret in force this keyring holds.

    Attributes:
        group: The platform of its first channel; logins without a channel have a group of their own.
        urls: The addresses of its channels, then where one signs in.
    """

    id: UUID
    kind: CredentialKind
    label: str
    login_name: str
    group: str
    urls: tuple[str, ...]
    channels: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many entries, and the labels of logins that were not, each with the reason."""

    path: Path
    count: int
    left_out: tuple[tuple[str, str], ...] = ()


def exportable(custodian: Custodian) -> list[Exportable]:
    """Return the logins that can be exported here, by group and label.

    Raises:
        VaultError: The keyring does not answer.
    """
    store_id = store_here(custodian)
    if store_id is None:
        return []
    query = (
        select(Credential)
        .join(Custody, (Custody.credential_id == Credential.id) & (Custody.revision == Credential.revision))
        .where(Custody.store_id == store_id, Custody.until.is_(None), in_use(custodian.today))
        .where(Credential.kept_in == KeptIn.KEYRING)
    )
    with custodian.registry.reading() as session:
        found = [_exportable(session, one) for one in session.scalars(query)]
    return sorted(found, key=lambda one: (one.group.casefold(), one.label.casefold(), one.id))


def check_file_password(password: Secret) -> None:
    """Refuse a password that does not protect a file which anybody may carry away and guess at.

    Raises:
        BadInputError: It is too weak.
    """
    if (bits := strength_bits(password)) < FAIR_BITS:
        raise BadInputError(
            _("The password of the file is too weak: about {bits} bits, at least {least} are needed.").format(
                bits=round(bits), least=FAIR_BITS
            )
        )


def export_keepass(custodian: Custodian, chosen: Collection[UUID], target: Path, password: Secret) -> Exported:
    """Write logins to a new KeePass file that only this person can read.

    Raises:
        BadInputError: The password is too weak, nothing can be exported, or the extra is not installed.
        UnusableFileError: The file exists already or cannot be written.
        VaultError: The keyring does not answer; nothing was written.
    """
    require_keepass()
    check_file_password(password)
    refuse_kept(target, custodian.registry.path)
    wanted = [one for one in exportable(custodian) if one.id in set(chosen)]
    with written_aside(target, new=True) as aside:
        secrets, left_out = _secrets(custodian, wanted)
        entries = _entries([one for one in wanted if one.id in secrets], secrets)
        if not entries:
            raise BadInputError(_("None of these logins can be exported: this keyring holds no copy of them."))
        aside.write_bytes(kdbx_of(_city(custodian), entries, password))
    return Exported(target, len(entries), tuple(left_out))


def _city(custodian: Custodian) -> str:
    with custodian.registry.reading() as session:
        return str(read_settings(session)["city.name"])


def _exportable(session: Session, credential: Credential) -> Exportable:
    channels = channels_of(session, credential.id)
    platform = platforms().get(channels[0].platform) if channels else None
    urls = [one.url or one.url_as_entered for one in channels]
    return Exportable(
        credential.id,
        credential.kind,
        credential.label,
        credential.login_name or "",
        platform.name if platform is not None else _("Other logins"),
        tuple(dict.fromkeys(url for url in (*urls, credential.address) if url)),
        frozenset(one.id for one in channels),
    )


def _secrets(custodian: Custodian, wanted: Sequence[Exportable]) -> tuple[dict[UUID, Secret], list[tuple[str, str]]]:
    """Read the secrets, and say which ones the file cannot hold or the keyring has lost."""
    secrets, left_out = dict[UUID, Secret](), list[tuple[str, str]]()
    for number, one in enumerate(wanted):
        if not custodian.told(number, len(wanted)):
            raise ConflictError(_("The export was stopped. No file was written."))
        try:
            secret = read_secret(custodian, one.id)
        except (ConflictError, BadInputError, MissingSecretError) as error:
            left_out.append((one.label, error.sentence))
            continue
        if fits(secret):
            secrets[one.id] = secret
        else:
            left_out.append((one.label, _("It has control characters, which a KeePass file cannot hold.")))
    return secrets, left_out


def _entries(wanted: Sequence[Exportable], secrets: dict[UUID, Secret]) -> list[WrittenEntry]:
    """Make one entry a login; one-time codes stand at the password they belong to, where there is one."""
    codes = [one for one in wanted if one.kind is CredentialKind.TOTP]
    others = [one for one in wanted if one.kind is not CredentialKind.TOTP]
    of_login = {login.id: one for one in codes if (login := _login_of(one, others)) is not None}
    alone = [one for one in codes if one not in of_login.values()]
    return [_entry(one, secrets, of_login.get(one.id)) for one in others] + [_entry(one, secrets, one) for one in alone]


def _login_of(codes: Exportable, others: Iterable[Exportable]) -> Exportable | None:
    found = [
        one
        for one in others
        if one.kind in {CredentialKind.PASSWORD, CredentialKind.MAILBOX}
        and one.channels & codes.channels
        and (one.login_name.casefold() == codes.login_name.casefold() or not codes.login_name)
    ]
    return found[0] if len(found) == 1 else None


def _entry(one: Exportable, secrets: dict[UUID, Secret], codes: Exportable | None) -> WrittenEntry:
    password = secrets[one.id] if codes is not one else Secret("")
    otp = _authenticator_address(codes, secrets[codes.id]) if codes is not None else None
    return WrittenEntry(one.group, one.label, one.login_name, password, one.urls, otp)


def _authenticator_address(one: Exportable, secret: Secret) -> Secret:
    """Return what authenticators and KeePassXC read: an otpauth address, made from the bare key where it is one."""
    if secret.reveal().strip().lower().startswith("otpauth:"):
        return Secret(secret.reveal().strip())
    try:
        codes = one_time_codes(secret)
    except BadInputError:
        return secret
    told = {"secret": codes.key.reveal(), "period": codes.period, "digits": codes.digits, "issuer": one.group}
    return Secret(f"otpauth://totp/{quote(one.label, safe='')}?{urlencode(told, quote_via=quote)}")
