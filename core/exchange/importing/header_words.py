"""Which field a header means: German and English names of columns, told by the words they are made of.

The rules are tried in order, so that "Link zum Impressum" is an imprint and no address of an account.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from core.exchange.importing.importable import BY_KEY, FIELDS, PLATFORM_PREFIX
from core.i18n import current_language
from core.inventory.platforms import WEBSITE, platform_named

Meaning = str
"""A field's key, "platform:<key>", or one of the words below that say why a column is not imported."""
SECRET: Literal["!secret"] = "!secret"  # noqa: S105 - the name of a kind of column
IGNORED: Literal["!ignored"] = "!ignored"

_TWIN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LAST = r"(?:letzt\w*|zuletzt|last|latest)\b.*"
_PHONE = r"(?:tel|telefon\w*|fon|phone|telephone|durchwahl|rufnummer|(?:mobil|handy)\w*)"
_MAIL = r"(?:e ?mails?\w*|emails?\w*|mails?|mailadressen?)"
_DEPUTY = r"(?:\w*vertret\w*|stellv\w*|stv|deputy|deputies|backup|substitute)"
_PRIVATE = r"(?:privat\w*|persoenlich\w*|private|personal)"
_RULES: tuple[tuple[Meaning, str], ...] = (
    (SECRET, r"\w*passw\w*|\w*kennw\w*|pass|pwd?|pins?|puk|tan|zugangscodes?|geheim\w*|totp\w*|2fa\w*|tokens?"),
    (SECRET, r"zugangsdaten|login ?daten|credentials?|secrets?|backup ?codes?|recovery ?codes?|sicherheitsfrage\w*"),
    (IGNORED, r"login\w*|anmeldename\w*|lfd|nr|laufende|id|nummer|no"),
    ("private_profile", rf"{_PRIVATE}\b.*\bprofile?\w*|profile?\w* {_PRIVATE}|(?:admin|ueber|via) ?profil\w*"),
    ("private_phone", rf"{_PRIVATE}\b.*\b(?:{_PHONE}|nummer)|{_PHONE} {_PRIVATE}|privatnummer"),
    ("phone", r"dienst\w*\b.*\b(?:handy\w*|mobil\w*)|dienst(?:handy|mobil)\w*|(?:handy\w*|mobil\w*) dienst\w*"),
    ("private_phone", r"handy\w*|mobil\w*|mobile"),
    ("deputy_email", rf"{_MAIL}\b.*\b{_DEPUTY}|{_DEPUTY} {_MAIL}"),
    (IGNORED, rf"{_PHONE}\b.*\b{_DEPUTY}|{_DEPUTY} {_PHONE}"),
    ("email", _MAIL),
    ("phone", _PHONE),
    ("imprint_url", r"impress\w*|imprint|legal notice"),
    ("privacy_notice_url", r"\w*datenschutz\w*|privacy\b.*"),
    ("netiquette_url", r"\w*netiquette\w*"),
    ("last_post_on", rf"{_LAST}(?:beitrag\w*|post\w*|aktiv\w*|eintrag\w*|tweet|veroeff\w*|activity|active|update\w*)"),
    ("last_post_on", rf"{_LAST}(?:aktualisier\w*|meldung|inhalt\w*)"),
    ("confirmed_on", rf"{_LAST}(?:pruef\w*|gepruef\w*|ueberpr\w*|kontroll\w*|bestaetig\w*|check\w*|review\w*|conf\w*)"),
    (
        "confirmed_on",
        r"(?:ueber)?geprueft(?: am)?|ueberprueft(?: am)?|bestaetigt(?: am)?|\w*pruefdatum|confirmed(?: on)?",
    ),
    ("closing_reason", r"schliessungsgrund|grund\b.*schliessung|closing reason"),
    ("closed_on", r"(?:geschlossen|geloescht|abgeschaltet|beendet|eingestellt|closed) ?(?:am|on|seit)|schliessung\w*"),
    ("approved_on", r"(?:genehmigt|freigegeben|approved) ?(?:am|on|seit)|genehmigungsdatum"),
    ("approved_under", r"genehmigung\w*|\w*beschluss\w*|aktenzeichen|approved under|approval"),
    ("linked_from_site", r"verlinkt\w*|linked\b.*"),
    ("followers", r"\w*follower\w*|\w*abonnent\w*|\w*fans|likes|subscribers?"),
    (IGNORED, r"anzahl|reichweite|kosten|budget"),
    ("deputy", rf"{_DEPUTY}|zweitverantwort\w*|2 (?:verantw|ansprech|zustaend)\w*"),
    ("owner_given_name", r"vornamen?|given name|first name"),
    ("owner_family_name", r"nachnamen?|familiennamen?|zunamen?|family name|last name|surname"),
    (
        "unit",
        r"\w*dienststellen?|\w*einrichtung(?:en)?|fachdienste?|fachbereiche?|\w*organisationseinheit\w*|referate?",
    ),
    ("unit", r"fd|fb|oe|amt|aemter|abteilung\w*|dezernat\w*|institution\w*|bereich|unit|department|einheit|behoerde"),
    ("unit", r"org ?einheit|sachgebiet|stabsstelle|eigenbetrieb|stelle|office|organi[sz]ation\w*|schule|traeger\w*"),
    ("moderator", r"\w*moderat\w*"),
    ("owner", r"\w*verantw\w*|\w*zustaend\w*|\w*owners?|responsible\b.*|person in charge|\w*inhaber\w*|accountable"),
    ("editor", r"\w*redakteur\w*|\w*redaktion\w*|editors?|pflege\w*|gepflegt\b.*|\w*betreu\w*|\w*bearbeit\w*|autor\w*"),
    ("owner", r"\w*ansprech\w*|kontakt\w*|contacts?(?: person)?|person(?:en)?|mitarbeiter\w*|wer"),
    ("opened_on", r"seit(?: wann)?|\w*angelegt\w*|\w*eroeffn\w*|\w*gruend\w*|gestartet\w*|start\w*|besteht\b.*"),
    (
        "opened_on",
        r"opened\w*|since|created|launch\w*|erstellt(?: am)?|aktiv seit|online seit|beginn|freigeschaltet\w*",
    ),
    ("state", r"\w*status|zustand|state|aktiv|active"),
    ("audience", r"\w*zielgruppen?|audience|publikum"),
    ("purpose", r"zweck\w*|ziele?|zielsetzung\w*|purpose|goals?|aufgaben?|inhalte?|themen?|thema"),
    ("languages", r"sprachen?|languages?"),
    ("tags", r"schlagw\w*|schlagwoerter|tags?|stichw\w*|kategorien?|keywords?"),
    ("kind", r"kanalart|art des (?:kanals|auftritts)|zentral dezentral"),
    ("notes", r"bemerkung\w*|notiz\w*|hinweise?|kommentare?|anmerkung\w*|notes?|remarks?|comments?|sonstiges|info\w*"),
    (
        "title",
        r"kanal ?namen?|namen? des (?:kanals|auftritts|kontos|accounts?)|(?:konto|seiten|account)namen?|titel|title",
    ),
    ("handle", r"handles?|benutzernamen?|nutzernamen?|user ?names?|profilnamen?"),
    (
        "url",
        r"\w*adressen?|\w*urls?|\w*links?|web ?seiten?|homepage|profile?|address|accounts?|seiten?|web|website|konto",
    ),
    (
        "platform",
        r"\w*netzwerke?|\w*platt?form(?:en|s)?|kanal|kanaele|channels?|social media\b.*|\w*dienste?|networks?",
    ),
    ("platform", r"portale?|medium|medien|typ|kanaltyp|service|auftritt"),
    ("title", r"namen?|name|bezeichnung|beschreibung|auftritte|angebot"),
)
_COMPILED = tuple((meaning, re.compile(rf"\b(?:{pattern})\b")) for meaning, pattern in _RULES)
_SPELLINGS = {
    word: meaning
    for meaning, words in {
        "platform": "plattform netzwerk platform network",
        "url": "adresse address",
        "owner": "verantwortlich verantwortlicher zustaendig ansprechpartner ansprechperson responsible",
        "deputy": "vertretung stellvertretung stellvertreter deputy",
        "unit": "dienststelle einrichtung fachdienst fachbereich organisationseinheit department",
        "state": "status",
        "notes": "bemerkung bemerkungen anmerkungen hinweise kommentar",
        "audience": "zielgruppe audience",
        "followers": "follower abonnenten",
        "imprint_url": "impressum",
        "phone": "telefon telephone",
        SECRET: "passwort kennwort password",
    }.items()
    for word in words.split()
}
_ALIKE = 84


def plain_header(text: str) -> str:
    """Return a header in small plain letters, without what stands in brackets, gender endings and punctuation."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("\u00ad", "").translate(_TWIN_LETTERS)
    without = re.sub(r"\((?!r\)|n\)|in\))[^()]*\)|[*:/(_](?:in(?:nen)?|r|n)\b\)?", " ", folded)
    return " ".join(re.sub(r"[^\w]+|_", " ", without).split())


def meaning_of(header: str) -> Meaning | None:
    """Return what a header means, or None if it means nothing to us."""
    return _meaning_in(header, current_language())


@lru_cache(maxsize=4096)
def _meaning_in(header: str, _language: str) -> Meaning | None:
    """Return a header's meaning; the names of our own fields depend on the language in use."""
    plain = plain_header(header)
    if not plain or len(plain) > 60:
        return None
    named = platform_named(header) or platform_named(plain)
    if named is not None and named.key != WEBSITE and plain != "medium":
        return f"{PLATFORM_PREFIX}{named.key}"
    if title := _own_names().get(plain):
        return title
    for meaning, pattern in _COMPILED:
        if pattern.fullmatch(plain):
            return meaning
    for meaning, pattern in _COMPILED:
        if pattern.search(plain):
            return None if _is_about_a_platform(plain, meaning) else meaning
    return _misspelt(plain)


def website_column(header: str) -> bool:
    """Tell whether a header names a kind of website ("Blog", "Newsletter"), as lists with a column per platform do."""
    named = platform_named(header)
    return named is not None and named.key == WEBSITE


def field_named(text: str) -> str | None:
    """Return the field a user means by a key, a name of a field or a usual header; an empty text is no field."""
    if text in BY_KEY:
        return text
    if text.startswith(PLATFORM_PREFIX):
        named = platform_named(text.removeprefix(PLATFORM_PREFIX))
        return f"{PLATFORM_PREFIX}{named.key}" if named else None
    meaning = meaning_of(text)
    return None if meaning in (SECRET, IGNORED) else meaning


def _own_names() -> dict[str, str]:
    """Return the program's own names of the fields, so that a list it wrote is read again."""
    return {plain_header(text): field.key for field in FIELDS for text in (field.key, field.label, field.title)}


def _is_about_a_platform(plain: str, meaning: Meaning) -> bool:
    """Tell whether a header such as "Facebook Follower" speaks of one platform only, so that no field fits it."""
    return meaning != SECRET and any(
        (named := platform_named(word)) is not None and named.key != WEBSITE and word not in {"medium", "x"}
        for word in plain.split()
    )


def _misspelt(plain: str) -> Meaning | None:
    if len(plain) < 5:
        return None
    found = process.extractOne(plain, _SPELLINGS.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return _SPELLINGS[found[0]] if found else None
