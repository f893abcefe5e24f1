"""Telling an office ("Pressestelle", "Referat 4 / Onlineteam") from a person, by the words it is made of.

A text is an office if it holds a digit, a word of the list below, a word with one of the endings below ("Personalamt",
"Feuerwehr", "Stadtbücherei"), a word that joins nouns but never names ("für", "des"), or an abbreviation in capitals
("VHS"). Everything else that looks like a name is a person; so a single unknown word is a family name.
"""

from __future__ import annotations

import re

_WORD_LIST = """
    abteilung administration admin agentur amt ansprechstelle archiv ausbildung auskunft azubi azubis bauhof bereich
    betrieb betriebe bildung büro buero bürgermeister bürgermeisterin bürgerservice dezernat dienst digitales direktion
    eigenbetrieb einrichtung fachbereich fachdienst firma freibad friedhof geschäftsführung gleichstellung grafik gruppe
    hallenbad haus info information intendanz integration internet it jobcenter jugend jugendhaus kanzlei karriere
    kinder kita kreis kultur leitstelle leitung marketing media medien museum musik netzwerk öffentlichkeitsarbeit
    office online ordnung orchester personal personalrat philharmonie planung polizei praktikant praktikanten presse
    press projekt rat rathaus redaktion referat ressort sachgebiet schule sekretariat senioren service sg social
    soziales sozialamt sport stab stadt stadtrat stadtteil stadtwerke stelle team technik theater tierheim tierpark
    tourismus
    touristik umwelt verein verkehr verlag verwaltung
    volontariat volontär volontärin vorstand vorzimmer web webmaster
    webredaktion website werkstatt wirtschaft zentrale zentrum zoo department desk municipality council communications
"""
_WORDS = frozenset(_WORD_LIST.split())
_ENDINGS = (
    *("abteilung", "agentur", "akademie", "amt", "amtes", "arbeit", "archiv", "bauhof", "beauftragte", "beauftragter"),
    *("bereich", "betrieb", "betriebe", "bibliothek", "bücherei", "buecherei", "büro", "buero", "bühne", "center"),
    *("dezernat", "dienst", "dienste", "direktion", "feuerwehr", "förderung", "gesellschaft", "gmbh", "gruppe"),
    *("institut", "kämmerei", "kanzlei", "kasse", "kommunikation", "leitung", "marketing", "ministerium", "museum"),
    *("netzwerk", "orchester", "planung", "presse", "rathaus", "redaktion", "referat", "schule", "schulen", "service"),
    *("sekretariat", "stelle", "tagesstätte", "team", "teams", "theater", "verband", "verein", "verwaltung", "wehr"),
    *("werke", "wesen", "zentrale", "zentrum"),
)
_NAMES_WITH_SUCH_ENDINGS = frozenset({"estelle", "chrystelle", "christelle", "maristelle"})
_JOINING = frozenset(
    {"für", "fuer", "des", "im", "beim", "bei", "aus", "mit", "ohne", "am", "an", "auf", "of", "for", "the"}
)
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ&]{1,4}")
_WORD = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)?")


def is_office(text: str) -> bool:
    """Tell whether a text names an office rather than a person."""
    words = _WORD.findall(text)
    if any(letter.isdigit() for letter in text):
        return True
    if any(_says_office(word.casefold()) for word in words):
        return True
    shouted = len(words) > 1 and text.upper() == text
    return not shouted and any(_ABBREVIATION.fullmatch(word) for word in words)


def _says_office(word: str) -> bool:
    if word in _WORDS or word in _JOINING:
        return True
    return word.endswith(_ENDINGS) and word not in _NAMES_WITH_SUCH_ENDINGS
