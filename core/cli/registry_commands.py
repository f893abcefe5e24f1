"""Subcommands about the registry itself: make, bind, log, verify, back up, restore."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from core import workstation
from core.cli.output import give, say, table
from core.governance.findings import rule_title
from core.i18n import N_, _, ngettext, show_instant
from core.inventory.recorded import names_of, noun_of, waived_rules
from core.registry import Registry, create_registry, open_registry
from core.restoring import lacking_in, restore_registry, save_backup, told_of_backup, told_of_library
from core.storage.history import LogEntry
from core.storage.log_view import kind_word, labels_of
from core.storage.values import to_plain


def path_of(options: argparse.Namespace) -> Path:
    """Return the registry's file: the one named, or the usual one."""
    return Path(options.registry).expanduser() if options.registry else workstation.default_registry()


@contextmanager
def opened(options: argparse.Namespace, *, today: Callable[[], date] = date.today) -> Iterator[Registry]:
    """Open the registry for one subcommand."""
    registry = open_registry(path_of(options), today=today)
    try:
        yield registry
    finally:
        registry.close()


def init(options: argparse.Namespace) -> int:
    """Make a new registry, empty or with the demo city."""
    path = path_of(options)
    registry = create_registry(path, city=options.city)
    try:
        if options.demo:
            from core.exchange.demo import fill

            fill(registry, today=registry.today())
    finally:
        registry.close()
    say(_("A new registry was made: “{path}”.").format(path=path))
    return 0


def me(options: argparse.Namespace) -> int:
    """Bind a person to this account and store, once."""
    from core.inventory.binding import bind

    with opened(options) as registry:
        with registry.action(N_("Bind this account to a person")) as session:
            bound = bind(session, registry.store_id, options.name, registry.today())
            name = bound.person.name
    say(
        _("You are registered as a new person: {name}.").format(name=name)
        if bound.new
        else _("You are {name}.").format(name=name)
    )
    return 0


def log(options: argparse.Namespace) -> int:
    """Show every change, oldest first."""
    with opened(options) as registry:
        entries = registry.log()
        with registry.reading() as session:
            names = names_of(session, {entry.actor_id for entry in entries if entry.actor_id})
            labels = labels_of(session, {entry.action_id for entry in entries})
            rules = {one: rule_title(rule) for one, rule in waived_rules(session, entries).items()}
    if options.json:
        give([_log_row(entry, names, labels[entry.action_id]) for entry in entries])
    else:
        headers = [_("No."), _("When"), _("Who"), _("What"), _("Record"), _("Change")]
        table(headers, [_log_line(entry, names, labels[entry.action_id], rules) for entry in entries])
    return 0


def _log_row(entry: LogEntry, names: dict[Any, str], label: str) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": to_plain(entry.at),
        "actor": names.get(entry.actor_id),
        "label": label,
        "type": entry.table,
        "record": str(entry.record_id),
        "before": entry.before,
        "after": entry.after,
        "hash": entry.hash,
    }


def _log_line(entry: LogEntry, names: dict[Any, str], label: str, rules: dict[UUID, str]) -> list[str]:
    who = names.get(entry.actor_id, _("unknown"))
    kind = kind_word(entry.kind)
    record, rule = noun_of(entry.table), rules.get(entry.record_id)
    if rule is not None:
        record = _("{kind}: {rule}").format(kind=record, rule=rule)
    return [str(entry.seq), show_instant(entry.at), who, label, record, kind]


def verify(options: argparse.Namespace) -> int:
    """Check the chain of the log; exit code 1 where it is broken."""
    with opened(options) as registry:
        verdict = registry.verify()
    broken = verdict.broken_at is not None
    if options.json:
        give({"entries": verdict.entries, "head": verdict.head, "broken_at": verdict.broken_at})
    elif broken:
        say(
            _("The log is broken: entry {number} is not as it was written. Please compare with a backup.").format(
                number=verdict.broken_at
            )
        )
    else:
        whole = ngettext("The log is whole: {count} entry.", "The log is whole: {count} entries.", verdict.entries)
        say(whole.format(count=verdict.entries))
    return int(broken)


def backup(options: argparse.Namespace) -> int:
    """Copy the registry to a file while it is in use; exit code 1 where files of the library are not in the copy."""
    target = Path(options.file).expanduser()
    with opened(options) as registry:
        lacking = save_backup(registry, target)
    say(told_of_backup(target, lacking))
    return int(bool(lacking))


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the registry's place; exit code 1 where files of its library are missing or damaged then."""
    path = path_of(options)
    kept = restore_registry(Path(options.file).expanduser(), path)
    say(_("The backup was restored to “{path}”.").format(path=path))
    if kept is not None:
        say(_("What was there before is kept as “{path}”.").format(path=kept))
    if lacking := lacking_in(path):
        say(told_of_library(lacking))
    return int(bool(lacking))
