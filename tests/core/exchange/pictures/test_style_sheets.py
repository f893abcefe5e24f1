"""Styles name colours, shapes and parts of their own drawing, however somebody writes anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.limits import Refused
from core.exchange.pictures import style_sheets

HARMLESS = (
    "",
    "fill:#1f5fbf;stroke:none",
    "fill:rgb(31, 95, 191);opacity:.5",
    "fill:url(#verlauf)",
    "fill:url( '#verlauf' ) /* blue */",
    "clip-path:url(#a);transform:rotate(45) translate(1,2)",
    ".st0{fill:#FFF;}.st1{fill:url(#a);}",
    "@media print{.a{fill:none}}",
    "/* Layer 1, (c) City of Musterstadt */ .a{fill:red}",
    "font-family:'Source Sans 3', sans-serif;-inkscape-font-specification:'Sans, Normal'",
)
blanks = st.text(" \t\n", max_size=3)
comments = st.sampled_from(("", "/**/", "/* a */", " /* url(#a) */ ", "b:'/*';", "b:url(#a/*);", '"*/";', "/*"))
elsewhere = st.sampled_from(
    ("http://x.example/a", "//x.example/a", "a.png", "/etc/passwd", "data:text/css,a", "other.svg#a")
)


@pytest.mark.parametrize("style", HARMLESS)
def test_what_a_drawing_needs_passes(style):
    style_sheets.check(style)


@settings(max_examples=150)
@given(st.data())
def test_nothing_is_fetched_however_it_is_written(data):
    word = "".join(data.draw(st.sampled_from((sign, sign.upper()))) for sign in "url")
    quote = data.draw(st.sampled_from(("", "'", '"')))
    argument = f"{data.draw(blanks)}{quote}{data.draw(elsewhere)}{quote}{data.draw(blanks)}"
    before, behind = data.draw(st.sampled_from(HARMLESS)), data.draw(st.sampled_from(("", ")", ");fill:red", "}")))
    style = f"{before};{data.draw(comments)}fill:{data.draw(comments)}{word}({argument}{behind}"
    with pytest.raises(Refused):
        style_sheets.check(style)
