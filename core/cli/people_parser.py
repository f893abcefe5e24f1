"""The words of the subcommands about people's data: extract, erase, hold, and the documents."""

from __future__ import annotations

import argparse

from core.cli.arguments import command, day, with_json
from core.i18n import _


def add_people_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `people` and `documents`."""
    people = command(commands, "people", _("give out, keep or erase what is known about a person"))
    doing = people.add_subparsers(dest="what", metavar="extract|erase|hold|uses", required=True)
    extract = command(doing, "extract", _("write everything that is known about a person"))
    _person(extract)
    told = _("where it is written; its name ends in .pdf, .html, .txt or .json")
    extract.add_argument("--out", required=True, metavar="FILE", help=told)
    told = _("why, for example when they asked for it; it is logged; “-” reads it from stdin")
    extract.add_argument("--reason", metavar="TEXT", help=told)
    _erase(command(doing, "erase", _("erase what is kept longer than its time")))
    _hold(command(doing, "hold", _("keep a person's data for a running case although its time comes")))
    with_json(command(doing, "uses", _("show the full log of uses while it is on, newest first")))
    documents = command(commands, "documents", _("write the documents on data protection, in German and English"))
    documents.add_argument("--out", required=True, metavar="FOLDER", help=_("where they are written"))


def _erase(erase: argparse.ArgumentParser) -> None:
    erase.add_argument("--due", action="store_true", required=True, help=_("everything whose time has come"))
    also = _("also people whose data is restricted or of whom something is still going on")
    erase.add_argument("--also-open", action="store_true", help=also)
    doubtful = _("also what may mean something else; addresses of accounts that are in use stay")
    erase.add_argument("--doubtful", action="store_true", help=doubtful)
    erase.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    with_json(erase)


def _hold(hold: argparse.ArgumentParser) -> None:
    _person(hold)
    hold.add_argument("--until", type=day, metavar="DATE", help=_("the last day on which it is kept"))
    hold.add_argument("--reason", metavar="TEXT", help=_("why it is kept"))
    hold.add_argument("--end", action="store_true", help=_("end the hold that is there"))


def _person(command: argparse.ArgumentParser) -> None:
    command.add_argument("person", metavar="PERSON", help=_("name or e-mail address"))
