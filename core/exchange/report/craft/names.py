"""Names by which formulas, filters and readers find parts of a workbook: unique, and of plain letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_LIKE_A_PLACE = re.compile(r"[A-Za-z]{1,3}\d*|[Rr]\d*[Cc]\d*")
_LONGEST_NAME, _LONGEST_HEADER = 60, 255


def identifier(text: str) -> str:
    """Return a text as a name that tables and cells can bear: letters, digits and underscores, like no cell's place."""
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN)).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", plain).strip("_")[:_LONGEST_NAME] or "_"
    return f"_{name}" if name[0].isdigit() or _LIKE_A_PLACE.fullmatch(name) else name


def unique(text: str, taken: set[str]) -> str:
    """Return a name that no other part of the workbook bears, and take it."""
    name = next(one for one in _numbered(text, "_") if one.casefold() not in taken)
    taken.add(name.casefold())
    return name


def headers(titles: Iterable[str]) -> list[str]:
    """Return the titles of a table's columns as it demands them: on one line, none empty, no two alike."""
    found: list[str] = []
    taken = set[str]()
    for title in titles:
        plain = " ".join(title.split())[:_LONGEST_HEADER] or "–"
        found.append(next(one for one in _numbered(plain, " ") if one.casefold() not in taken))
        taken.add(found[-1].casefold())
    return found


def _numbered(text: str, between: str) -> Iterator[str]:
    yield text
    number = 2
    while True:
        yield f"{text}{between}{number}"
        number += 1


def reference(sheet: str, place: str) -> str:
    """Return how a formula or a chart refers to cells of a sheet, as in "'Overview'!$B$3:$B$9"."""
    from openpyxl.utils import absolute_coordinate, quote_sheetname

    return f"{quote_sheetname(sheet)}!{absolute_coordinate(place)}"


def define(workbook: Any, name: str, refers_to: str) -> None:
    """Give cells a name of their own."""
    from openpyxl.workbook.defined_name import DefinedName

    workbook.defined_names[name] = DefinedName(name, attr_text=refers_to)
