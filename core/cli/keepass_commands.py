"""Subcommands that take logins in from a KeePass file and write them to one; its password comes on stdin."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.cli.output import complain, give, say
from core.cli.registry_commands import opened
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.errors import BadInputError
from core.exchange.keepass.proposal import OUTCOMES, Proposal, Row
from core.i18n import _, ngettext

if TYPE_CHECKING:
    from core.exchange.keepass.exporting import Exportable
    from core.exchange.keepass.taking_in import TakenIn

_LONGEST = 10_000


def keepass(options: argparse.Namespace) -> int:
    """Take logins in from a KeePass file, or write them to one."""
    return _import(options) if options.what == "import" else _export(options)


def _import(options: argparse.Namespace) -> int:
    """Take in what is certain, or only say what would happen; exit code 1 where something was left out."""
    from core.exchange.keepass.proposing import propose
    from core.exchange.keepass.reading import read_keepass, require_keepass
    from core.exchange.keepass.taking_in import take_in

    require_keepass()
    path = Path(options.file).expanduser()
    key_file = Path(options.key_file).expanduser() if options.key_file else None
    entries = read_keepass(path, _password(), key_file, with_notes=options.notes)
    with opened(options) as registry:
        custodian = Custodian(registry, open_vault(registry.id), registry.today())
        proposal = propose(custodian, entries)
        certain = [row for row in proposal.rows if row.certain]
        taken = take_in(custodian, certain) if certain and not options.dry_run else None
    if options.json:
        give(_outcome(proposal, taken))
    else:
        _tell(proposal, taken, dry_run=options.dry_run)
    failed = taken is not None and (taken.failed or taken.left)
    return int(bool(failed) or any(row.outcome in {"doubtful", "refused"} for row in proposal.rows))


def _export(options: argparse.Namespace) -> int:
    """Write logins to a new file; exit code 1 where one of them was left out."""
    from core.exchange.keepass.exporting import check_file_password, export_keepass, exportable
    from core.exchange.keepass.reading import require_keepass

    require_keepass()
    check_file_password(password := _password(twice=True))
    with opened(options) as registry:
        custodian = Custodian(registry, open_vault(registry.id), registry.today())
        held = exportable(custodian)
        chosen = [one.id for one in held] if options.all else [_chosen(text, held) for text in options.credential]
        exported = export_keepass(custodian, chosen, Path(options.file).expanduser(), password)
    written = ngettext(
        "{count} entry was written: “{path}”.", "{count} entries were written: “{path}”.", exported.count
    )
    say(written.format(count=exported.count, path=exported.path))
    for label, reason in exported.left_out:
        complain(_("“{label}” was left out: {reason}").format(label=label, reason=reason))
    return int(bool(exported.left_out))


def _chosen(text: str, held: Iterable[Exportable]) -> UUID:
    """Return the login of an id or of a label that only one has."""
    wanted = text.strip().casefold()
    found = [one.id for one in held if wanted in {str(one.id), one.label.casefold()}]
    if not found:
        raise BadInputError(_("This keyring keeps no login “{id}”.").format(id=text))
    if len(found) > 1:
        raise BadInputError(_("Several logins are called “{id}”. Please give the id.").format(id=text))
    return found[0]


def _password(*, twice: bool = False) -> Secret:
    """Read the file's password: one line of stdin; a person types it unseen, and twice for a new file."""
    if sys.stdin.isatty():
        typed = getpass.getpass(_("Password of the file: "))
        if twice and getpass.getpass(_("The same once more: ")) != typed:
            raise BadInputError(_("The two passwords differ. Nothing was written."))
        return Secret(typed)
    line = sys.stdin.buffer.readline(_LONGEST)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is None:  # The error itself quotes what was read.
        raise BadInputError(_("The password on stdin is no text in UTF-8."))
    return Secret(text.removesuffix("\n").removesuffix("\r"))


def _outcome(proposal: Proposal, taken: TakenIn | None) -> dict[str, Any]:
    failed = [{"label": label, "message": reason} for label, reason in taken.failed] if taken is not None else []
    counts: dict[str, int] = {name: proposal.count(name) for name in OUTCOMES}
    return {**counts, "failed": failed, "rows": [_row(row) for row in proposal.rows]}


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row.login.entry.number,
        "outcome": row.outcome,
        "kind": row.kind.value,
        "label": row.label,
        "login": row.login.entry.login_name,
        "group": "/".join(row.login.entry.groups),
        "channels": [one.id for one in row.login.channels],
        "credential": row.credential_id,
        "problems": list(row.problems),
    }


def _tell(proposal: Proposal, taken: TakenIn | None, *, dry_run: bool) -> None:
    would = _("Would be: {created} new, {changed} changed, {unchanged} unchanged, {refused} refused.")
    done = _("Taken in: {created} new, {changed} changed, {unchanged} unchanged, {refused} refused.")
    counts: dict[str, int] = {name: proposal.count(name) for name in OUTCOMES}
    say((would if dry_run else done).format(**counts))
    if doubtful := proposal.count("doubtful"):
        say(
            ngettext(
                "{count} entry is doubtful and was left out. Import it in the window.",
                "{count} entries are doubtful and were left out. Import them in the window.",
                doubtful,
            ).format(count=doubtful)
        )
    _tell_problems(proposal.rows)
    if taken is not None:
        for label, reason in taken.failed:
            complain(_("“{label}” was not stored: {reason}").format(label=label, reason=reason))
        if taken.left:
            complain(_("Import the file once more to go on: {count} were not reached.").format(count=taken.left))


def _tell_problems(rows: Sequence[Row]) -> None:
    for row in rows:
        for problem in row.problems:
            said = _("Entry {row}, “{label}”: {message}")
            say(said.format(row=row.login.entry.number, label=row.label, message=problem))
