"""Confirming roles and duties: each role was seen by signing in, and has a tick of its own; duties are taken over."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import facts_of
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import LOGIN_SEEN, ROLES_REMOVED, ROTATED
from core.custody.handover.listing import HandoverDetail, ItemRow
from core.custody.handover.possible import Possible
from core.errors import BadInputError
from core.i18n import _, ngettext
from core.model import Way
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import statement_file
from gui.handover_words import thing_text
from gui.widgets import muted
from gui.widgets.answers import Answers
from gui.widgets.signed_in_on import SignedInOn
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


class ConfirmHandoverDialog(HandoverDecision):
    """All roles and duties at once; what is not ticked stays open."""

    help_topic = "handovers#confirm"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, _("What have you taken over?"), _("Confirm"), parent)
        self._detail = detail
        self._items = {one.id: one for one in possible.items if one.way not in ROTATED}
        self.things = TickedThings("thing", [_thing(one, detail.row.giver) for one in self._items.values()])
        self.things.changed.connect(self.enable)
        self.body.addWidget(self.things)
        self.signed_in = SignedInOn(_("I signed in and saw each ticked role on"), self.workspace.today())
        self.signed_in.check.box.hide()  # Each role is ticked by itself; here only the day is asked for.
        self.body.addWidget(self.signed_in)
        self.answers = Answers([ROLES_REMOVED], detail.row.giver)
        self.body.addWidget(self.answers)
        self.body.addWidget(muted(_("What you do not tick stays open; you confirm it later.")))
        self.things.setFocus()
        self.enable()

    def enable(self) -> None:
        """Ask for the sign-in only where a role is ticked."""
        roles = bool(self._roles())
        self.signed_in.setVisible(roles and not self.files)
        self.answers.setVisible(roles and not self.files)
        super().enable()

    def may_decide(self) -> bool:
        """Something is ticked; a role is once somebody has signed in and seen it."""
        return bool(self.things.chosen())

    def take(self) -> None:
        """Confirm what is ticked."""
        try:
            answers = self._answers()
        except BadInputError as error:
            self.refuse(error)
            return
        handover, items = self._detail.row.id, list(self._items.values())

        def confirm(actor: Actor) -> Statement:
            with actor.custodian.registry.reading() as session:
                facts = facts_of(session, [one for one in items if one.id in answers])
            return protocol.confirm(actor, handover, answers, facts)

        self.ask_keyring(confirm, self._confirmed)

    def _answers(self) -> dict[UUID, dict[str, str]]:
        roles = set(self._roles())
        seen = {LOGIN_SEEN: self.signed_in.value().isoformat(), **self.answers.values()} if roles else {}
        return {one: seen if one in roles else {} for one in self.things.chosen()}

    def _roles(self) -> list[UUID]:
        return [one for one in self.things.chosen() if self._items[one].way is Way.ROLE]

    def _confirmed(self, statement: Statement) -> None:
        count = len(statement.items)
        told = ngettext("{count} thing is confirmed.", "{count} things are confirmed.", count).format(count=count)
        roles = any(one.way is Way.ROLE for one in statement.items)
        giver = self._detail.row.giver
        then = [_("Next, {giver} gives the own role back and releases it.").format(giver=giver)] if roles else []
        self.finish(statement.handover, [told, *then], [statement_file(statement)])


def _thing(item: ItemRow, giver: str) -> Thing:
    if item.way is Way.ROLE:
        note = _("{giver} gives you the role there. Tick it once you have signed in with your own account and seen it.")
        return Thing(item.id, thing_text(item), note.format(giver=giver), ticked=False)
    return Thing(item.id, thing_text(item), _("You answer for it from now on."))
