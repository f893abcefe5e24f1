"""How each step of a handover begins and ends: its case with the things it is about, and the signed statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from core.custody.handover.formats.abouts import About
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Signer, Statement, make_statement
from core.custody.handover.steps.case import Case, Step, course_at, secrets_in
from core.custody.handover.steps.guards import check
from core.custody.handover.steps.party import Party
from core.custody.handover.steps.step_guards import fits
from core.custody.identity.refusals import RefusedError
from core.model.choices import Act, ItemKind

Facts = Mapping[UUID, Mapping[str, str]]
"""What another copy of the registry may lack, by thing."""

NO_FACTS: Facts = {}


def known_case(step: Step, party: Party, handover: UUID, wanted: Collection[UUID] | None = None, **more: Any) -> Case:
    """Return the case of a step in a handover that is known here.

    Args:
        step: What is to be done.
        party: By whom.
        handover: In which handover.
        wanted: With which things; with all that are where the step begins unless named.
        more: What else the guards of this step look at.

    Raises:
        RefusedError: The handover is not known, or does not name a thing.
    """
    known = party.statements(handover)
    claimed = course_at(party, known, secrets_in(known))
    if claimed is None:
        raise RefusedError(HandoverRefusal.UNKNOWN_HANDOVER)
    chosen = [one for key, one in claimed.items.items() if wanted is None or key[1] in wanted]
    if wanted is None:
        chosen = [one for one in chosen if fits(step, one)] or chosen
    if not chosen or (wanted is not None and len(chosen) != len(set(wanted))):
        raise RefusedError(HandoverRefusal.NO_ITEMS)
    items = tuple(one.told for one in chosen)
    return Case(step, party, party.me(), claimed.matter, known, claimed, items, **more)


def checked(case: Case) -> Case:
    """Return a case after all guards of its step let it pass.

    Raises:
        RefusedError: One of them does not.
    """
    check(case)
    return case


def say(case: Case, act: Act, items: Iterable[Told], about: About) -> Statement:
    """Make the signed statement with which a step ends; it is not recorded yet."""
    party = case.party
    signer = Signer(case.me.card, case.me.keys, party.next_number(), party.audit_head(), party.now)
    return make_statement(act, case.matter, tuple(items), about, signer)


def said_before(case: Case, act: Act) -> Statement | None:
    """Return what this very keyring has said already of all the things; a step asked for again finds it."""
    ids = {told.id for told in case.items}
    return next((one for one in said_by(case, act) if ids <= {told.id for told in one.items}), None)


def said_by(case: Case, act: Act) -> list[Statement]:
    """Return the statements of a sort that the key of this keyring signed."""
    key = case.me.card.signing_key
    return [one for one in case.known if one.act is act and one.by.signing_key == key]


def tell(
    told: Told, revision: int | None = None, answers: Mapping[str, str] | None = None, facts: Facts = NO_FACTS
) -> Told:
    """Return what a new statement says of a thing.

    Args:
        told: What was said of it before.
        revision: Which revision of its secret is meant now; the same unless named.
        answers: What was done and seen.
        facts: What is known of the things.
    """
    meant = told.revision if revision is None else revision
    return Told(told.kind, told.id, told.way, meant, told.label, facts.get(told.id, {}), answers or {})


def logins(items: Sequence[Told]) -> list[Told]:
    """Return those of the things that have a secret."""
    return [told for told in items if told.kind is ItemKind.CREDENTIAL]
