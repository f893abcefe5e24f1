"""How a thing of a handover is named: with what it is, and never twice."""

from __future__ import annotations

import pytest

from gui.handover_words import lacking_text


@pytest.mark.parametrize(
    ("table", "label", "told"),
    [
        ("credential", "Instagram", "Login: Instagram"),
        ("credential", "Login Instagram", "Login Instagram"),
        ("credential", "login of the town", "login of the town"),
        ("credential", "Loginserver", "Login: Loginserver"),
        ("channel", "Login Instagram", "Channel: Login Instagram"),
        ("something_else", "Zoo", "Zoo"),
    ],
)
def test_a_thing_is_named_with_what_it_is_once(in_english, table, label, told):
    assert lacking_text(table, label) == told
