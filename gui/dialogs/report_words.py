"""What the window says of quarterly reports: who reads them, which day they speak of, what became of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.exchange.report.readers import Reader
from core.governance.quarters import Quarter
from core.i18n import N_, _, ngettext, show_date

READERS = {
    Reader.INTERNAL: N_("The press office"),
    Reader.COMMITTEE: N_("The committee"),
    Reader.PUBLIC: N_("The public"),
}
_IN_FILE_NAMES = {
    Reader.INTERNAL: N_("press-office"),
    Reader.COMMITTEE: N_("committee"),
    Reader.PUBLIC: N_("public"),
}
_SEEN = {
    Reader.INTERNAL: N_("It names people and logins, so it stays in the house."),
    Reader.COMMITTEE: N_("It shows functions instead of names, and all channels and findings."),
    Reader.PUBLIC: N_("It shows active channels only, without people, logins and findings."),
}


def reader_word(reader: Reader) -> str:
    """Name a reader."""
    return _(READERS[reader])


def reader_name(reader: Reader) -> str:
    """Name a reader in the name of a file, so that one report never takes another's place."""
    return _(_IN_FILE_NAMES[reader])


def seen_by(reader: Reader) -> str:
    """Say in a sentence what a reader gets to see."""
    return _(_SEEN[reader])


def day_sentence(quarter: Quarter, today: date) -> str:
    """Say which state of things a report shows; what `Registry.snapshot(as_of=...)` gives is told here."""
    if quarter.last_day >= today:
        return _("The quarter is still running. The report shows how things stand today.")
    return _(
        "The report shows how things stood on {day}. What was changed after that day is not in it. "
        "Responsibilities and accesses count from the day they began, even if you entered them later."
    ).format(day=show_date(quarter.last_day))


def correction_sentence(issued_on: date) -> str:
    """Say what a report that is made again tells about the one that was issued."""
    return _(
        "This report was issued on {day}. Where something differs now, the sheet “{sheet}” lists both versions."
    ).format(day=show_date(issued_on), sheet=_("Corrections"))


def figures_in_short(figures: Mapping[str, Any], reader: Reader) -> str:
    """Return the figures of a report in a few words, each left out where the report does not tell it."""
    told = []
    if (channels := figures.get("channels")) is not None:
        told.append(ngettext("{count} channel", "{count} channels", channels).format(count=channels))
    if reader is not Reader.PUBLIC and (by_severity := figures.get("findings")):
        findings = sum(by_severity.values())
        told.append(ngettext("{count} finding", "{count} findings", findings).format(count=findings))
    return ", ".join(told)
