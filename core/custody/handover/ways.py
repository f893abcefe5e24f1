"""The lightest way in which a login passes to somebody else, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import N_, _
from core.inventory.channels import label_of
from core.inventory.credentials import IN_KEYRINGS
from core.model import Channel, Credential, CredentialKind, KeptIn, Occasion, Way

_NEVER_RESET = {
    CredentialKind.TOTP: N_("A key for one-time codes cannot be reset without the old one, so that it is sealed."),
    CredentialKind.RECOVERY_CODES: N_(
        "Recovery codes are made only by who is signed in already, so that they are sealed."
    ),
    CredentialKind.API_TOKEN: N_("A token is made only by who is signed in already, so that it is sealed."),
}


@dataclass(frozen=True, slots=True)
class LoginWay:
    """How a login passes.

    Attributes:
        way: The lightest way.
        reason: Why, in the user's language.
        ways: What else can be chosen, the proposed one first.
        instead: What each of the others means for who takes over.
    """

    way: Way | None
    reason: str
    ways: tuple[Way, ...]
    instead: tuple[tuple[Way, str], ...] = ()


def way_of_login(credential: Credential, channels: Sequence[Channel], occasion: Occasion, *, held: bool) -> LoginWay:
    """Return the lightest way for a login.

    Args:
        credential: The login.
        channels: What it opens.
        occasion: Why it passes.
        held: Whether a keyring of the person who gives keeps the secret in force.
    """
    if credential.kind not in IN_KEYRINGS or credential.kept_in is not KeptIn.KEYRING:
        return _by_hand(credential)
    match occasion:
        case Occasion.MOVE:
            return LoginWay(Way.MOVE, _("The secret goes sealed into the keyring of your other computer."), (Way.MOVE,))
        case Occasion.COVER:
            return _for_cover(held=held)
        case _:
            return _for_good(credential, channels, held=held)


def _by_hand(credential: Credential) -> LoginWay:
    """Return how a thing passes that no keyring keeps: from hand to hand, and who takes it over says so."""
    if credential.kept_in is KeptIn.OTHER_MANAGER:
        reason = _(
            "The secret lies in another password manager: hand it over there, then change it and note that here."
        )
    elif credential.kept_in is KeptIn.ENVELOPE:
        reason = _("The secret lies in an envelope: hand it over sealed, then change it and note that here.")
    else:
        reason = _("This is a thing: hand it over, and who takes it says so.")
    return LoginWay(Way.DUTY, reason, (Way.DUTY,))


def _for_cover(*, held: bool) -> LoginWay:
    if not held:
        reason = _(
            "Your keyring keeps no copy. Let somebody who does hand on one, or let the deputy reset the password."
        )
        return LoginWay(None, reason, ())
    reason = _("The deputy gets a sealed copy and gives it back at the end; then it is changed.")
    return LoginWay(Way.COPY, reason, (Way.COPY,))


def _for_good(credential: Credential, channels: Sequence[Channel], *, held: bool) -> LoginWay:
    if why := _why_sealed(credential, held=held):
        return _sealed_or_reset(why, held=held)
    name = label_of(channels[0].title, channels[0].platform) if channels else credential.label
    if credential.recovery_of_office:
        reason = _(
            "The recovery address of “{name}” belongs to the office: the successor sets a password of their own."
        )
    else:
        reason = _(
            "The successor sets a password of their own by the recovery address of “{name}”. Please look first whether "
            "it belongs to the office."
        )
    sealed = _(
        "The password goes sealed to the successor, who changes it afterwards. A reset would be lighter: then nobody "
        "passes a password on."
    )
    ways = (Way.RESET, Way.SEALED) if held else (Way.RESET,)
    return LoginWay(Way.RESET, reason.format(name=name), ways, ((Way.SEALED, sealed),))


def _why_sealed(credential: Credential, *, held: bool) -> str:
    """Say why a reset may not reach the successor, empty where it is the lightest way."""
    if credential.kind in _NEVER_RESET:
        return _(_NEVER_RESET[credential.kind])
    if credential.recovery_of_office is False:
        return _("The recovery address belongs to a person, so that a reset would not reach the successor.")
    if credential.recovery_of_office:
        return ""
    if credential.kind is CredentialKind.MAILBOX and held:
        return _("Other logins are reset by this mailbox; nobody has entered who could reset the mailbox itself.")
    if credential.recovery_mail or credential.recovery_phone:
        return ""
    return _(
        "No recovery address is entered, so that a reset might reach nobody: the secret goes sealed. A reset becomes "
        "the lighter way once an address of the office is entered."
    )


def _sealed_or_reset(reason: str, *, held: bool) -> LoginWay:
    """Return the sealed way; without a copy in the giver's keyring only a reset at the platform's support is left."""
    if held:
        reset = _(
            "The successor sets it anew. Please see to it first that the platform lets them: by a recovery address of "
            "the office, or by its support."
        )
        return LoginWay(Way.SEALED, reason, (Way.SEALED, Way.RESET), ((Way.RESET, reset),))
    told = _("No keyring of the person who gives keeps it: the successor sets it anew, with the help of the platform.")
    return LoginWay(Way.RESET, told, (Way.RESET,))
