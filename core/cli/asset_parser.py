"""The words of the subcommands about the files of the city's identity."""

from __future__ import annotations

import argparse

from core.cli.arguments import command, day, with_json
from core.i18n import _

KINDS = ("coat-of-arms", "logo", "portrait", "banner", "font", "template")
VARIANTS = ("colour", "black-white", "negative")


def add_asset_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `asset`."""
    asset = command(commands, "asset", _("keep the files of the city's identity: coats of arms, logos, portraits"))
    doing = asset.add_subparsers(dest="what", metavar="add|export|verify", required=True)
    _add(command(doing, "add", _("take a file into the library")))
    exported = command(doing, "export", _("copy a file out of the library, or a kit of files (.zip)"))
    exported.add_argument(
        "id", metavar="ID", help=_("an asset, a version, or a channel for its kit: title, id or address")
    )
    exported.add_argument("--out", required=True, metavar="FILE", help=_("where it is written"))
    with_json(command(doing, "verify", _("check every file of the library against its record")))


def _add(added: argparse.ArgumentParser) -> None:
    added.add_argument("file", metavar="FILE")
    added.add_argument("--kind", choices=KINDS, help=_("what it is"))
    added.add_argument("--title", metavar="TEXT", help=_("what the team calls it"))
    added.add_argument("--variant", choices=VARIANTS, help=_("in which colours it is drawn"))
    told = _("add a further version or variant to an asset that is there, by id or title")
    added.add_argument("--to", metavar="ID", help=told)
    added.add_argument("--person", metavar="PERSON", help=_("whom a portrait shows: name or e-mail address"))
    added.add_argument("--rights-holder", metavar="NAME", help=_("whose work it is"))
    added.add_argument("--licence", metavar="TEXT", help=_("on what terms the city may use it"))
    added.add_argument("--licence-until", type=day, metavar="DATE", help=_("the last day of the licence"))
    added.add_argument("--approved", action="store_true", help=_("you approve it for use from today on"))
    with_json(added)
