"""Reads a list kept as text: finds its encoding and its separator, then its cells."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice

from core.exchange.limits import MAX_COLUMNS, MAX_ROWS, Refused

SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_ROWS = 200
# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FILES = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\x1f\x8b", b"GIF8", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xff\xd8\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_EIGHT_BIT = ("cp1252", "mac-roman", "cp850")
_STRANGE = re.compile("[^\0-\x7fäöüÄÖÜßéèêëáàâãåçñóòôøúùûíìîïæœÉÈÁÀÅÇÑØŠšŽžŸ°§€£©®™²³µ·•…–—‚„“”‘’«»\u00a0\u00ad]")
# An umlaut read by the wrong table turns into a sign where only a letter can stand, or a capital within a word.
_SIGN_IN_WORD = re.compile("(?<=[A-Za-z])[€…†‡‰§¶™°•²³µ„”“‚‘](?=[a-z])|[€…†‡‰¶™](?=[a-z])|(?<=[a-z])§")
_CAPITAL_IN_WORD = re.compile("(?<=[A-Za-z])[ÄÖÜÉÅÇÑŠŽŸ](?=[a-z])")
_SURROUNDINGS = re.compile(rb"[^\x80-\xff]?[\x80-\xff]+[^\x80-\xff]?")
_ENOUGH_SURROUNDINGS = 100_000
_END = "\x00end"


def read_delimited(data: bytes) -> tuple[list[list[str]], str, str | None]:
    """Read a text file as a list.

    Returns:
        The rows, the name of the encoding, and the separator, None if each row is one cell.

    Raises:
        Refused: The text is empty, no list, or broken.
    """
    if data.startswith(_OTHER_FILES):
        raise Refused("not-a-list")
    text, encoding = decoded(data)
    if not text.strip("\ufeff \t\r\n"):
        raise Refused("empty")
    if "\0" in text:
        raise Refused("not-a-list")
    _check_it_is_no_markup(text)
    announced, text = _announced_separator(text)
    separator = announced or _likely_separator(text)
    return _rows(text, separator or SEPARATORS[0]), encoding, separator


def decoded(data: bytes) -> tuple[str, str]:
    """Return a text file's text and the name of its encoding.

    Raises:
        Refused: The bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > len(data) / 100:
        raise Refused("not-a-list")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _best_guess(data)


def _best_guess(data: bytes) -> tuple[str, str]:
    """Choose among the eight-bit encodings of German offices, and a UTF-8 with single broken bytes."""
    found = islice(_SURROUNDINGS.finditer(data), _ENOUGH_SURROUNDINGS)
    telling = b"\n".join(match[0] for match in found)
    best = min((*_EIGHT_BIT, "utf-8"), key=lambda encoding: _oddness(telling.decode(encoding, "replace")))
    return data.decode(best, "replace"), best


def _oddness(text: str) -> int:
    """Count what hardly ever stands in a German list; among equals the commonest encoding comes first."""
    return sum(len(pattern.findall(text)) for pattern in (_STRANGE, _SIGN_IN_WORD, _CAPITAL_IN_WORD))


def _check_it_is_no_markup(text: str) -> None:
    opening = text[:4096].lstrip("\ufeff \t\r\n").lower()
    if re.match(r"<[!?a-z]", opening):
        raise Refused("web-page" if re.search(r"<(!doctype html|html|table|meta)\b", opening) else "markup")


def _announced_separator(text: str) -> tuple[str | None, str]:
    """Honour Excel's first line "sep=;", which Excel itself does not show as a row."""
    found = re.match(r'\ufeff?"?sep=([^\w\s"]|\t)"?(\r\n|\r|\n|$)', text, re.IGNORECASE)
    return (found[1], text[found.end() :]) if found else (None, text)


def _likely_separator(text: str) -> str | None:
    sample = text[:_SAMPLE_CHARACTERS]
    if len(sample) < len(text):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    scores = {separator: _regularity(sample, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] else None


def _regularity(sample: str, separator: str) -> int:
    """Tell how many cells a separator makes, counting only rows of the commonest width."""
    reader = _reader(StringIO(sample, newline=""), separator)
    widths: Counter[int] = Counter()
    try:
        for row in reader:
            widths[len(row)] += len(row) > 1
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    # The end mark comes out as a row of its own, unless an open quotation mark has swallowed it.
    reader = _reader(chain(StringIO(text, newline=""), [_END]), separator)
    try:
        for row in reader:
            rows.append(row)
            if len(row) > MAX_COLUMNS or len(rows) > MAX_ROWS + 1:
                raise Refused("too-many-cells")
    except csv.Error as error:
        raise Refused("damaged") from error
    if rows.pop() != [_END]:
        raise Refused("open-quote", len(rows) + 1)
    return rows


def _reader(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    return csv.reader(lines, delimiter=separator)
