"""Which files of the library are missing or damaged: looked for when a registry is opened, and when asked to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.i18n import _, ngettext
from gui.tasks import Job
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.inventory.assets.library import Trouble
    from core.registry import Registry


class AssetWatch(QObject):
    """What is known of the files of the open registry.

    Signals:
        changed: Other files are missing or damaged now.

    Attributes:
        troubles: "missing" or "damaged" by SHA-256.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._job: Job | None = None
        self.troubles: dict[str, str] = {}

    def look(self, *, aloud: bool = False) -> None:
        """Compare every file with its record, on the lane of long work.

        Args:
            aloud: Whether to say what came of it.
        """
        if not self._workspace.is_open or (self._job is not None and not aloud):
            return
        self._job = self._workspace.read_long(
            _troubles, lambda found: self._take(found, aloud), stopped=self._end, owner=self
        )

    def forget(self) -> None:
        """Forget everything, because the registry is closed."""
        if self._job is not None:
            self._job.cancel()
        self._end()
        self._show({})

    def _take(self, found: Iterable[Trouble], aloud: bool) -> None:
        self._end()
        self._show({one.sha256: one.kind.value for one in found})
        if aloud:
            self._workspace.say(self._told())

    def _show(self, troubles: dict[str, str]) -> None:
        if troubles != self.troubles:
            self.troubles = troubles
            self.changed.emit()

    def _told(self) -> str:
        number = len(self.troubles)
        if not number:
            return _("Every file of the library is there, and as it was when it was taken in.")
        return ngettext(
            "{count} file of the library is missing or damaged.",
            "{count} files of the library are missing or damaged.",
            number,
        ).format(count=number)

    def _end(self) -> None:
        self._job = None


def _troubles(registry: Registry, job: Job) -> list[Trouble]:
    """Read every file; between two of them the work may be stopped. What the registry forgot has no thumbnail left."""
    from core.exchange.pictures.kept_thumbnails import KeptThumbnails
    from core.inventory.assets.library import recorded_files, shelf_of

    with registry.reading() as session:
        wanted = recorded_files(session)
    KeptThumbnails(registry.id).drop_all_but(wanted)
    shelf = shelf_of(registry.path)
    found: list[Trouble] = []
    for place, sha256 in enumerate(sorted(wanted)):
        if not job.told(place, len(wanted)):
            break
        found += shelf.check([sha256])
    return found
