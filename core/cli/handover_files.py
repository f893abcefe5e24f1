"""Files of handovers on the command line: looked at and shown first, then they take effect; and written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from core.cli.output import complain, say
from core.cli.registry_commands import opened
from core.custody.custodian import Custodian
from core.custody.handover.acting import Actor
from core.custody.handover.arriving import Arrived, arrive, peeked, receipt_again
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.lacking import Difference, Lacking, differences, lacking
from core.custody.handover.letters import parts_of, read_letter
from core.custody.handover.previous import clear_released
from core.custody.handover.reading import Found, Sort, recognise_file
from core.custody.handover.refusing import logged_refusals
from core.custody.identity.refusals import RefusedError
from core.custody.vault import open_vault
from core.i18n import N_, _
from core.storage.places import written_aside

_NOUNS = {
    "person": N_("Person"),
    "channel": N_("Channel"),
    "credential": N_("Login"),
    "access": N_("Role on the platform"),
    "responsibility": N_("Responsibility"),
}
_YES = frozenset({"y", "yes", "j", "ja"})


@contextmanager
def acting(options: argparse.Namespace) -> Iterator[Actor]:
    """Open registry and keyring for one step of a handover."""
    with opened(options) as registry:
        actor = Actor(Custodian(registry, open_vault(registry.id), registry.today()), datetime.now(UTC))
        clear_released(actor)
        yield actor


def recognised(actor: Actor, options: argparse.Namespace, *, wanted: Sequence[Sort]) -> list[Found]:
    """Say what a file holds that somebody else has sent: each text of it by itself, in the order of their making.

    Args:
        actor: Who opens it.
        options: `file` names it.
        wanted: What its texts may be.

    Raises:
        UnusableFileError: It cannot be read.
        RefusedError: One of them does not count, so that none does; one entry in the log says so.
    """
    custodian, letter = actor.custodian, read_letter(Path(options.file).expanduser())
    with logged_refusals(custodian):
        found = [recognise_file(part, person=custodian.person_id) for part in parts_of(letter)]
        if any(one.sort not in wanted for one in found):
            raise RefusedError(HandoverRefusal.OTHER_KIND)
        return sorted((peeked(custodian, one, actor.now) for one in found), key=_made_at)


def arrived(actor: Actor, found: Found, *, yes: bool, quiet: bool = False) -> Arrived | None:
    """Let a text take effect that somebody else has sent; what it brings along is shown and agreed to first.

    Args:
        actor: Who opens it.
        found: What it is.
        yes: Agreed in advance.
        quiet: Nothing is said on the standard output, nor asked there.

    Returns:
        What became of it, None where nobody agreed.

    Raises:
        RefusedError: It does not count; one entry in the log says so.
    """
    if not quiet:
        say(found.what)
    if (receipt := receipt_again(actor, found)) is not None:
        return Arrived(found, answer=receipt)
    if not _is_agreed(actor, found, yes=yes, quiet=quiet):
        return None
    return arrive(actor.custodian, found, actor.now, add=True)


def brought_along(actor: Actor, found: Found) -> tuple[tuple[Lacking, ...], tuple[Difference, ...]]:
    """Return what would be added and what differs; nothing where a text is known already."""
    statement = found.statement
    if statement is None or statement.registry != actor.registry or _is_known(actor, statement):
        return (), ()
    with actor.custodian.registry.reading() as session:
        return tuple(lacking(session, statement)), tuple(differences(session, statement))


def write(name: str, content: bytes) -> None:
    """Write a file whole or not at all, for its user alone."""
    target = Path(name).expanduser()
    with written_aside(target) as aside:
        aside.write_bytes(content)
    say(_("Written: “{path}”.").format(path=target))


def _is_agreed(actor: Actor, found: Found, *, yes: bool, quiet: bool) -> bool:
    """Show what would be added and what differs, and ask, where there is anything to ask about."""
    missing, differing = brought_along(actor, found)
    if not missing and not differing:
        return True
    if not quiet:
        _show(missing, differing)
    if yes or (found.sort is Sort.BUNDLE and not missing):  # What was asked for is opened, whatever else is told of it.
        return True
    if quiet or not sys.stdin.isatty():
        complain(_("Nothing was taken in. Look at this first, then give the same command with --yes."))
        return False
    if _asked():
        return True
    complain(_("Nothing was taken in."))
    return False


def _made_at(found: Found) -> tuple[bool, str, int]:
    """Return what puts certificates first, and statements in the order in which they were made."""
    if found.statement is None:
        return False, "", 0
    return True, found.statement.made_at.isoformat(), found.statement.number


def _is_known(actor: Actor, statement: Statement) -> bool:
    return any(one.digest == statement.digest for one in actor.statements(statement.handover))


def _show(missing: Sequence[Lacking], differing: Sequence[Difference]) -> None:
    if missing:
        say(_("This registry lacks the following. It will be added:"))
    for one in missing:
        say(f"– {_(_NOUNS.get(one.table, one.table))}: {one.label}")
    if differing:
        say(_("The file says something else than this registry. Nothing of that is taken over:"))
    for other in differing:
        told = _("{label}, {what}: here “{here}”, in the file “{there}”.")
        say(f"– {told.format(label=other.label, what=other.what, here=other.here, there=other.there)}")


def _asked() -> bool:
    sys.stdout.write(_("Take it in? (yes/no)") + " ")
    sys.stdout.flush()
    return sys.stdin.readline(20).strip().lower() in _YES
