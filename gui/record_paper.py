"""The paper of a handover record: what was handed over and the lines to sign on, then the proofs."""

from __future__ import annotations

import html
import sys
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication, QTextDocument

from core.custody.handover.item_course import LOGIN_SEEN
from core.custody.handover.record.record import Party, Record, SigningKey, Step, Thing
from core.custody.handover.record.record_words import (
    QUESTION_HEADS,
    answer_text,
    checked_text,
    finished_text,
    grade_sentence,
    notes,
    occasion_text,
    open_sentences,
    places_text,
    proofs_of,
    questions_of,
    revision_text,
    role_text,
    signed_text,
    step_note,
)
from core.custody.handover.record.verifying_record import Verified
from core.custody.identity.cards import in_groups
from core.i18n import _, show_date, show_instant
from gui.printing import document_of, pdf_of_document

_STYLE = """
body, td, th, p { font-size: 9pt; color: #1b1f24; }
h1 { font-size: 19pt; color: #1f4e79; margin-top: 2px; margin-bottom: 2px; }
h2 { font-size: 11.5pt; color: #1f4e79; margin-top: 17px; margin-bottom: 5px; }
p { margin-top: 0px; margin-bottom: 5px; }
th { font-size: 7.5pt; color: #545d68; font-weight: 600; text-align: left; }
.muted { color: #545d68; }
.small { font-size: 8pt; }
.mono { font-family: monospace; font-size: 8pt; }
.who { font-size: 12.5pt; margin-bottom: 8px; }
.warned { color: #b3261e; }
"""
_LINE, _HEAVY = "border-bottom: 1px solid #d5dae1;", "border-bottom: 1px solid #8a94a0;"


_TABLE = '<table width="100%" cellspacing="0" cellpadding="{padding}" style="margin-top: {top}px;">'
_HALF = '<td width="47%"'
_WIDTHS = {LOGIN_SEEN: 13, "recovery": 19}
_WIDTH = 11
"""How wide the columns of answers are, in hundredths of the page."""


def sheet(record: Record, found: Sequence[str] = ()) -> QTextDocument:
    """Lay out the record.

    Args:
        record: What it tells.
        found: What the check of it found, as sentences.
    """
    parts = (
        _head(record),
        _facts(record),
        _list(_("What the check found"), found, "warned") if found else "",
        _things(record),
        _checks(record),
        _list(_("Still open"), open_sentences(record) or (_("Nothing is open any more."),)),
        _signatures(record),
        _steps(record),
        _keys(record),
        _heads(record),
    )
    return document_of(f"<html><head><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>", {})


def footer(record: Record) -> str:
    """Return what stands at the foot of each page: to which file the paper belongs."""
    return _("Handover {handover}, checksum of the file {digest}").format(
        handover=str(record.file.handover)[:8], digest=in_groups(record.file.digest[:16])
    )


def title_of(record: Record) -> str:
    """Return what the document is called."""
    return _("Handover record: {giver} to {taker}").format(giver=record.giver.name, taker=record.taker.name)


def pdf_of(checked: Verified) -> bytes:
    """Return the paper as a PDF; without a running window an application that needs no screen is started for it."""
    record = checked.record
    if record is None:
        raise ValueError("a record that was altered is not printed")
    application = QGuiApplication.instance() or QGuiApplication(_words())
    try:
        found = [one.sentence for one in checked.found]
        return pdf_of_document(sheet(record, found), title_of(record), footer(record))
    finally:
        del application


def _words() -> list[str]:
    """Return what Qt is started with; on Linux it would otherwise look for a screen."""
    return ["kanalregister", *(("-platform", "offscreen") if sys.platform.startswith("linux") else ())]


def _head(record: Record) -> str:
    who = _("{giver} → {taker}").format(giver=_named(record.giver), taker=_named(record.taker))
    city = record.file.known.city or _("Kanalregister")
    title = _("Handover record")
    return f'<p class="muted">{_told(city)}</p><h1>{_told(title)}</h1><p class="who">{_told(who)}</p>'


def _facts(record: Record) -> str:
    facts = [
        (_("Occasion"), occasion_text(record)),
        (_("First step"), show_instant(record.steps[0].made_at)),
        (_("Finished"), finished_text(record)),
        (_("Signatures"), grade_sentence(record)),
        (_("Number"), str(record.file.handover)),
    ]
    rows = (f'<tr><td class="muted" width="18%">{_told(name)}</td><td>{_told(text)}</td></tr>' for name, text in facts)
    return f"{_TABLE.format(padding=2, top=9)}{''.join(rows)}</table>"


def _things(record: Record) -> str:
    heads, some = ["", _("What"), _("Way"), _("Revision"), _("State")], record.things
    rows = ([str(one.place), _what(one), _(one.way.label), revision_text(one), _state(one)] for one in some)
    return _section(_("What was handed over"), heads, rows, (4, 48, 18, 13, 17))


def _what(thing: Thing) -> str:
    return f"{thing.label}\n{_(thing.kind.label)}"


def _state(thing: Thing) -> str:
    return f"{_(thing.state.label)}\n{show_date(thing.since.astimezone().date())}"


def _checks(record: Record) -> str:
    questions = questions_of(record.things)
    if not questions:
        return ""
    asked = [thing for thing in record.things if questions_of((thing,))]
    heads = ["", _("What"), *(_(QUESTION_HEADS[one]) for one in questions)]
    rows = ([str(one.place), one.label, *(answer_text(one, question) for question in questions)] for one in asked)
    widths = [_WIDTHS.get(question, _WIDTH) for question in questions]
    return _section(_("What was checked"), heads, rows, (4, 96 - sum(widths), *widths))


def _signatures(record: Record) -> str:
    binding, *others = (f"<p>{_told(note)}</p>" for note in notes(record))
    signers = record.signers
    pairs = (signers[start : start + 2] for start in range(0, len(signers), 2))
    fields = "".join(_fields(pair, record) for pair in pairs)
    about, heading = _heading(_("About this record")), _heading(_("Signatures"))
    after = f"{about}{''.join(others)}"
    return f"{heading}{binding}{_TABLE.format(padding=2, top=6)}{fields}</table>{after}"


def _fields(pair: Sequence[Party], record: Record) -> str:
    """Return fields to sign in, side by side: who, what they signed digitally, and a line."""
    who = [_("{role}: {name}").format(role=role_text(party, record), name=_named(party)) for party in pair]
    signed = [f'<span class="muted small">{_told(signed_text(party))}</span>' for party in pair]
    told = [f"<td>{_bold(name)}<br>{text}</td>" for name, text in zip(who, signed, strict=True)]
    room = ["<td><br><br><br></td>" for _party in pair]
    place = _told(_("Place, date, signature"))
    line = f'<td class="muted small" style="border-top: 1px solid #1b1f24;">{place}</td>'
    return "".join(_side_by_side(cells) for cells in (told, room, [line for _party in pair]))


def _side_by_side(cells: Sequence[str]) -> str:
    left, right = (*cells, "<td>&nbsp;</td>")[:2]
    return f'<tr>{left.replace("<td", _HALF, 1)}<td width="6%">&nbsp;</td>{right.replace("<td", _HALF, 1)}</tr>'


def _bold(text: str) -> str:
    return f"<b>{_told(text)}</b>"


def _steps(record: Record) -> str:
    heads = ["", _("When"), _("Who, computer"), _("Step"), _("Concerns")]
    rows = (_step(step, record) for step in record.steps)
    return _section(_("Steps"), heads, rows, (4, 21, 24, 40, 11))


def _step(step: Step, record: Record) -> list[str]:
    told = "\n".join(part for part in (_(step.act.label), step_note(step)) if part)
    return [str(step.place), show_instant(step.made_at), f"{step.name}\n{step.device}", told, places_text(step, record)]


def _keys(record: Record) -> str:
    heads = [_("Whose, computer"), _("Fingerprint"), _("Genuine")]
    rows = (_key(key, record) for key in record.keys)
    told = _("Compare these fingerprints with those that the file of the record shows when it is checked.")
    return _section(_("Keys"), heads, rows, (27, 43, 30), told=told, mono=1)


def _key(key: SigningKey, record: Record) -> list[str]:
    card, proofs = key.card, "\n".join((checked_text(key, record), *proofs_of(key)))
    return [f"{card.name}\n{card.device}", _in_lines(card.fingerprint), proofs]


def _heads(record: Record) -> str:
    """Name the last heads of the log: with them a log that was cut off or rewritten is found."""
    seen = [(one.name, show_instant(one.signed[-1].made_at), one.last_head) for one in record.signers if one.signed]
    made = (record.file.by.name, show_instant(record.file.made_at), record.file.head)
    rows = ([f"{name}\n{instant}", _in_lines(head)] for name, instant, head in (*seen, made))
    told = _(
        "The log of the registry, as those who signed saw it last; the last line is from when the record was made."
    )
    return _section(_("Head of the log"), [_("Who, when"), _("Head")], rows, (45, 55), told=told, mono=1)


def _section(  # noqa: PLR0913 - what a table is
    heading: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    *,
    told: str = "",
    mono: int | None = None,
) -> str:
    top = "".join(
        f'<th width="{width}%" style="{_HEAVY}">{_told(head)}</th>' for head, width in zip(heads, widths, strict=True)
    )
    body = "".join(f"<tr>{''.join(_cell(text, place == mono) for place, text in enumerate(row))}</tr>" for row in rows)
    note = f'<p class="muted">{_told(told)}</p>' if told else ""
    table = f"{_TABLE.format(padding=3, top=4)}<thead><tr>{top}</tr></thead>{body}</table>"
    return f"{_heading(heading)}{note}{table}"


def _cell(text: str, mono: bool) -> str:
    first, *more = text.split("\n")
    if mono:
        return f'<td class="mono" style="{_LINE}">{"<br>".join(map(_told, (first, *more)))}</td>'
    rest = "".join(f'<br><span class="muted small">{_told(line)}</span>' for line in more if line)
    return f'<td style="{_LINE}">{_told(first) or "&nbsp;"}{rest}</td>'  # Qt loses the place after a bare cell.


def _list(heading: str, sentences: Iterable[str], style: str = "") -> str:
    told = "".join(f'<p class="{style}">{_told(sentence)}</p>' for sentence in sentences)
    return f"{_heading(heading)}{told}"


def _heading(text: str) -> str:
    return f"<h2>{_told(text)}</h2>"


def _in_lines(fingerprint: str) -> str:
    grouped = in_groups(fingerprint)
    return "\n".join(grouped[start : start + 40].strip() for start in range(0, len(grouped), 40))


def _named(party: Party) -> str:
    return party.name or _("unknown")


def _told(text: str) -> str:
    return html.escape(text)
