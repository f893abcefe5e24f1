"""Why a step or a file of a handover is refused: a stable code for programs, and one sentence for people.

What is wrong with the form of a file (not canonical, unknown keys) has its code in `core.custody.identity.refusals`.
"""

from __future__ import annotations

from core.custody.identity.refusals import RefusalCode
from core.i18n import N_


class HandoverRefusal(RefusalCode):
    """The codes; one cause each."""

    # The file itself.
    TOO_LARGE = "too-large", N_("This file is larger than a handover can be. It was not looked at any further.")
    OTHER_KIND = "other-kind", N_("This file is no file of a handover, or not the one that is needed here.")
    NEWER_FORMAT = (
        "newer-format",
        N_("This handover comes from a newer version of the program. Please install it, then open the file again."),
    )
    DAMAGED = "damaged", N_("This file is damaged, perhaps on its way by mail. Please ask for it again.")
    TRUNCATED = "truncated", N_("The end of this file is missing. Please ask for it again.")
    SEVERAL = "several", N_("There are several files of handovers in this one. Please open each by itself.")
    BAD_AGE_HEADER = (
        "bad-age-header",
        N_("The envelope of this file is not written as age writes it. It was not opened; please ask for it again."),
    )
    NOT_FOR_YOU = "not-for-you", N_("This file is sealed for somebody else, or for another computer of yours.")
    STRANGER = (
        "stranger",
        N_("The key that signed this file is not the one of the person who hands over. Nothing was taken in."),
    )
    NO_ITEMS = "no-items", N_("This handover names nothing that is to be handed over.")
    DOUBLED_ITEM = "doubled-item", N_("This handover names the same thing twice. Nothing was taken in.")
    # What it says, seen from here.
    OTHER_REGISTRY = "other-registry", N_("This file belongs to another registry. Nothing was taken in.")
    OTHER_NAME = (
        "other-name",
        N_("The file names the person otherwise than the registry does. Please ask them, and compare their card."),
    )
    SWAPPED_CARD = (
        "swapped-card",
        N_("The key in this file is not the one that you have verified for this person. Please ask them by telephone."),
    )
    NOT_VERIFIED = (
        "not-verified",
        N_("You have not verified this person's card yet. Please compare the words with them first."),
    )
    REVOKED = "revoked", N_("The key of this file is revoked or replaced. Please ask for a new card, then begin anew.")
    TO_ITSELF = "to-itself", N_("This would seal the secrets for the keyring that they come from.")
    REPLAYED = "replayed", N_("This file was taken in before. It takes effect only once; ask for a new one if needed.")
    OLDER_REVISION = (
        "older-revision",
        N_("The registry knows a newer password than the one in this file. Please ask for a new one."),
    )
    EXPIRED = "expired", N_("The time in which this file could be opened is over. Please ask for a new one.")
    WITHDRAWN = "withdrawn", N_("This handover was withdrawn. Please ask the person who hands over.")
    FROM_THE_FUTURE = (
        "from-the-future",
        N_("This file is dated in the future. Please check the clocks of both computers."),
    )
    DOUBLED_ID = (
        "doubled-id",
        N_("There are two different files of the same handover and number. Please ask both people which one holds."),
    )
    ROLLED_BACK = (
        "rolled-back",
        N_("The sender has forgotten earlier steps of this handover. Please ask whether a backup was put back there."),
    )
    OTHER_REQUEST = "other-request", N_("This file answers another request than the one that was made here.")
    FORGED_RECEIPT = "forged-receipt", N_("This receipt does not fit the file that was handed over. It does not count.")
    FORGED_CONFIRMATION = (
        "forged-confirmation",
        N_("This confirmation is not by the successor or not for this password. Your copy stays."),
    )
    # The step.
    UNKNOWN_HANDOVER = (
        "unknown-handover",
        N_("This computer does not know the request to which this file belongs. Please open the request first."),
    )
    NOT_YOUR_TURN = "not-your-turn", N_("This step is not yours, or not yet.")
    ALREADY_OPEN = (
        "already-open",
        N_("This is being handed over already. Please finish or withdraw that handover first."),
    )
    HELD_ALREADY = (
        "held-already",
        N_("You have this password already. There is nothing that a copy of it could give you."),
    )
    ROTATION_REQUIRED = (
        "rotation-required",
        N_("This password left the house and must be changed first. Then it can be handed over."),
    )
    NOT_HELD = "not-held", N_("Your keyring does not hold this secret. Please hand over from the computer that has it.")
    NOT_ROTATED = (
        "not-rotated",
        N_("The successor has not changed the password after the handover. Your copy stays until then."),
    )
    NOT_HEAD = "not-head", N_("Only the head of press may do this. The settings name somebody else, or nobody.")
    OWN_CHANGE = (
        "own-change",
        N_("You are changing this password yourself. Please confirm or give up that change first, then try again."),
    )
    NO_LOGIN = "no-login", N_("Please log in with the new password first, and give the day on which you did.")
    SAME_NUMBER = (
        "same-number",
        N_(
            "You have changed this password yourself, which the successor's registry did not know. Please try first "
            "whether yours still opens the account, and release only when it does not."
        ),
    )
    NOT_TRIED = (
        "not-tried",
        N_(
            "You have not verified the successor's card. Please try first whether the old password still opens the "
            "account, and release only when it does not."
        ),
    )
