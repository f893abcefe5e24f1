"""What an erasure would do, in words: who is concerned, what goes besides texts, what stays for now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.i18n import _, ngettext, show_date
from core.protection.erasure.erasure_words import kept_text, leaver_text, portrait_text

if TYPE_CHECKING:
    from core.protection.erasure.emptied_fields import Emptied
    from core.protection.erasure.planning import ErasurePlan, Leaver, PlannedMention

_MOST = 20
"""So many texts that stay are told one by one."""


def told_people(plan: ErasurePlan) -> list[str]:
    """Return a line for each of the people who are erased, and for each portrait that goes without its person."""
    return [*(_leaver(one) for one in plan.people), *(portrait_text(one) for one in plan.portraits)]


def told_records(emptied: Iterable[Emptied]) -> list[str]:
    """Return a line for each kind of record: how many, and which of their fields."""
    return [_record(one) for one in emptied]


def told_copies(plan: ErasurePlan) -> list[str]:
    """Return a line for each place besides the records: log, archive, library, backups."""
    lines = []
    if plan.values:
        told = ngettext("{count} value of the log", "{count} values of the log", plan.values)
        lines.append(told.format(count=plan.values))
    report = _("Report in the archive: {quarter}, {name}")
    lines += [report.format(quarter=one.quarter, name=one.file_name) for one in plan.reports]
    if plan.files:
        told = ngettext("{count} file of the library", "{count} files of the library", len(plan.files))
        lines.append(told.format(count=len(plan.files)))
    lines += [_("Backup, which is cleaned or replaced: {name}").format(name=copy.name) for copy in plan.copies]
    return lines


def told_kept(plan: ErasurePlan) -> list[str]:
    """Return a line for each name that stays somewhere for now, with the reason and the day."""
    return [kept_text(one) for one in plan.kept]


def told_staying(mentions: Sequence[PlannedMention]) -> list[str]:
    """Return a line for each text that goes on naming somebody, and how many more there are."""
    lines = [
        _("{where}: {text}").format(where=one.where, text=", ".join(one.mention.found)) for one in mentions[:_MOST]
    ]
    rest = len(mentions) - len(lines)
    if rest:
        lines.append(ngettext("and {number} more", "and {number} more", rest).format(number=rest))
    return lines


def _leaver(leaver: Leaver) -> str:
    if leaver.last_day is None or leaver.function:
        return leaver_text(leaver)
    return _("{name}, left on {day}").format(name=leaver.name, day=show_date(leaver.last_day))


def _record(one: Emptied) -> str:
    if not one.fields:
        return _("{noun} ({number}), removed").format(noun=one.noun, number=one.records)
    told = _("{noun} ({number}), emptied: {fields}")
    return told.format(noun=one.noun, number=one.records, fields=", ".join(one.fields))
