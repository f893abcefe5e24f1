"""Saving the own files of a handover again, for whoever has lost one, or has not got it yet."""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, UUID, uuid5

from PySide6.QtWidgets import QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.statements import Statement
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import HandoverDetail
from core.i18n import _, show_instant
from core.model import Act, ItemState
from core.registry import Registry
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import HandoverFile, bundle_file, save_files, statement_file
from gui.handover_folder import chosen_folder, lay_down
from gui.handover_told import lies_for
from gui.widgets import muted
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


class SaveHandoverFilesDialog(HandoverDecision):
    """Lists what the person here has signed; what is signed goes into one file."""

    help_topic = "handovers#files"

    def __init__(self, workspace: Workspace, detail: HandoverDetail, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Which files do you want to save again?"), _("Save..."), parent)
        self._detail = detail
        self._can_seal = any(one.state is ItemState.SEALED for one in detail.items)
        self._statements: dict[UUID, Statement] = {}
        self.things = TickedThings("file")
        self.things.changed.connect(self.enable)
        self.body.addWidget(muted(_("Taking a file in twice does no harm.")))
        self.body.addWidget(self.things)
        self.back.setText(_("Close"))
        if chosen_folder() is not None:
            self.primary.setText(_("Lay into the folder"))
            self.saving.show()
        handover = detail.row.id

        def read(registry: Registry) -> list[Statement]:
            me = registry.me()
            with registry.reading() as session:
                return [one for one in statements_of(session, handover) if one.by.person == me]

        self.ask_registry(read, self.show_statements)

    def may_decide(self) -> bool:
        """Something is ticked."""
        return bool(self.things.chosen())

    def show_statements(self, statements: list[Statement]) -> None:
        """List what was signed here, the newest first."""
        self._statements = {uuid5(NAMESPACE_URL, one.digest): one for one in reversed(statements)}
        self.things.show_things(
            Thing(id, self._text(one), ticked=not place) for place, (id, one) in enumerate(self._statements.items())
        )
        self.things.setFocus()

    def take(self) -> None:
        """Bring what is ticked to the other side: into the shared folder where there is one."""
        self._make(self._lay_down if chosen_folder() is not None else self._save)

    def save(self) -> None:
        """Save what is ticked by hand, though there is a shared folder."""
        self._make(self._save)

    def enable(self) -> None:
        """Both ways need something that is ticked."""
        super().enable()
        self.saving.setEnabled(self.primary.isEnabled())

    def _make(self, then: Callable[[list[HandoverFile]], None]) -> None:
        """Make the files; a sealed one is sealed once more."""
        chosen = [self._statements[one] for one in self.things.chosen()]
        if any(self._is_sealed_file(one) for one in chosen):
            self.ask_keyring(lambda actor: [self._file(actor, one) for one in chosen], then)
        else:
            then([statement_file(one) for one in chosen])

    def _lay_down(self, files: list[HandoverFile]) -> None:
        folder = chosen_folder()
        assert folder is not None, "asked just now"

        def laid(_none: None) -> None:
            self.workspace.say(lies_for(self._detail.row, self.workspace.registry.me()))
            self.accept()

        self.workspace.read_long(lambda _registry, _job: lay_down(folder, files), laid, failed=self.refuse, owner=self)

    def _save(self, files: list[HandoverFile]) -> None:
        save_files(self.workspace, files, self, self.accept, self.refuse)

    def _file(self, actor: Actor, statement: Statement) -> HandoverFile:
        if not self._is_sealed_file(statement):
            return statement_file(statement)
        ids = [one.id for one in statement.items]
        return bundle_file(*protocol.seal(actor, statement.handover, ids))

    def _is_sealed_file(self, statement: Statement) -> bool:
        return statement.act is Act.SEALING and self._can_seal

    def _text(self, statement: Statement) -> str:
        what = _("Sealed file") if self._is_sealed_file(statement) else _(statement.act.label)
        return _("{what}, {instant}").format(what=what, instant=show_instant(statement.made_at))
