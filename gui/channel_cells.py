"""The channels' cells, with the pictures that let trouble be seen at a glance; needs no data layer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon

from core.fields import Field
from core.i18n import _
from core.inventory.channel_fields import GONE_STATES
from gui import theme
from gui.field_cells import FieldCells, Listed
from gui.icons import row_icon
from gui.platform_icons import platform_icon_name
from gui.widgets.severity import SEVERITIES

COLUMNS = {"title": 168, "platform": 112, "unit": 108, "owner": 128, "findings": 96}
"""The columns that are shown at first, with their widths; the first orders the rows."""


class ChannelCells(FieldCells):
    """What a channel's cells show."""

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows; a missing owner is said, a channel that is over is quiet."""
        over = listed["state"] in GONE_STATES
        unowned = one.key == "owner" and not listed["owner"] and not over
        match role:
            case Qt.ItemDataRole.DisplayRole if unowned:
                return _("nobody")
            case Qt.ItemDataRole.ForegroundRole if unowned:
                return QColor(theme.tokens().severe)
            case Qt.ItemDataRole.ForegroundRole if over:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.DecorationRole if unowned:
                return _severity("severe")
            case Qt.ItemDataRole.DecorationRole if one.key == "platform":
                return row_icon(platform_icon_name(listed["platform"]), "muted")
            case Qt.ItemDataRole.DecorationRole if one.key == "findings" and listed["findings"]:
                return _severity(listed["findings"].value)
            case _:
                return super().cell(one, listed, role)


def _severity(key: str) -> QIcon:
    return row_icon(SEVERITIES[key].picture, key)
