"""Bech32 after BIP-173, writing only: the one form in which age takes a key that was derived from a seed.

No library of the lock file writes it: pyrage makes keys from its own randomness only and reads them as text, its SSH
keys are of another kind, and cryptography knows no Bech32. What is written here is read back by pyrage, checksum
included, each time a key is made; so a mistake shows at once.
"""

from __future__ import annotations

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def bech32(prefix: str, content: bytes) -> str:
    """Write bytes in Bech32, lower case.

    Args:
        prefix: The human-readable part, lower case.
        content: The bytes behind it.
    """
    return bech32_of_groups(prefix, _groups(content))


def bech32_of_groups(prefix: str, groups: list[int]) -> str:
    """Write numbers of five bits each in Bech32, lower case."""
    checksum = _polymod([*_expanded(prefix), *groups, *[0] * _CHECKSUM_LENGTH]) ^ 1
    closing = [(checksum >> 5 * (_CHECKSUM_LENGTH - 1 - place)) & 31 for place in range(_CHECKSUM_LENGTH)]
    return f"{prefix}1{''.join(ALPHABET[group] for group in [*groups, *closing])}"


def _groups(content: bytes) -> list[int]:
    """Cut bytes into groups of five bits, the last one filled up with zeros."""
    count = -(-len(content) * 8 // 5)
    number = int.from_bytes(content) << (count * 5 - len(content) * 8)
    return [(number >> 5 * (count - 1 - place)) & 31 for place in range(count)]


def _expanded(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(groups: list[int]) -> int:
    checksum = 1
    for group in groups:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ group
        for place, generator in enumerate(_GENERATOR):
            checksum ^= generator if top >> place & 1 else 0
    return checksum
