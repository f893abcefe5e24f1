"""How the command line speaks: tables and sentences for people on stdout, JSON for programs, errors on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.storage.values import to_plain

_WIDEST = 48


def say(sentence: str) -> None:
    """Print a sentence for people."""
    print(_printable(sentence))


def complain(sentence: str) -> None:
    """Print a sentence on stderr."""
    print(_printable(sentence, sys.stderr.encoding), file=sys.stderr)


def give(content: Any) -> None:
    """Print JSON for programs."""
    print(_printable(json.dumps(content, ensure_ascii=False, indent=2, default=plain)))


def plain(value: Any) -> Any:
    """Turn a value into what JSON knows: dates after ISO 8601, absent values null."""
    if isinstance(value, (date, datetime, UUID, tuple)):
        return to_plain(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headers, columns as wide as they need to be up to a limit."""
    cells = [[_short(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(headers))]
    for number, row in enumerate(cells):
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            say("  ".join("─" * width for width in widths))


def chosen(row: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """Take the named values of a row, as plain ones."""
    return {key: to_plain(row.get(key)) for key in keys}


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def _printable(text: str, encoding: str | None = None) -> str:
    """Replace what the terminal's encoding does not know instead of failing."""
    encoding = encoding or sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
