"""Secrets on the clipboard: marked so that clipboard managers leave them alone, and taken away again.

Only what is still there is taken away: whatever the person copied meanwhile stays. The primary selection of X11, which
every program can read without being asked, never gets a secret.
"""

from __future__ import annotations

import os
import time

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from core.custody.secret import Secret

CLEARED_AFTER = 30.0
"""Seconds after which a secret is taken off the clipboard."""

_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}
"""What KDE's Klipper, macOS's pasteboard and Windows look for before they remember or upload what was copied."""


class SecretClipboard(QObject):
    """The clipboard as far as secrets are concerned; one for the whole program.

    Signals:
        counted: How many seconds are left until the secret is taken away; 0 when it is gone.
    """

    counted = Signal(int)

    def __init__(self, parent: QObject | None = None, *, cleared_after: float = CLEARED_AFTER) -> None:
        super().__init__(parent)
        self._cleared_after = cleared_after
        self._until = 0.0
        self._mark: bytes | None = None
        self._clock = QTimer(self, interval=min(1_000, max(20, int(cleared_after * 100))))
        self._clock.timeout.connect(self._tick)
        application = QGuiApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def copy(self, secret: Secret) -> None:
        """Put a secret on the clipboard for a while."""
        self._mark = os.urandom(16)
        data = QMimeData()
        data.setText(secret.reveal())
        for hint, value in _HINTS.items():
            data.setData(hint, value)
        data.setData(_MARK, self._mark)
        _clipboard().setMimeData(data, QClipboard.Mode.Clipboard)
        self._until = time.monotonic() + self._cleared_after
        self._clock.start()
        self._tick()

    def holds_secret(self) -> bool:
        """Return whether the clipboard still holds what was copied here last."""
        if self._mark is None:
            return False
        data = _clipboard().mimeData(QClipboard.Mode.Clipboard)
        return data is not None and bytes(data.data(_MARK).data()) == self._mark

    def clear(self) -> None:
        """Take the secret away, if it is still there."""
        self._clock.stop()
        if self.holds_secret():
            _clipboard().clear(QClipboard.Mode.Clipboard)
        if self._mark is not None:
            self._mark = None
            self.counted.emit(0)

    def _tick(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0 or not self.holds_secret():
            self.clear()
        else:
            self.counted.emit(max(1, round(left)))


def clipboard_of(workspace: QObject) -> SecretClipboard:
    """Return the one clipboard of a workspace, made when first asked for."""
    return workspace.findChild(SecretClipboard) or SecretClipboard(workspace)


_MARK = "application/x-kanalregister-mark"
"""A random mark tells our copy from an equal text that somebody else put there; no hash of the secret is needed."""


def _clipboard() -> QClipboard:
    return QGuiApplication.clipboard()
