"""Subcommands about people's data: which of them does what."""

from __future__ import annotations

import argparse


def people(options: argparse.Namespace) -> int:
    """Give out, erase or keep what is known about people."""
    if options.what in {"extract", "uses"}:
        from core.cli.extract_commands import extract, uses

        return extract(options) if options.what == "extract" else uses(options)
    from core.cli.erase_commands import erase, hold

    return erase(options) if options.what == "erase" else hold(options)


def documents(options: argparse.Namespace) -> int:
    """Write the documents on data protection."""
    from core.cli.document_commands import documents as write

    return write(options)
