"""The bar at the bottom names the record when an action touched one."""

import ast
from pathlib import Path

import pytest

from core.i18n import N_, use_language
from core.inventory.touched import Touched, touched_record
from core.model import Change, Channel, Responsibility, ResponsibilityRole
from gui import done_sentences
from gui.done_sentences import DONE, done_sentence

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def done(desk):
    told: list[str] = []
    desk.workspace.done.connect(told.append)
    return told


@pytest.fixture
def ids(desk, in_english):
    return desk.fill()


def act(desk, label, work):
    desk.workspace.act(label, work)
    desk.settle()


def test_a_change_of_one_channel_names_it(desk, ids, done):
    act(desk, N_("Change channel"), lambda session: setattr(session.get_one(Channel, ids["Zoo"]), "notes", "x"))
    assert done == ["Channel “Zoo (Website)”: changed."]


def test_a_responsibility_names_its_channel(desk, ids, done):
    tie = Responsibility(channel_id=ids["Stadt"], person_id=ids["Erika Mustermann"], role=ResponsibilityRole.OWNER)
    act(desk, N_("Assign owner"), lambda session: session.add(tie))
    assert done == ["Channel “Stadt (X)”: owner assigned."]


def test_several_records_are_not_named(desk, ids, done):
    def work(session):
        for title in ("Zoo", "Stadt"):
            session.get_one(Channel, ids[title]).notes = "x"

    act(desk, N_("Change channel"), work)
    assert done == ["Change channel"]


def test_nothing_changed_names_nothing(desk, ids, done):
    act(desk, N_("Change channel"), lambda session: None)
    assert done == ["Change channel"]


def test_an_action_that_is_not_known_is_named_by_its_label(in_english):
    assert done_sentence("Rename unit", Touched("Unit", "FD 3.5")) == "Unit “FD 3.5”: Rename unit."


def test_every_sentence_belongs_to_an_action_of_the_program():
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(done_sentences.__file__).parent.rglob("*.py"))
    labels = {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(sources.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "N_"
        and isinstance(node.args[0], ast.Constant)
    }
    assert set(DONE) <= labels


def test_an_action_without_entries_is_about_nothing(desk, ids):
    use_language("en")
    with desk.registry.reading() as session:
        assert touched_record(session, ids["Zoo"]) is None
        assert session.query(Change).count()
