"""The handbook: short pages of Markdown in two languages; what the rules say of themselves is taken from the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from core.i18n import _, current_language

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "handbook"
PAGES = (
    "start",
    "import",
    "overview",
    "channels",
    "people",
    "units",
    "credentials",
    "recovery-key",
    "escrow",
    "key-cards",
    "handovers",
    "keepass",
    "assets",
    "findings",
    "privacy",
    "report",
    "log",
    "backup",
    "settings",
    "command-line",
    "keyboard",
)
"""The pages in the order in which they are read."""

RULES = "<!-- rules -->"
KEYS = "<!-- keys -->"
_ANCHOR = re.compile(r'<a id="([a-z0-9-]+)"></a>')
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One page.

    Attributes:
        key: Its file's name without the ending.
        title: Its first heading.
        text: Its Markdown, without the marks of the anchors.
        anchors: The anchor of each heading in the order of the headings, empty where one has none.
    """

    key: str
    title: str
    text: str
    anchors: tuple[str, ...]

    @property
    def words(self) -> str:
        """What can be searched: the text without its pictures."""
        return _PICTURE.sub("", self.text)


def read_handbook() -> tuple[HandbookPage, ...]:
    """Read all pages in the language in use."""
    folder = FOLDER / current_language()
    return tuple(_page(key, (folder / f"{key}.md").read_text(encoding="utf-8")) for key in PAGES)


def links_of(page: HandbookPage) -> list[str]:
    """Return where the links of a page lead: "people.md#leaving", "#top"."""
    return _LINK.findall(page.text)


def pictures_in(text: str) -> dict[str, Path]:
    """Return the files of the pictures in a text of the handbook, by what the text calls them."""
    return {name: (FOLDER / current_language() / name).resolve() for name in _PICTURE.findall(text)}


def split_link(link: str, here: str) -> tuple[str, str]:
    """Return the page and the anchor to which a link leads.

    Args:
        link: As it is written: "people.md#leaving", "#leaving"; a topic "people#leaving" is understood, too.
        here: The page on which it stands.
    """
    page, _mark, anchor = link.partition("#")
    return page.removesuffix(".md") or here, anchor


def _page(key: str, source: str) -> HandbookPage:
    lines, anchors = list[str](), list[str]()
    waiting = ""
    for line in source.replace(RULES, _rules() if RULES in source else "").splitlines():
        if found := _ANCHOR.fullmatch(line.strip()):
            waiting = found[1]
            continue
        if line.startswith("#"):
            anchors.append(waiting)
            waiting = ""
        lines.append(line)
    title = next(line.lstrip("# ") for line in lines if line.startswith("#"))
    return HandbookPage(key, title, "\n".join(lines), tuple(anchors))


def _rules() -> str:
    """Return what each rule says of itself; imported here, because the rules bring the database with them."""
    from core.governance.rules import RULES as ALL

    parts = [
        "\n".join(
            (
                f'<a id="rule-{rule.key}"></a>',
                f"### {_(rule.title)}",
                "",
                _("**{severity}**, stage {stage}. {why}").format(
                    severity=_(rule.severity.label), stage=rule.stage, why=_(rule.why)
                ),
                "",
                _("*Source: {source}*").format(source=_(rule.source)),
            )
        )
        for rule in sorted(ALL, key=lambda rule: rule.stage)
    ]
    return "\n\n".join(parts)
