"""Texts in the user's language: one gettext catalogue for core and gui, its source texts in English.

`_` translates when called; `N_` only marks a text that is stored as source and translated when shown.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("de", "en")
DEFAULT_LANGUAGE = "de"
DOMAIN = "kanalregister"
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "locale"


class _State:
    """The catalogue in use; one for the whole process."""

    language = DEFAULT_LANGUAGE
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
    terms: Mapping[str, str] = MappingProxyType({})


def use_language(language: str) -> None:
    """Switch every later text to a language.

    Args:
        language: One of LANGUAGES; anything else falls back to German, the language of the house.
    """
    _State.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _State.catalogue = _gettext.translation(DOMAIN, LOCALE_FOLDER, [_State.language], fallback=True)


def current_language() -> str:
    """Return the key of the language in use, "de" or "en"."""
    return _State.language


def system_language() -> str:
    """Return the language of the operating system's user if the program speaks it, else German."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    key = spoken.replace("-", "_").split("_")[0].split(".")[0].lower()
    return {"english": "en", "german": "de"}.get(key, key if key in LANGUAGES else DEFAULT_LANGUAGE)


def _(message: str) -> str:
    """Translate a text; where the city has a word of its own for it, that is the translation."""
    return _State.terms.get(message) or _State.catalogue.gettext(message)


def usual(message: str) -> str:
    """Translate a text as the program does by itself, whatever the city's own words are."""
    return _State.catalogue.gettext(message)


def use_terms(terms: Mapping[str, str]) -> None:
    """Put the words of the city whose registry is open in the place of the program's.

    Args:
        terms: The city's word by the source text of a label.
    """
    _State.terms = MappingProxyType(dict(terms))


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool knows
    """Mark a text for translation and return it unchanged."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a text that depends on a number."""
    return _State.catalogue.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """Translate a text that means different things in different places."""
    return _State.catalogue.pgettext(context, message)


def quoted(text: str) -> str:
    """Put a name into the quotation marks of the reader's language."""
    return _("“{text}”").format(text=text)


def show_date(day: date | None) -> str:
    """Write a day as the reader expects it: 31.12.2026 in German, 31 Dec 2026 in English."""
    if day is None:
        return ""
    if _State.language == "de":
        return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year:04d}"


def show_instant(instant: datetime | None) -> str:
    """Write an instant in the reader's own time zone, to the minute."""
    if instant is None:
        return ""
    here = instant.astimezone()
    return f"{show_date(here.date())}, {here.hour:02d}:{here.minute:02d}"


_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
