"""Subcommands about handover records: make one as a file and on paper, check one from its file alone."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from core.cli.output import complain, give, say, table
from core.cli.registry_commands import opened
from core.custody.custodian import Custodian
from core.custody.handover.record.making_record import handover_called, make_record
from core.custody.handover.record.record import Record, SigningKey, Step, Thing
from core.custody.handover.record.record_words import (
    checked_text,
    grade_sentence,
    occasion_text,
    open_sentences,
    places_text,
    revision_text,
    state_text,
)
from core.custody.handover.record.verifying_record import Verified, verify_record
from core.custody.identity.armor import LARGEST
from core.custody.identity.cards import in_groups
from core.custody.vault import open_vault
from core.errors import UnusableFileError
from core.i18n import _, show_instant
from core.storage.places import written_aside
from core.system_reasons import reason_of

PdfOf: TypeAlias = Callable[[Verified], bytes]
"""Lays a record out on paper, with what its check found; the window does that, and `main` hands it in."""


def record(options: argparse.Namespace) -> int:
    """Make a record, or check one; exit code 1 where the check found something."""
    return _make(options) if options.what == "make" else _verify(options)


def _make(options: argparse.Namespace) -> int:
    with opened(options) as registry:
        with registry.reading() as session:
            handover = handover_called(session, options.handover)
        custodian = Custodian(registry, open_vault(registry.id), registry.today())
        made = make_record(custodian, handover, datetime.now(UTC)).file_text.encode()
    checked = verify_record(made)
    paper = options.paper()(checked) if options.pdf is not None else None
    _write(options.out, made)
    if paper is not None:
        _write(options.pdf, paper)
    for one in checked.found:
        complain(one.sentence)
    return 0


def _verify(options: argparse.Namespace) -> int:
    checked = verify_record(_content(Path(options.file).expanduser()))
    if options.json:
        give(_as_json(checked))
    else:
        _tell(checked)
    return int(not checked.is_fine)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error


def _write(name: str, content: bytes) -> None:
    target = Path(name).expanduser()
    with written_aside(target) as aside:
        aside.write_bytes(content)
    say(_("Written: “{path}”.").format(path=target))


def _tell(checked: Verified) -> None:
    record = checked.record
    if record is None:
        say(_("This record was altered, or damaged on its way. Nothing in it can be believed."))
    elif checked.is_fine:
        say(_("The record is as it was signed, and all its statements fit together."))
    else:
        say(_("The record is as it was signed, but not everything in it fits together."))
    for found in checked.found:
        say(f"– {found.sentence}")
    if record is None:
        return
    _tell_content(record)
    say("")
    say(_("What the file alone cannot tell:"))
    for unsaid in checked.unsaid:
        say(f"– {_(unsaid.sentence)}")


def _tell_content(record: Record) -> None:
    say("")
    say(_("From {giver} to {taker}").format(giver=record.giver.name, taker=record.taker.name))
    say(_("Occasion: {occasion}").format(occasion=occasion_text(record)))
    say(grade_sentence(record))
    for sentence in open_sentences(record):
        say(sentence)
    say("")
    headers = ["", _("What"), _("Way"), _("Revision"), _("State")]
    table(
        headers,
        [[str(one.place), one.label, _(one.way.label), revision_text(one), state_text(one)] for one in record.things],
    )
    say("")
    headers = ["", _("When"), _("Who"), _("Computer"), _("Step"), _("Concerns")]
    table(headers, [_step_line(step, record) for step in record.steps])
    for key in record.keys:
        say("")
        say(
            _("{name}, “{device}”: {checked}").format(
                name=key.card.name, device=key.card.device, checked=checked_text(key, record)
            )
        )
        say(in_groups(key.card.fingerprint))


def _step_line(step: Step, record: Record) -> list[str]:
    when = show_instant(step.made_at)
    return [str(step.place), when, step.name, step.device, _(step.act.label), places_text(step, record)]


def _as_json(checked: Verified) -> dict[str, Any]:
    found = [{"code": one.code.value, "step": one.place, "message": one.sentence} for one in checked.found]
    unsaid = [{"code": one.value, "message": _(one.sentence)} for one in checked.unsaid]
    told = _record(checked.record) if checked.record is not None else None
    return {"verified": checked.is_fine, "found": found, "not_told_by_the_file": unsaid, "record": told}


def _record(record: Record) -> dict[str, Any]:
    people = {"giver": record.giver, "taker": record.taker, "head_of_press": record.head}
    return {
        "handover": record.file.handover,
        "registry": record.file.registry,
        "occasion": record.occasion.value if record.occasion is not None else None,
        "until": record.until,
        **{role: {"id": one.id, "name": one.name} if one is not None else None for role, one in people.items()},
        "grade": record.grade.value,
        "finished_at": record.finished_at,
        "items": [_thing(thing) for thing in record.things],
        "steps": [_step(step) for step in record.steps],
        "keys": [_key(key) for key in record.keys],
        "made_by": record.file.by.name,
        "made_at": record.file.made_at,
        "log_head": record.file.head,
        "sha256": record.file.digest,
    }


def _thing(thing: Thing) -> dict[str, Any]:
    return {
        "number": thing.place,
        "kind": thing.kind.value,
        "id": thing.id,
        "label": thing.label,
        "way": thing.way.value,
        "state": thing.state.value,
        "since": thing.since,
        "turn": thing.turn.value,
        "revision_before": thing.before,
        "revision_after": thing.after,
        "answers": dict(thing.answers),
        "still_open": list(thing.still_open),
        "to_be_changed": thing.to_be_changed,
        "grade": thing.grade.value,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.place,
        "act": step.act.value,
        "person": step.person,
        "name": step.name,
        "device": step.device,
        "key": step.card,
        "number_of_key": step.number,
        "made_at": step.made_at,
        "log_head": step.head,
        "items": list(step.things),
        "about": {name: value for name, value in step.about.items() if name not in {"cards", "nonce"}},
        "sha256": step.digest,
    }


def _key(key: SigningKey) -> dict[str, Any]:
    return {
        "fingerprint": key.card.fingerprint,
        "person": key.card.person,
        "name": key.card.name,
        "device": key.card.device,
        "verified": key.checked.value if key.checked is not None else None,
        "verified_on": key.checked_on,
        "certified_by": key.certified_by.fingerprint if key.certified_by is not None else None,
        "revoked_at": key.revoked_at,
    }
