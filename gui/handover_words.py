"""What the steps of a handover call things, and what each way means for the two people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from core.custody.handover.formats.items import Item
from core.custody.handover.listing import HandoverRow, ItemRow
from core.i18n import N_, _
from core.model import ItemKind, Way

NOUNS = {
    "person": N_("Person: {label}"),
    "channel": N_("Channel: {label}"),
    ItemKind.CREDENTIAL.value: N_("Login: {label}"),
    ItemKind.ACCESS.value: N_("Role on the platform: {label}"),
    ItemKind.RESPONSIBILITY.value: N_("Responsibility: {label}"),
}

WAYS_FOR_TAKER: Mapping[Way, str] = {
    Way.RESET: N_("You set a password of your own on the platform, by the recovery address of the office."),
    Way.SEALED: N_("{giver} sends you the secret in a sealed file; you open it and set a new one."),
    Way.COPY: N_("{giver} sends you a copy in a sealed file; you give it back at the end."),
    Way.MOVE: N_("The secret comes in a sealed file from your other computer."),
    Way.ROLE: N_("{giver} gives you the role on the platform; you sign in with your own account."),
    Way.DUTY: N_("You answer for it as soon as you confirm that."),
}


def thing_text(item: Item | ItemRow) -> str:
    """Name a thing with what it is, unless its own name begins with that: no "Login: Login Instagram"."""
    return _with_noun(NOUNS[item.kind.value], item.label)


def lacking_text(table: str, label: str) -> str:
    """Name a record that the registry lacks."""
    return _with_noun(NOUNS[table], label) if table in NOUNS else label


def _with_noun(source: str, label: str) -> str:
    told = _(source)
    noun = told.partition(":")[0].casefold()
    return label if f"{label} ".casefold().startswith(f"{noun} ") else told.format(label=label)


def way_note(way: Way, row: HandoverRow) -> str:
    """Say what a way means for the one who takes over."""
    return _(WAYS_FOR_TAKER[way]).format(giver=row.giver)


def labels_of(items: Iterable[ItemRow], chosen: Iterable[UUID]) -> str:
    """Name some of the things in a row."""
    wanted = set(chosen)
    return ", ".join(f"“{one.label}”" for one in items if one.id in wanted)
