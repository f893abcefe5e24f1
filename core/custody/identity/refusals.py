"""Why a card or a statement is refused: a stable code for programs, and one sentence for people."""

from __future__ import annotations

from enum import StrEnum

from core.errors import RegistryError
from core.i18n import N_, _


class Refusal(StrEnum):
    """The codes; one cause each."""

    TOO_LARGE = "too-large"
    NOT_OURS = "not-ours"
    SEVERAL = "several"
    DAMAGED = "damaged"
    NOT_CANONICAL = "not-canonical"
    OTHER_KIND = "other-kind"
    NEWER_FORMAT = "newer-format"
    UNKNOWN_KEYS = "unknown-keys"
    MISSING_KEYS = "missing-keys"
    WRONG_VALUE = "wrong-value"
    BAD_SIGNATURE = "bad-signature"
    BAD_SUCCESSION = "bad-succession"
    OTHER_REGISTRY = "other-registry"
    UNKNOWN_PERSON = "unknown-person"
    OTHER_NAME = "other-name"
    FROM_THE_FUTURE = "from-the-future"
    OWN_CARD = "own-card"
    REVOKED = "revoked"
    STALE = "stale"
    WRONG_WORDS = "wrong-words"
    TOO_MANY_TRIES = "too-many-tries"
    NOT_VERIFIED = "not-verified"
    NOT_HEAD = "not-head"
    SIGNER_UNKNOWN = "signer-unknown"
    SIGNER_NOT_ALLOWED = "signer-not-allowed"


SENTENCES = {
    Refusal.TOO_LARGE: N_("This file is too large for what it should be. Nothing was taken in."),
    Refusal.NOT_OURS: N_("This file holds no key card and no statement of this program. Please ask for it again."),
    Refusal.SEVERAL: N_("This file holds several cards or statements. Please give each in a file of its own."),
    Refusal.DAMAGED: N_("This file is damaged, perhaps on its way by mail. Please ask for it again."),
    Refusal.NOT_CANONICAL: N_("This file is not written as this program writes it. Please ask for it again."),
    Refusal.OTHER_KIND: N_("This file is something else than what is needed here."),
    Refusal.NEWER_FORMAT: N_("This file comes from a newer version of the program. Please install it, then try again."),
    Refusal.UNKNOWN_KEYS: N_("This file says more than it may. Nothing was taken in."),
    Refusal.MISSING_KEYS: N_("Something is missing in this file. Please ask for it again."),
    Refusal.WRONG_VALUE: N_("This file says something that cannot be. Please ask for it again."),
    Refusal.BAD_SIGNATURE: N_("The signature does not fit: the file was altered or forged. Nothing was taken in."),
    Refusal.BAD_SUCCESSION: N_(
        "This card says that it replaces another one, and the other one's signature does not fit. Nothing was taken in."
    ),
    Refusal.OTHER_REGISTRY: N_("This file belongs to another registry. Nothing was taken in."),
    Refusal.UNKNOWN_PERSON: N_("The registry does not know the person of this card. Please enter the person first."),
    Refusal.OTHER_NAME: N_(
        "The card bears another name than the person has in the registry. Please ask for a new card, and compare."
    ),
    Refusal.FROM_THE_FUTURE: N_("This card is dated in the future. Please check the clocks of both computers."),
    Refusal.OWN_CARD: N_("This is your own card on this computer. Please give the card of somebody else."),
    Refusal.REVOKED: N_("This card is revoked. Please ask for a new one."),
    Refusal.STALE: N_("This card was replaced by a newer one. Please ask for the newer one."),
    Refusal.WRONG_WORDS: N_(
        "The words are not the same. Please compare once more; if they differ again, do not use this card and tell "
        "the head of press."
    ),
    Refusal.TOO_MANY_TRIES: N_(
        "The words were wrong three times. This card cannot be verified today; please meet, and ask for a new card."
    ),
    Refusal.NOT_VERIFIED: N_("You have not verified this card yet. Please compare the words first."),
    Refusal.NOT_HEAD: N_("Only the head of press certifies cards. The settings name somebody else, or nobody."),
    Refusal.SIGNER_UNKNOWN: N_(
        "The key that signed this is not one that you have verified. Please verify that person's card first."
    ),
    Refusal.SIGNER_NOT_ALLOWED: N_("Whoever signed this may not say it. Nothing was taken in."),
}


class RefusedError(RegistryError):
    """A card or a statement is not accepted, and nothing was done.

    Args:
        code: Why.
    """

    def __init__(self, code: Refusal) -> None:
        self.code = code
        super().__init__(_(SENTENCES[code]))
