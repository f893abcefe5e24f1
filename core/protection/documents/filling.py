"""Templates of documents: what stands in double braces is filled in, what stands in double brackets people fill in."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "documents"
_PLACE = re.compile(r"\{\{([a-z_]+)\}\}")
_BLANK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)


@cache
def template(language: str, name: str) -> str:
    """Read a template: XHTML without head and style."""
    return (FOLDER / language / f"{name}.html").read_text(encoding="utf-8")


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Read the sentences of which one or another stands in the documents, as the settings are."""
    return {
        key: str(text) for key, text in tomllib.loads((FOLDER / language / "phrases.toml").read_text("utf-8")).items()
    }


def rights(language: str, texts: Mapping[str, str]) -> str:
    """Return what people's rights are, with whom they can turn and complain to; as a block, still with blanks."""
    return _PLACE.sub(lambda found: _escaped(texts[found[1]]), template(language, "rights"))


def fill(text: str, facts: Mapping[str, str], blocks: Mapping[str, str]) -> str:
    """Fill a template.

    Args:
        text: The template.
        facts: Texts by place, as they are; they may hold blanks themselves.
        blocks: Tables and the like by place, as XHTML.

    Raises:
        KeyError: The template wants something else.
    """
    filled = _PLACE.sub(lambda found: blocks[found[1]] if found[1] in blocks else _escaped(facts[found[1]]), text)
    return _BLANK.sub(lambda found: f'<span class="blank">[{found[1]}]</span>', filled)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
