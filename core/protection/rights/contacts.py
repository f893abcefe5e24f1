"""Who is responsible for people's data and whom they can turn to, as extracts and documents name them."""

from __future__ import annotations

from core.i18n import _
from core.settings import SETTINGS, Settings

CONTROLLER, OFFICER, AUTHORITY = "privacy.controller", "privacy.officer", "privacy.authority"
CONTACTS = tuple(one for one in SETTINGS if one.key in {CONTROLLER, OFFICER, AUTHORITY})
"""The settings, in the order in which they are asked for."""


def missing_contacts(settings: Settings) -> tuple[str, ...]:
    """Return what nobody has entered yet, by the labels of the settings."""
    return tuple(_(one.label) for one in CONTACTS if not settings[one.key])
