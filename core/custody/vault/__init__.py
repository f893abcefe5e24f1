"""The vault: the one room that knows the keyrings of operating systems, and where secrets lie."""

from core.custody.vault.errors import (
    CancelledError,
    DamagedEntryError,
    KeyringFailedError,
    KeyringGoneError,
    KeyringLockedError,
    KeyringSlowError,
    NoKeyringError,
    NotKeptError,
    NotRemovedError,
    PromptDismissedError,
    PromptUnansweredError,
    SlotTakenError,
    UnfitSecretError,
    VaultError,
)
from core.custody.vault.hardening import protect_process
from core.custody.vault.vault import Held, Vault, VaultState, open_vault, vault_state

__all__ = [
    "CancelledError",
    "DamagedEntryError",
    "Held",
    "KeyringFailedError",
    "KeyringGoneError",
    "KeyringLockedError",
    "KeyringSlowError",
    "NoKeyringError",
    "NotKeptError",
    "NotRemovedError",
    "PromptDismissedError",
    "PromptUnansweredError",
    "SlotTakenError",
    "UnfitSecretError",
    "Vault",
    "VaultError",
    "VaultState",
    "open_vault",
    "protect_process",
    "vault_state",
]
