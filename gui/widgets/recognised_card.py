"""What was recognised in a pasted text: platform, account, canonical address, and what is to be said about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from core.i18n import _
from core.inventory.platforms import platforms
from core.inventory.recognising import Recognised
from gui.icons import icon
from gui.platform_icons import platform_icon_name
from gui.widgets import muted, named


class RecognisedCard(QFrame):
    """Follows the typing."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "recognised", card=True)
        self.setMinimumHeight(72)
        self._picture = QLabel()
        self._account = named(QLabel(wordWrap=True), "recognised-account")
        self._address = named(muted(""), "recognised-url")
        self._hints = named(QLabel(wordWrap=True), "recognised-hints")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for part in (self._account, self._address, self._hints):
            part.setTextFormat(Qt.TextFormat.PlainText)
            texts.addWidget(part)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(16)
        line.addWidget(self._picture)
        line.addLayout(texts, 1)

    def show_recognised(self, found: Recognised) -> None:
        """Show the account, or what is missing to see one."""
        known = found.platform is not None
        name = platforms()[found.platform].name if found.platform is not None else ""
        account = found.handle or found.account_id or ""
        self._account.setText(_("{platform}: {account}").format(platform=name, account=account) if account else name)
        self._account.setVisible(known)
        self._address.setText(found.url or "")
        self._address.setVisible(bool(found.url))
        self._hints.setText("\n".join(one.text for one in found.hints))
        self._hints.setVisible(bool(found.hints))
        picture = platform_icon_name(found.platform) if found.platform else "link"
        self._picture.setPixmap(icon(picture, "text" if known else "muted").pixmap(32, 32))
