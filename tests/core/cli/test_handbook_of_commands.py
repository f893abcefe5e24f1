"""The handbook names every subcommand of the command line, in both languages."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from core.cli.parser import _parser
from core.handbook import FOLDER
from core.i18n import LANGUAGES


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Give the words of each subcommand: "asset add"."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not below:
        yield before
    for name, child in below[0].choices.items() if below else ():
        yield from commands(child, f"{before} {name}".strip())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbook_names_every_subcommand(language: str) -> None:
    text = (FOLDER / language / "command-line.md").read_text(encoding="utf-8")
    missing = [
        words
        for words in commands(_parser(language))
        if not re.search(rf"main\.py \.\.\. {words.replace(' ', r' (?:[a-z-]+[|])*')}\b", text)
    ]
    assert missing == []
