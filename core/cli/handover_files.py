"""Files of handovers on the command line: looked at and shown first, then they take effect; and written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
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


def arrived_from(
    actor: Actor,
    options: argparse.Namespace,
    *,
    wanted: Sequence[Sort],
    check: Callable[[Statement], None] = lambda _statement: None,
) -> Arrived | None:
    """Let a file take effect that somebody else has sent; what it brings along is shown and agreed to first.

    Args:
        actor: Who opens it.
        options: `file` names it, `yes` agrees in advance.
        wanted: What it may be.
        check: Refuses what is not meant here.

    Returns:
        What became of it, None where nobody agreed.

    Raises:
        RefusedError: It does not count; one entry in the log says so.
    """
    custodian = actor.custodian
    with logged_refusals(custodian):
        found = recognise_file(Path(options.file).expanduser(), person=custodian.person_id)
        if found.sort not in wanted:
            raise RefusedError(HandoverRefusal.OTHER_KIND)
        found = peeked(custodian, found, actor.now)
        if found.statement is not None:
            check(found.statement)
    say(found.what)
    if (receipt := receipt_again(actor, found)) is not None:
        return Arrived(found, answer=receipt)
    if not _is_agreed(actor, found, yes=options.yes):
        return None
    return arrive(custodian, found, actor.now, add=True)


def write(name: str, content: bytes) -> None:
    """Write a file whole or not at all, for its user alone."""
    target = Path(name).expanduser()
    with written_aside(target) as aside:
        aside.write_bytes(content)
    say(_("Written: “{path}”.").format(path=target))


def _is_agreed(actor: Actor, found: Found, *, yes: bool) -> bool:
    """Show what would be added and what differs, and ask; there is nothing to ask where a file is known already."""
    statement = found.statement
    if statement is None or statement.registry != actor.registry or _is_known(actor, statement):
        return True
    with actor.custodian.registry.reading() as session:
        missing, differing = lacking(session, statement), differences(session, statement)
    if not missing and not differing:
        return True
    _show(missing, differing)
    if yes or (found.sort is Sort.BUNDLE and not missing):  # What was asked for is opened, whatever else is told of it.
        return True
    if not sys.stdin.isatty():
        complain(_("Nothing was taken in. Look at this first, then give the same command with --yes."))
        return False
    if _asked():
        return True
    complain(_("Nothing was taken in."))
    return False


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
