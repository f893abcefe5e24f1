"""The city's own words for its organisation units ("Fachdienst", "Amt"): where one is set, every label says it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import N_, _, use_terms
from core.model import UnitKind
from core.settings import Settings, change_setting

LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the city can replace.

    Attributes:
        key: The setting that holds the city's word.
        source: Source text of the label that it replaces.
        also: The same label with the mark of its key.
    """

    key: str
    source: str
    also: str = ""


TERMS = (
    Term("term.unit", N_("Unit"), N_("&Unit")),
    Term("term.units", N_("Units")),
    *(Term(f"term.{kind.value}", kind.label) for kind in UnitKind),
)


def follow_terms(settings: Settings) -> None:
    """Put the words of a registry's city in force for the whole process, as its language is."""
    words: dict[str, str] = {}
    for term in TERMS:
        word = str(settings[term.key]).strip()[:LONGEST_WORD].replace("&", "")
        if word:
            words |= {term.source: word} | ({term.also: f"&{word}"} if term.also else {})
    use_terms(words)


def change_term(session: Session, key: str, word: str) -> None:
    """Set the city's word, or with an empty text the program's again; call inside an action.

    Raises:
        BadInputError: The word is too long or holds a sign that a label cannot show.
    """
    plain = " ".join(word.split())
    if len(plain) > LONGEST_WORD or "&" in plain or not plain.isprintable():
        raise BadInputError(
            _("“{word}” cannot be used as a word. It has {number} characters at most and no “&”.").format(
                word=plain[:LONGEST_WORD], number=LONGEST_WORD
            )
        )
    change_setting(session, key, plain)
