"""What a planned or a finished erasure is told as, in the window and on the command line alike."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import N_, _, ngettext, show_date
from core.protection.erasure.planning import Kept, Leaver
from core.protection.erasure.portraits import DuePortrait

KINDS = {
    "people": N_("people"),
    "records": N_("records"),
    "removed": N_("records removed"),
    "texts": N_("texts"),
    "values": N_("values of the log"),
    "reports": N_("archived reports"),
    "files": N_("files"),
    "backups": N_("backups"),
}
"""Source texts of what an erasure counts, by the keys of its counts."""

NO_LONGER_DUE = "no_longer_due"
"""The key under which an erasure counts what dropped out of it."""


def dropped_text(counts: Mapping[str, int]) -> str:
    """Say what an erasure left out because it is no longer due; empty where it left out nothing."""
    count = counts.get(NO_LONGER_DUE, 0)
    told = ngettext(
        "{count} entry was left out: since the preview it is no longer due.",
        "{count} entries were left out: since the preview they are no longer due.",
        count,
    )
    return told.format(count=count) if count else ""


def leaver_text(leaver: Leaver) -> str:
    """Say who is to be erased."""
    if leaver.last_day is None:
        return _("{name}, of whom only the log knows").format(name=leaver.name)
    told, day = _("{name} ({function}), left on {day}"), show_date(leaver.last_day)
    return told.format(name=leaver.name, function=leaver.function or "–", day=day)


def portrait_text(portrait: DuePortrait) -> str:
    """Say which portrait goes although its person stays, and since when no consent holds."""
    told, day = _("Portrait “{title}”: its files; no consent since {day}"), show_date(portrait.ended_on)
    return told.format(title=portrait.title, day=day)


def kept_text(kept: Kept) -> str:
    """Say who stays named for now, and until when as far as that is known."""
    if kept.until is None:
        return _("{name}: {why}").format(name=kept.who.name, why=kept.why)
    return _("{name}, until {day}: {why}").format(name=kept.who.name, why=kept.why, day=show_date(kept.until))


def done_text(counts: Mapping[str, int]) -> str:
    """Say what went."""
    told = "; ".join(f"{_(noun)}: {counts.get(kind, 0)}" for kind, noun in KINDS.items())
    return _("Erased: {what}.").format(what=told)
