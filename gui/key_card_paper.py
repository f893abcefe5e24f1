"""A key card as a code to scan and as a sheet of paper: whose it is, its fingerprint, what to do with it."""

from __future__ import annotations

import html
import io

import segno
from PySide6.QtGui import QImage, QTextDocument

from core.custody.identity.cards import Card
from core.i18n import _, show_instant
from gui.key_card_words import whole_fingerprint
from gui.printing import document_of

MODULE = 4
"""Pixels of one point of the code on paper; it has well over a hundred points in each direction."""


def card_code(card: Card, module: int = MODULE) -> QImage:
    """Return the card as a code that holds the text of its file, each of its points so many pixels wide."""
    picture = io.BytesIO()
    segno.make(card.file_text, error="l", boost_error=False).save(picture, kind="png", scale=module, border=4)
    return QImage.fromData(picture.getvalue())


def card_sheet(card: Card, city: str) -> QTextDocument:
    """Lay out the sheet."""
    title = _("Key card of {name}").format(name=card.name)
    where = _("Computer “{device}”, made on {instant}").format(device=card.device, instant=show_instant(card.created))
    use = _(
        "Scan the code and save its text as a file, or ask for the file. Open it in Kanalregister, page Key cards, and "
        "compare the six words on the telephone. Nothing on this sheet is secret."
    )
    fingerprint = "<br>".join(whole_fingerprint(card.fingerprint).splitlines())
    heading, line = _("Fingerprint"), _("Date, signature")
    parts = [
        f"<h1>{html.escape(title)}</h1><p>{html.escape(city)}</p><p>{html.escape(where)}</p>",
        '<p><img src="code" width="340" height="340"></p>',
        f'<p>{html.escape(heading)}</p><p style="font-family:monospace;font-size:13pt">{fingerprint}</p>',
        f"<p>{html.escape(use)}</p><p><br>{'_' * 40}<br>{html.escape(line)}</p>",
    ]
    return document_of("".join(parts), {"code": card_code(card)})
