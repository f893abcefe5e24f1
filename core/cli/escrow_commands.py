"""Subcommands about the escrow: how it stands, who holds it, the drill, and break-glass; never a secret on stdout."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from core.cli.custody_commands import credential_called
from core.cli.output import complain, give, say, table
from core.cli.registry_commands import opened
from core.custody.custodian import Custodian
from core.custody.escrow import drill, holders, opening
from core.custody.escrow.case import Request
from core.custody.escrow.handing import HalfOpened, read_handed, save_handed
from core.custody.escrow.status import EscrowStatus, HolderRow, escrow_status, seal_state
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.errors import BadInputError
from core.governance.rules.escrow import flaw_sentences
from core.i18n import _, ngettext, show_date
from core.inventory.people import find_person

_LONGEST = 1_000


def escrow(options: argparse.Namespace) -> int:
    """Show how the escrow stands, name or remove a holder, run a drill, or open an envelope."""
    commands = {
        "status": _status,
        "name": _name,
        "remove": _remove,
        "needed": _needed,
        "drill": _drill,
        "open": _open,
    }
    return commands[options.what](options)


def _status(options: argparse.Namespace) -> int:
    with opened(options) as registry:
        status = escrow_status(registry, registry.today())
    if options.json:
        give(_plain(status))
    else:
        _tell(status)
    return 0


def _name(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        changed = holders.name_holder(custodian, _person(custodian, options.person))
    say(_("{name} holds the escrow.").format(name=changed.name))
    say(_sealed(changed.sealed))
    return 0


def _remove(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        changed = holders.remove_holder(custodian, _person(custodian, options.person))
    say(_("{name} does not hold the escrow any more.").format(name=changed.name))
    return 0


def _needed(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        changed = holders.set_needed(custodian, options.number)
    say(_sealed(changed.sealed))
    return 0


def _drill(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        found = drill.drill(custodian, _paper() if options.printed else None)
    if options.json:
        give({"opened": found.opened, "failed": found.failed, "elsewhere": found.elsewhere})
    else:
        count = found.opened
        say(ngettext("{count} envelope opens.", "{count} envelopes open.", count).format(count=count))
        for label in found.failed:
            complain(_("An envelope of “{label}” does not open.").format(label=label))
    return int(bool(found.failed))


def _open(options: argparse.Namespace) -> int:
    handed = read_handed(Path(options.file).expanduser()) if options.file is not None else None
    with _custodian(options) as custodian:
        with custodian.registry.reading() as session:
            credential_id = credential_called(session, options.credential)
        to = _person(custodian, options.to) if options.to is not None else None
        paper = _paper() if options.printed else None
        request = Request(credential_id, options.reason, paper, handed, to, hands_on=options.out is not None)
        done = opening.open_envelope(custodian, request)
    if isinstance(done, HalfOpened):
        _hand_on(done, Path(options.out).expanduser())
        return 0
    say(_("The secret of “{label}” is in your keyring now. Everybody sees that.").format(label=done.label))
    if done.prepared:
        say(_("A secret that was only prepared came, too. Try on the platform which of the two works."))
    say(_("Change it on the platform next: the finding ends only with a new secret."))
    return 0


def _hand_on(half: HalfOpened, target: Path) -> None:
    save_handed(half, target)
    say(_("Written: “{path}”.").format(path=target))
    say(_("Give the file to {name}, who opens it. Everybody sees that you began.").format(name=half.name))


@contextmanager
def _custodian(options: argparse.Namespace) -> Iterator[Custodian]:
    with opened(options) as registry:
        yield Custodian(registry, open_vault(registry.id), registry.today())


def _person(custodian: Custodian, text: str) -> UUID:
    with custodian.registry.reading() as session:
        person = find_person(session, text)
        if person is None:
            raise BadInputError(_("“{name}” means nobody, or several people.").format(name=text))
        return person.id


def _paper() -> Secret:
    """Read what stands on the printed key: one line of stdin; a person types it unseen."""
    if sys.stdin.isatty():
        return Secret(getpass.getpass(_("Printed key: ")))
    return Secret(sys.stdin.readline(_LONGEST).strip())


def _sealed(count: int) -> str:
    told = ngettext(
        "{count} secret of this keyring is sealed anew.", "{count} secrets of this keyring are sealed anew.", count
    )
    return told.format(count=count)


def _plain(status: EscrowStatus) -> dict[str, Any]:
    drilled = status.drill
    return {
        "needed": status.needed,
        "holders": [_plain_holder(one) for one in status.holders],
        "secrets": [
            {
                "credential": one.credential_id,
                "label": one.label,
                "state": seal_state(one).value,
                "envelopes": one.envelopes,
                "faults": sorted({flaw.fault.value for flaw in one.flaws}),
            }
            for one in status.secrets
        ],
        "damaged": status.damaged,
        "opened": [
            {
                "credential": one.credential_id,
                "label": one.label,
                "person": one.name,
                "on": one.on,
                "reason": one.reason,
                "rotated": one.rotated,
            }
            for one in status.opened
        ],
        "drill": {
            "on": status.drill_on,
            "last": drilled and drilled.on,
            "opened": drilled and drilled.opened,
            "failed": drilled and drilled.failed,
        },
    }


def _plain_holder(one: HolderRow) -> dict[str, Any]:
    return {
        "kind": "paper" if one.person_id is None else "person",
        "person": one.person_id,
        "name": one.name,
        "place": one.place,
        "since": one.since,
        "state": one.state.value,
        "envelopes": one.envelopes,
    }


def _tell(status: EscrowStatus) -> None:
    if not status.holders:
        say(_("There is neither a printed recovery key nor a holder of the escrow."))
    else:
        say(_("Two are needed to open an envelope.") if status.needed > 1 else _("One is enough to open an envelope."))
        table(
            [_("Held by"), _("State"), _("Since"), _("Envelopes")],
            [
                [one.name or _("Printed key"), _(one.state.label), show_date(one.since), str(one.envelopes)]
                for one in status.holders
            ],
        )
    for one in status.secrets:
        why = " ".join(flaw_sentences(one.flaws, status.needed))
        say(_("{label}: {state}").format(label=one.label, state=_(seal_state(one).label)) + (f". {why}" if why else ""))
    for label in status.damaged:
        complain(_("A file of “{label}” is gone or altered.").format(label=label))
    for case in status.opened:
        told = _("Opened and not changed since: “{label}”, {name} on {day}.")
        complain(told.format(label=case.label, name=case.name, day=show_date(case.on)))
    if status.drill is not None:
        told = _("Last drill on {day}: {opened} opened, {failed} did not.")
        say(told.format(day=show_date(status.drill.on), opened=status.drill.opened, failed=status.drill.failed))
