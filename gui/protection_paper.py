"""The paper of what is made on people's data: extracts and documents, laid out by Qt as PDFs of A4 pages."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication

from gui.printing import document_of, pdf_of_document

_INDENT = 18


def pdf_of(html: str, title: str, footer: str) -> bytes:
    """Return a sheet as a PDF; without a running window an application that needs no screen is started for it.

    Args:
        html: The sheet.
        title: What the document is called.
        footer: What stands at the foot of each page.
    """
    application = QGuiApplication.instance() or QGuiApplication(_words())
    try:
        document = document_of(html, {})
        document.setIndentWidth(_INDENT)
        return pdf_of_document(document, title, footer)
    finally:
        del application


def _words() -> list[str]:
    """Return what Qt is started with; on Linux it would otherwise look for a screen."""
    return ["kanalregister", *(("-platform", "offscreen") if sys.platform.startswith("linux") else ())]
