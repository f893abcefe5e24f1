"""What no subcommand may write over: registries, and what the program keeps beside them."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.registry_commands import path_of
from core.exchange.targets import refuse_kept


def refuse_kept_files(options: argparse.Namespace) -> None:
    """Refuse the files of registries under any option that says where something is written.

    Raises:
        UnusableFileError: One of them is named.
    """
    for name in ("out", "pdf", *(("file",) if options.command == "backup" else ())):
        written = vars(options).get(name)
        if written:
            refuse_kept(Path(written).expanduser(), path_of(options), backup=name == "file")
