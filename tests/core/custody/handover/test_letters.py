"""Several armored texts in one letter, and one letter out of several."""

from __future__ import annotations

import pytest

from core.custody.handover.letters import one_letter, parts_of, read_letter
from core.custody.handover.reading import recognise_file
from core.errors import UnusableFileError
from core.model import Act
from tests.core.custody.handover.parties import request, sealing

SEALED = b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"


def test_what_is_put_together_is_read_one_by_one():
    texts = [request().file_text.encode(), sealing().file_text.encode(), SEALED]
    parts = parts_of(one_letter(texts))
    statements = [recognise_file(part).statement for part in parts[:2]]
    assert [one.act for one in statements if one] == [Act.REQUEST, Act.SEALING]
    assert parts[2] == SEALED.strip()


@pytest.mark.parametrize("letter", [b"", b"Hallo", request().file_text.encode(), b"\x00" * 40])
def test_what_holds_one_at_most_comes_back_as_it_is(letter):
    assert parts_of(letter) == [letter]


def test_a_letter_that_cannot_be_read_is_said_so(tmp_path):
    with pytest.raises(UnusableFileError):
        read_letter(tmp_path / "fehlt.aussage")
