"""Paper: documents laid out by Qt, and sent to a printer that the person chooses or written as a PDF.

A person's printing into a file is not offered by the dialog: what may lie in files is written as a PDF on purpose.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODeviceBase, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from core.i18n import _
from gui.page_breaks import keep_together

MARGINS = QMarginsF(20, 16, 18, 14)  # Millimetres: left, top, right, bottom; room for the holes of a folder.
DOTS_PER_INCH = 600
_FOOTER_POINTS, _FOOTER_LINES = 7.5, 2.6
_OVERSHOOT = 6.0  # Dots by which an accent reaches above its line, and so onto the page before.
_MUTED = QColor("#545d68")


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


def print_on_paper(document: QTextDocument, title: str, parent: QWidget, *, footer: str | None = None) -> bool:
    """Ask for a printer and print; say whether it was printed. Printing into a file is not offered.

    Args:
        document: What is printed.
        title: What the printer's queue calls it.
        parent: The window that asks.
        footer: What stands at the foot of each A4 page beside its number; None prints without a foot.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    if footer is None:
        document.print_(printer)
    else:
        print_pages(document, printer, footer)
    return True


def pdf_of_document(document: QTextDocument, title: str, footer: str) -> bytes:
    """Return a document as a PDF of A4 pages; needs a QGuiApplication, and no screen."""
    buffer = QBuffer()
    buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(title)
    writer.setCreator("Kanalregister")
    print_pages(document, writer, footer)
    return bytes(buffer.data().data())


def print_pages(document: QTextDocument, device: QPagedPaintDevice, footer: str) -> None:
    """Print a document on A4 pages with a foot that says what it is, and which page of how many.

    Args:
        document: What is printed; it is laid out for the device.
        device: A printer, or a writer of PDFs.
        footer: What stands at the foot beside the number of the page.
    """
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    painter = QPainter(device)
    painter.setFont(_footer_font(document))
    foot = painter.fontMetrics().height() * _FOOTER_LINES
    page = QSizeF(device.width(), device.height() - foot)
    fit_to(document, device, page)
    for number in range(document.pageCount()):
        if number:
            device.newPage()
        _paint_page(painter, document, page, number)
        told = _("Page {page} of {pages}").format(page=number + 1, pages=document.pageCount())
        _paint_foot(painter, QRectF(0, page.height(), page.width(), foot), footer, told)
    painter.end()


def fit_to(document: QTextDocument, device: QPagedPaintDevice, page: QSizeF) -> None:
    """Lay a document out for the pages of a device; what belongs together stays on one page."""
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setPageSize(page)
    keep_together(document, page.height())


def _footer_font(document: QTextDocument) -> QFont:
    font = QFont(document.defaultFont())
    font.setPointSizeF(_FOOTER_POINTS)
    return font


def _paint_page(painter: QPainter, document: QTextDocument, page: QSizeF, number: int) -> None:
    shown = QRectF(0, number * page.height(), page.width(), page.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    context.clip = shown.adjusted(0, 0, 0, -_OVERSHOOT)
    painter.save()
    painter.translate(0, -shown.top())
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, place: QRectF, left: str, right: str) -> None:
    painter.save()
    painter.setPen(_MUTED)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, left)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, right)
    painter.restore()
