"""What the command line says on stderr of files in folders that a cloud service synchronises."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from core.cli.output import complain
from core.cli.registry_commands import path_of
from core.cloud_folders import cloud_warning

_WRITES_FILE = {"backup", "keepass"}
"""Subcommands whose FILE is written, not read."""


def warn_of_clouds(options: argparse.Namespace) -> None:
    """Warn of the registry and of what a subcommand wrote, where a cloud service synchronises the folder."""
    for path in dict.fromkeys(_files(options)):
        told = cloud_warning(path)
        if told:
            complain(told)


def _files(options: argparse.Namespace) -> Iterator[Path]:
    if path_of(options).is_file():
        yield path_of(options)
    for name in ("out", "pdf", *(("file",) if options.command in _WRITES_FILE else ())):
        written = vars(options).get(name)
        if written:
            yield Path(written).expanduser()
