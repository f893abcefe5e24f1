"""Where pages end: a heading stays with what it heads, and a table that fits on a page is not torn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeAlias

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFormat, QTextFrame

_MOST_BREAKS = 40
_LARGEST_KEPT = 0.6  # Of a page; what is larger may be torn, else pages would stay half empty.
_LONGEST_HEAD = 2  # A heading, and a line below it.

Part: TypeAlias = QTextBlock | QTextFrame


def keep_together(document: QTextDocument, height: float) -> None:
    """Begin a new page before whatever would be torn.

    Args:
        document: A document that is laid out in pages.
        height: How high a page is.
    """
    made: list[QTextBlock] = []
    for _round in range(_MOST_BREAKS):
        torn = next(_torn(document, height), None)
        if torn is None:
            return
        later = [block for block in made if block.position() > torn.position()]
        for block in later:  # What comes later moves up again, and may need no break, or another one.
            _set_break(block, QTextFormat.PageBreakFlag.PageBreak_Auto)
        made = [*(block for block in made if block not in later), torn]
        _set_break(torn, QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)


def _torn(document: QTextDocument, height: float) -> Iterator[QTextBlock]:
    """Give the blocks before which a page should begin and does not yet."""
    parts = list(_parts(document))
    for number, part in enumerate(parts):
        first = _first_of(parts, number)
        if first is None or _heads_anew(parts, number) or not _can_move(first, document, height):
            continue
        its, page = _place(part, document), _page(_place(first, document).top(), height)
        fits = isinstance(part, QTextFrame) and its.height() <= height * _LARGEST_KEPT
        if page != _page(its.bottom() - 1 if fits else its.top(), height):
            yield first


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


def _set_break(block: QTextBlock, policy: QTextFormat.PageBreakFlag) -> None:
    style = block.blockFormat()
    style.setPageBreakPolicy(policy)
    QTextCursor(block).setBlockFormat(style)
