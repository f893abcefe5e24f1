"""What mail programs do to the lines of a bundle or a statement does no harm, one thing after the other."""

from __future__ import annotations

import quopri
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.custody.handover.formats.bundle import bundle_digest, make_bundle, open_bundle
from core.custody.handover.formats.statements import read_statement_file
from core.custody.secret import Secret
from tests.core.custody.handover import parties
from tests.core.custody.handover.parties import ERIKA, FACEBOOK, INSTAGRAM, MAX

SECRETS = {INSTAGRAM.id: Secret("Möwe 🔑 17"), FACEBOOK.id: Secret("correct horse\nbattery staple")}
SEALING = parties.sealing()
BUNDLE = make_bundle(SEALING, SECRETS, ERIKA.keys, [MAX.card])


def in_lines_of(width: int) -> bytes:
    first, *lines, last = BUNDLE.decode().splitlines()
    joined = "".join(lines)
    return "\n".join([first, *(joined[at : at + width] for at in range(0, len(joined), width)), last]).encode()


MAILS: dict[str, Callable[[], bytes]] = {
    "line ends of Windows": lambda: BUNDLE.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda: b"\xef\xbb\xbf" + BUNDLE,
    "a letter around it": lambda: b"Guten Tag,\n\nanbei.\n\n" + BUNDLE + b"\nMit freundlichen Gr\xfc\xdfen",
    "a quotation": lambda: b"".join(b"> " + line for line in BUNDLE.splitlines(keepends=True)),
    "a quotation of a quotation": lambda: b"".join(b">> | " + line for line in BUNDLE.splitlines(keepends=True)),
    "undecoded": lambda: BUNDLE.replace(b"=", b"=3D"),
    "undecoded, with soft breaks": lambda: (
        BUNDLE.replace(b"=", b"=3D").replace(b"\n", b"=\r\n", 20).replace(b"FILE-----=", b"FILE-----")
    ),
    "indentation and empty lines": lambda: BUNDLE.replace(b"\n", b"  \n\n\t"),
    "one long line": lambda: in_lines_of(1_000_000),
    "short lines": lambda: in_lines_of(40),
    "UTF-16": lambda: BUNDLE.decode().encode("utf-16"),
}


@pytest.mark.parametrize("name", MAILS)
def test_what_mail_does_to_a_bundle_does_no_harm(name: str):
    opened = open_bundle(MAILS[name](), MAX.keys)
    assert (opened.values, opened.digest) == (SECRETS, bundle_digest(BUNDLE))


def each_line(text: bytes, before: bytes, after: bytes) -> bytes:
    return b"".join(before + line + after + b"\n" for line in text.split(b"\n"))


QUIRKS: dict[str, Callable[[bytes], bytes]] = {
    "quoted": lambda text: each_line(text, b"> ", b""),
    "indented": lambda text: each_line(text, b"\t  ", b" "),
    "Windows": lambda text: text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "empty lines": lambda text: each_line(text, b"", b"\n"),
    "inside a letter": lambda text: b"Hallo Max,\n\n" + text + b"\n--\nErika Mustermann\n",
}


@given(quirks=st.lists(st.sampled_from(sorted(QUIRKS)), max_size=4), undecoded=st.booleans(), items=st.integers(1, 4))
def test_any_of_it_one_after_the_other_does_no_harm(quirks: list[str], undecoded: bool, items: int):
    told = [INSTAGRAM, FACEBOOK][: 1 + items % 2]
    statement = parties.sealing(items=told)
    texts = {"bundle": BUNDLE, "statement": statement.file_text.encode()}
    for name, text in texts.items():
        mailed = text
        for quirk in quirks:
            mailed = QUIRKS[quirk](mailed)
        texts[name] = quopri.encodestring(mailed) if undecoded else mailed
    assert open_bundle(texts["bundle"], MAX.keys).values == SECRETS
    assert read_statement_file(texts["statement"]) == statement
