"""What somebody holds, what they have read since it was last changed, and what nobody but them holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.custody.holding import CopyState, custody_rows, holders, person_custody
from core.model import CustodyEnd
from tests.core.custody.keeping_records import LONG_AGO, make_copy, make_login, make_reading, make_store
from tests.factories import TODAY, make_person
from tests.memory import records_in_memory

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def asked():
    """Erika keeps three logins, one of them alone; Max keeps two, one of them in its old revision."""
    erika, max_ = make_person(), make_person(given_name="Max", function="Presse")
    hers, his = make_store(erika, remark="PC-7"), make_store(max_)
    alone, both, behind = (make_login(label=label) for label in ("Zoo", "Amt", "Bad"))
    copies = [make_copy(one, hers) for one in (alone, both, behind)]
    copies += [make_copy(both, his), make_copy(behind, his, revision=1)]
    ended = make_copy(alone, his, until=YESTERDAY, ended=CustodyEnd.RELEASED)
    readings = [make_reading(both, erika), make_reading(behind, erika, revision=1)]
    with records_in_memory() as session:
        session.add_all([erika, max_, hers, his, alone, both, behind, *copies, ended, *readings])
        session.flush()
        yield session, erika, max_, alone, both, behind, hers


def test_the_list_says_who_keeps_which_revision_and_what_it_is_worth(asked):
    session, *_rest = asked
    rows = custody_rows(session, TODAY)
    assert [(one.label, one.person, one.revision, one.state) for one in rows] == [
        ("Amt", "Erika Mustermann", 2, CopyState.IN_FORCE),
        ("Amt", "Max Mustermann", 2, CopyState.IN_FORCE),
        ("Bad", "Erika Mustermann", 2, CopyState.IN_FORCE),
        ("Bad", "Max Mustermann", 1, CopyState.OUTDATED),
        ("Zoo", "Erika Mustermann", 2, CopyState.IN_FORCE),
    ]
    assert (rows[0].store, rows[0].since, rows[0].until, rows[0].missing_since) == ("PC-7", LONG_AGO, None, None)
    assert [one.until for one in custody_rows(session, TODAY, with_ended=True)].count(YESTERDAY) == 1


def test_a_prepared_secret_and_a_keyring_that_is_gone_are_told(asked):
    session, erika, _max, alone, _both, _behind, hers = asked
    session.add(make_copy(alone, hers, revision=3))
    hers.vanished_on = YESTERDAY
    session.flush()
    rows = [one for one in custody_rows(session, TODAY, person_id=erika.id) if one.label == "Zoo"]
    assert [one.state for one in rows] == [CopyState.PENDING, CopyState.IN_FORCE]
    assert {one.missing_since for one in rows} == {YESTERDAY}


def test_the_holders_of_a_login_keep_what_is_in_force(asked):
    session, erika, _max, alone, both, behind, _hers = asked
    erika.left_on = YESTERDAY
    session.flush()
    told = {
        one.label: [(who.name, who.has_left) for who in holders(session, one.id, TODAY)]
        for one in (alone, both, behind)
    }
    mine = ("Erika Mustermann", True)
    assert told == {"Zoo": [mine], "Amt": [mine, ("Max Mustermann", False)], "Bad": [mine]}
    assert [one.function for one in holders(session, both.id, TODAY)] == [None, "Presse"]


def test_a_person_holds_some_has_read_some_and_alone_holds_what_nobody_else_has(asked):
    session, erika, max_, *_logins, _hers = asked
    found = person_custody(session, erika.id, TODAY)
    assert [one.label for one in found.holds] == ["Amt", "Bad", "Zoo"]
    assert [(one.label, one.on) for one in found.has_read_since_rotation] == [("Amt", LONG_AGO)]
    assert [one.label for one in found.only_holder_of] == ["Bad", "Zoo"]
    his = person_custody(session, max_.id, TODAY)
    assert ([one.label for one in his.holds], his.has_read_since_rotation, his.only_holder_of) == (
        ["Amt", "Bad"],
        (),
        (),
    )


def test_who_has_left_is_nobody_else(asked):
    session, erika, max_, *_rest = asked
    max_.left_on = YESTERDAY
    session.flush()
    assert [one.label for one in person_custody(session, erika.id, TODAY).only_holder_of] == ["Amt", "Bad", "Zoo"]
