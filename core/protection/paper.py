"""The look of what people read of their data: one sheet of XHTML for the browser, for paper and for word processors."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

PaperOf: TypeAlias = Callable[[str, str, str], bytes]
"""Lays a sheet out as a PDF, given its HTML, its title and its footer; the window does that, `main` hands it in."""

_STYLE = """
body { font-family: "Liberation Sans", Arial, sans-serif; }
body, td, th, p, li { font-size: 9.5pt; color: #1b1f24; }
h1 { font-size: 18pt; color: #1f4e79; margin-top: 2px; margin-bottom: 4px; }
h2 { font-size: 12pt; color: #1f4e79; margin-top: 18px; margin-bottom: 5px; }
h3 { font-size: 10pt; color: #1b1f24; margin-top: 12px; margin-bottom: 3px; }
p { margin-top: 0px; margin-bottom: 6px; }
ul { margin-top: 0px; margin-bottom: 6px; }
li { margin-bottom: 2px; }
td, th { padding-left: 0px; padding-right: 10px; text-align: left; vertical-align: top; }
td { font-size: 9pt; border-bottom: 1px solid #d5dae1; }
th { font-size: 8.5pt; color: #545d68; font-weight: 600; text-align: left; border-bottom: 1px solid #8a94a0; }
table { margin-top: 3px; margin-bottom: 8px; }
.muted { color: #545d68; }
.blank { background-color: #fff3b0; }
"""


def sheet(title: str, body: str, language: str) -> str:
    """Return a whole HTML file.

    Args:
        title: Its title, as it is.
        body: What stands in it, as HTML.
        language: Its language's key.
    """
    head = f'<meta charset="utf-8"/><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] = ()) -> str:
    """Return a table.

    Args:
        heads: The columns' titles, as they are.
        rows: The cells' texts, as they are; a line break stays one.
        widths: The columns' widths in hundredths, or nothing.
    """
    shares = [f' width="{width}%"' for width in widths] or [""] * len(heads)
    top = "".join(f"<th{share}>{_told(head)}</th>" for head, share in zip(heads, shares, strict=True))
    head = f"<thead><tr>{top}</tr></thead>" if any(heads) else ""
    sized = shares if not head else [""] * len(heads)
    body = "".join(f"<tr>{''.join(map(_cell, row, sized))}</tr>\n" for row in rows)
    return f'<table width="100%" cellspacing="0" cellpadding="3">{head}\n{body}</table>'


def _cell(text: str, share: str) -> str:
    return f"<td{share}>{_told(text)}</td>"


def _told(text: str) -> str:
    """Return a text as HTML; Qt loses the place after a bare cell."""
    return html.escape(text, quote=False).replace("\n", "<br/>") or "&#160;"
