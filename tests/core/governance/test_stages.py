"""The stages of the rules, and what each would bring."""

from __future__ import annotations

from core.governance.findings import find
from core.governance.rules import RULES
from core.governance.stages import STAGES, preview_stages, rules_of_stage, stage_name, stage_title
from core.i18n import N_
from core.settings import read_settings
from tests.factories import make_channel


def test_every_rule_belongs_to_one_stage():
    assert [rule.key for stage in range(1, len(STAGES) + 1) for rule in rules_of_stage(stage)] == [
        rule.key for stage in range(1, len(STAGES) + 1) for rule in RULES if rule.stage == stage
    ]
    assert {rule.stage for rule in RULES} <= set(range(1, len(STAGES) + 1))


def test_a_stage_has_a_name_even_where_the_number_is_none(in_english):
    assert [stage_name(stage) for stage in (0, 1, 4, 9)] == ["Allocate", "Allocate", "Maintain", "Maintain"]
    assert stage_title(2) == "2 of 4: Secure"


def test_the_preview_counts_what_switching_on_would_find(registry, today):
    with registry.action(N_("Fill")) as session:
        session.add_all([make_channel(handle="a"), make_channel(handle="b")])
    with registry.reading() as session:
        settings = read_settings(session)
        previews = preview_stages(session, today, settings)
        for preview in previews:
            found = [one for one in find(session, today, settings, len(STAGES)) if one.stage == preview.number]
            assert preview.findings == len(found)
            assert {key for key, number in preview.rules.items() if number} == {one.rule for one in found}
    assert previews[0].rules["no-owner"] == 2
