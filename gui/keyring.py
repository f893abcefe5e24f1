"""Work with the keyring of this workstation, on a lane of its own: it may wait for a person, the window never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from core import workstation
from core.errors import RegistryError
from gui.tasks import Job, Lane
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.custody.custodian import Custodian
    from core.custody.vault import Vault

T = TypeVar("T")
PROMPT_SECONDS = 120.0
"""How long the system's question for the keyring's password may stand before it counts as unanswered."""


def with_keyring(  # noqa: PLR0913 - one callback for each way in which work can go on
    workspace: Workspace,
    work: Callable[[Custodian], T],
    then: Callable[[T], None],
    *,
    failed: Callable[[RegistryError], None] | None = None,
    stopped: Callable[[], None] | None = None,
    progressed: Callable[[int, int], None] | None = None,
    owner: QObject | None = None,
) -> Job:
    """Run `work(custodian)` on the keyring's lane and hand its result to `then` on the GUI thread.

    Args:
        workspace: The open registry.
        work: The steps, in the order of `core.custody`; they record what they do themselves.
        then: Gets the result.
        failed: Gets a RegistryError, a keyring's among them; without it the message bar of the window shows it.
        stopped: Called instead when the job was cancelled.
        progressed: Gets (done, total) as reported by `custodian.told`.
        owner: The widget that asked; nothing is called once it is gone.

    Returns:
        The handle to cancel it; the system's question for a password is not waited for any longer then.
    """
    registry, today = workspace.registry, workspace.today()

    def run(job: Job) -> T:
        from core.custody.custodian import Custodian

        vault = _opened(registry.id).waiting(job.stop_event, PROMPT_SECONDS)
        return work(Custodian(registry, vault, today, told=job.told))

    return workspace.tasks.run(
        Lane.KEYRING, run, then, failed=failed, stopped=stopped, progressed=progressed, owner=owner
    )


def _opened(registry_id: str) -> Vault:
    """Return the keyring; where it has kept secrets before, none that answers is one that has stopped."""
    from core.custody.custodian import remembered_as
    from core.custody.vault import KeyringGoneError, NoKeyringError, open_vault

    try:
        return open_vault(registry_id)
    except NoKeyringError:
        if workstation.remembered(remembered_as(registry_id)) is None:
            raise
    raise KeyringGoneError
