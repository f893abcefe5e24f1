"""How a key card reads in words and pictures: who verified it, whether it is in force, its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass

from core.custody.identity.cards import in_groups
from core.custody.identity.circle import Standing
from core.custody.identity.listing import CardRow
from core.i18n import _, ngettext, show_date
from gui.key_cards import in_use

SHORT = 16
"""So many characters of a fingerprint stand where words are compared."""

_LINE = 40  # Characters of one line of a fingerprint: eight groups.


@dataclass(frozen=True, slots=True)
class Told:
    """A word with its picture and colour; the word says it all."""

    word: str
    picture: str
    colour: str


def verified(row: CardRow) -> Told:
    """Say how the person at this keyring verified a card."""
    match row.verified:
        case Standing.OWN:
            return Told(_("This computer"), "identification-card", "text")
        case Standing.WORDS:
            return Told(_("By words"), "check-circle", "good")
        case Standing.CERTIFICATE:
            return Told(_("By certificate"), "check-circle", "good")
        case _ if in_use(row):
            return Told(_("Not verified"), "warning", "warning")
        case _:
            return Told(_("No"), "minus-circle", "muted")


def state(row: CardRow) -> Told:
    """Say whether a card can be used."""
    if row.problem is not None:
        return Told(_("Damaged"), "warning-octagon", "severe")
    if row.revoked is not None:
        return Told(_("Revoked"), "prohibit", "severe")
    if row.replaced:
        return Told(_("Replaced"), "arrows-clockwise", "muted")
    return Told(_("In force"), "check-circle", "good")


def state_sentence(row: CardRow) -> str:
    """Say in a sentence what the state means; nothing where the card is in force."""
    if row.problem is not None:
        return _("What the registry keeps is not this card any more. Ask for the card as a file.")
    if row.revoked is not None:
        return _("Revoked on {day}. Nobody uses it any more.").format(day=show_date(row.revoked))
    if row.replaced:
        return _("A newer card took its place. Nobody uses this one any more.")
    return ""


def told_by(row: CardRow) -> str:
    """Name who says that they verified a card, as short as a cell is."""
    if not row.told:
        return _("nobody")
    more = len(row.told) - 1
    if not more:
        return row.told[0]
    return ngettext("{name} and {count} more", "{name} and {count} more", more).format(name=row.told[0], count=more)


def whole_fingerprint(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, eight groups a line."""
    text = in_groups(fingerprint)
    return "\n".join(text[start : start + _LINE].strip() for start in range(0, len(text), _LINE))


def card_title(row: CardRow) -> str:
    """Name a card: whose it is, and on which computer."""
    return _("{name}, “{device}”").format(name=row.person, device=row.device) if row.device else row.person
