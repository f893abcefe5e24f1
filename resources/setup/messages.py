"""Keeps the German catalogue in line with the sources; the sources' own texts are the English ones.

    python resources/setup/messages.py            extract, update the .po, compile the .mo
    python resources/setup/messages.py --check    change nothing; exit 1 and say what is wrong

There is no English catalogue and no .pot file (docs/decisions/0002). Needs Babel, which only developers have.
"""

from __future__ import annotations

import io
import re
import string
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ("main.py", "core", "gui")
CATALOGUE = ROOT / "resources/locale/de/LC_MESSAGES/kanalregister.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = """\
# Kanalregister auf Deutsch. `make messages` schreibt die Einträge aus den Quellen fort.
msgid ""
msgstr ""
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
PERCENT_FORM = re.compile(r"%(\(\w+\))?([a-z])")


def main(arguments: list[str]) -> int:
    """Update the catalogue, or only check it.

    Returns:
        The exit code.
    """
    if arguments == ["--check"]:
        found = problems()
        for problem in found:
            print(problem, file=sys.stderr)
        return 1 if found else 0
    update()
    return 0


def update() -> None:
    """Bring the .po in line with the sources and compile it."""
    catalogue = updated(read(CATALOGUE), extract(ROOT))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(po_text(catalogue), "utf-8", newline="\n")
    CATALOGUE.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    missing = sum(not is_translated(message) for message in catalogue if message.id)
    print(f"{len(catalogue)} texts, {missing} without German.")


def extract(root: Path) -> Catalog:
    """Return every text of the sources that is marked for translation."""
    template = Catalog()
    for source in _python_files(root):
        for _line, text, comments, context in extract_from_file(
            "python", source, KEYWORDS, comment_tags=("Translators:",)
        ):
            template.add(text, auto_comments=comments, context=context)
    return template


def read(path: Path) -> Catalog:
    """Read a .po file; a file that is not there is an empty catalogue."""
    if not path.exists():
        return Catalog(locale="de")
    with path.open("rb") as file:
        return read_po(file, locale="de")


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """Return the catalogue with exactly the template's texts; what the sources no longer say, git remembers."""
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def po_text(catalogue: Catalog) -> str:
    """Write a catalogue so that the same texts always give the same file: sorted, no places, no dates."""
    written = io.BytesIO()
    write_po(written, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    return HEADER + written.getvalue().decode("utf-8").strip("\n") + "\n"


def mo_bytes(catalogue: Catalog) -> bytes:
    """Compile a catalogue; the same texts always give the same bytes."""
    compiled = read_po(io.BytesIO(po_text(catalogue).encode("utf-8")), locale="de")
    compiled.project, compiled.version = "kanalregister", ""
    compiled.last_translator = compiled.language_team = compiled.msgid_bugs_address = ""
    compiled.creation_date = compiled.revision_date = NO_DATE
    written = io.BytesIO()
    write_mo(written, compiled)
    return written.getvalue()


def problems(root: Path = ROOT, path: Path = CATALOGUE) -> list[str]:
    """Return a sentence for everything that is wrong with the German catalogue."""
    if not path.exists():
        return ["There is no German catalogue. Run make messages."]
    catalogue = updated(read(path), extract(root))
    found = []
    if path.read_text("utf-8") != po_text(catalogue):
        found.append("The German catalogue differs from the sources. Run make messages.")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(read(path)):
        found.append("The compiled catalogue differs from the .po file. Run make messages.")
    return found + [problem for message in catalogue if message.id for problem in message_problems(message)]


def message_problems(message: Message) -> list[str]:
    """Return what is wrong with one translation: missing, uncertain, or other placeholders than its source."""
    name = repr(_forms(message.id)[0])
    if not is_translated(message):
        return [f"No German text for {name}."]
    if message.fuzzy:
        return [f"The German text for {name} is marked as fuzzy."]
    sources = [placeholders(text) for text in _forms(message.id)]
    translations = [placeholders(text) for text in _forms(message.string)]
    if translations[-1] != sources[-1] or any(names not in sources for names in translations):
        return [f"The German text for {name} has other placeholders."]
    return []


def is_translated(message: Message) -> bool:
    """Tell whether every form of a text has its translation."""
    return all(_forms(message.string)) and len(_forms(message.string)) == len(_forms(message.id))


def placeholders(text: str) -> frozenset[str]:
    """Return the placeholders of a text, of either kind: {name:spec}, %(name)s."""
    found = {f"%{name}{kind}" for name, kind in PERCENT_FORM.findall(text)}
    try:
        found |= {
            f"{field}!{form}:{spec}" for _, field, spec, form in string.Formatter().parse(text) if field is not None
        }
    except ValueError:
        found.add("a brace without its other half")
    return frozenset(found)


def _forms(text: object) -> tuple[str, ...]:
    match text:
        case str():
            return (text,)
        case tuple() | list():
            return tuple(str(form) for form in text)
        case _:
            return ("",)


def _python_files(root: Path) -> list[Path]:
    listed = [file for name in SOURCES for file in [root / name, *(root / name).rglob("*.py")]]
    return sorted(file for file in listed if file.suffix == ".py" and file.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
