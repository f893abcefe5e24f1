"""Who was erased is told by the word for it in the language of whoever looks, not in that of whoever erased them."""

from __future__ import annotations

from datetime import date

from core.i18n import N_, use_language
from core.inventory.editing import open_record
from core.inventory.lists import CHANNELS
from core.inventory.person_sheet import person_sheet
from core.model import Person
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry
from tests.factories import make_channel, make_owner, make_person

TODAY = date(2026, 11, 23)


def test_who_was_erased_is_called_so_in_the_language_of_whoever_looks(registry: Registry):
    leaver, channel = make_person(left_on=date(2019, 3, 31), function="Presse"), make_channel()
    with registry.action(N_("Add")) as session:
        session.add_all([leaver, channel, make_owner(channel, leaver)])
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)
    for language, word in (("en", "former member of staff"), ("de", "ehemalige/r Beschäftigte/r")):
        use_language(language)
        with registry.reading() as session:
            sheet, listed = person_sheet(session, leaver.id, TODAY), open_record(session, CHANNELS, channel.id, TODAY)
            assert session.get_one(Person, leaver.id).name == f"{word} (Presse)"
        assert sheet is not None
        assert listed is not None
        assert (sheet.opened.listed["name"], sheet.opened.listed["family_name"]) == (f"{word} (Presse)", word)
        assert listed.listed["owner"] == f"{word} (Presse)"
