"""Subcommands about identities: key cards, verifying them by words or certificate, revoking them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from core.cli.output import complain, give, say, table
from core.cli.registry_commands import opened
from core.custody.custodian import Custodian
from core.custody.identity import certifying, enrolling, revoking, verifying
from core.custody.identity.armor import Kind, read_armored
from core.custody.identity.cards import Card, in_groups, read_card
from core.custody.identity.circle import Standing, look, own_identity
from core.custody.identity.exporting import age_identity_file
from core.custody.identity.listing import CardRow, card_rows
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.statements import Said, read_statement
from core.custody.vault import open_vault
from core.errors import BadInputError
from core.i18n import N_, _, show_date, show_instant
from core.inventory.people import find_person
from core.storage.places import written_aside
from core.storage.values import to_plain

_FAILED_CHECKS = {Refusal.WRONG_WORDS, Refusal.TOO_MANY_TRIES}


def identity(options: argparse.Namespace) -> int:
    """Enrol, give out the card, compare words, verify, certify, revoke, export, list, or name the head of press."""
    commands = {
        "enrol": _enrol,
        "card": _card,
        "words": _words,
        "verify": _verify,
        "certify": _certify,
        "revoke": _revoke,
        "export": _export,
        "list": _list,
        "head": _head,
    }
    return commands[options.what](options)


def _enrol(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        card = enrolling.enrol(custodian, _now(), renew=options.renew)
    if options.json:
        told = {name: getattr(card, name) for name in ("registry", "person", "name", "device", "store", "recipient")}
        give({**told, "created": card.created, "fingerprint": card.fingerprint})
    else:
        say(_("This computer has a key card: {name}, “{device}”.").format(name=card.name, device=card.device))
        say(in_groups(card.fingerprint))
    return 0


def _card(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        card = own_identity(look(custodian), custodian).card
    _write(options.out, card.file_text)
    return 0


def _words(options: argparse.Namespace) -> int:
    card = _card_in(options.file)
    with _custodian(options) as custodian:
        words = verifying.words_with(custodian, card, _now())
    say(_("Words for your card and the card of {name}, “{device}”:").format(name=card.name, device=card.device))
    for number, word in enumerate(words, start=1):
        say(f"{number}  {word}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    """Take in a card, a certificate or a revocation, whichever the file holds."""
    kind, content = read_armored(Path(options.file).expanduser())
    with _custodian(options) as custodian:
        match kind:
            case Kind.KEY_CARD:
                return _verify_card(custodian, read_card(content))
            case Kind.CERTIFICATE:
                statement = read_statement(content, Said.CERTIFIED)
                certifying.accept_certificate(custodian, statement, _now())
                told = _("Verified by the head of press: {name}, “{device}”.")
            case Kind.REVOCATION:
                statement = read_statement(content, Said.REVOKED)
                revoking.take_in_revocation(custodian, statement)
                told = _("Revoked: {name}, “{device}”.")
    say(told.format(name=statement.card.name, device=statement.card.device))
    return 0


def _verify_card(custodian: Custodian, card: Card) -> int:
    numbers = verifying.begin_verification(custodian, card, _now())
    say(_("Card of {name}, “{device}”. Ask {name} to read out:").format(name=card.name, device=card.device))
    try:
        pin = verifying.verify_by_words(custodian, card, {number: _asked(number) for number in numbers}, _now())
    except RefusedError as error:
        if error.code not in _FAILED_CHECKS:
            raise
        complain(error.sentence)
        return 1
    say(_("Verified: {name}, “{device}”.").format(name=card.name, device=card.device))
    if pin.head:
        say(_("{name} is head of press. You accept what {name} certifies from now on.").format(name=card.name))
    return 0


def _certify(options: argparse.Namespace) -> int:
    card = _card_in(options.file)
    with _custodian(options) as custodian:
        statement = certifying.certify(custodian, card, _now())
    _write(options.out, statement.file_text)
    return 0


def _revoke(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        circle = look(custodian)
        if options.card is not None:
            card = revoking.card_called(circle, options.card).card
        elif circle.me is not None:
            card = circle.me.card  # Revoked already, it may still have its keys here.
        else:
            raise BadInputError(_("This computer has no key card yet. Please make one first."))
        statement = revoking.revoke(custodian, card, _now())
    say(_("Revoked: {name}, “{device}”.").format(name=card.name, device=card.device))
    if options.out is not None:
        _write(options.out, statement.file_text)
    return 0


def _export(options: argparse.Namespace) -> int:
    """Write the private half to a file of its user alone; what lies there already is never replaced."""
    target = Path(options.out).expanduser()
    with _custodian(options) as custodian, written_aside(target, new=True) as aside:
        aside.write_text(age_identity_file(custodian, _now()).reveal(), "ascii", newline="\n")
    say(_("Written: “{path}”.").format(path=target))
    complain(_("Whoever has this file opens all that is sealed for this computer. Delete it as soon as it has served."))
    return 0


def _list(options: argparse.Namespace) -> int:
    with _custodian(options) as custodian:
        rows = card_rows(custodian)
    if options.json:
        give([{key: to_plain(value) for key, value in asdict(row).items()} for row in rows])
        return 0
    headers = [_("Person"), _("Machine"), _("Fingerprint"), _("Created"), _("Verified"), _("Revoked")]
    table(headers, [_line(row) for row in rows])
    return 0


def _head(options: argparse.Namespace) -> int:
    with opened(options) as registry:
        with registry.reading() as session:
            person = find_person(session, options.person)
            found = (person.id, person.name) if person is not None else None
        if found is None:
            raise BadInputError(_("“{name}” means nobody, or several people.").format(name=options.person))
        with registry.action(N_("Name head of press")) as session:
            certifying.name_head(session, found[0])
    say(_("{name} is head of press.").format(name=found[1]))
    return 0


@contextmanager
def _custodian(options: argparse.Namespace) -> Iterator[Custodian]:
    with opened(options) as registry:
        yield Custodian(registry, open_vault(registry.id), registry.today())


def _card_in(file: str) -> Card:
    kind, content = read_armored(Path(file).expanduser())
    if kind is not Kind.KEY_CARD:
        raise RefusedError(Refusal.OTHER_KIND)
    return read_card(content)


def _write(name: str, text: str) -> None:
    target = Path(name).expanduser()
    with written_aside(target) as aside:
        aside.write_text(text, "utf-8", newline="\n")
    say(_("Written: “{path}”.").format(path=target))


def _asked(number: int) -> str:
    """Ask for one word; a program on the other end of stdin gets the question as a line of its own."""
    question = _("Word {number}:").format(number=number)
    if sys.stdin.isatty():
        sys.stdout.write(f"{question} ")
    else:
        say(question)
    sys.stdout.flush()
    line = sys.stdin.readline(200)
    if not line:
        raise BadInputError(_("The words did not come. Nothing was verified."))
    return line


def _line(row: CardRow) -> list[str]:
    ways = {
        Standing.OWN: _("own card"),
        Standing.WORDS: _("words"),
        Standing.CERTIFICATE: _("certificate"),
        Standing.NO: _("no"),
    }
    verified = _("damaged") if row.problem else ways[row.verified]
    revoked = show_date(row.revoked) if row.revoked else (_("replaced") if row.replaced else "")
    return [row.person, row.device, in_groups(row.fingerprint[:16]), show_instant(row.created), verified, revoked]


def _now() -> datetime:
    return datetime.now(UTC)
