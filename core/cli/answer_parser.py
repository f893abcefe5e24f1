"""The words of the subcommands that give lists and answers out."""

from __future__ import annotations

import argparse

from core.cli.arguments import command, day, with_json
from core.i18n import _

LISTS = ("channels", "people", "units", "assets", "uses", "findings", "log")


def add_answer_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], readers: tuple[str, ...]
) -> None:
    """Add `answer` and `export`.

    Args:
        commands: Where they belong.
        readers: For whom something can be made.
    """
    answer = command(commands, "answer", _("answer questions of the council in a workbook"))
    answer.add_argument("questions", nargs="*", metavar="QUESTION", help=_("the questions' keys; --list shows them"))
    told = _("the days as of which the answers hold; without it today")
    answer.add_argument("--as-of", nargs="+", action="extend", default=[], type=day, metavar="DATE", help=told)
    answer.add_argument("--out", metavar="FILE.xlsx", help=_("where it is written"))
    answer.add_argument("--reader", choices=readers, default="committee", help=_("for whom the answers are"))
    answer.add_argument("--list", action="store_true", help=_("list the questions"))
    with_json(answer)
    exported = command(commands, "export", _("write a whole list to a file (.xlsx, .csv, .json)"))
    exported.add_argument("what", choices=LISTS)
    exported.add_argument("--out", required=True, metavar="FILE", help=_("where it is written"))
    exported.add_argument("--reader", choices=readers, default="internal", help=_("for whom the list is"))
