"""What can be done with the chosen cell of channels by assets: a sentence and the ways from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.i18n import _
from core.inventory.assets.gallery import Tile
from core.inventory.assets.matrix import MatrixChannel
from gui.actions import action
from gui.pages.channel_look import LOOK
from gui.widgets import named
from gui.widgets.flow import Flow
from gui.workspace import FieldOf, Workspace


class AssetMatrixBar(QWidget):
    """Says in words what the cell shows in pictures."""

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        """Make the bar.

        Args:
            workspace: The open registry.
            page: Its page, in which the keys of the actions work.
        """
        super().__init__(page)
        named(self, "selection-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._channel: MatrixChannel | None = None
        self._asset: Tile | None = None
        self._used = False
        self.sentence = named(QLabel(wordWrap=True), "cell-sentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._make_actions(page)
        self._lay_out()

    def actions_to_show(self) -> list[QAction]:
        """Return what can be done, for the menu of the window."""
        return [self.cleaning, self.using, self.to_channel, self.to_asset]

    def show_cell(
        self, channel: MatrixChannel | None, asset: Tile | None, uses: Sequence[str] = (), *, to_clean: bool = False
    ) -> None:
        """Say what is shown where, or that nothing is.

        Args:
            channel: The channel of the cell; None where no cell is chosen.
            asset: The asset of the cell.
            uses: What there is to say of each place in which it is shown.
            to_clean: Whether one of these places has to be cleaned.
        """
        self._channel, self._asset, self._used = channel, asset, bool(uses)
        self.setVisible(channel is not None)
        for one in self.actions_to_show():
            one.setEnabled(channel is not None and (one is not self.cleaning or to_clean))
        self._buttons[self.cleaning].setVisible(to_clean)
        if channel is not None and asset is not None:
            sentence = _("{asset} is not shown on {channel}.") if not uses else _("{asset} on {channel}:\n{uses}")
            told = "\n".join(uses)
            self.sentence.setText(sentence.format(asset=asset.title, channel=channel.label, uses=told))

    def go_on(self) -> None:
        """Do what Return means: look at what is there, or show the asset there."""
        if self._used:
            self._show_channel()
        elif self._asset is not None:
            self._use()

    def _make_actions(self, page: QWidget) -> None:
        self.cleaning = action(page, "clean-cell", _("C&lean up..."), self._clean)
        self.using = action(page, "use-here", _("&Use here..."), self._use)
        self.to_channel = action(page, "show-look", _("Show &channel"), self._show_channel)
        self.to_asset = action(page, "show-asset", _("Show &asset"), self._show_asset)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 16, 8)
        line.setSpacing(16)
        line.addWidget(self.sentence, 4)
        buttons = Flow()
        buttons.setSpacing(8)
        buttons.addStretch()
        self._buttons: dict[QAction, QPushButton] = {}
        for one in self.actions_to_show():
            button = named(QPushButton(one.text().replace("&", "")), f"{one.objectName()}-button")
            button.setAutoDefault(True)
            button.clicked.connect(one.trigger)
            self._buttons[one] = button
            buttons.addWidget(button)
        line.addLayout(buttons, 5)  # All four stand in one line at 1280 pixels; below that they take two.

    def _clean(self) -> None:
        if self._asset is not None:
            self._workspace.go("asset-places", self._asset.id)

    def _use(self) -> None:
        if self._asset is not None and self._channel is not None:
            from gui.dialogs.choose_picture import ChannelPlace, ChoosePictureDialog

            place = ChannelPlace(self._channel.id, self._channel.label, self._channel.platform)
            ChoosePictureDialog(self._workspace, place, self.window(), begin=self._asset.id).open()

    def _show_channel(self) -> None:
        if self._channel is not None:
            self._workspace.go("channels", FieldOf(self._channel.id, LOOK))

    def _show_asset(self) -> None:
        if self._asset is not None:
            self._workspace.go("assets", self._asset.id)
