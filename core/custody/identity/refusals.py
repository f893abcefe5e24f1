"""Why a file of somebody else is refused: a stable code for programs, and one sentence for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from core.errors import RegistryError
from core.i18n import N_, _


class RefusalCode(StrEnum):
    """A list of codes, one cause each: the code that never changes, and the source text of its sentence."""

    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> Self:
        """Make a member from its code and its sentence."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member


class Refusal(RefusalCode):
    """Why a card, or anything that is written like one, is refused."""

    TOO_LARGE = "too-large", N_("This file is too large for what it should be. Nothing was taken in.")
    NOT_OURS = "not-ours", N_("This file holds no key card and no statement of this program. Please ask for it again.")
    SEVERAL = "several", N_("This file holds several cards or statements. Please give each in a file of its own.")
    DAMAGED = "damaged", N_("This file is damaged, perhaps on its way by mail. Please ask for it again.")
    NOT_CANONICAL = "not-canonical", N_("This file is not written as this program writes it. Please ask for it again.")
    OTHER_KIND = "other-kind", N_("This file is something else than what is needed here.")
    NEWER_FORMAT = (
        "newer-format",
        N_("This file comes from a newer version of the program. Please install it, then try again."),
    )
    UNKNOWN_KEYS = "unknown-keys", N_("This file says more than it may. Nothing was taken in.")
    MISSING_KEYS = "missing-keys", N_("Something is missing in this file. Please ask for it again.")
    WRONG_VALUE = "wrong-value", N_("This file says something that cannot be. Please ask for it again.")
    BAD_SIGNATURE = (
        "bad-signature",
        N_("The signature does not fit: the file was altered or forged. Nothing was taken in."),
    )
    BAD_SUCCESSION = (
        "bad-succession",
        N_(
            "This card says that it replaces another one, and the other one's signature does not fit. Nothing "
            "was taken in."
        ),
    )
    OTHER_REGISTRY = "other-registry", N_("This file belongs to another registry. Nothing was taken in.")
    UNKNOWN_PERSON = (
        "unknown-person",
        N_("The registry does not know the person of this card. Please enter the person first."),
    )
    OTHER_NAME = (
        "other-name",
        N_("The card bears another name than the person has in the registry. Please ask for a new card, and compare."),
    )
    FROM_THE_FUTURE = (
        "from-the-future",
        N_("This card is dated in the future. Please check the clocks of both computers."),
    )
    OWN_CARD = "own-card", N_("This is your own card on this computer. Please give the card of somebody else.")
    REVOKED = "revoked", N_("This card is revoked. Please ask for a new one.")
    STALE = "stale", N_("This card was replaced by a newer one. Please ask for the newer one.")
    WRONG_WORDS = (
        "wrong-words",
        N_(
            "The words are not the same. Please compare once more; if they differ again, do not use this card "
            "and tell the head of press."
        ),
    )
    TOO_MANY_TRIES = (
        "too-many-tries",
        N_(
            "The words were wrong three times. This card cannot be verified today; please meet, and ask for a new card."
        ),
    )
    NOT_VERIFIED = "not-verified", N_("You have not verified this card yet. Please compare the words first.")
    NOT_HEAD = "not-head", N_("Only the head of press certifies cards. The settings name somebody else, or nobody.")
    SIGNER_UNKNOWN = (
        "signer-unknown",
        N_("The key that signed this is not one that you have verified. Please verify that person's card first."),
    )
    SIGNER_NOT_ALLOWED = "signer-not-allowed", N_("Whoever signed this may not say it. Nothing was taken in.")


class RefusedError(RegistryError):
    """A card, a statement or a bundle is not accepted, and nothing was done.

    Args:
        code: Why.
    """

    def __init__(self, code: RefusalCode) -> None:
        self.code = code
        super().__init__(_(code.sentence))
