"""Paper: documents laid out by Qt and sent to a printer that the person chooses; nothing is written to a file."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget


def can_print() -> bool:
    """Return whether this computer knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def document_of(html: str, pictures: dict[str, QImage]) -> QTextDocument:
    """Lay out a page.

    Args:
        html: What stands on it; pictures by the names under which they are given.
        pictures: Images by name.
    """
    document = QTextDocument()
    for name, image in pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
    document.setHtml(html)
    return document


def print_on_paper(document: QTextDocument, title: str, parent: QWidget) -> bool:
    """Ask for a printer and print; say whether it was printed. Printing into a file is not offered."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document.print_(printer)
    return True
