"""What the words of several subcommands have in common: their help, a day, and JSON."""

from __future__ import annotations

import argparse
from datetime import date

from core.i18n import _


def command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, told: str
) -> argparse.ArgumentParser:
    """Add a subcommand with one sentence of help."""
    return commands.add_parser(name, help=told, description=told)


def with_json(command: argparse.ArgumentParser) -> None:
    """Let a subcommand write JSON."""
    command.add_argument("--json", action="store_true", help=_("write JSON with stable English keys"))


def day(text: str) -> date:
    """Read a day.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no date. Write it like 2026-12-31.").format(text=text)
        ) from error
