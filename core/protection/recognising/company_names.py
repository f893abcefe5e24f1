"""Family names in the names of companies: “Agentur Mustermann” need not be a person that the registry knows."""

from __future__ import annotations

import re

from core.protection.recognising.spelling import Found

_BEFORE = (
    *("agentur", "firma", "fa.", "studio", "atelier", "foto", "photo", "fotografie", "photography", "film"),
    *(
        "verlag",
        "druckerei",
        "druck",
        "werbung",
        "medien",
        "media",
        "design",
        "büro",
        "buero",
        "kanzlei",
        "gesellschaft",
    ),
    *(
        "bäckerei",
        "baeckerei",
        "metzgerei",
        "buchhandlung",
        "apotheke",
        "stiftung",
        "company",
        "agency",
        "publisher",
        "printers",
    ),
)
"""What such a name begins with, in small letters; also as the end of a longer word: “Werbeagentur”."""

_AFTER = (
    r"(?:\s+|-)(?:(?-i:GmbH|gGmbH|AG|KG|OHG|UG|GbR|SE|KGaA|e\.\s?[VK]\.|Ltd\b|Inc\b|LLC\b|PartG)"
    r"|Verlag|Druck(?:erei)?|Fotografie|Photography|Fotostudio|Studios?|Design|Medien|Media|Film|Werbung|Stiftung"
    r"|Werbeagentur|Agentur)(?!\w)"
    r"|\s*(?:&|\+|und)\s*(?:(?-i:Co)(?!\w)|Partner(?!\w)|S(?:oe|[oö])hne?(?!\w)|Cie(?!\w)|T(?:oe|[oö])chter(?!\w))"
)

_AROUND_BEFORE = re.compile(rf"(?:{'|'.join(map(re.escape, _BEFORE))})[\s-]$", re.IGNORECASE)
_AROUND_AFTER = re.compile(_AFTER, re.IGNORECASE)
_LONGEST = max(map(len, _BEFORE)) + 1


def apart_from_companies(family: str) -> str:
    """Return the pattern of a family name where it does not stand in the name of a company.

    Args:
        family: Its own pattern.
    """
    none = "".join(rf"(?<!{re.escape(word)}[\s-])" for word in _BEFORE)
    return rf"(?={family}){none}{family}(?!{_AFTER})"


def in_companies(family: str) -> str:
    """Return the pattern of a family name where it stands in the name of a company.

    Args:
        family: Its own pattern.
    """
    some = "|".join(rf"(?<={re.escape(word)}[\s-])" for word in _BEFORE)
    return rf"(?={family})(?:(?:{some}){family}|{family}(?={_AFTER}))"


def is_in_company(found: Found) -> bool:
    """Say whether what was found stands in the name of a company."""
    before = found.string[max(0, found.start() - _LONGEST) : found.start()]
    return bool(_AROUND_BEFORE.search(before) or _AROUND_AFTER.match(found.string, found.end()))
