"""Copying as a table: text with tabs for editors, HTML for Excel, Word and mail."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication


def copy_as_table(lines: Sequence[Sequence[str]]) -> None:
    """Put lines of cells on the clipboard, the first one holding the names of the columns."""
    data = QMimeData()
    data.setText("\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines))
    data.setHtml(f"<table>{''.join(map(_html_row, lines))}</table>")
    QApplication.clipboard().setMimeData(data)


def _html_row(line: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>"
