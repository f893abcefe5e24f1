"""Where pages end: a heading stays with what it heads, and a table that fits on a page is not torn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeAlias

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFormat, QTextFrame, QTextTable

from gui.row_breaks import bottom_of_first_rows, keep_rows_whole

_LARGEST_KEPT = 0.3  # Of a page; what is larger may end between two rows, else pages would stay half empty.
_FIRST_ROWS = 2
_FIRST_LINES = 2
_LONGEST_HEAD = 2  # A heading, and a line below it.

Part: TypeAlias = QTextBlock | QTextFrame


def keep_together(document: QTextDocument, height: float) -> None:
    """Begin a new page before whatever would be torn, from top to bottom: nothing moves again what stands above it.

    Args:
        document: A document that is laid out in pages.
        height: How high a page is.
    """
    parts = list(_parts(document))
    for number, part in enumerate(parts):
        torn = _torn(parts, number, document, height)
        if torn is not None:
            _break_before(torn)
        if isinstance(part, QTextTable):
            keep_rows_whole(document, part, height)


def _torn(parts: Sequence[Part], number: int, document: QTextDocument, height: float) -> QTextBlock | None:
    """Return the block before which a page should begin for the sake of a part, and does not yet."""
    first = _first_of(parts, number)
    if first is None or _heads_anew(parts, number) or not _can_move(first, document, height):
        return None
    end = _end_of_what_stays(parts[number], document, height)
    return first if _page(_place(first, document).top(), height) != _page(end, height) else None


def _end_of_what_stays(part: Part, document: QTextDocument, height: float) -> float:
    """Return how far down a part must stand on the page of what heads it: a large table only with its first rows."""
    its = _place(part, document)
    if isinstance(part, QTextTable) and its.height() > height * _LARGEST_KEPT:
        return bottom_of_first_rows(document, part, _FIRST_ROWS) - 1
    return its.top() + _first_lines(part) if isinstance(part, QTextBlock) else its.bottom() - 1


def _first_lines(block: QTextBlock) -> float:
    """Return where the first lines of a block end; where they have no room, Qt moves them and leaves its top."""
    lines = [block.layout().lineAt(number) for number in range(min(_FIRST_LINES, block.layout().lineCount()))]
    return max((line.y() + line.height() for line in lines), default=1.0) - 1


def _heads_anew(parts: Sequence[Part], number: int) -> bool:
    """Say whether a part is a heading after some text: what came before it may stay where it is."""
    this, before = parts[number], parts[number - 1]
    return _is_heading(this) and not _is_heading(before)


def _is_heading(part: Part) -> bool:
    return isinstance(part, QTextBlock) and part.blockFormat().headingLevel() > 0


def _first_of(parts: Sequence[Part], number: int) -> QTextBlock | None:
    """Return the block that must stay on one page with a part: its heading, or what stands just before a table."""
    before = parts[max(0, number - _LONGEST_HEAD) : number]
    blocks = list(takewhile(lambda one: isinstance(one, QTextBlock), reversed(before)))
    heading = next((one for one in blocks if isinstance(one, QTextBlock) and one.blockFormat().headingLevel()), None)
    nearest = blocks[0] if blocks and isinstance(parts[number], QTextFrame) else None
    return heading or (nearest if isinstance(nearest, QTextBlock) else None)


def _parts(document: QTextDocument) -> Iterator[Part]:
    """Give the blocks and the tables of a document, from top to bottom."""
    walk = document.rootFrame().begin()
    while not walk.atEnd():
        frame, block = walk.currentFrame(), walk.currentBlock()
        if frame is not None:
            yield frame
        else:
            yield block
        walk += 1


def _place(part: Part, document: QTextDocument) -> QRectF:
    layout = document.documentLayout()
    return layout.frameBoundingRect(part) if isinstance(part, QTextFrame) else layout.blockBoundingRect(part)


def _page(position: float, height: float) -> int:
    return int(position // height)


def _can_move(block: QTextBlock, document: QTextDocument, height: float) -> bool:
    """Say whether a break before a block would change anything: it begins no page yet, and will not by itself."""
    begins = block.blockFormat().pageBreakPolicy() & QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
    above = _place(block, document).top() % height
    lines = block.layout()
    line = lines.lineAt(0).height() if lines.lineCount() else 0.0
    return not begins and 0.05 * height < above < height - line


def _break_before(block: QTextBlock) -> None:
    style = block.blockFormat()
    style.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    QTextCursor(block).setBlockFormat(style)
