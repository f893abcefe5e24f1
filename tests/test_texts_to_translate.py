"""What the program asks to have translated can be found by those who translate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASKING = {"_", "ngettext"}


def test_no_text_to_translate_hides_inside_an_f_string():
    """Babel reads the source as Python 3.11 cuts it into words: an f-string is one word, whatever is called in it."""
    files = [file for folder in ("core", "gui") for file in (ROOT / folder).rglob("*.py")]
    hidden = [f"{file.relative_to(ROOT)}: {text}" for file in files for text in _hidden(file)]
    assert hidden == []


def _hidden(file: Path) -> Iterator[str]:
    for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(one, ast.JoinedStr):
            for call in ast.walk(one):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ASKING:
                    yield from (str(text.value) for text in call.args[:1] if isinstance(text, ast.Constant))
