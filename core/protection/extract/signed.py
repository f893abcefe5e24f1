"""What somebody signed, told in one sentence: a statement, a key card, or what was signed about a key card.

It is read leniently, for a statement from which an erasure took a name does not fit its signature any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from core.custody.identity.canonical import instant_of
from core.custody.identity.cards import in_groups
from core.days import local_day
from core.i18n import N_, _, ngettext, show_date
from core.model.choices import Act

Called = Callable[[UUID], str]
"""Says how a person is called to whoever reads: you, or somebody else by their function."""

LISTED = 12
"""So many things of one statement are named."""

SIGNED: Mapping[str, frozenset[str]] = {
    "handover_statement": frozenset({"text"}),
    "key_card": frozenset({"text", "revocation", "certificate"}),
}
"""The columns that hold what was signed, by table."""

_GIVING, _TAKING, _MOVING, _BESIDE, _OTHER = range(5)
_SENTENCES = {
    _GIVING: N_("{act}, signed by you on {day} in your handover to {taker}: {things}."),
    _TAKING: N_("{act}, signed by you on {day} when you took over from {giver}: {things}."),
    _MOVING: N_("{act}, signed by you on {day} when you moved to another of your keyrings: {things}."),
    _BESIDE: N_("{act}, signed by you on {day} in a handover, {giver} to {taker}: {things}."),
    _OTHER: N_("{act}, signed on {day} by {by} in a handover, {giver} to {taker}: {things}."),
}


def in_a_sentence(text: str, person_id: UUID, called: Called) -> str:
    """Tell something that was signed in a sentence; a text that is no such thing is told as it is.

    Args:
        text: What was signed, as it is stored.
        person_id: Who reads.
        called: How people are called.
    """
    content = _content(text)
    if content is None:
        return text
    try:
        return _sentence(content, person_id, called)
    except (KeyError, TypeError, ValueError):
        return _("Signed; the wording is in the JSON form of this extract.")


def _content(text: str) -> Mapping[str, Any] | None:
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _sentence(content: Mapping[str, Any], person_id: UUID, called: Called) -> str:
    match content.get("kind"):
        case "handover-statement":
            return _statement(content, person_id, called)
        case "key-card":
            told = _("Key card for the computer “{device}”, made out to {name} on {day}.")
            return told.format(device=content["device"], name=content["name"], day=_day(content["created"]))
        case "certificate" | "revocation":
            told = _("Signed on {day} with the key card {fingerprint}.")
            return told.format(day=_day(content["created"]), fingerprint=in_groups(content["by"]))
        case _:
            raise ValueError


def _statement(content: Mapping[str, Any], person_id: UUID, called: Called) -> str:
    giver, taker = UUID(content["giver"]), UUID(content["taker"])
    by = UUID(json.loads(content["by"])["person"])
    sentence = _(_SENTENCES[_part_of(person_id, by, giver, taker)]).format(
        act=_(Act(content["act"]).label),
        day=_day(content["made_at"]),
        by=called(by),
        giver=called(giver),
        taker=called(taker),
        things=_things([one["label"] for one in content["items"]]),
    )
    reason = content["about"].get("reason")
    return " ".join([sentence, _("Reason given: “{reason}”").format(reason=reason)]) if reason else sentence


def _part_of(person_id: UUID, by: UUID, giver: UUID, taker: UUID) -> int:
    """Return what part in a handover a person had who reads a statement."""
    if by != person_id:
        return _OTHER
    parts = {(True, True): _MOVING, (True, False): _GIVING, (False, True): _TAKING, (False, False): _BESIDE}
    return parts[giver == person_id, taker == person_id]


def _things(labels: Sequence[str]) -> str:
    named, more = list(labels[:LISTED]), len(labels) - LISTED
    if more > 0:
        named.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return ", ".join(named)


def _day(instant: str) -> str:
    return show_date(local_day(instant_of(instant)))
