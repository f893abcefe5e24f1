"""One place of a channel: the picture as the platform cuts it, beside what it is and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.errors import RegistryError
from core.i18n import _, show_date
from core.inventory.assets.appearance import Shown
from core.inventory.assets.places_to_clean import Why
from core.inventory.assets.presentation import Spec
from core.model import AssetVariant, Placement
from gui.asset_large import with_large_picture
from gui.asset_matrix_model import WHY
from gui.asset_pictures import SIDE, pictures_of
from gui.asset_words import erased_words, version_name
from gui.widgets import muted, named
from gui.widgets.look_preview import LookPreview, frame_for
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

AVATAR, SMALL_AVATAR, COVER, OTHER = 96, 40, 400, 160
"""How wide the pictures are on the screen."""


class LookLine(QWidget):
    """A picture and its words; the picture is made off the GUI thread."""

    def __init__(
        self, workspace: Workspace, placement: Placement, spec: Spec | None, shown: Shown | None, why: Why | None
    ) -> None:
        """Make the line.

        Args:
            workspace: The open registry.
            placement: Where on the channel it is.
            spec: How the platform cuts the picture, None where nobody knows.
            shown: What is there, None where nothing is recorded.
            why: Why it has to go, None where it may stay.
        """
        super().__init__()
        named(self, "look")
        self._shown = shown
        self._workspace = workspace
        frame = frame_for(placement, spec)
        self._wide = frame.width > frame.height
        others = (AVATAR, SMALL_AVATAR) if placement is Placement.AVATAR else (OTHER,)
        widths = (COVER,) if self._wide else others
        dark = shown is not None and shown.variant is AssetVariant.NEGATIVE
        self._previews = [LookPreview(frame, width, dark=dark) for width in widths]
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._tell(why)
        self._lay_out()
        self._show_picture()

    def _tell(self, why: Why | None) -> None:
        shown = self._shown
        if shown is None:
            self._words.addWidget(muted(_("Nothing is recorded.")))
            return
        title = QLabel(shown.title, wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        self._words.addWidget(title)
        since = _("since {day}").format(day=show_date(shown.since)) if shown.since else ""
        version = version_name(shown.variant, shown.number)
        self._words.addWidget(muted(", ".join(part for part in (version, since) if part)))
        for severity, sentence in _warnings(shown, why):
            self._words.addWidget(SeverityLabel(severity, sentence, sentences=True))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for one in self._previews:
            line.addWidget(one, 1 if self._wide else 0, Qt.AlignmentFlag.AlignBottom)
        pictures = QVBoxLayout()
        pictures.addLayout(line)
        pictures.addStretch(1)
        whole: QVBoxLayout | QHBoxLayout = QVBoxLayout(self) if self._wide else QHBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 4)
        whole.setSpacing(12)
        whole.addLayout(pictures)
        self._words.addStretch(1)
        whole.addLayout(self._words, 1)

    def _show_picture(self) -> None:
        shown = self._shown
        for one in self._previews:
            one.setAccessibleName(shown.title if shown is not None else _("No picture"))
            one.show_picture(None if shown is None else QPixmap())
        if shown is None:
            return
        if not shown.sha256:
            self._take(None, "")
        elif self._wide:
            file = (shown.sha256, shown.media_type)
            with_large_picture(self._workspace, file, self._take, self._fail, self)
        else:
            pictures_of(self._workspace).arrived.connect(self._take_thumbnail)
            self._take_thumbnail(shown.sha256)

    def _take_thumbnail(self, sha256: str) -> None:
        shown = self._shown
        if shown is None or sha256 != shown.sha256:
            return
        pictures = pictures_of(self._workspace)
        picture = pictures.picture(sha256, shown.media_type, SIDE)
        if picture is not None or pictures.has_none(sha256):
            self._take(picture)

    def _take(self, picture: QPixmap | None, word: str | None = None) -> None:
        for one in self._previews:
            one.show_picture(picture, _("no preview") if word is None else word)

    def _fail(self, error: RegistryError) -> None:
        self._take(None)
        self._words.addWidget(SeverityLabel("severe", error.sentence, sentences=True))


def _warnings(shown: Shown, why: Why | None) -> list[tuple[str, str]]:
    """Return what is wrong with what is shown: how severe it is, and in a sentence."""
    told = [("notice", erased_words())] if not shown.sha256 else []
    if why is not None:
        told.append(("severe" if why is Why.CONSENT else "warning", _(WHY[why])))
    if not shown.approved:
        told.append(("warning", _("Not approved: nobody has approved this version yet.")))
    return [*told, *(("warning", sentence) for sentence in shown.warnings if shown.sha256)]
