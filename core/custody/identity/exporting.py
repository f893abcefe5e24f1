"""Giving out the private half that opens sealed files, for the day on which only the program `age` is left."""

from __future__ import annotations

from datetime import datetime

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.circle import look, own_identity
from core.custody.secret import Secret
from core.i18n import N_
from core.storage.journal import CREATE, Entry, journal_of
from core.storage.values import REASON_TABLE, to_plain

EXPORTED = N_("Give out private key")


def age_identity_file(custodian: Custodian, now: datetime) -> Secret:
    """Return the private half of this keyring as `age` reads it from a file; the log says so before it is given out.

    Raises:
        BadInputError: There is no key card in force here.
        VaultError: The keyring does not answer.
    """
    me = own_identity(look(custodian), custodian)
    _note(custodian, me.card)
    lines = (f"# created: {to_plain(now)}", f"# public key: {me.card.recipient}", me.keys.age_identity().reveal(), "")
    return Secret("\n".join(lines))


def _note(custodian: Custodian, card: Card) -> None:
    """Write the one entry: no record changes, so that it consists of the reason alone, which is the card."""
    with custodian.registry.action(EXPORTED) as session:
        journal = journal_of(session)
        journal.note(Entry(REASON_TABLE, journal.action.id, CREATE, None, {"reason": card.fingerprint}))
