"""Whether the text on a report's cover names people of the registry: only the editorial team should read names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import _
from core.model import Person, PersonKind
from core.protection.recognising.known_names import known_people
from core.protection.recognising.name_forms import Forms, forms_of
from core.settings import read_settings

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CoverNames:
    """How the people of the registry are recognised in a text."""

    forms: Forms

    def found_in(self, text: str) -> list[str]:
        """Return what surely names somebody, as it stands in the text, each once."""
        if not self.forms.may_be_in(text):
            return []
        return list(dict.fromkeys(hit.group() for hit in self.forms.sure.finditer(text)))


def read_cover_names(session: Session) -> CoverNames:
    """Learn by what people are recognised; offices are no people, and the city's own name names nobody."""
    offices = set(session.scalars(select(Person.id).where(Person.kind == PersonKind.OFFICE)))
    people = [known for person, known in known_people(session).items() if person not in offices]
    return CoverNames(forms_of(people, (), _WORD.findall(str(read_settings(session)["city.name"]))))


def names_sentence(found: list[str]) -> str:
    """Say that a text names people to a reader who should not read names; nothing where it names nobody."""
    if not found:
        return ""
    told = _(
        "The text on the cover names {names}. This report leaves the press office: write functions instead of names."
    )
    return told.format(names=", ".join(_("“{name}”").format(name=name) for name in found))
