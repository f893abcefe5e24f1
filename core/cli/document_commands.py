"""The subcommand that writes the documents on data protection."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.output import say
from core.cli.registry_commands import opened
from core.i18n import _
from core.protection.documents.in_force import settings_in_force
from core.protection.documents.making import write_documents


def documents(options: argparse.Namespace) -> int:
    """Write all documents in both languages."""
    folder = Path(options.out).expanduser()
    with opened(options) as registry:
        with registry.reading() as session:
            settings, today = settings_in_force(session), registry.today()
    for path in write_documents(settings, folder, today, options.sheet_paper()):
        say(_("Written: “{path}”.").format(path=path))
    return 0
