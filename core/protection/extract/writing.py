"""Writing an extract: for people as a sheet or plain text, for programs as JSON with stable English keys."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # Our own text is read, nothing from outside.

from core.days import local_day
from core.exchange.targets import refuse_target
from core.i18n import _, current_language, show_instant
from core.protection.documents.facts import Facts
from core.protection.documents.filling import fill, rights, template
from core.protection.documents.tables import blocks
from core.protection.extract.content import Extract, Part, Row
from core.protection.extract.files import hand_out
from core.protection.paper import PaperOf, sheet, table
from core.settings import Settings
from core.storage.places import written_aside

FORMATS = (".pdf", ".html", ".txt", ".json")
MOST_COLUMNS = 5
"""A part whose rows say more than so many things is told line by line, for a table would be too wide."""


PAGE_WIDTH = 92
"""So many letters stand beside one another on a page; where the words of a table need more, it is told line by line."""
_LONG_CELL = 60
"""Of a longer text the width of its column takes no more notice."""


def write_extract(
    extract: Extract, settings: Settings, target: Path, registry: Path, paper: Callable[[], PaperOf]
) -> None:
    """Write an extract for its user alone, and beside it the person's pictures and forms.

    Args:
        extract: What is known.
        settings: The registry's, for the sentences about periods and rights.
        target: The file; its ending says in which format.
        registry: The open registry's file, which is never written over.
        paper: Brings in what lays a sheet out as a PDF.

    Raises:
        BadInputError: The name ends in none of FORMATS.
        UnusableFileError: It cannot be written.
    """
    refuse_target(target, FORMATS, registry)
    match target.suffix.lower():
        case ".json":
            content = as_json(extract).encode()
        case ".txt":
            content = as_text(extract, settings).encode()
        case ".html":
            content = as_sheet(extract, settings).encode()
        case _:
            content = paper()(as_sheet(extract, settings), _title(extract), _footer(extract))
    with written_aside(target) as aside:
        aside.write_bytes(content)
    hand_out(extract, target, registry)


def as_json(extract: Extract) -> str:
    """Return an extract for programs."""
    content: dict[str, Any] = {
        "person": {"id": str(extract.person_id), "name": extract.name},
        "city": extract.city,
        "made_at": extract.made_at.isoformat(),
        "parts": {
            part.key: [{one.key: one.plain for one in row.values} for row in part.rows] for part in extract.parts
        },
        "elsewhere": list(extract.elsewhere),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def as_text(extract: Extract, settings: Settings) -> str:
    """Return an extract as plain text."""
    lines = [_title(extract), _footer(extract), "", _short_form(), ""]
    for part in extract.parts:
        lines += [part.title, "=" * len(part.title), *filter(None, [part.note])]
        for row in part.rows:
            lines += [*filter(None, [row.title]), *(f"{label}: {text}" for label, text in _told(row)), ""]
    return "\n".join([*lines, *extract.elsewhere, "", *_lines(_about(extract, settings))])


def _lines(body: str) -> Iterator[str]:
    """Give XHTML of ours line by line: headings, paragraphs, lists, and each row of a table."""
    for block in ET.fromstring(f"<body>{body}</body>"):  # noqa: S314 - our own text
        match block.tag:
            case "ul":
                yield from (f"- {_words(item)}" for item in block)
            case "table":
                yield from ("; ".join(map(_words, row)) for row in block.iter("tr"))
            case "h2":
                yield from (_words(block), "=" * len(_words(block)))
                continue
            case _:
                yield _words(block)
        yield ""


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _about(extract: Extract, settings: Settings) -> str:
    """Return what Art. 15 (1) GDPR asks for besides the data, as XHTML: nobody has to fill in anything."""
    facts = Facts(settings, local_day(extract.made_at), current_language())
    texts = facts.texts_without_blanks
    tables = {**blocks(facts), "rights": rights(facts.language, texts)}
    return fill(template(facts.language, "extract"), texts, tables)


def as_sheet(extract: Extract, settings: Settings) -> str:
    """Return an extract as HTML."""
    about = _about(extract, settings)
    elsewhere = "".join(f"<li>{_safe(one)}</li>" for one in extract.elsewhere)
    parts = "".join(_part(part) for part in extract.parts)
    head = (
        f'<h1>{_safe(_title(extract))}</h1><p class="muted">{_safe(_footer(extract))}</p><p>{_safe(_short_form())}</p>'
    )
    heading = _("Copies elsewhere")  # What is asked for inside an f-string is not found by those who translate.
    copies = f"<h2>{_safe(heading)}</h2><ul>{elsewhere}</ul>"
    return sheet(_title(extract), f"{head}{parts}{copies}{about}", current_language())


def _part(part: Part) -> str:
    note = f"<p>{_safe(part.note)}</p>" if part.note else ""
    labels = list(dict.fromkeys(label for row in part.rows for label, _text in _told(row)))
    if any(row.title for row in part.rows):
        body = table([_("What"), _("Details")], [[row.title, _in_lines(row)] for row in part.rows], (52, 48))
    elif len(labels) > MOST_COLUMNS or len(part.rows) == 1 or sum(_words_wide(part.rows, labels)) > PAGE_WIDTH:
        body = "".join(table(["", ""], _told(row), (28, 72)) for row in part.rows)
    else:
        body = _table(part.rows, labels)
    return f"<h2>{_safe(part.title)}</h2>{note}{body}"


def _in_lines(row: Row) -> str:
    return "\n".join(f"{label}: {text}" for label, text in _told(row))


def _table(rows: Sequence[Row], labels: Sequence[str]) -> str:
    """Return a table whose columns are as wide as their longest words need, so that none is torn."""
    cells = [[dict(_told(row)).get(label, "") for label in labels] for row in rows]
    needed = _words_wide(rows, labels)
    longest = [max(map(len, column)) for column in zip(labels, *cells, strict=True)]
    more = [max(min(whole, _LONG_CELL) - word, 0) for whole, word in zip(longest, needed, strict=True)]
    spare = max(PAGE_WIDTH - sum(needed), 0) / (sum(more) or 1)
    wide = [word + extra * spare for word, extra in zip(needed, more, strict=True)]
    return table(labels, cells, [round(100 * one / sum(wide)) for one in wide])


def _words_wide(rows: Sequence[Row], labels: Sequence[str]) -> list[int]:
    """Return how many letters each column needs for its longest word, with some room around it."""
    told = [dict(_told(row)) for row in rows]
    return [
        max(len(word) for text in (label, *(one.get(label, "") for one in told)) for word in text.split() or [""]) + 2
        for label in labels
    ]


def _told(row: Row) -> Iterator[tuple[str, str]]:
    """Give what of a row says something to people."""
    return ((one.label, one.text) for one in row.values if one.label and one.text)


def _title(extract: Extract) -> str:
    return _("What the channel register knows about {name}").format(name=extract.name)


def _footer(extract: Extract) -> str:
    when = show_instant(extract.made_at)
    if not extract.city:
        return _("Extract under Art. 15 GDPR, {when}").format(when=when)
    return _("Extract under Art. 15 GDPR, {city}, {when}").format(city=extract.city, when=when)


def _short_form() -> str:
    return _("What was signed is told here in one sentence each; the full wording is in the JSON form of this extract.")


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
