"""Making the documents: each in German and English, as a PDF to read and as text to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import LANGUAGES, _, current_language, show_date, use_language
from core.protection.documents.facts import Facts
from core.protection.documents.filling import fill, phrases, rights, template
from core.protection.documents.odt import odt_of
from core.protection.documents.tables import blocks
from core.protection.paper import PaperOf, sheet
from core.settings import Settings
from core.storage.places import make_private_folder, written_aside

DOCUMENTS = ("notice", "record", "council", "flows", "deletion")
_MARK = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language.

    Attributes:
        key: One of DOCUMENTS.
        language: "de" or "en".
        title: What it is called.
        name: Its file's name without an ending.
        body: Its text as XHTML.
        footer: What stands at the foot of its pages.
    """

    key: str
    language: str
    title: str
    name: str
    body: str
    footer: str


def make_documents(settings: Settings, today: date) -> list[Document]:
    """Return all documents in all languages, filled from a registry's settings."""
    return [document for language in LANGUAGES for document in _in_language(settings, today, language)]


def write_documents(settings: Settings, folder: Path, today: date, paper: PaperOf) -> list[Path]:
    """Write all documents to a folder, those of a language in a folder of its own; nothing there is overwritten.

    Args:
        settings: The registry's.
        folder: Where they are written; it is made if need be.
        today: The day that they hold for.
        paper: Lays them out as PDFs.

    Returns:
        The files.

    Raises:
        UnusableFileError: A file is there already, perhaps with what people filled in, or cannot be written.
    """
    documents = make_documents(settings, today)
    targets = [folder / one.language / f"{one.name}{ending}" for one in documents for ending in (".odt", ".pdf")]
    _refuse_taken(targets)
    for one in documents:
        make_private_folder(folder / one.language)
        with _speaking(one.language):
            pdf = paper(sheet(one.title, one.body, one.language), one.title, one.footer)
        contents = {".odt": odt_of(one.body, one.language), ".pdf": pdf}
        for ending, content in contents.items():
            with written_aside(folder / one.language / f"{one.name}{ending}", new=True) as aside:
                aside.write_bytes(content)
    return targets


def _refuse_taken(targets: list[Path]) -> None:
    taken = next((target for target in targets if target.exists()), None)
    if taken is not None:
        told = _("“{path}” is there already, and somebody may have filled it in. Please choose an empty folder.")
        raise UnusableFileError(told.format(path=taken))


def _in_language(settings: Settings, today: date, language: str) -> Iterator[Document]:
    with _speaking(language):
        facts = Facts(settings, today, language)
        said, places = phrases(language), facts.texts
        tables = blocks(facts)
        tables["rights"] = rights(language, places)
        for key in DOCUMENTS:
            title, city = said[f"title_{key}"], _MARK.sub(r"[\1]", facts.city)
            footer = said["footer"].format(title=title, city=city, day=show_date(today))
            body = fill(template(language, key), places, tables)
            yield Document(key, language, title, said[f"file_{key}"], body, footer)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; the process speaks one at a time, so this is done where no window listens."""
    before = current_language()
    use_language(language)
    try:
        yield
    finally:
        use_language(before)
