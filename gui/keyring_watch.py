"""How the keyring of this workstation stands: looked at when a registry opens, compared when it is unlocked.

Nobody is asked for a password at the start: a locked keyring is only named. A registry that expects nothing of this
keyring leaves it alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from core.errors import RegistryError
from core.i18n import N_, _
from gui.keyring import with_keyring
from gui.tasks import Lane
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.custodian import Custodian, OpenRegistry
    from core.registry import Registry


class Standing(Enum):
    """Whether secrets can be read now."""

    UNKNOWN = ""
    OPEN = N_("Keyring open")
    LOCKED = N_("Keyring locked")
    NONE = N_("No keyring")


@dataclass(frozen=True, slots=True)
class KeyringNews:
    """What is known of the keyring.

    Attributes:
        standing: Whether it can be used.
        notes: Sentences about what is wrong with it.
        vanished: A keyring that somebody has to say what became of.
        newer: Logins of which the keyring holds a newer secret than the registry.
        missing: How many secrets it lacks.
        kept: How many secrets it is expected to keep.
        recovery_key: Whether there is a printed recovery key.
    """

    standing: Standing = Standing.UNKNOWN
    notes: tuple[str, ...] = ()
    vanished: UUID | None = None
    newer: tuple[UUID, ...] = ()
    missing: int = 0
    kept: int = 0
    recovery_key: bool = True


class KeyringWatch(QObject):
    """Looks at the keyring; one for each workspace (`watch_of`).

    Signals:
        changed: What is known of it is something else now (carries the KeyringNews).
    """

    changed = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.news = KeyringNews()
        workspace.opened.connect(lambda _registry: self.look())
        workspace.closed.connect(lambda: self._take(KeyringNews()))
        workspace.changed.connect(self._follow)

    def look(self) -> None:
        """Look how the keyring stands, and compare it with the registry if that asks nobody for anything."""
        if not self._workspace.is_open:
            return
        registry = self._workspace.registry
        self._workspace.tasks.run(
            Lane.KEYRING, lambda _job: _look(registry), self._looked, failed=self._failed, owner=self
        )

    def compare(self) -> None:
        """Compare the registry with the keyring, unlocking it if need be."""
        with_keyring(self._workspace, _compare, self._compared, owner=self)

    def _looked(self, news: KeyringNews) -> None:
        self._take(news)
        if news.standing is Standing.OPEN and news.kept:
            with_keyring(self._workspace, _compare, self._take, failed=self._failed, owner=self)

    def _compared(self, news: KeyringNews) -> None:
        self._take(news)
        if news.missing:
            self._workspace.say(_("The keyring lacks {count} secrets.").format(count=news.missing))
        else:
            self._workspace.say(_("Compared: the keyring has what the registry expects."))

    def _failed(self, error: RegistryError) -> None:
        self._take(KeyringNews(Standing.UNKNOWN, (error.sentence,)))

    def _follow(self, tables: frozenset[str]) -> None:
        """Look again when a keyring or a recovery key came; count again when copies came, be it by a handover."""
        if not self._workspace.is_open:
            return
        if tables & {"store", "escrow_key"}:
            self.look()
        elif "custody" in tables:
            self._workspace.read(lambda registry: _expected(registry, registry.today()), self._recounted, owner=self)

    def _recounted(self, expected: tuple[int, bool]) -> None:
        kept, has_key = expected
        if self.news.standing is Standing.UNKNOWN and kept:
            self.look()
        elif (kept, has_key) != (self.news.kept, self.news.recovery_key) and self.news.standing is not Standing.UNKNOWN:
            self._take(replace(self.news, kept=kept, recovery_key=has_key))

    def _take(self, news: KeyringNews) -> None:
        self.news = news
        self.changed.emit(news)


def watch_of(workspace: Workspace) -> KeyringWatch:
    """Return the watch of a workspace, made when first asked for."""
    return workspace.findChild(KeyringWatch) or KeyringWatch(workspace)


def _look(registry: Registry) -> KeyringNews:
    """Look at the keyring without asking anybody for anything; on the keyring's lane."""
    kept, has_key = _expected(registry, registry.today())
    if not kept and not has_key:
        return KeyringNews()
    from core.custody.vault import vault_state

    state = vault_state(registry.id)
    standing = Standing.NONE if not state.trusted else Standing.LOCKED if state.unlocked is False else Standing.OPEN
    return KeyringNews(standing, state.notes, kept=kept, recovery_key=has_key)


def _compare(custodian: Custodian) -> KeyringNews:
    from core.custody.escrow.resealing import seal_missing
    from core.custody.handover.acting import Actor
    from core.custody.handover.previous import clear_previous, clear_released
    from core.custody.reconciling import reconcile

    found = reconcile(custodian)
    clear_released(Actor(custodian, datetime.now(UTC)))
    clear_previous(custodian)
    seal_missing(custodian)
    _kept, has_key = _expected(custodian.registry, custodian.today)
    return KeyringNews(
        Standing.OPEN,
        vanished=found.vanished,
        newer=found.newer,
        missing=found.missing,
        kept=found.expected,
        recovery_key=has_key,
    )


def _expected(registry: OpenRegistry, today: date) -> tuple[int, bool]:
    """Return how many secrets this person keeps, and whether there is a recovery key."""
    from core.custody.envelopes import keys_in_force
    from core.custody.holding import count_kept

    me = registry.me()
    with registry.reading() as session:
        kept = count_kept(session, me) if me is not None else 0
        return kept, bool(keys_in_force(session, today))
