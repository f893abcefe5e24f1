"""What the vault says when a keyring does not do what it was asked: one class and one sentence a cause."""

from __future__ import annotations

import sys

from core.errors import RegistryError
from core.i18n import _, ngettext


class VaultError(RegistryError):
    """A secret could not be kept, read or removed."""


class NoKeyringError(VaultError):
    """No keyring that this program trusts is answering."""

    def __init__(self) -> None:
        super().__init__(_no_keyring())


class KeyringLockedError(VaultError):
    """The keyring is locked, and no question for its password can appear."""

    def __init__(self, sentence: str | None = None) -> None:
        told = _("The keyring is locked: sign in at this computer or unlock it in its own program, then try again.")
        super().__init__(sentence or told)


class PromptUnansweredError(KeyringLockedError):
    """The keyring asked for its password, and nobody answered in time."""

    def __init__(self) -> None:
        super().__init__(_("The keyring asked to be unlocked and nobody answered: try again and type its password."))


class PromptDismissedError(VaultError):
    """The keyring asked, and the person said no."""

    def __init__(self) -> None:
        super().__init__(_("The keyring's question was closed, so nothing was done: try again and answer it."))


class KeyringGoneError(VaultError):
    """The keyring answered before, and its service or the way to it is gone."""

    def __init__(self) -> None:
        super().__init__(
            _("The keyring has stopped: start it again, or sign out and in at this computer, then try again.")
        )


class KeyringSlowError(VaultError):
    """The keyring did not answer within the limit."""

    def __init__(self, seconds: float) -> None:
        whole = max(1, round(seconds))
        told = ngettext(
            "The keyring has not answered for {number} second: look whether it asks something, then try again.",
            "The keyring has not answered for {number} seconds: look whether it asks something, then try again.",
            whole,
        )
        super().__init__(told.format(number=whole))


class KeyringFailedError(VaultError):
    """The keyring reported an error of its own.

    Args:
        what: The number or the kind of the error; never its text, which may quote the secret.
    """

    def __init__(self, what: str) -> None:
        told = _("The keyring reported the error {what}: try again, and tell those who look after this computer.")
        super().__init__(told.format(what=what))


class NotKeptError(VaultError):
    """What the keyring gives back is not what it was given."""

    def __init__(self, sentence: str | None = None) -> None:
        told = _("The keyring did not keep the secret as it was given: keep it elsewhere until it is stored again.")
        super().__init__(sentence or told)


class DamagedEntryError(NotKeptError):
    """An entry of ours in the keyring is cut off, changed or only partly there."""

    def __init__(self) -> None:
        super().__init__(_("The entry in the keyring is damaged or was changed by hand: store this secret again."))


class NotRemovedError(VaultError):
    """The keyring still has what it was asked to remove."""

    def __init__(self) -> None:
        super().__init__(_("The keyring still has the secret: remove its entry in the keyring's own program."))


class SlotTakenError(VaultError):
    """A place in the keyring already holds something else."""

    def __init__(self) -> None:
        super().__init__(_("This place in the keyring already holds another secret: store the new one once more."))


class UnfitSecretError(VaultError):
    """A text is no secret that can be kept."""


class CancelledError(VaultError):
    """The user did not want to wait any longer."""

    def __init__(self) -> None:
        super().__init__(_("You cancelled while the keyring was being asked: try again when it is at hand."))


def _no_keyring() -> str:
    match sys.platform:
        case "win32":
            return _("The Windows Credential Manager does not answer, so nothing is stored: sign in to Windows anew.")
        case "darwin":
            return _("The macOS keychain does not answer, so nothing is stored: sign in to this Mac anew.")
        case _other:
            return _(
                "No keyring that can be trusted answers here, so nothing is stored: install GNOME Keyring, KWallet "
                "or KeePassXC with its Secret Service switched on, and sign in to this computer anew."
            )
