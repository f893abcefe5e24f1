"""What the names of columns mean, in German and English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import i18n
from core.exchange.importing.header_words import IGNORED, SECRET, field_named, meaning_of
from core.exchange.importing.importable import BY_KEY, FIELDS, PLATFORM_PREFIX

MEANINGS = {
    "platform": "Netzwerk|Plattform|Kanal|Social-Media-Dienst|Social Media Kanal|Platform|Soziales Netzwerk"
    "|Medium|Netzwerke",
    "url": "Adresse |URL|Link|Profil|Webadresse|Internetadresse|URL/Link|Kanal-URL|Link zum Kanal|Address",
    "handle": "Handle|Benutzername|Nutzername|Username",
    "title": "Kanalname|Titel|Name|Bezeichnung|Name des Kanals|Title",
    "opened_on": "seit|angelegt|Angelegt am|eröffnet|eröffnet am|Gründung|online seit|opened|Since|Startdatum",
    "owner": "Zuständig|Verantwortlich|verantw. Person|Verantwortliche/r|Verantwortliche(r)|Verantwortliche:r"
    "|Ansprechpartner|Ansprechpartner*in|Ansprechpartnerin|Ansprechperson|Name der verantwortlichen Person|Owner"
    "|Person in charge|Verantwortich|Hauptverantwortliche",
    "deputy": "Vertretung|Stellvertreter|Stellvertretung|stellv. Verantwortliche|Vertreter/in|Deputy|Stv.",
    "editor": "Redakteur|Redaktion|Online-Redaktion|Betreuung|gepflegt von",
    "unit": "FD|Amt|Dienststelle|Einrichtung|Fachdienst|Fachbereich|Organisationseinheit|Referat|zuständiges Amt|Unit"
    "|Abteilung/Amt|verantwortliche Stelle|Org.-Einheit",
    "email": "E-Mail|Email|Mail|E-Mail-Adresse|Mailadresse|e-mail (dienstlich)|E-Mail Verantwortliche",
    "phone": "Telefon|Tel.|Telefonnummer|Durchwahl|Diensthandy|Phone",
    "private_phone": "Telefon privat|Handy|private Telefonnummer|Mobil|Private phone",
    "private_profile": "privates Profil|persönliches Profil|Admin-Profil",
    "deputy_email": "E-Mail Vertretung|Vertretung E-Mail|E-Mail der Vertretung",
    "last_post_on": "letzter Beitrag|letzter Post|zuletzt aktiv|letzte Aktivität|Datum des letzten Beitrags|Last post",
    "confirmed_on": "Letzte Prüfung|zuletzt geprüft|geprüft am|letzte Kontrolle|Confirmed on|Last check",
    "state": "Status|Zustand|aktiv|aktiv?|State",
    "notes": "Bemerkungen|Notizen|Hinweise|Kommentar|Anmerkung|Notes|Bemerkugen|Remarks",
    "followers": "Follower|Abonnenten|Abonnenten (Stand 01.10.2024)|Anzahl Follower|Subscribers",
    "audience": "Zielgruppe|Audience",
    "purpose": "Zweck|Ziel|Zweck/Ziel|Ziele|Purpose",
    "imprint_url": "Impressum|Link zum Impressum|Imprint",
    "languages": "Sprache|Sprachen|Language",
    "tags": "Schlagworte|Schlagwörter|Tags",
    "platform:facebook": "Facebook|Facebook-Seite|Facebook-Link|fb",
    "platform:x": "Twitter|X|Twitter/X|X (ehem. Twitter)",
    "platform:youtube": "YouTube|Youtube-Kanal",
    SECRET: "Passwort|Kennwort|Password|PIN|Passwörter|Zugangsdaten|PW|Login-Passwort|Facebook-Passwort|Passwrot",
    IGNORED: "Lfd. Nr.|Nr.|ID|Login|Telefon Vertretung|Reichweite",
}


@pytest.mark.parametrize(("header", "meaning"), [(h, m) for m, headers in MEANINGS.items() for h in headers.split("|")])
def test_a_header_is_understood_by_its_meaning(header, meaning):
    assert meaning_of(header) == meaning
    assert meaning_of(header.upper()) == meaning


@pytest.mark.parametrize(
    "header", ["", "  ", "Facebook-Follower", "Stand: 15.11.2010 (Internetredaktion, FD 3.5)", "42"]
)
def test_what_no_field_fits_is_left_alone(header):
    assert meaning_of(header) is None


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_the_programs_own_names_are_understood_in_both_languages(field, language):
    i18n.use_language(language)
    assert field_named(field.key) == field.key
    assert meaning_of(field.title) == field.key


def test_a_field_is_named_by_key_by_header_or_by_platform():
    assert field_named("owner") == field_named("Zuständig") == "owner"
    assert field_named("platform:twitter") == field_named("Twitter") == "platform:x"
    assert field_named("Quatsch") is None
    assert field_named("Passwort") is None


@given(st.text(max_size=80))
def test_any_header_means_something_known_or_nothing(header):
    meaning = meaning_of(header)
    assert meaning is None or meaning in BY_KEY or meaning in (SECRET, IGNORED) or meaning.startswith(PLATFORM_PREFIX)
