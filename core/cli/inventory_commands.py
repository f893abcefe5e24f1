"""Subcommands about the inventory: lists, recognising accounts, findings."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.cli.output import complain, give, say, table
from core.cli.registry_commands import opened
from core.errors import BadInputError
from core.fields import Field
from core.governance.findings import FindingValue, evidence_sentence, find, rule_title
from core.i18n import _, ngettext, show_date
from core.inventory import lists
from core.inventory.platforms import platforms
from core.inventory.recognising import Recognised
from core.inventory.recognising import recognise as recognise_account
from core.inventory.showing import shown
from core.settings import read_settings
from core.storage.record_list import RecordList
from core.storage.values import to_plain

_LISTS: dict[str, tuple[RecordList, tuple[str, ...]]] = {
    "channels": (lists.CHANNELS, ("platform", "title", "handle", "unit", "owner", "state", "last_post_on")),
    "people": (lists.PEOPLE, ("name", "function", "unit", "email", "state")),
    "credentials": (
        lists.CREDENTIALS,
        ("label", "login_name", "kind", "channels", "kept_in", "revision", "rotated_on", "held_by"),
    ),
    "units": (lists.UNITS, ("code", "name", "kind", "parent")),
    "assets": (lists.ASSETS, ("title", "kind", "person", "consent", "issued_on", "channels", "retired_on")),
    "uses": (lists.USES, ("asset", "channel", "platform", "placement", "variant", "number", "since", "until")),
}
_WEIGHT = {"notice": 0, "warning": 1, "severe": 2}


def list_records(options: argparse.Namespace) -> int:
    """List channels, people, units, logins or assets, today or as of a day."""
    records, keys = _LISTS[options.what]
    with opened(options) as registry:
        if options.as_of or options.known_on:
            with registry.snapshot(as_of=options.as_of, known_on=options.known_on) as session:
                _name_bypassed(session.info["bypassed"])
                rows = list(records.read(session.connection(), None, options.as_of or options.known_on))
        else:
            with registry.reading() as session:
                rows = list(records.read(session.connection(), None, registry.today()))
    order = ("family_name", "given_name") if records is lists.PEOPLE else keys[:2]
    rows.sort(key=lambda row: [str(row[key] or "").casefold() for key in order])
    _give_records(rows, records, keys, as_json=options.json)
    return 0


def _give_records(rows: list[Mapping[str, Any]], records: RecordList, keys: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        give([{key: to_plain(value) for key, value in row.items()} for row in rows])
        return
    known = {field.key: field for field in records.fields}
    wanted: list[Field] = [known[key] for key in keys]
    table([field.title for field in wanted], [[shown(field, row[field.key]) for field in wanted] for row in rows])
    say("")
    say(ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows)))


def _name_bypassed(bypassed: tuple[Any, ...]) -> None:
    for record in bypassed:
        complain(
            _("Record {id} ({table}) was changed past the log; its last logged state is shown.").format(
                id=record.record_id, table=record.table
            )
        )


def recognise(options: argparse.Namespace) -> int:
    """Say which account each text means."""
    if options.platform is not None and options.platform not in platforms():
        raise BadInputError(
            _("There is no platform “{key}”. Known are: {keys}.").format(
                key=options.platform, keys=", ".join(platforms())
            )
        )
    found = [recognise_account(text, options.platform) for text in options.text]
    if options.json:
        give([_recognised(one) for one in found])
    else:
        for one in found:
            _tell(one)
    return 0


def _recognised(one: Recognised) -> dict[str, Any]:
    return {
        "input": one.input,
        "platform": one.platform,
        "handle": one.handle,
        "account_id": one.account_id,
        "url": one.url,
        "hints": [hint.code for hint in one.hints],
    }


def _tell(one: Recognised) -> None:
    name = platforms()[one.platform].name if one.platform else _("not recognised")
    account = one.handle or one.account_id or ""
    say(f"{one.input}: " + "  ".join(part for part in (name, account, one.url or "") if part))
    for hint in one.hints:
        say(f"  {hint.text}")


def check(options: argparse.Namespace) -> int:
    """Find what is not in order; exit code 1 where something weighs as much as asked."""
    today = options.today or date.today()  # noqa: DTZ011 - the reader's own calendar day is meant
    with opened(options) as registry, registry.reading() as session:
        settings = read_settings(session)
        stage = {"all": 4}.get(options.stage) or int(options.stage or settings["rules.stage"])
        found = find(session, today, settings, stage)
    if options.json:
        give([_finding(one) for one in found])
    else:
        _tell_findings(found)
    return int(any(_WEIGHT[one.severity] >= _WEIGHT[options.fail_on] for one in found))


def _finding(one: FindingValue) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "stage": one.stage,
        "subject": {"type": one.subject_type, "id": to_plain(one.subject_id), "label": one.subject_label},
        "evidence": evidence_sentence(one.rule, one.evidence),
        "since": to_plain(one.since),
    }


def _tell_findings(found: list[FindingValue]) -> None:
    marks = {"severe": "!", "warning": "·", "notice": "–"}
    for one in found:
        since = _(" (since {day})").format(day=show_date(one.since)) if one.since else ""
        say(f"{marks[one.severity]} {rule_title(one.rule)}: {one.subject_label}{since}")
        say(f"    {evidence_sentence(one.rule, one.evidence)}")
    say(ngettext("{count} finding", "{count} findings", len(found)).format(count=len(found)))
