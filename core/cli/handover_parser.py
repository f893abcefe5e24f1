"""The words of `handover`; a contract that others script against."""

from __future__ import annotations

import argparse

from core.cli.arguments import command, day, with_json
from core.i18n import _

WAYS = ("reset", "sealed", "copy", "move")
OCCASIONS = ("leaving", "duties", "cover", "move")


def add_handover_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `handover` with all its steps."""
    handover = command(commands, "handover", _("hand a login over from one person to another"))
    steps = "propose|request|seal|open|take-in|begin|confirm|release|refuse|withdraw|return|close|supersede|status"
    doing = handover.add_subparsers(dest="what", metavar=steps, required=True)
    _request(doing)
    _files(doing)
    _taker(doing)
    _giver(doing)
    _head(doing)
    status = command(doing, "status", _("show how far handovers are and who does what next"))
    status.add_argument("handover", nargs="?", metavar="ID", help=_("one of them, with its things and steps"))
    with_json(status)


def _request(doing: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    asked = command(doing, "request", _("ask for logins, roles and responsibilities of somebody, as the successor"))
    asked.add_argument("--from", required=True, dest="giver", metavar="PERSON", help=_("who hands over"))
    offered = command(doing, "propose", _("propose to a successor what they could ask for"))
    offered.add_argument("--to", required=True, dest="taker", metavar="PERSON", help=_("who takes over"))
    offered.add_argument("--from", dest="giver", metavar="PERSON", help=_("whose things, as head of press"))
    for one in (offered, asked):
        _wishes(one)


def _wishes(asked: argparse.ArgumentParser) -> None:
    for name, metavar, told in (
        ("--item", "CREDENTIAL", _("logins, by id or label")),
        ("--access", "CHANNEL", _("roles on platforms, by their channel")),
        ("--responsibility", "CHANNEL", _("responsibilities, by their channel")),
    ):
        asked.add_argument(name, nargs="+", action="extend", default=[], metavar=metavar, help=told)
    asked.add_argument("--way", choices=WAYS, help=_("how the logins pass; without it the lightest way that fits"))
    asked.add_argument("--occasion", choices=OCCASIONS, help=_("why"))
    asked.add_argument("--until", type=day, metavar="DATE", help=_("the last day of a cover"))
    asked.add_argument("--out", required=True, metavar="FILE", help=_("where it is written"))


def _files(doing: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sealed = command(doing, "seal", _("seal for the successor what a request asks for"))
    opened = command(doing, "open", _("open a sealed file into this account's keyring"))
    taken = command(doing, "take-in", _("take in what somebody else has written in a handover"))
    for one, told in (
        (sealed, _("the successor's request")),
        (opened, _("the sealed file")),
        (taken, _("a request, receipt, confirmation, release or any other such file")),
    ):
        one.add_argument("file", metavar="FILE", help=told)
        one.add_argument("--yes", action="store_true", help=_("add what the file brings along without asking"))
    with_json(taken)
    _items(sealed)
    sealed.add_argument("--out", required=True, metavar="FILE", help=_("where it is written"))
    _out(opened)


def _taker(doing: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    begun = _step(doing, "begin", _("prepare a new secret in the keyring, before you set it on the platform"))
    begun.add_argument("credential", metavar="CREDENTIAL", help=_("the login, by id or label"))
    begun.add_argument("--stdin", action="store_true", help=_("the secret that the platform gave comes on stdin"))
    confirmed = _step(doing, "confirm", _("say that you took things over and logged in with the new secret"))
    _items(confirmed)
    confirmed.add_argument("--logged-in", type=day, metavar="DATE", help=_("the day on which you logged in"))
    told = _("sessions-ended, second-factor, recovery, roles-removed or tokens-removed, each yes, no or not-there")
    confirmed.add_argument("--answer", action="append", default=[], metavar="NAME=ANSWER", help=told)
    refused = _step(doing, "refuse", _("say that you do not take things over"))
    _items(refused)
    _reason(refused)
    returned = _step(doing, "return", _("give a copy back: it is removed from this account's keyring"))
    _items(returned)
    for one in (confirmed, refused, returned):
        _out(one)


def _giver(doing: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    released = _step(doing, "release", _("let go of what the successor confirmed: it is removed from this keyring"))
    withdrawn = _step(doing, "withdraw", _("take back what you offered"))
    for one in (released, withdrawn):
        _items(one)
        _out(one)
    _reason(withdrawn)
    _paper(released)
    told = _("you have tried that the old secret opens nothing any more; asked for where the card is not verified")
    released.add_argument("--tried", action="store_true", help=told)


def _head(doing: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    closed = _step(doing, "close", _("close for somebody who is gone, as head of press"))
    superseded = _step(doing, "supersede", _("end what a lost computer or key began, as head of press"))
    told = _("the lost key card, by the beginning of its fingerprint")
    superseded.add_argument("--card", required=True, metavar="FINGERPRINT", help=told)
    for one in (closed, superseded):
        _items(one)
        _reason(one, required=True)
        _out(one)
    _paper(closed)


def _step(doing: argparse._SubParsersAction[argparse.ArgumentParser], name: str, told: str) -> argparse.ArgumentParser:
    step = command(doing, name, told)
    step.add_argument("handover", metavar="ID", help=_("the handover, by its id or the beginning of it"))
    return step


def _items(step: argparse.ArgumentParser) -> None:
    told = _("only these things, by id or label; without it all whose turn it is")
    step.add_argument("--item", nargs="+", action="extend", default=[], metavar="THING", help=told)


def _reason(step: argparse.ArgumentParser, *, required: bool = False) -> None:
    step.add_argument("--reason", required=required, default="", metavar="TEXT", help=_("why; both can read it"))


def _paper(step: argparse.ArgumentParser) -> None:
    told = _("the scan of a signed paper; only its checksum is kept")
    step.add_argument("--paper", dest="scan", metavar="FILE", help=told)


def _out(step: argparse.ArgumentParser) -> None:
    told = _("where the file for the other one is written; not needed where both use one registry")
    step.add_argument("--out", metavar="FILE", help=told)
