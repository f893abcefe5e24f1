"""The subcommand that gives out everything that is known about one person."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from core.cli.output import say
from core.cli.people_commands import person_called
from core.cli.registry_commands import opened
from core.exchange.targets import refuse_target
from core.i18n import _
from core.protection.extract.making import make_extract
from core.protection.extract.writing import FORMATS, write_extract


def extract(options: argparse.Namespace) -> int:
    """Write the extract in the format that the file's name ends in."""
    target = Path(options.out).expanduser()
    refuse_target(target, FORMATS)
    with opened(options) as registry:
        with registry.reading() as session:
            person = person_called(session, options.person)
        made, settings = make_extract(registry, person, datetime.now(UTC)), registry.settings()
        write_extract(made, settings, target, options.sheet_paper)
    say(_("Written: “{path}”.").format(path=target))
    return 0
