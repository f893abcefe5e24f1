"""Subcommands that give lists and answers out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.output import complain, give, say
from core.cli.registry_commands import opened
from core.errors import BadInputError
from core.i18n import _, ngettext

if TYPE_CHECKING:
    from core.exchange.answers.making import Answered
    from core.exchange.answers.questions import Question


def answer(options: argparse.Namespace) -> int:
    """Answer questions of the council, or list them."""
    if options.list:
        return _list_questions(as_json=options.json)
    from core.exchange.answers.asking import ask, question_named
    from core.exchange.answers.making import make_answers
    from core.exchange.report.readers import parse_reader

    if not options.out:
        raise BadInputError(_("Please say where the answers are written: --out FILE.xlsx."))
    keys = [question_named(key).key for key in options.questions]
    with opened(options) as registry:
        today = registry.today()
        asked = ask(keys, options.as_of or [today], parse_reader(options.reader), today, registry.me())
        answered = make_answers(registry, asked, Path(options.out).expanduser())
    if options.json:
        give(_as_json(answered))
    else:
        say(_("The answers were written: “{path}”.").format(path=answered.path))
    if answered.note:
        complain(answered.note)
    return 0


def _list_questions(*, as_json: bool) -> int:
    from core.exchange.answers.questions import QUESTIONS

    if as_json:
        give([_question(one) for one in QUESTIONS])
        return 0
    for one in QUESTIONS:
        say(f"{one.key}: {_(one.title)}")
        say(f"    {_(one.told)}")
    return 0


def _question(one: Question) -> dict[str, Any]:
    told = {"key": one.key, "question": _(one.title), "shows": _(one.told)}
    return {**told, "readers": sorted(reader.value for reader in one.readers)}


def _as_json(answered: Answered) -> dict[str, Any]:
    asked = answered.asked
    answers = {
        question.key: {"rows": len(one.rows), "figures": list(one.figures)}
        for question, one in zip(asked.questions, answered.answers, strict=True)
    }
    return {"path": str(answered.path), "as_of": asked.days, "reader": asked.reader.value, "answers": answers}


def export_list(options: argparse.Namespace) -> int:
    """Write a whole list to a file."""
    from core.exchange.exporting import export
    from core.exchange.full.wanted import whole
    from core.exchange.report.readers import parse_reader

    reader = parse_reader(options.reader)
    wanted, target = whole(options.what, reader), Path(options.out).expanduser()
    with opened(options) as registry:
        exported = export(registry, wanted, target, today=registry.today(), reader=reader)
    count = exported.count
    told = ngettext("{number} record was written: “{path}”.", "{number} records were written: “{path}”.", count)
    say(told.format(number=count, path=exported.path))
    say(_("Made for: {reader}").format(reader=_(reader.label)))
    if exported.note:
        complain(exported.note)
    return 0
