"""Subcommands about logins and their secrets; a secret comes on stdin and leaves only where it was asked for."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.cli.output import complain, give, say, table
from core.cli.registry_commands import opened
from core.custody import keeping, rotating
from core.custody.custodian import Custodian
from core.custody.holding import custody_rows
from core.custody.secret import Secret
from core.custody.vault import open_vault, vault_state
from core.errors import BadInputError
from core.i18n import N_, _, show_date
from core.inventory.credentials import NewCredential, add_credential
from core.inventory.recognising import recognise
from core.model import Channel, Credential, CredentialKind, Custody
from core.registry import Registry
from core.storage.values import to_plain

_LONGEST = 1_000_000


def credential(options: argparse.Namespace) -> int:
    """Add a login to the channels it opens."""
    with opened(options) as registry:
        with registry.reading() as session:
            channels = tuple(_channel(session, text) for text in options.channel)
        told = NewCredential(CredentialKind(options.kind), options.label, channels, options.login)
        with registry.action(N_("Add login")) as session:
            added = add_credential(session, told).id
    if options.json:
        give({"id": added})
    else:
        say(_("Added “{label}” as {id}.").format(label=options.label, id=added))
    return 0


def list_custody(options: argparse.Namespace) -> int:
    """List who keeps which secret in which keyring; never a secret."""
    day = options.as_of or options.known_on
    with opened(options) as registry:
        if day is None:
            with registry.reading() as session:
                rows = custody_rows(session, registry.today())
        else:
            with registry.snapshot(as_of=options.as_of, known_on=options.known_on) as session:
                rows = custody_rows(session, day)
    if options.json:
        give([{key: to_plain(value) for key, value in asdict(row).items()} for row in rows])
        return 0
    headers = [_("Login"), _("Held by"), _("Machine"), _("Revision"), _("State"), _("Since"), _("Last seen on")]
    table(
        headers,
        [
            [
                row.label,
                row.person,
                row.store or "",
                str(row.revision),
                _(row.state.label),
                show_date(row.since),
                show_date(row.last_seen_on) if row.last_seen_on else "",
            ]
            for row in rows
        ],
    )
    return 0


def secret(options: argparse.Namespace) -> int:
    """Store, show, confirm or release a secret."""
    match options.what:
        case "store":
            return _store(options)
        case "show":
            return _show(options)
        case "confirm":
            return _confirm(options)
        case _:
            return _release(options)


def vault(options: argparse.Namespace) -> int:
    """Say how the keyring is and whether it has what the registry expects; exit code 1 where not."""
    with opened(options) as registry:
        state = vault_state(registry.id)
        expected, missing = _compared(registry, state.store)
    notes = [*state.notes, *(_("The keyring lacks “{label}”.").format(label=label) for label in missing)]
    if options.json:
        told = {"backend": state.backend, "trusted": state.trusted, "unlocked": state.unlocked, "store": state.store}
        give({**told, "expected": expected, "missing": len(missing), "notes": notes})
    else:
        say(state.name or _("No trusted keyring is answering."))
        if state.unlocked is not None:
            say(_("The keyring is unlocked.") if state.unlocked else _("The keyring is locked."))
        say(_("Secrets expected here: {expected}, missing: {missing}").format(expected=expected, missing=len(missing)))
        for note in notes:
            say(f"– {note}")
    return int(not state.trusted or state.unlocked is False or bool(missing))


def _store(options: argparse.Namespace) -> int:
    given = given_secret()
    with _custodian(options) as (custodian, credential_id):
        if options.copy:
            revision = keeping.keep_copy(custodian, credential_id, given)
        else:
            revision = keeping.store_secret(custodian, credential_id, given)
    say(_("Stored in the keyring as revision {revision}.").format(revision=revision))
    return 0


def _show(options: argparse.Namespace) -> int:
    if not options.stdout and not sys.stdout.isatty():
        raise BadInputError(
            _("A secret is shown on a terminal only. Add --stdout if another program is meant to read it.")
        )
    with _custodian(options) as (custodian, credential_id):
        revision = rotating.prepared_revision(custodian, credential_id) if options.prepared else None
        read = keeping.read_secret(custodian, credential_id, revision=revision)
    sys.stdout.write(read.reveal() + "\n")
    return 0


def _confirm(options: argparse.Namespace) -> int:
    with _custodian(options) as (custodian, credential_id):
        removed = rotating.confirm_works(custodian, credential_id)
    say(_("The secret before was removed from the keyring.") if removed else _("There was nothing to remove."))
    return 0


def _release(options: argparse.Namespace) -> int:
    with _custodian(options) as (custodian, credential_id):
        keeping.release(custodian, credential_id)
        with custodian.registry.reading() as session:
            kept = _copies(session, credential_id)
    say(_("Deleted from the keyring."))
    if not kept:
        complain(_("Nobody keeps a copy of this secret any more."))
    return 0


@contextmanager
def _custodian(options: argparse.Namespace) -> Iterator[tuple[Custodian, UUID]]:
    with opened(options) as registry:
        with registry.reading() as session:
            credential_id = credential_called(session, options.credential)
        yield Custodian(registry, open_vault(registry.id), registry.today()), credential_id


def given_secret() -> Secret:
    """Read a secret from stdin; one line end after it is not part of it. A person types it unseen.

    Raises:
        BadInputError: It is no text, or too long.
    """
    if sys.stdin.isatty():
        return Secret(getpass.getpass(_("Secret: ")))
    raw = sys.stdin.buffer.read(_LONGEST + 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if raw and not text:  # The error itself quotes what was read.
        raise BadInputError(_("What came on stdin is no text in UTF-8. Nothing was stored."))
    if len(raw) > _LONGEST:
        raise BadInputError(_("What came on stdin is too long for a secret. Nothing was stored."))
    for end in ("\r\n", "\n"):
        if text.endswith(end):
            return Secret(text.removesuffix(end))
    return Secret(text)


def credential_called(session: Session, text: str) -> UUID:
    """Return the credential of an id or of a label that only one has.

    Raises:
        BadInputError: There is none, or several are called so.
    """
    query = select(Credential.id).where(
        Credential.id == _uuid(text) if _uuid(text) else func.lower(Credential.label) == text.strip().lower()
    )
    found = list(session.scalars(query).all())
    if not found:
        raise BadInputError(_("There is no login “{id}”.").format(id=text))
    if len(found) > 1:
        raise BadInputError(_("Several logins are called “{id}”. Please give the id.").format(id=text))
    return found[0]


def _channel(session: Session, text: str) -> UUID:
    """Return the channel of an id or of an address."""
    known = _uuid(text)
    if known is None:
        key = recognise(text).key
        query = select(Channel.id).where(Channel.account_key == key, Channel.account_key != "")
        known = session.scalars(query).first()
    if known is None or session.get(Channel, known) is None:
        raise BadInputError(_("There is no channel “{id}”.").format(id=text))
    return known


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def _compared(registry: Registry, store: UUID | None) -> tuple[int, list[str]]:
    """Return how many secrets the registry expects in this keyring, and the labels of those that are not there."""
    if store is None:
        return 0, []
    query = (
        select(Custody.slot, Custody.revision, Credential.label)
        .join(Credential, Credential.id == Custody.credential_id)
        .where(Custody.store_id == store, Custody.until.is_(None))
    )
    with registry.reading() as session:
        expected = session.execute(query).all()
    holding = open_vault(registry.id)
    held = {slot: holding.get(slot) for slot, _revision, _label in expected}
    missing = [label for slot, revision, label in expected if (one := held[slot]) is None or one.revision != revision]
    return len(expected), missing


def _copies(session: Session, credential_id: UUID) -> int:
    kept = select(Custody.id).where(Custody.credential_id == credential_id, Custody.until.is_(None))
    return len(session.scalars(kept).all())
