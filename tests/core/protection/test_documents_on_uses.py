"""The documents say what goes by itself, and what the full log of uses changes while it is on."""

from __future__ import annotations

import re
from datetime import date

from core.i18n import LANGUAGES
from core.protection.documents.filling import phrases
from core.protection.documents.making import make_documents
from core.settings import Settings


def test_what_goes_by_itself_stands_among_the_periods():
    documents = {(one.key, one.language): one for one in make_documents(Settings({}), date(2026, 11, 23))}
    for key in ("notice", "record", "council", "deletion"):
        for language in LANGUAGES:
            said = phrases(language)
            assert {said["period_absences"], said["period_uses"]} <= set(
                re.findall("<td[^>]*>([^<]*)", documents[key, language].body)
            )


def test_a_full_log_of_uses_asks_for_an_assessment_of_its_own():
    on = Settings({"uses-log.reference": "DV 7", "uses-log.until": "2026-12-31"})
    for settings, wanted in ((on, True), (Settings({}), False)):
        for one in make_documents(settings, date(2026, 11, 23)):
            if one.key == "record":
                assert (phrases(one.language)["dpia_on"] in one.body) is wanted
