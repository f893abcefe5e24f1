"""Every hint is a whole sentence in the user's language with a stable code."""

import re
from datetime import date

from core.i18n import use_language
from core.inventory import hints
from core.inventory.platforms import Platform


def test_every_hint_can_be_told_and_keeps_its_code_in_every_language():
    for kind, sentence in hints._SENTENCES.items():
        values = dict.fromkeys(re.findall(r"\{(\w+)\}", sentence), "Beispiel")
        told = hints.hint(kind, **values)
        assert told.text
        assert "{" not in told.text
        assert told.code in hints._SENTENCES


def test_a_long_pasted_text_is_shortened_in_its_hint():
    assert len(hints.hint("mail-address", text="a" * 5000).text) < 200


def test_an_end_to_come_is_told_with_its_day():
    use_language("en")
    try:
        ending = Platform("beispiel", "Beispiel", life="ending", ends_on=date(2027, 3, 31))
        assert hints.life_hints(ending) == (
            hints.Hint("platform-ending", "Beispiel will be shut down on 31 Mar 2027."),
        )
    finally:
        use_language("de")
    assert hints.life_hints(Platform("beispiel", "Beispiel")) == ()
