"""A secret in plain sight for a few seconds, and a one-time code with its countdown; then dots again.

The text cannot be selected: on X11 whatever is selected can be read by every program.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.custody.one_time_codes import OneTimeCodes
from core.custody.secret import MASK, Secret
from core.i18n import _, ngettext
from gui.widgets import muted, named
from gui.widgets.secret_text import SecretText, plain_font

SHOWN_FOR = 20.0
"""Seconds for which a secret stays in sight."""

CODES_FOR = 120.0
"""Seconds for which one-time codes are made before the key is forgotten again."""


class ShownSecret(QFrame):
    """Dots, or for a few seconds the secret itself."""

    def __init__(self, parent: QWidget | None = None, *, shown_for: float = SHOWN_FOR) -> None:
        super().__init__(parent)
        named(self, "shown-secret")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown_for = shown_for
        self._until = 0.0
        self.text = named(SecretText(MASK), "secret-text")
        self._left = muted("", wrap=False)
        self._hide = named(QPushButton(_("Hide")), "hide-secret", link=True)
        self._hide.clicked.connect(self.conceal)
        self._clock = QTimer(self, interval=max(20, min(500, int(shown_for * 100))))
        self._clock.timeout.connect(self._tick)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._left)
        below.addWidget(self._hide)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addLayout(below)
        self.conceal()

    @property
    def in_sight(self) -> bool:
        """Whether the secret can be read now."""
        return self._clock.isActive()

    def reveal(self, secret: Secret) -> None:
        """Show a secret for a while."""
        self.text.setText(secret.reveal())
        self._until = time.monotonic() + self._shown_for
        self._clock.start()
        self._tick()
        self.show()

    def conceal(self) -> None:
        """Show dots again; the text is not kept."""
        self._clock.stop()
        self.text.setText(MASK)
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Conceal the secret when the page is left."""
        self._clock.stop()
        self.text.setText(MASK)
        super().hideEvent(event)

    def _tick(self) -> None:
        left = math.ceil(self._until - time.monotonic())
        if left <= 0:
            self.conceal()
            return
        self._left.setText(
            ngettext("Hidden again in {count} second", "Hidden again in {count} seconds", left).format(count=left)
        )


class CodeLine(QFrame):
    """The one-time code of this moment, with a bar that says how long it is good for.

    Signals:
        copy_wanted: The code of this moment is to be copied.
    """

    copy_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        codes_for: float = CODES_FOR,
    ) -> None:
        super().__init__(parent)
        named(self, "code-line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._now, self._codes_for = now, codes_for
        self._codes: OneTimeCodes | None = None
        self._until = 0.0
        self.code = named(QLabel(), "code-text")
        self.code.setFont(plain_font(2.0))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(4)
        self._bar.setAccessibleName(_("Seconds for which the code is good"))
        self._left = muted("", wrap=False)
        copy = named(QPushButton(_("Copy code")), "copy-code")
        copy.clicked.connect(self._copy)
        self._clock = QTimer(self, interval=500)
        self._clock.timeout.connect(self._tick)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.code)
        line.addStretch(1)
        line.addWidget(self._left)
        line.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._bar)
        self.hide()

    def begin(self, codes: OneTimeCodes) -> None:
        """Show codes for a while."""
        self._codes = codes
        self._until = time.monotonic() + self._codes_for
        self._clock.start()
        self._tick()
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the key when the page is left."""
        self._clock.stop()
        self._codes = None
        self.code.clear()
        super().hideEvent(event)

    def _tick(self) -> None:
        if self._codes is None or time.monotonic() >= self._until:
            self.hide()
            return
        code, left = self._codes.code_at(self._now())
        self.code.setText(f"{code[: len(code) // 2]} {code[len(code) // 2 :]}")
        self.code.setAccessibleName(" ".join(code))
        self._bar.setRange(0, self._codes.period)
        self._bar.setValue(left)
        self._left.setText(ngettext("{count} second", "{count} seconds", left).format(count=left))

    def _copy(self) -> None:
        if self._codes is not None:
            self.copy_wanted.emit(Secret(self._codes.code_at(self._now())[0]))
