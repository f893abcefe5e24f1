"""The sheet of paper with the recovery key: a code to scan, the key in groups, what it is for."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass
from datetime import date

import segno
from PySide6.QtGui import QImage, QTextDocument

from core.custody.secret import Secret
from core.i18n import _, show_date
from gui.printing import document_of

GROUP = 6
QR_MODULE = 6  # Pixels.


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the sheet besides the key."""

    city: str
    place: str
    made_on: date
    recipient: str


def grouped(key: Secret) -> str:
    """Return the key in groups that an eye can follow; the last one is whole, since it is typed as a proof."""
    text = key.reveal()
    first = len(text) % GROUP
    starts = range(first, len(text), GROUP)
    return " ".join(filter(None, [text[:first], *(text[start : start + GROUP] for start in starts)]))


def qr_code(key: Secret) -> QImage:
    """Return the key as a code to scan."""
    picture = io.BytesIO()
    segno.make(key.reveal(), error="m").save(picture, kind="png", scale=QR_MODULE, border=4)
    return QImage.fromData(picture.getvalue())


def sheet(key: Secret, paper: Paper) -> QTextDocument:
    """Lay out the sheet."""
    title = _("Recovery key of {city}").format(city=paper.city or _("Kanalregister"))
    made = _("Made on {day}. Public half: {recipient}").format(day=show_date(paper.made_on), recipient=paper.recipient)
    place = _("Place: {place}").format(place=paper.place or "_" * 30)
    warning = _(
        "Whoever has this sheet can open every login of the registry. Keep it in the safe, never beside the computer, "
        "and tell the head of press where it is."
    )
    use = _(
        "To use it: open Kanalregister, page Logins, “Bring secrets back”. Without the program, the command age opens "
        "each file in the folder beside the registry."
    )
    signature = _("Date, signature")
    parts = [
        f"<h1>{_told(title)}</h1><p>{_told(warning)}</p>",
        '<p><img src="code"></p>',
        f'<p style="font-family:monospace;font-size:14pt">{_told(grouped(key))}</p>',
        f"<p>{_told(use)}</p><p>{_told(made)}</p><p>{_told(place)}</p>",
        f"<p><br>{'_' * 40}<br>{_told(signature)}</p>",
    ]
    return document_of("".join(parts), {"code": qr_code(key)})


def _told(text: str) -> str:
    return html.escape(text)
