"""Granting roles on their platforms, before the successor can confirm them; a tick at this computer says so."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.custody.handover.listing import HandoverDetail
from core.custody.handover.pages import role_on
from core.custody.handover.possible import Possible
from core.i18n import _
from core.registry import Registry
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_ticks import keep_granted
from gui.widgets import muted, named
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


class GrantRolesDialog(HandoverDecision):
    """Each role with a button that opens its channel; no statement is signed."""

    help_topic = "handovers#grant"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        taker = detail.row.taker
        super().__init__(
            workspace, _("Grant {taker} the role on the platform").format(taker=taker), _("I have granted it"), parent
        )
        self._detail, self._items = detail, {one.id: one for one in possible.items}
        about = _(
            "Sign in there with your own account and give {taker} the role. {taker} then signs in and confirms it."
        )
        self.body.addWidget(QLabel(about.format(taker=taker), wordWrap=True))
        self.things = TickedThings("thing")
        self.things.changed.connect(self.enable)
        self.body.addWidget(self.things)
        self.ask_registry(self._read, self.show_roles)

    def may_decide(self) -> bool:
        """Something is ticked."""
        return bool(self.things.chosen())

    def show_roles(self, roles: Mapping[UUID, tuple[str, str | None]]) -> None:
        """Show each role, and lead to its channel."""
        told = _("Grant the role: {role}")
        alone = len(roles) == 1
        self.things.show_things(Thing(id, told.format(role=role), ticked=alone) for id, (role, _p) in roles.items())
        for place, (role, page) in enumerate(roles.values()):
            if page:
                self._offer_page(place, role, page)
        self.body.addWidget(muted(_("Your tick is kept at this computer; nothing is sent by it.")))
        self.things.setFocus()

    def take(self) -> None:
        """Keep the ticks, and go on."""
        keep_granted(self._detail.row.id, self.things.chosen())
        self.workspace.changed.emit(frozenset({"handover_item"}))
        told = _("Granted. Next, {taker} signs in and confirms it.").format(taker=self._detail.row.taker)
        self.finish(self._detail.row.id, [told])

    def _offer_page(self, place: int, role: str, page: str) -> None:
        button = named(QPushButton(_("Open the channel: {role}").format(role=role)), f"open-page-{place}", link=True)
        button.setAutoDefault(False)
        button.setToolTip(page)
        button.clicked.connect(lambda _on=False: self.open_page(page))
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _read(self, registry: Registry) -> dict[UUID, tuple[str, str | None]]:
        with registry.reading() as session:
            return {one.id: role_on(session, one) for one in self._items.values()}
