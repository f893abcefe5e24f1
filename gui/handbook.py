"""The window of the handbook: its pages on the left, one of them on the right, a field to search, back and forward."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.handbook import KEYS, HandbookPage, read_handbook, split_link
from core.i18n import _, ngettext
from gui import theme
from gui.handbook_text import typeset
from gui.icons import icon
from gui.tasks import Lane
from gui.widgets import muted, named
from gui.widgets.search_field import SearchField
from gui.workspace import Workspace

KEY = Qt.ItemDataRole.UserRole
Lines = Callable[[], list[tuple[str, str]]]


class HandbookWindow(QWidget):
    """A window of its own, so that it can stand beside what one reads about, dialogs included."""

    def __init__(self, workspace: Workspace, lines: Lines) -> None:
        """Make the window; its pages are read on the database lane, because the rules bring the database with them.

        Args:
            workspace: Whose lanes are used; no registry need be open.
            lines: Gives the commands of the main window with their keys.
        """
        super().__init__()
        named(self, "handbook")
        self.setWindowTitle(_("Handbook - Kanalregister"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lines = lines
        self._pages: dict[str, HandbookPage] = {}
        self._place = ("", "")
        self._behind: list[tuple[str, str]] = []
        self._ahead: list[tuple[str, str]] = []
        self._make()
        self._lay_out()
        self._connect()
        workspace.tasks.run(Lane.DATABASE, lambda _job: read_handbook(), self._take, owner=self)

    @property
    def place(self) -> tuple[str, str]:
        """The page that is shown, and the anchor on it."""
        return self._place

    def open_at(self, topic: str) -> None:
        """Show a place: a page, or a page and an anchor on it ("people#leaving")."""
        place = split_link(topic, self._place[0])
        if self._pages and place[0] not in self._pages:
            return
        if self._place[0] and place != self._place:
            self._behind.append(self._place)
            self._ahead.clear()
        self._show(place)

    def go_back(self) -> None:
        """Show the place before."""
        self._step(self._behind, self._ahead)

    def go_forward(self) -> None:
        """Show the place from which one went back."""
        self._step(self._ahead, self._behind)

    def find_next(self, *, backwards: bool = False) -> None:
        """Go to the next place where the searched text stands, on this page and then on the following ones."""
        text = self.search.text().strip()
        flag = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        if not text or self.text.find(text, flag):
            return
        row = self._next_row(-1 if backwards else 1)
        self.contents.setCurrentRow(row)
        end = QTextCursor.MoveOperation.End if backwards else QTextCursor.MoveOperation.Start
        self.text.moveCursor(end)
        self.text.find(text, flag)

    def changeEvent(self, event: QEvent) -> None:
        """Set the page anew in another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._place[0] in self._pages:
            height = self.text.verticalScrollBar().value()
            self._draw()
            self._set_page(self._pages[self._place[0]])
            self.text.verticalScrollBar().setValue(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the window on Escape, once the search field has had its use of it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        else:
            super().keyPressEvent(event)

    def _make(self) -> None:
        self.back = named(QPushButton(_("Back")), "handbook-back")
        self.back.setToolTip(_("Back (Alt+Left)"))
        self.forward = named(QPushButton(_("Forward")), "handbook-forward")
        self.forward.setToolTip(_("Forward (Alt+Right)"))
        self.search = named(SearchField(_("Search the handbook")), "handbook-search")
        self.search.setFixedWidth(264)
        self.found = muted("", wrap=False)
        self.contents = named(QListWidget(), "handbook-contents")
        self.contents.setAccessibleName(_("Contents"))
        self.text = named(QTextBrowser(), "handbook-text")
        self.text.setAccessibleName(_("Page of the handbook"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(8)
        for part in (self.back, self.forward):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.found)
        line.addWidget(self.search)
        splitter = QSplitter()
        splitter.addWidget(self.contents)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([232, 728])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(splitter, 1)
        self.resize(960, 720)
        self._draw()
        self._show_ways()

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.text.anchorClicked.connect(self._follow)
        self.contents.currentItemChanged.connect(self._choose)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._find_on)
        keys: dict[str, Callable[[], object]] = {
            "Alt+Left": self.go_back,
            "Alt+Right": self.go_forward,
            "Ctrl+F": self.search.setFocus,
            "F3": self._find_on,
            "Shift+F3": self._find_back,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _take(self, pages: tuple[HandbookPage, ...]) -> None:
        self._pages = {page.key: page for page in pages}
        self.contents.blockSignals(True)
        for page in pages:
            item = QListWidgetItem(page.title, self.contents)
            item.setData(KEY, page.key)
            item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
        self.contents.blockSignals(False)
        key, anchor = self._place
        self._show((key if key in self._pages else next(iter(self._pages)), anchor))

    def _show(self, place: tuple[str, str]) -> None:
        """Show a place; while the pages are being read it is only noted."""
        before, self._place = self._place[0], place
        page = self._pages.get(place[0])
        if page is None:
            return
        if before != page.key or self.text.document().isEmpty():
            self._set_page(page)
        self._mark(page.key)
        if place[1]:
            self.text.scrollToAnchor(place[1])
        else:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.verticalScrollBar().setValue(0)
        self._show_ways()
        self.text.setFocus()

    def _set_page(self, page: HandbookPage) -> None:
        text = page.text.replace(KEYS, _keys(self._lines())) if KEYS in page.text else page.text
        self.text.document().setDefaultFont(self.font())
        typeset(self.text.document(), text, page.anchors)
        self._highlight()

    def _mark(self, key: str) -> None:
        self.contents.blockSignals(True)
        self.contents.setCurrentRow(list(self._pages).index(key))
        self.contents.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(KEY) != self._place[0]:
            had_focus = self.contents.hasFocus()
            typing = self.search.hasFocus()
            self.open_at(str(item.data(KEY)))
            if had_focus:
                self.contents.setFocus()
            elif typing:
                self.search.setFocus()

    def _follow(self, link: QUrl) -> None:
        self.open_at(link.toString())

    def _step(self, source: list[tuple[str, str]], target: list[tuple[str, str]]) -> None:
        if source:
            target.append(self._place)
            self._show(source.pop())

    def _show_ways(self) -> None:
        self.back.setEnabled(bool(self._behind))
        self.forward.setEnabled(bool(self._ahead))

    def _search(self, text: str) -> None:
        """Leave only the pages that hold the text, and go to the first of them if this one does not."""
        wanted = text.strip().casefold()
        matching = [key for key, page in self._pages.items() if wanted in page.words.casefold()]
        for row, key in enumerate(self._pages):
            self.contents.item(row).setHidden(key not in matching)
        if wanted and matching and self._place[0] not in matching:
            self.contents.setCurrentRow(list(self._pages).index(matching[0]))
        self._highlight()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if wanted:
            self.text.find(text.strip())
        pages = ngettext("on {number} page", "on {number} pages", len(matching)).format(number=len(matching))
        self.found.setText((pages if matching else _("not found")) if wanted else "")

    def _highlight(self) -> None:
        """Mark every place on the page where the searched text stands."""
        text, marks = self.search.text().strip(), []
        cursor = self.text.document().find(text) if text else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(QColor(theme.tokens().selection))
            marks.append(mark)
            cursor = self.text.document().find(text, cursor)
        self.text.setExtraSelections(marks)

    def _find_on(self) -> None:
        self.find_next()

    def _find_back(self) -> None:
        self.find_next(backwards=True)

    def _next_row(self, step: int) -> int:
        """Return the next page that holds the text, this one again where there is no other."""
        count, row = self.contents.count(), self.contents.currentRow()
        rows = [(row + step * further) % count for further in range(1, count + 1)]
        return next((one for one in rows if not self.contents.item(one).isHidden()), row)

    def _draw(self) -> None:
        self.back.setIcon(icon("arrow-left"))
        self.forward.setIcon(icon("arrow-right"))


def _keys(lines: list[tuple[str, str]]) -> str:
    """Return the commands and their keys as a table of Markdown."""
    command, key = _("Command"), _("Key")
    head = f"| {command} | {key} |\n|---|---|\n"
    return head + "\n".join(f"| {name} | {keys} |" for name, keys in lines)
