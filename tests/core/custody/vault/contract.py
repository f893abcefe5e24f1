"""What every keyring must do for the vault: a class that the tests of each keyring inherit."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from core.custody.secret import Secret
from core.custody.vault import Held, SlotTakenError, UnfitSecretError, Vault
from core.custody.vault.backends import Serving
from core.custody.vault.lane import Lane
from core.custody.vault.ring import Ring

REGISTRY = "0b4e5f7e-52a3-4c6e-9a55-0d6f4a3f9c11"
OTHER_REGISTRY = "7d1b3b0a-9e1a-4f0e-8f0b-2a0f0a7c5d22"
SLOT = UUID("11111111-1111-4111-8111-111111111111")
OTHER_SLOT = UUID("22222222-2222-4222-8222-222222222222")

TEXTS = {
    "a word": "Rathaus",
    "one letter": "x",
    "umlauts": "ÄÖÜ äöü ß ẞ é e\u0301",
    "signs": """!"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \\41; ;""",
    "what KeePassXC would fill in": "{USERNAME} {TITLE} {S:x} {REF:P@T:x} {0} {{ }} %HOME% {ENV:HOME}",
    "an address": "pressestelle@musterstadt.example",
    "spaces at the ends": "  zwei  ",
    "lines": "eins\r\nzwei\rdrei\n\tvier",
    "NUL": "vor\0nach\0",
    "control characters": "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028",
    "what XML has not": "\ufffe\uffff\ufeff",
    "beyond the basic plane": "🔑🏛️👩‍👩‍👧\U0010ffff",
    "halves of a pair": "\ud83d und \udd11",
    "as long as one entry": "ä" * 1_100,
    "three entries": "Ab1-" * 800,
    "a pair at every edge": "🔑" * 2_000,
}


def vault_on(serving: Serving, registry_id: str = REGISTRY, limit_seconds: float = 20) -> Vault:
    """Return a vault on one keyring, whatever else is on this machine."""
    return Vault(registry_id, Ring(serving, Lane(), limit_seconds))


class VaultContract:
    """The contract; a subclass has fixtures `vault` and `other_registry`, two vaults of one keyring."""

    notes = 0

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_what_is_put_is_given_back(self, vault: Vault, text: str):
        vault.put(SLOT, 3, Secret(text))
        assert vault.get(SLOT) == Held(3, Secret(text))

    def test_an_empty_slot_holds_nothing(self, vault: Vault):
        assert vault.get(uuid4()) is None

    def test_several_slots_are_looked_at_in_one_use(self, vault: Vault):
        third = uuid4()
        vault.put(SLOT, 1, Secret("x" * 3_000))
        vault.put(third, 7, Secret("drei"))
        assert vault.get_each([SLOT, OTHER_SLOT, third]) == {slot: vault.get(slot) for slot in (SLOT, third)}
        assert vault.first_in_use([OTHER_SLOT, third, SLOT]) == third
        assert vault.first_in_use([OTHER_SLOT]) is None
        for slot in (SLOT, third):
            vault.remove(slot)

    def test_the_same_may_be_put_once_more(self, vault: Vault):
        for _time in range(2):
            vault.put(SLOT, 1, Secret("lang" * 500))
        assert vault.get(SLOT) == Held(1, Secret("lang" * 500))

    @pytest.mark.parametrize(
        ("revision", "text"), [(1, "anders"), (2, "gleich"), (1, "gleich" * 500)], ids=["text", "revision", "longer"]
    )
    def test_a_slot_is_never_overwritten(self, vault: Vault, revision: int, text: str):
        vault.put(SLOT, 1, Secret("gleich"))
        with pytest.raises(SlotTakenError):
            vault.put(SLOT, revision, Secret(text))
        assert vault.get(SLOT) == Held(1, Secret("gleich"))

    def test_a_longer_secret_is_not_cut_by_a_shorter_one(self, vault: Vault):
        vault.put(SLOT, 1, Secret("lang" * 500))
        with pytest.raises(SlotTakenError):
            vault.put(SLOT, 1, Secret("lang"))
        assert vault.get(SLOT) == Held(1, Secret("lang" * 500))

    @pytest.mark.parametrize("length", [1, 5_000])
    def test_what_is_removed_is_gone(self, vault: Vault, length: int):
        vault.put(SLOT, 1, Secret("x" * length))
        vault.put(OTHER_SLOT, 1, Secret("bleibt"))
        vault.remove(SLOT)
        assert vault.get(SLOT) is None
        assert vault.get(OTHER_SLOT) == Held(1, Secret("bleibt"))
        vault.put(SLOT, 9, Secret("neu" * 3_000))
        assert vault.get(SLOT) == Held(9, Secret("neu" * 3_000))

    def test_what_is_not_there_can_be_removed(self, vault: Vault):
        vault.remove(SLOT)
        vault.put(SLOT, 1, Secret("da"))
        vault.remove(SLOT)
        vault.remove(SLOT)
        assert vault.get(SLOT) is None

    def test_registries_do_not_see_each_other(self, vault: Vault, other_registry: Vault):
        vault.put(SLOT, 1, Secret("hier"))
        assert other_registry.get(SLOT) is None
        other_registry.put(SLOT, 2, Secret("dort"))
        other_registry.remove(SLOT)
        assert vault.get(SLOT) == Held(1, Secret("hier"))

    def test_a_keyring_keeps_one_id_for_each_registry(self, vault: Vault, other_registry: Vault):
        assert vault.store() is None
        made = vault.make_store()
        assert vault.store() == vault.make_store() == made
        assert other_registry.store() is None
        assert other_registry.make_store() != made

    def test_what_is_no_secret_is_refused(self, vault: Vault):
        for text in ("", "x" * 100_000):
            with pytest.raises(UnfitSecretError):
                vault.put(SLOT, 1, Secret(text))
        assert vault.get(SLOT) is None

    def test_its_state_is_told(self, vault: Vault):
        made = vault.make_store()
        state = vault.state()
        assert (state.backend, state.trusted, state.store) == (vault.backend, True, made)
        assert state.name
        assert len(state.notes) == self.notes
