"""What one person holds and knows of the logins, and what has to be changed once they lose access."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.custody.holding import CopyState, CustodyRow, PersonCustody, person_custody
from core.custody.owed import OwedRotation, rotation_list
from core.i18n import _, show_date
from core.inventory.recorded import names_of
from core.registry import Registry
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Read:
    """What one reading brought."""

    custody: PersonCustody
    rotations: list[OwedRotation]
    names: dict[UUID, str]


class PersonCredentials(Column):
    """Four short lists; read when the tab comes into sight."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def show_record(self, record_id: UUID) -> None:
        """Read and show what a person holds."""
        self._workspace.read(lambda registry: _read(registry, record_id), self._show, owner=self)

    def _show(self, read: _Read) -> None:
        self.start()
        open_ones = [one for one in read.rotations if one.done_on is None]
        if open_ones:
            self.heading(_("To be changed, the most urgent first"))
        for one in open_ones:
            self.add(one.label, _owed_sentence(one), [self._going(one.credential_id, _("Change secret..."))])
        self._show_copies(
            _("Only this person holds"), read.custody.only_holder_of, _("Nothing that others do not hold.")
        )
        self._show_copies(_("Holds"), read.custody.holds, _("Nothing in a keyring."))
        self.heading(_("Has read since it was last changed"))
        for known in read.custody.has_read_since_rotation:
            below = _("for the first time on {day}").format(day=show_date(known.on))
            self.add(known.label, below, [self._going(known.credential_id, _("Show"))])
        if not read.custody.has_read_since_rotation:
            self.say(_("Nothing."))
        self._show_done([one for one in read.rotations if one.done_on is not None], read.names)

    def _show_copies(self, title: str, copies: tuple[CustodyRow, ...], nothing: str) -> None:
        self.heading(title)
        for one in copies:
            self.add(one.label, _copy_sentence(one), [self._going(one.credential_id, _("Show"))])
        if not copies:
            self.say(nothing)

    def _show_done(self, done: list[OwedRotation], names: dict[UUID, str]) -> None:
        if done:
            self.heading(_("Changed since"))
        for one in done:
            assert one.done_on is not None
            by = names.get(one.done_by) if one.done_by is not None else None
            day = show_date(one.done_on)
            below = _("on {day} by {person}").format(day=day, person=by) if by else _("on {day}").format(day=day)
            self.add(one.label, below, [self._going(one.credential_id, _("Show"))], quiet=True)

    def _going(self, login: UUID, text: str) -> LineButton:
        return LineButton("show-login", text, lambda: self._workspace.go("credentials", login))


def _read(registry: Registry, person_id: UUID) -> _Read:
    today = registry.today()
    with registry.reading() as session:
        rotations = rotation_list(session, today, person_id)
        names = names_of(session, {one.done_by for one in rotations if one.done_by is not None})
        return _Read(person_custody(session, person_id, today), rotations, names)


def _owed_sentence(one: OwedRotation) -> str:
    parts = [_("since {day}").format(day=show_date(one.since))]
    if one.sole:
        parts.insert(0, _("nobody else gets in"))
    if one.overdue:
        parts.append(_("overdue"))
    parts.extend(channel.label for channel in one.channels)
    return " · ".join(parts)


def _copy_sentence(one: CustodyRow) -> str:
    parts = [_("revision {revision}").format(revision=one.revision), _("since {day}").format(day=show_date(one.since))]
    if one.state is not CopyState.IN_FORCE:
        parts.append(_(one.state.label))
    if one.store:
        parts.append(one.store)
    return " · ".join(parts)
