"""The paper of a handover record: what stands on it, that it can be signed, and where its pages end."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QBuffer, QIODeviceBase, QSizeF
from PySide6.QtGui import QPdfWriter, QTextDocument, QTextFrame

from core.custody.handover.record.record import record_of
from core.custody.handover.record.verifying_record import Verified, verify_record
from core.custody.identity.cards import in_groups
from gui.page_breaks import keep_together
from gui.printing import document_of, fit_to
from gui.record_paper import footer, pdf_of, sheet, title_of
from tests.core.custody.handover.parties import ERIKA, LISA, MAX
from tests.core.custody.handover.records import FACEBOOK, Talk, record_file, whole

PAGES = re.compile(rb"/Count (\d+)")


def checked(talk: Talk | None = None) -> Verified:
    return verify_record(record_file(talk).file_text.encode())


def text_of(talk: Talk | None = None, found: tuple[str, ...] = ()) -> str:
    return sheet(record_of(record_file(talk)), found).toPlainText()


def test_the_paper_says_who_gave_what_to_whom_and_leaves_room_to_sign(qapp, in_english):
    told = text_of(whole(by_head=True))
    assert "Stadt Musterstadt" in told
    assert "Erika Mustermann → Max Mustermann" in told
    assert "1 → 2" in told
    for party in ("Hands over: Erika Mustermann", "Takes over: Max Mustermann", "Head of press: Lisa Musterfrau"):
        assert party in told
    assert told.count("Place, date, signature") == 3
    assert "no qualified electronic signatures" in told
    assert "Nothing is open any more." in told


def test_the_paper_carries_every_fingerprint_in_groups(qapp, in_english):
    told = " ".join(text_of().split())
    for card in (ERIKA.card, MAX.card, LISA.card):
        assert in_groups(card.fingerprint) in told
    assert in_groups("fe" * 32) in told


def test_what_the_check_found_stands_on_the_paper(qapp, in_english):
    assert "What the check found" not in text_of()
    assert "Step 2: This statement is missing." in text_of(None, ("Step 2: This statement is missing.",))


def test_text_of_others_is_no_markup(qapp, in_english):
    talk, evil = Talk(), replace(FACEBOOK, label="<img src='x'> & <b>Facebook</b>")
    talk.ask([evil])
    assert "<img src='x'> & <b>Facebook</b>" in text_of(talk)


def test_the_foot_of_each_page_names_the_file(qapp, in_english):
    record = record_of(record_file())
    assert footer(record) == (f"Handover 00000000, checksum of the file {in_groups(record.file.digest[:16])}")
    assert title_of(record) == "Handover record: Erika Mustermann to Max Mustermann"


@pytest.mark.parametrize(("things", "pages"), [(1, 2), (60, 9)])
def test_a_pdf_has_as_many_pages_as_it_needs(qapp, in_english, things: int, pages: int):
    talk, some = Talk(), [replace(FACEBOOK, id=UUID(int=900 + number)) for number in range(things)]
    talk.ask(some)
    talk.release(talk.confirm(some), some)
    pdf = pdf_of(checked(talk))
    assert pdf.startswith(b"%PDF-")
    counted = PAGES.search(pdf)
    assert counted is not None
    assert 1 < int(counted[1]) <= pages


def test_a_record_that_was_altered_is_not_printed(qapp):
    with pytest.raises(ValueError, match="altered"):
        pdf_of(Verified(None, (), ()))


def laid_out(body: str, height: float) -> tuple[QTextDocument, QPdfWriter]:
    document, buffer = document_of(body, {}), QBuffer()
    buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    fit_to(document, writer, QSizeF(height * 0.7, height))
    return document, writer


@pytest.mark.parametrize("lines", range(10, 70, 3))
def test_a_heading_and_a_small_table_stay_together_wherever_they_come(qapp, lines: int):
    table = "<table><tr><td>eins</td></tr><tr><td>zwei</td></tr><tr><td>drei</td></tr></table>"
    body = f"{'<p>Zeile</p>' * lines}<h2>Titel</h2><p>Vorsatz</p>{table}<p>Ende</p>"
    document, writer = laid_out(body, height := 6_000.0)
    layout = document.documentLayout()
    heading = next(block for block in _blocks(document) if block.text() == "Titel")
    frame = next(one for one in document.rootFrame().childFrames() if isinstance(one, QTextFrame))
    top = layout.blockBoundingRect(heading).top() + heading.layout().lineAt(0).y()  # The line may begin a page itself.
    bottom = layout.frameBoundingRect(frame).bottom() - 1
    assert int(top // height) == int(bottom // height)
    pages = document.pageCount()
    keep_together(document, height)
    assert document.pageCount() == pages  # It has come to rest.
    assert writer.resolution() == 1200


def _blocks(document: QTextDocument):
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()
