"""Asking for a handover on the command line, or proposing one: which things, and how each of them passes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.cli.custody_commands import credential_called
from core.cli.handover_files import acting, write
from core.cli.handover_status import tell_next
from core.cli.output import say
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import told
from core.custody.handover.formats.items import Told
from core.custody.handover.kept import is_open, statements_of
from core.custody.handover.proposing import Suggestion, proposed
from core.errors import BadInputError
from core.i18n import _, quoted
from core.inventory.people import find_person
from core.inventory.recognising import recognise
from core.model import Access, Act, Channel, Credential, Handover, HandoverItem, ItemKind, Occasion, Responsibility, Way


def request(options: argparse.Namespace) -> int:
    """Ask for things; the same command given again writes the same request, and makes no second handover."""
    with acting(options) as actor:
        with actor.custodian.registry.reading() as session:
            giver, name = _person(session, options.giver)
            occasion = _occasion(options, to_oneself=giver == actor.person)
            hanging = proposed(session, giver, occasion, actor.custodian.today)
            items = list(_things(session, options, hanging, name))
            known = _begun_before(session, actor, giver, actor.person, items)
        asked = protocol.request(actor, known or uuid4(), giver, items, occasion, until=options.until)
        write(options.out, asked.file_text.encode())
        say(_("Handover {id}, from {name}.").format(id=asked.handover, name=name))
        tell_next(actor, asked.handover)
    return 0


def propose(options: argparse.Namespace) -> int:
    """Propose to somebody that they take things over; as head of press, also things of somebody else."""
    with acting(options) as actor:
        with actor.custodian.registry.reading() as session:
            taker, name = _person(session, options.taker)
            giver, giver_name = _person(session, options.giver) if options.giver else _me(actor)
            occasion = _occasion(options, to_oneself=giver == taker)
            hanging = proposed(session, giver, occasion, actor.custodian.today)
            items = list(_things(session, options, hanging, giver_name))
            known = _begun_before(session, actor, giver, taker, items)
        said = protocol.propose(actor, known or uuid4(), taker, items, occasion, until=options.until, giver=giver)
        write(options.out, said.file_text.encode())
        say(_("Handover {id}, to {name}.").format(id=said.handover, name=name))
        tell_next(actor, said.handover)
    return 0


def _me(actor: Actor) -> tuple[UUID, str]:
    return actor.person, actor.name_of(actor.person) or ""


def _person(session: Session, text: str) -> tuple[UUID, str]:
    person = find_person(session, text)
    if person is None:
        raise BadInputError(_("“{name}” means nobody, or several people.").format(name=text))
    return person.id, person.name


def _occasion(options: argparse.Namespace, *, to_oneself: bool) -> Occasion:
    if options.occasion is not None:
        return Occasion(options.occasion)
    if to_oneself:
        return Occasion.MOVE
    return Occasion.COVER if options.until is not None else Occasion.LEAVING


def _things(session: Session, options: argparse.Namespace, hanging: Sequence[Suggestion], name: str) -> Iterator[Told]:
    if not (options.item or options.access or options.responsibility):
        raise BadInputError(_("Please name what is to be handed over: --item, --access or --responsibility."))
    chosen = Way(options.way) if options.way is not None else None
    for text in options.item:
        yield _login(session, text, hanging, chosen, name)
    for text in options.access:
        yield _of_channel(session, text, [one for one in hanging if one.kind is ItemKind.ACCESS], name)
    for text in options.responsibility:
        yield _of_channel(session, text, [one for one in hanging if one.kind is ItemKind.RESPONSIBILITY], name)


def _login(session: Session, text: str, hanging: Sequence[Suggestion], chosen: Way | None, name: str) -> Told:
    """Return a login with the way that was named, else the lightest; what no keyring keeps passes by hand."""
    credential = session.get_one(Credential, credential_called(session, text))
    lightest = next((one for one in hanging if one.id == credential.id), None)
    by_hand = lightest is not None and lightest.way is Way.DUTY
    way = chosen if chosen is not None and not by_hand else (lightest.way if lightest is not None else None)
    if way is not None:
        return told(session, ItemKind.CREDENTIAL, credential.id, way)
    if lightest is not None:
        raise BadInputError(_("“{label}”: {reason}").format(label=credential.label, reason=lightest.reason))
    raise BadInputError(
        _("“{label}” is not known to hang on {name}. Name the way with --way if it is to pass all the same.").format(
            label=credential.label, name=name
        )
    )


def _of_channel(session: Session, text: str, hanging: Sequence[Suggestion], name: str) -> Told:
    """Return the one role or responsibility that a channel, a label or an id means."""
    found = [one for one in hanging if _means(session, text, one)]
    if len(found) != 1:
        known = ", ".join(f"{quoted(one.label)} ({one.id})" for one in (found or hanging))
        raise BadInputError(
            _("“{text}” does not mean one thing that hangs on {name}. There are: {known}.").format(
                text=text, name=name, known=known or "–"
            )
        )
    (one,) = found
    if one.way is None:
        raise BadInputError(_("“{label}”: {reason}").format(label=one.label, reason=one.reason))
    return told(session, one.kind, one.id, one.way)


def _means(session: Session, text: str, one: Suggestion) -> bool:
    record = session.get(Access, one.id) or session.get_one(Responsibility, one.id)
    channel = session.get_one(Channel, record.channel_id)
    names = {str(one.id), str(channel.id), one.label.casefold(), channel.title.casefold()}
    key = recognise(text).key
    return text.strip().casefold() in names or bool(key and key == channel.account_key)


def _begun_before(session: Session, actor: Actor, giver: UUID, taker: UUID, items: Sequence[Told]) -> UUID | None:
    """Return the open handover in which this keyring has begun with the very same things, or these were proposed."""
    key, wanted = actor.me().card.signing_key, {(told.key, told.way) for told in items}
    between = select(Handover.id).where(Handover.from_id == giver, Handover.to_id == taker)
    for handover in session.scalars(between.where(Handover.finished_on.is_(None))):
        rows = session.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover)).all()
        begun = (
            one
            for one in statements_of(session, handover)
            if one.act is Act.PROPOSAL or (one.act is Act.REQUEST and one.by.signing_key == key)
        )
        same = any({(told.key, told.way) for told in one.items} == wanted for one in begun)
        if same and any(is_open(row, actor.custodian.today) for row in rows):
            return handover
    return None
