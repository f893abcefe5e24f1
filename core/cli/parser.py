"""The words of the command line; a contract that others script against."""

from __future__ import annotations

import argparse
import gettext
import os
from functools import cache

from core.cli.answer_parser import add_answer_commands
from core.cli.arguments import command as _command
from core.cli.arguments import day as _day
from core.cli.arguments import with_json as _json
from core.cli.asset_parser import add_asset_commands
from core.cli.handover_parser import add_handover_commands
from core.cli.people_parser import add_people_commands
from core.i18n import DOMAIN, LOCALE_FOLDER, N_, _, current_language, system_language, use_language

STAGES = ("1", "2", "3", "4", "all")
SEVERITIES = ("severe", "warning", "notice")
CREDENTIAL_KINDS = ("password", "totp", "recovery-codes", "api-token", "second-factor-device", "sim", "mailbox")
READERS = ("internal", "committee", "public")

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("%(prog)s: error: %(message)s\n"),
)
"""What Python's own parser says; named here so that they stand in the catalogue."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the arguments and switch to the language they or the system ask for."""
    _speak(_language_in(arguments) or system_language())
    parser = _parser(current_language())
    options, rest = parser.parse_known_args(arguments)
    if len(rest) == 1 and vars(options).get("file", rest) is None and not rest[0].startswith("-"):
        options.file = rest.pop()  # Python's parser misses an optional file that stands behind the options.
    if rest:
        parser.error(gettext.gettext("unrecognized arguments: %s") % " ".join(rest))
    return options


def _language_in(arguments: list[str]) -> str | None:
    """Find the language before anything is parsed, so that a mistake is already named in it."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def _speak(language: str) -> None:
    use_language(language)
    os.environ["LANGUAGE"] = current_language()
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)


@cache
def _parser(_language: str) -> argparse.ArgumentParser:
    """Return the parser of a language, made once: its texts are those of the language that is spoken now."""
    parser = argparse.ArgumentParser(
        prog="kanalregister", description=_("Keeps every official account of a city in order.")
    )
    parser.add_argument("--registry", metavar="FILE", help=_("the registry's file; without it the usual one"))
    parser.add_argument("--lang", choices=("de", "en"), help=_("language of texts"))
    parser.add_argument("--demo", action="store_true", dest="demo_window", help=_("open the demo city"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _registry_commands(commands)
    _inventory_commands(commands)
    add_asset_commands(commands)
    _custody_commands(commands)
    _identity_commands(commands)
    add_handover_commands(commands)
    _record_commands(commands)
    _escrow_commands(commands)
    _exchange_commands(commands)
    add_answer_commands(commands, READERS)
    add_people_commands(commands)
    return parser


def _registry_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = _command(commands, "init", _("make a new registry"))
    init.add_argument("--demo", action="store_true", help=_("fill it with a demo city"))
    init.add_argument("--city", default="", metavar="NAME", help=_("the city's name"))
    me = _command(commands, "me", _("say once who works at this computer account"))
    me.add_argument("name", metavar="NAME")
    _json(_command(commands, "log", _("show every change")))
    _json(_command(commands, "verify", _("check that nothing in the log was altered")))
    backup = _command(commands, "backup", _("copy the registry to a file"))
    backup.add_argument("file", metavar="FILE")
    restore = _command(commands, "restore", _("put a backup in the registry's place"))
    restore.add_argument("file", metavar="FILE")


def _inventory_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listed = _command(commands, "list", _("list channels, people, units, logins, who keeps them, assets, or reports"))
    lists = ("channels", "people", "units", "credentials", "custody", "assets", "uses", "reports")
    listed.add_argument("what", choices=lists)
    listed.add_argument("--as-of", type=_day, metavar="DATE", help=_("as it was valid on a day"))
    listed.add_argument("--known-on", type=_day, metavar="DATE", help=_("as it was known on a day"))
    _json(listed)
    recognise = _command(commands, "recognise", _("say which account a text means"))
    recognise.add_argument("text", nargs="+", metavar="TEXT")
    recognise.add_argument("--platform", metavar="KEY", help=_("the platform, where the text is only a name"))
    _json(recognise)
    check = _command(commands, "check", _("find what is not in order"))
    check.add_argument("--today", type=_day, metavar="DATE", help=_("the day that counts as today"))
    check.add_argument("--stage", choices=STAGES, help=_("the rules of this stage and the ones before"))
    check.add_argument(
        "--fail-on", choices=SEVERITIES, default="notice", help=_("from which severity the exit code is 1")
    )
    _json(check)


def _custody_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    credential = _command(commands, "credential", _("add a login to channels"))
    adding = credential.add_subparsers(dest="what", metavar="add", required=True)
    added = _command(adding, "add", _("add a login to channels"))
    added.add_argument("--channel", nargs="+", required=True, metavar="ID", help=_("the channels it opens"))
    added.add_argument("--kind", choices=CREDENTIAL_KINDS, required=True)
    added.add_argument("--label", required=True, metavar="TEXT", help=_("what the team calls it"))
    added.add_argument("--login", metavar="NAME", help=_("the name one signs in with, never the password"))
    _json(added)
    secret = _command(commands, "secret", _("store, show, confirm or release a secret in this account's keyring"))
    doing = secret.add_subparsers(dest="what", metavar="store|show|confirm|release", required=True)
    told = {
        "store": _("store a secret that comes on stdin"),
        "show": _("show a secret on the terminal"),
        "confirm": _("say that the secret in force works; the one before is removed"),
        "release": _("delete a secret from the keyring"),
    }
    steps = {name: _command(doing, name, text) for name, text in told.items()}
    for step in steps.values():
        step.add_argument("credential", metavar="CREDENTIAL", help=_("the login, by id or label"))
    steps["store"].add_argument("--copy", action="store_true", help=_("a copy of the secret in force, no new one"))
    steps["show"].add_argument("--prepared", action="store_true", help=_("the new one that is not in force yet"))
    steps["show"].add_argument("--stdout", action="store_true", help=_("also where stdout is no terminal"))
    vault = _command(commands, "vault", _("look after this account's keyring"))
    checking = vault.add_subparsers(dest="what", metavar="check", required=True)
    _json(_command(checking, "check", _("say how the keyring is and what it lacks")))


def _identity_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    identity = _command(commands, "identity", _("make, verify and revoke key cards"))
    doing = identity.add_subparsers(
        dest="what", metavar="enrol|card|words|verify|certify|revoke|export|list|head", required=True
    )
    enrolled = _command(doing, "enrol", _("make keys in this account's keyring, and their card"))
    enrolled.add_argument("--renew", action="store_true", help=_("make new keys although there are some"))
    _json(enrolled)
    told = {
        "card": _("write your own card to a file"),
        "words": _("show the six words of your card and another one"),
        "verify": _("verify a card by two of its words; takes in certificates and revocations, too"),
        "certify": _("certify a card as head of press"),
        "revoke": _("revoke a card for good: your own, or as head of press another one"),
    }
    steps = {name: _command(doing, name, text) for name, text in told.items()}
    for name in ("words", "verify", "certify"):
        steps[name].add_argument("file", metavar="FILE")
    for name in ("card", "certify", "revoke"):
        steps[name].add_argument("--out", required=name != "revoke", metavar="FILE", help=_("where it is written"))
    steps["revoke"].add_argument("card", nargs="?", metavar="CARD", help=_("the fingerprint; without it your own"))
    exported = _command(doing, "export", _("write the private key that opens sealed files, for the program age"))
    exported.add_argument("--out", required=True, metavar="FILE", help=_("where it is written"))
    _json(_command(doing, "list", _("list all cards, and how you verified them")))
    head = _command(doing, "head", _("say who is head of press"))
    head.add_argument("person", metavar="PERSON", help=_("name or e-mail address"))


def _record_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    record = _command(commands, "record", _("make the record of a handover, or check one"))
    doing = record.add_subparsers(dest="what", metavar="make|verify", required=True)
    made = _command(doing, "make", _("write the record of a handover to a file"))
    made.add_argument("handover", metavar="HANDOVER", help=_("the handover, by its id or the beginning of it"))
    made.add_argument("--out", required=True, metavar="FILE", help=_("where it is written"))
    made.add_argument("--pdf", metavar="FILE", help=_("also as a PDF to print and sign"))
    checked = _command(doing, "verify", _("check a record from its file alone"))
    checked.add_argument("file", metavar="FILE")
    _json(checked)


def _escrow_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    escrow = _command(commands, "escrow", _("look after the envelopes for the day on which nobody else can get in"))
    doing = escrow.add_subparsers(dest="what", metavar="status|name|remove|needed|drill|open", required=True)
    _json(_command(doing, "status", _("say who holds the escrow and how each secret is sealed")))
    for name, told in {
        "name": _("let a person open envelopes whose key card you have verified"),
        "remove": _("let a person open no envelopes any more"),
    }.items():
        _command(doing, name, told).add_argument("person", metavar="PERSON", help=_("name or e-mail address"))
    needed = _command(doing, "needed", _("say how many are needed to open an envelope"))
    needed.add_argument("number", type=int, choices=(1, 2))
    drill = _command(doing, "drill", _("try whether the envelopes open; nothing is shown or kept"))
    _json(drill)
    opened = _command(doing, "open", _("open an envelope into this account's keyring; everybody sees it"))
    opened.add_argument("credential", metavar="CREDENTIAL", help=_("the login, by id or label"))
    opened.add_argument("file", nargs="?", metavar="FILE", help=_("what another holder has handed you"))
    opened.add_argument("--reason", required=True, metavar="TEXT", help=_("why; everybody can read it"))
    opened.add_argument("--out", metavar="FILE", help=_("where the file for the other holder is written"))
    opened.add_argument("--to", metavar="PERSON", help=_("who gets that file, where several could"))
    told = _("with the printed key, which comes on stdin")
    for command in (drill, opened):
        command.add_argument("--paper", action="store_true", dest="printed", help=told)


def _exchange_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    taken_in = _command(commands, "import", _("take in a list (.xlsx, .xls, .ods, .csv)"))
    taken_in.add_argument("file", metavar="FILE")
    taken_in.add_argument("--sheet", metavar="NAME")
    taken_in.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=_("what a column means"))
    taken_in.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    _json(taken_in)
    _keepass_commands(commands)
    report = _command(commands, "report", _("write the quarterly report"))
    report.add_argument("--quarter", required=True, metavar="2026Q3")
    report.add_argument("--out", required=True, metavar="FILE.xlsx")
    report.add_argument("--reader", choices=READERS, default="committee", help=_("for whom the report is"))
    report.add_argument("--today", type=_day, metavar="DATE", help=_("the day that counts as today"))
    report.add_argument("--protect", action="store_true", help=_("let the sheets only be read"))
    report.add_argument("--pdf", metavar="FILE", help=_("also as a PDF to print"))


def _keepass_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    keepass = _command(commands, "keepass", _("take logins in from a KeePass file, or write them to one"))
    doing = keepass.add_subparsers(dest="what", metavar="import|export", required=True)
    taken_in = _command(doing, "import", _("take logins in from a KeePass file; its password comes on stdin"))
    taken_in.add_argument("file", metavar="FILE.kdbx")
    taken_in.add_argument("--key-file", metavar="FILE", help=_("the file's key file"))
    taken_in.add_argument("--notes", action="store_true", help=_("take in notes, too; they may hold private things"))
    taken_in.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    _json(taken_in)
    written = _command(doing, "export", _("write logins to a new KeePass file; its password comes on stdin"))
    written.add_argument("file", metavar="FILE.kdbx")
    which = written.add_mutually_exclusive_group(required=True)
    which.add_argument("--credential", nargs="+", metavar="ID", help=_("the logins, by id or label"))
    which.add_argument("--all", action="store_true", help=_("every login whose secret this keyring holds"))
