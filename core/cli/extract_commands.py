"""The subcommands that give out what is known about people: all of one person, or the full log of uses."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from core.cli.output import give, say, table
from core.cli.person_finding import person_called
from core.cli.registry_commands import opened, path_of
from core.custody.uses import uses_log
from core.errors import BadInputError
from core.exchange.targets import refuse_target
from core.i18n import _, show_instant
from core.protection.extract.making import make_extract
from core.protection.extract.recording import note_extract
from core.protection.extract.writing import FORMATS, write_extract
from core.protection.rights.uses_log import read_uses, told_of_use
from core.settings import read_settings
from core.storage.values import to_plain

FROM_STDIN = "-"


def extract(options: argparse.Namespace) -> int:
    """Write the extract in the format that the file's name ends in."""
    target, reason = Path(options.out).expanduser(), _reason(options.reason or "")
    refuse_target(target, FORMATS, path_of(options))
    with opened(options) as registry:
        with registry.reading() as session:
            person = person_called(session, options.person)
        made, settings = make_extract(registry, person, datetime.now(UTC)), registry.settings()
        write_extract(made, settings, target, registry.path, options.sheet_paper)
        note_extract(registry, person, target.suffix, reason)
    say(_("Written: “{path}”.").format(path=target))
    return 0


def _reason(text: str) -> str:
    """Return the reason; a dash stands for one line of stdin, as every account of a computer reads command lines."""
    if text != FROM_STDIN:
        return text
    try:
        return sys.stdin.buffer.readline().decode("utf-8").strip()
    except UnicodeDecodeError:
        raise BadInputError(_("What came on stdin is no text in UTF-8. Nothing was written.")) from None


def uses(options: argparse.Namespace) -> int:
    """Show the full log of uses, newest first; there is no other order and no count."""
    with opened(options) as registry, registry.reading() as session:
        log = uses_log(read_settings(session), registry.today())
        found = read_uses(session) if log is not None else []
    rows = [{"at": to_plain(one.at), "login": one.login, "person": one.person, "kind": one.kind} for one in found]
    if options.json:
        give({"on": log is not None, "until": log.until if log is not None else None, "uses": rows})
    elif log is None:
        say(_("The full log of uses is off. Only the day on which somebody first reads a secret is kept."))
    else:
        heads = [_("When"), _("Login"), _("Who"), _("What")]
        table(heads, [[show_instant(one.at), one.login, one.person, told_of_use(one)] for one in found])
    return 0
