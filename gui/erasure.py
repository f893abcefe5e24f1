"""Erasing from within the window: off the GUI thread, to be stopped between two steps, to be taken up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.errors import RegistryError
from core.i18n import _, ngettext
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again
from core.protection.erasure.erasure_words import KINDS, dropped_text

if TYPE_CHECKING:
    from core.protection.erasure.order import Order
    from core.registry import Registry
    from gui.tasks import Job

_STEPS = 100


class StoppedError(RegistryError):
    """The user stopped the erasure, or closed the program; it is taken up again."""


def erase_here(registry: Registry, job: Job, order: Order | None) -> Counter[str]:
    """Carry an erasure out, or first the one that was cut short, telling the job how far it is.

    Args:
        registry: The open registry.
        job: Its work; what it is asked to stop is taken up again later.
        order: What is to be erased; None for what was cut short.

    Returns:
        What went, by kind.
    """

    def tell(part: float) -> None:
        job.report(round(part * _STEPS), _STEPS)
        if job.cancelled() and part < 1:
            raise StoppedError(_("The erasure was stopped."))

    counts = take_up_again(registry, tell) or Counter()
    if order is not None:
        begin(registry, order)
        counts.update(carry_out(registry, order, tell))
    return counts


def told_of(counts: Mapping[str, int]) -> str:
    """Say what an erasure did."""
    people, reports, backups = (counts.get(kind, 0) for kind in ("people", "reports", "backups"))
    parts = [
        ngettext("{count} person", "{count} people", people).format(count=people) if people else "",
        ngettext("{count} archived report", "{count} archived reports", reports).format(count=reports)
        if reports
        else "",
        ngettext("{count} backup cleaned", "{count} backups cleaned", backups).format(count=backups) if backups else "",
    ]
    what = ", ".join(filter(None, parts))
    told = _("The data that was due is erased: {what}.").format(what=what) if what else _("The data is erased.")
    return " ".join(filter(None, [told if has_erased(counts) else "", dropped_text(counts)]))


def has_erased(counts: Mapping[str, int]) -> bool:
    """Say whether an erasure erased anything; one of which everything dropped out has but rewritten the backups."""
    return not dropped_text(counts) or any(counts.get(kind, 0) for kind in KINDS if kind != "backups")
