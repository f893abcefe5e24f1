"""Trying whether the envelopes open, with real keyrings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.custody.escrow.drill import drill, last_drill
from core.custody.escrow.holders import name_holder, set_needed
from core.errors import ConflictError
from tests.core.custody.escrow.sharing import (
    SECRETS,
    files,
    openings,
    print_key,
)

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_drill_counts_what_opens_and_keeps_nothing(erika, max_, logins):
    print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    with pytest.raises(ConflictError):
        drill(erika.custodian)
    before = max_.desk.keyring.texts()
    found = drill(max_.custodian)
    assert (found.opened, found.failed, found.elsewhere) == (len(SECRETS), [], len(SECRETS))
    assert max_.desk.keyring.texts() == before
    for file in files(erika.custodian.registry):
        file.write_bytes(file.read_bytes().replace(b"A", b"B"))
    assert sorted(drill(max_.custodian).failed) == sorted(SECRETS)
    with erika.custodian.registry.reading() as session:
        last = last_drill(session)
    assert last is not None
    assert (last.on, last.opened, last.failed) == (erika.desk.today, 0, len(SECRETS))
    assert all(one.drill for one in openings(erika))


def test_a_drill_that_is_stopped_does_not_count(erika, max_, logins):
    name_holder(erika.custodian, max_.person_id)
    assert not drill(replace(max_.custodian, told=lambda done, _all: done < 1)).finished
    with erika.custodian.registry.reading() as session:
        assert last_drill(session) is None
    assert [(one.drill, one.opened) for one in openings(erika)] == [(True, None)]


def test_where_two_are_needed_the_outer_seal_is_tried(erika, max_, logins):
    paper = print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    set_needed(erika.custodian, 2)
    assert drill(erika.custodian, paper.private).opened == len(SECRETS)
    assert drill(max_.custodian, paper.private).opened == len(SECRETS)
