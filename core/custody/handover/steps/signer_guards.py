"""Guards about whoever signed the statement on which a step relies."""

from __future__ import annotations

from datetime import timedelta

from core.custody.handover.course import BY_HEAD, may_say
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.steps.case import Case, Step
from core.model.choices import Act

CLOCKS_APART = timedelta(days=1)

_NOT_BELIEVED = {
    Act.SEALING: HandoverRefusal.STRANGER,
    Act.RECEIPT: HandoverRefusal.FORGED_RECEIPT,
    Act.RETURN: HandoverRefusal.FORGED_RECEIPT,
    Act.CONFIRMATION: HandoverRefusal.FORGED_CONFIRMATION,
}
"""What an unverified card means by what it signed; of the others it is said whether there is a verified one."""


def of_this_registry(case: Case) -> HandoverRefusal | None:
    """Refuse what belongs to another registry."""
    wrong = case.relied is not None and case.relied.registry != case.party.registry
    return HandoverRefusal.OTHER_REGISTRY if wrong else None


def of_this_handover(case: Case) -> HandoverRefusal | None:
    """Refuse what bears the number of a handover that is between other people."""
    wrong = case.relied is not None and case.relied.matter != case.matter
    return HandoverRefusal.DOUBLED_ID if wrong else None


def by_the_right_one(case: Case) -> HandoverRefusal | None:
    """Refuse what is said by somebody whose word it is not."""
    relied, head = case.relied, case.party.head
    if relied is None or (may_say(relied, head) and (relied.act not in BY_HEAD or head is not None)):
        return None
    if relied.act in BY_HEAD:
        return HandoverRefusal.NOT_HEAD
    return _NOT_BELIEVED.get(relied.act, HandoverRefusal.NOT_YOUR_TURN)


def by_that_name(case: Case) -> HandoverRefusal | None:
    """Refuse a card that names somebody otherwise than the registry does."""
    signer = case.relied.by if case.relied is not None else None
    wrong = signer is not None and case.party.name_of(signer.person) != signer.name
    return HandoverRefusal.OTHER_NAME if wrong else None


def not_revoked(case: Case) -> HandoverRefusal | None:
    """Refuse a card that anybody revoked."""
    revoked = case.relied is not None and case.party.is_revoked(case.relied.by.fingerprint)
    return HandoverRefusal.REVOKED if revoked else None


def verified(case: Case) -> HandoverRefusal | None:
    """Refuse a card that this person did not verify, where a bundle is or was on its way."""
    if case.relied is None or not case.needs_verified() or case.party.verified(case.relied.by):
        return None
    return _NOT_BELIEVED.get(case.relied.act) or _unverified(case)


def from_now(case: Case) -> HandoverRefusal | None:
    """Refuse what is dated in the future."""
    early = case.relied is not None and case.relied.made_at > case.party.now + CLOCKS_APART
    return HandoverRefusal.FROM_THE_FUTURE if early else None


def numbered_once(case: Case) -> HandoverRefusal | None:
    """Refuse a statement with a number that its key has given to another one already."""
    relied = case.relied
    doubled = relied is not None and any(
        (one.by.signing_key, one.number) == (relied.by.signing_key, relied.number) and one.digest != relied.digest
        for one in case.known
    )
    return HandoverRefusal.ROLLED_BACK if doubled else None


def fits_what_was_sealed(case: Case) -> HandoverRefusal | None:
    """Refuse a receipt for a bundle that was never made, as far as this registry knows of any."""
    sealed = [one.digest for one in case.known if one.act is Act.SEALING and may_say(one, None)]
    receipt = case.relied if case.relied is not None and case.relied.act is Act.RECEIPT else None
    wrong = receipt is not None and sealed and receipt.about["sealing"] not in sealed
    return HandoverRefusal.FORGED_RECEIPT if wrong else None


def verified_or_tried(case: Case) -> HandoverRefusal | None:
    """Refuse to let go of a secret at the word of an unverified card, unless the giver tried the old one in vain."""
    if case.relied is None or case.party.verified(case.relied.by) or case.step is not Step.RELEASE:
        return None
    untried = [told for told in case.secrets() if told.id not in case.tried]
    return HandoverRefusal.NOT_TRIED if untried else None


def _unverified(case: Case) -> HandoverRefusal:
    known = case.relied is not None and case.party.usable(case.relied.by.person)
    return HandoverRefusal.SWAPPED_CARD if known else HandoverRefusal.NOT_VERIFIED
