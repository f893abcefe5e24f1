"""What stands in a KeePass file: entries with their secrets under cover, and the one-time codes in the form we keep."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlencode

from core.custody.secret import Secret

_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)
_AUTHENTICATOR = "otpauth:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file.

    Attributes:
        number: Its place in the file, from 1, as it is shown beside it.
        urls: Its addresses, the main one first.
        codes: What one-time codes are made from, empty if it makes none.
        notes: Empty unless they were asked for.
        groups: The names of the groups above it, without the root's.
        expires_on: The day on which it expires.
        changed_on: The day on which anything in it was last changed.
    """

    number: int
    title: str
    login_name: str
    password: Secret
    urls: tuple[str, ...] = ()
    codes: Secret = field(default_factory=lambda: Secret(""))
    notes: str = field(default="", repr=False)
    groups: tuple[str, ...] = ()
    expires_on: date | None = None
    changed_on: date | None = None


def codes_in(fields: Mapping[str, str]) -> Secret:
    """Return the secret of one-time codes as an otpauth address or a key in base32; empty if there is none.

    Args:
        fields: "otp" (KeePassXC; KeeOtp wrote "key=..." there), "TOTP Seed" with "TOTP Settings" (KeePassXC before 2.5,
            Tray TOTP), or "TimeOtp-..." (KeePass 2.47).
    """
    if otp := fields.get("otp", "").strip():
        return Secret(otp if otp.lower().startswith(_AUTHENTICATOR) else _from_pairs(otp))
    if seed := fields.get("TOTP Seed", "").strip():
        period, _semicolon, digits = fields.get("TOTP Settings", "").partition(";")
        return Secret(_address(seed, digits=digits, period=period))
    if key := fields.get("TimeOtp-Secret-Base32", "").strip() or _key_elsewhere(fields):
        told = {name: fields.get(f"TimeOtp-{name.capitalize()}", "") for name in ("algorithm", "period")}
        return Secret(_address(key, digits=fields.get("TimeOtp-Length", ""), **told))
    return Secret("")


def day_of(expiry: str) -> date | None:
    """Return the day that the file names, None if it names none that the calendar has."""
    try:
        if "-" in expiry:
            return datetime.fromisoformat(expiry).date()
        (seconds,) = struct.unpack("<Q", base64.b64decode(expiry))
        return (_FIRST_DAY + timedelta(seconds=seconds)).date()
    except (ValueError, OverflowError, struct.error):
        return None


def _from_pairs(text: str) -> str:
    told = {name: values[0] for name, values in parse_qs(text).items()}
    if "key" not in told:
        return text
    return _address(told["key"], digits=told.get("size", ""), period=told.get("step", ""))


def _key_elsewhere(fields: Mapping[str, str]) -> str:
    """Return the key in base32 where KeePass keeps it as text, hexadecimal digits or base64."""
    ways = {
        "TimeOtp-Secret": lambda text: text.encode(),
        "TimeOtp-Secret-Hex": bytes.fromhex,
        "TimeOtp-Secret-Base64": base64.b64decode,
    }
    for name, decode in ways.items():
        if text := fields.get(name, "").strip():
            try:
                return base64.b32encode(decode(text)).decode().rstrip("=")
            except (ValueError, binascii.Error):
                return text
    return ""


def _address(key: str, *, digits: str = "", period: str = "", algorithm: str = "") -> str:
    """Return the key alone where the codes are the usual ones, else an otpauth address."""
    told = {"digits": digits.strip(), "period": period.strip(), "algorithm": algorithm.strip().upper().replace("-", "")}
    usual = {"digits": {"", "6"}, "period": {"", "30"}, "algorithm": {"", "SHA1", "HMACSHA1"}}
    special = {name: value for name, value in told.items() if value not in usual[name]}
    return f"otpauth://totp/?{urlencode({'secret': ''.join(key.split()), **special})}" if special else key
