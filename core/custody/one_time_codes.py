"""One-time codes (TOTP): what platforms show as a QR code or a key to type, and the code of the moment.

Source: RFC 6238 (codes from the time), RFC 4648 (base32), the otpauth addresses that authenticator programs share.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp

from core.custody.secret import Secret
from core.errors import BadInputError
from core.i18n import _

DIGESTS: dict[str, Callable[..., Any]] = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
DIGITS = range(6, 9)
PERIODS = range(5, 121)
FILLING = re.compile(r"[\s=\-]")


@dataclass(frozen=True, slots=True)
class OneTimeCodes:
    """Makes the codes of one second factor.

    Args:
        key: The secret in base32, upper case, without spaces and filling.
        algorithm: A key of DIGESTS.
        digits: How long a code is.
        period: For how many seconds it is valid.
        issuer: Who asks for it; empty if unknown.
        account: Whose it is; empty if unknown.
    """

    key: Secret
    algorithm: str = "SHA1"
    digits: int = 6
    period: int = 30
    issuer: str = ""
    account: str = ""

    def code_at(self, now: datetime) -> tuple[str, int]:
        """Return the code of an instant, and for how many seconds it is still valid."""
        digest = DIGESTS[self.algorithm]
        codes = _Codes(self.key.reveal(), digits=self.digits, digest=digest, interval=self.period)
        seconds = int(now.timestamp())
        return codes.at(seconds), self.period - seconds % self.period


class _Codes(pyotp.TOTP):
    """The library's codes, for short keys too: platforms give out 80 bits, and the library wants 112."""

    def byte_secret(self) -> bytes:
        return _decoded(self.secret)


def one_time_codes(secret: Secret) -> OneTimeCodes:
    """Read what a platform gives out: an otpauth address, or the key in base32 as it is typed.

    Raises:
        BadInputError: It is neither.
    """
    text = secret.reveal().strip()
    if re.match("otpauth:", text, re.IGNORECASE):
        return _from_address(text)
    return OneTimeCodes(_key(text))


def code_at(secret: Secret, now: datetime) -> tuple[str, int]:
    """Return the code that a stored secret gives at an instant, and for how many seconds it is still valid.

    Raises:
        BadInputError: It is no secret of one-time codes.
    """
    return one_time_codes(secret).code_at(now)


def _from_address(address: str) -> OneTimeCodes:
    try:
        parts = urlsplit(address)
        told = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        raise BadInputError(_("This otpauth address cannot be read: copy it once more, whole.")) from None
    if parts.netloc.lower() != "totp":
        raise BadInputError(
            _("This otpauth address is not for codes by the time (totp): choose that kind at the platform.")
        )
    if "secret" not in told:
        raise BadInputError(_("This otpauth address holds no key (secret=): copy it once more, whole."))
    issuer, _colon, account = unquote(parts.path).strip("/").rpartition(":")
    return OneTimeCodes(
        _key(told["secret"]),
        _algorithm(told.get("algorithm", "SHA1")),
        _number(told.get("digits", "6"), DIGITS, _("A code has {first} to {last} digits, not {given}.")),
        _number(told.get("period", "30"), PERIODS, _("A code is valid for {first} to {last} seconds, not {given}.")),
        told.get("issuer", issuer.strip()),
        account.strip(),
    )


def _key(text: str) -> Secret:
    key = FILLING.sub("", text).upper()
    if not key:
        raise BadInputError(_("The key is empty: type the characters that the platform shows beside the QR code."))
    if re.fullmatch("[A-Z2-7]+", key) is None:
        raise BadInputError(
            _("The key may have the letters A to Z and the digits 2 to 7 only: check it against the platform's page.")
        )
    try:
        _decoded(key)
    except binascii.Error:
        raise BadInputError(_("The key is not whole: copy it once more, with its first and last character.")) from None
    return Secret(key)


def _decoded(key: str) -> bytes:
    return base64.b32decode(key + "=" * (-len(key) % 8))


def _algorithm(name: str) -> str:
    known = name.upper().replace("-", "").removeprefix("HMAC")
    if known not in DIGESTS:
        told = _("The algorithm of this otpauth address is not known here: {known} are.")
        raise BadInputError(told.format(known=", ".join(DIGESTS)))
    return known


def _number(text: str, allowed: range, sentence: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) in allowed:
        return int(text)
    raise BadInputError(sentence.format(first=allowed[0], last=allowed[-1], given=text[:10]))
