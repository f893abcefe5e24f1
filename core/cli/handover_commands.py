"""Subcommands that walk a handover step by step; secrets go from keyring to keyring, never over the command line."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from core.cli.custody_commands import credential_called, given_secret
from core.cli.handover_asking import propose, request
from core.cli.handover_files import acting, arrived, recognised, write
from core.cli.handover_status import status, tell_next
from core.cli.handover_taking_in import take_in
from core.cli.handover_things import answered, facts_of, meant
from core.cli.output import complain, say
from core.custody.generating import password
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import BY_BUNDLE
from core.custody.handover.reading import Found, Sort
from core.custody.handover.record.making_record import handover_called
from core.custody.handover.refusing import logged_refusals
from core.custody.handover.steps.case import Step
from core.custody.identity.canonical import clean_line
from core.custody.identity.circle import look
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.revoking import card_called
from core.errors import BadInputError, UnusableFileError
from core.i18n import _
from core.model import Act, Credential, CredentialKind
from core.system_reasons import reason_of

_WE_CHOOSE = frozenset({CredentialKind.PASSWORD, CredentialKind.MAILBOX})
"""The kinds whose new secret is made here; the others are made by the platform."""


def handover(options: argparse.Namespace) -> int:
    """Propose or ask for things, seal, open, prepare, confirm, release, end or look at a handover."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "propose": propose,
        "request": request,
        "seal": _seal,
        "open": _open,
        "take-in": take_in,
        "begin": _begin,
        "confirm": _confirm,
        "release": _release,
        "refuse": _refuse,
        "withdraw": _withdraw,
        "return": _return,
        "close": _close,
        "supersede": _supersede,
        "status": status,
    }
    return commands[options.what](options)


def _seal(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        found = recognised(actor, options, wanted=(Sort.STATEMENT,))
        with logged_refusals(actor.custodian):
            handover = _request_among(found).handover
        if any(arrived(actor, one, yes=options.yes) is None for one in found):
            return 1
        items = meant(actor, handover, Step.SEAL, options.item)
        _sealing, bundle = protocol.seal(actor, handover, items, facts_of(actor, handover))
        write(options.out, bundle)
        tell_next(actor, handover)
    return 0


def _request_among(found: Sequence[Found]) -> Statement:
    """Return the one request; refuse a file without one, or with one that asks for nothing by a sealed file."""
    requests = [one.statement for one in found if one.statement is not None and one.statement.act is Act.REQUEST]
    if not requests:
        raise RefusedError(HandoverRefusal.OTHER_KIND)
    sealed = [one for one in requests if any(told.way in BY_BUNDLE for told in one.items)]
    if not sealed:
        raise BadInputError(
            _("Nothing in this request passes in a sealed file. Please take it in with “handover take-in”.")
        )
    _refuse_several(len(sealed))
    return sealed[0]


def _refuse_several(count: int) -> None:
    if count > 1:
        raise RefusedError(Refusal.SEVERAL)


def _open(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        found = recognised(actor, options, wanted=(Sort.BUNDLE,))
        with logged_refusals(actor.custodian):
            _refuse_several(len(found))
        came = arrived(actor, found[0], yes=options.yes)
        if came is None or came.answer is None:
            return 1
        if not came.taken:
            say(_("This file was opened before. Nothing changed; the receipt is the same."))
        for told in came.answer.items if came.taken else ():
            say(_("In your keyring now: “{label}”.").format(label=told.label))
        return _said(actor, options, came.answer)


def _begin(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        handover, (credential_id, kind) = _named(actor, options), _login(actor, options.credential)
        generated = kind in _WE_CHOOSE and not options.stdin
        secret = password() if generated else given_secret()
        revision = protocol.begin(actor, handover, credential_id, secret)
        kept = actor.held(credential_id, revision)
    if not generated and kept != secret:
        complain(_("Another secret is prepared already, and stays. What you gave was not used."))
    say(_("Prepared in your keyring as revision {revision}.").format(revision=revision))
    told = _("Show it with “secret show --prepared”, set it on the platform, sign in, then confirm it.")
    say(told if generated else _("Sign in with it on the platform, then confirm it."))
    return 0


def _login(actor: Actor, text: str) -> tuple[UUID, CredentialKind]:
    with actor.custodian.registry.reading() as session:
        found = session.get_one(Credential, credential_called(session, text))
        return found.id, found.kind


def _confirm(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        handover = _named(actor, options)
        answers = answered(actor, handover, options)
        return _said(actor, options, protocol.confirm(actor, handover, answers, facts_of(actor, handover)))


def _release(options: argparse.Namespace) -> int:
    paper = _digest(options.scan)
    with acting(options) as actor:
        handover = _named(actor, options)
        items = meant(actor, handover, Step.RELEASE, options.item)
        tried = _all_things(actor, handover) if options.tried else ()
        return _said(actor, options, protocol.release(actor, handover, items, paper=paper, tried=tried))


def _all_things(actor: Actor, handover: UUID) -> frozenset[UUID]:
    return frozenset(told.id for one in actor.statements(handover) for told in one.items)


def _refuse(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        handover = _named(actor, options)
        items = meant(actor, handover, Step.REFUSE, options.item)
        return _said(actor, options, protocol.refuse(actor, handover, items, _reason(options)))


def _withdraw(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        handover = _named(actor, options)
        items = meant(actor, handover, Step.WITHDRAW, options.item)
        return _said(actor, options, protocol.withdraw(actor, handover, items, _reason(options)))


def _return(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        handover = _named(actor, options)
        items = meant(actor, handover, Step.RETURN, options.item)
        return _said(actor, options, protocol.return_(actor, handover, items))


def _close(options: argparse.Namespace) -> int:
    paper, reason = _digest(options.scan), _reason(options)
    with acting(options) as actor:
        handover = _named(actor, options)
        items = meant(actor, handover, Step.CLOSE, options.item)
        return _said(actor, options, protocol.close_as_head(actor, handover, items, reason=reason, paper=paper))


def _supersede(options: argparse.Namespace) -> int:
    with acting(options) as actor:
        handover, lost = _named(actor, options), card_called(look(actor.custodian), options.card).card
        items = meant(actor, handover, Step.SUPERSEDE, options.item)
        said = protocol.supersede(actor, handover, lost.fingerprint, items, reason=_reason(options))
        return _said(actor, options, said)


def _said(actor: Actor, options: argparse.Namespace, statement: Statement) -> int:
    """Write the file for the other one where one is wanted, and say what comes next."""
    if options.out is not None:
        write(options.out, statement.file_text.encode())
    tell_next(actor, statement.handover)
    return 0


def _named(actor: Actor, options: argparse.Namespace) -> UUID:
    with actor.custodian.registry.reading() as session:
        return handover_called(session, options.handover)


def _reason(options: argparse.Namespace) -> str:
    return clean_line(options.reason)


def _digest(name: str | None) -> str | None:
    """Return the checksum of a scan; the scan itself is kept nowhere."""
    if name is None:
        return None
    file = Path(name).expanduser()
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error
