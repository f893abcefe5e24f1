"""Two programs on one file: the window notices by itself what the other one did, and keeps calm otherwise."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QApplication

from core.i18n import N_
from core.inventory.channels import rename
from core.inventory.editing import still_there
from core.model import Channel
from core.registry import open_registry
from core.storage.catching_up import News
from gui.tasks import Lane
from gui.watching import Watching, sentence
from gui.widgets.status_bar import StatusBar

pytestmark = pytest.mark.usefixtures("in_english")
RENAME = N_("Rename channel")
PATIENCE_SECONDS = 60.0
CALM_SECONDS = 1.0


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def other(desk):
    opened = open_registry(desk.registry.path)
    yield opened
    opened.close()


@pytest.fixture
def watched(desk, ids):
    """A desk that watches its file; what it is told, by tables and in sentences."""
    watching = Watching(desk.workspace, desk.window)
    desk.workspace.opened.emit(desk.registry)
    told: list[object] = []
    watching.noticed.connect(told.append)
    rest(0.5)
    desk.settle()
    desk.workspace.changed.connect(told.append)
    return told


def rest(seconds, until=lambda: False):
    end = time.monotonic() + seconds
    while time.monotonic() < end and not until():
        QApplication.processEvents()
        time.sleep(0.005)


def change(registry, channel_id, title):
    with registry.action(RENAME) as session:
        rename(still_there(session, Channel, channel_id), title)


def test_a_change_by_another_program_is_announced_without_a_click(desk, ids, other, watched):
    change(other, ids["Stadt"], "Stadt am Rhein")
    rest(PATIENCE_SECONDS, lambda: len(watched) >= 2)
    tables, said = sorted(watched, key=lambda one: isinstance(one, str))
    assert {"channel", "finding"} <= tables
    assert said == "Changed by another program: Rename channel"
    rest(CALM_SECONDS)
    assert len(watched) == 2, "the findings that follow are no second change"


def test_an_own_change_is_announced_once(desk, ids, other, watched):
    desk.workspace.act(RENAME, lambda session: rename(still_there(session, Channel, ids["Stadt"]), "Mine"))
    rest(PATIENCE_SECONDS, lambda: bool(watched))
    rest(CALM_SECONDS)
    assert [one for one in watched if isinstance(one, str)] == []
    assert len(watched) == 1


def test_many_changes_in_a_row_end_in_the_newest_state(desk, ids, other, watched):
    for number in range(12):
        change(other, ids["Stadt"], f"Stadt {number}")
    rest(PATIENCE_SECONDS, lambda: str(watched[-1:]).endswith("Rename channel']"))
    rest(CALM_SECONDS)
    desk.settle()
    assert len([one for one in watched if isinstance(one, str)]) <= 12
    assert desk.registry.catch_up() is None


def test_an_idle_window_asks_nothing(desk, ids, watched, monkeypatch):
    asked = []
    monkeypatch.setattr(desk.tasks, "run", lambda lane, *_more, **_ways: asked.append(lane))
    (desk.registry.path.parent / "neighbour.txt").write_text("not ours", encoding="utf-8")
    rest(2.5)
    assert Lane.DATABASE not in asked


def test_a_file_that_was_replaced_is_said_and_not_written(desk, ids, watched, tmp_path):
    aside = tmp_path / "aside"
    aside.write_bytes(desk.registry.path.read_bytes())
    aside.replace(desk.registry.path)
    rest(PATIENCE_SECONDS, lambda: bool(desk.refused))
    assert "open the registry again" in desk.refused[0]


def test_a_registry_that_was_closed_is_no_longer_watched(desk, ids, other, watched):
    path = desk.registry.path
    desk.workspace.close()
    change(other, ids["Stadt"], "Stadt am Rhein")
    rest(CALM_SECONDS)
    assert watched == []
    desk.workspace.open(path)
    desk.settle()
    change(other, ids["Stadt"], "Stadt Moers")
    rest(PATIENCE_SECONDS, lambda: len(watched) >= 2)
    assert "Changed by another program: Rename channel" in watched


@pytest.mark.parametrize(
    ("actions", "actor", "told"),
    [
        (1, "", "Changed by another program: Assign owner"),
        (1, "Max Mustermann", "Changed by Max Mustermann: Assign owner"),
        (3, "", "3 changes by another program, the last one: Assign owner"),
        (3, "Max Mustermann", "3 changes by others, the last one by Max Mustermann: Assign owner"),
    ],
)
def test_it_is_said_who_did_what(actions, actor, told):
    assert sentence(News((7, ""), frozenset(), actions, "Assign owner", actor)) == told


def test_an_offer_to_undo_is_not_pushed_aside_by_what_others_do(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.say("Saved.", undoable=True)
    bar.overhear("Changed by Max Mustermann: Assign owner")
    assert bar.sentence.text() == "Saved."
    assert not bar.undo.isHidden()
    bar.withdraw_undo()
    assert bar.sentence.text() == "Changed by Max Mustermann: Assign owner"
    assert bar.undo.isHidden()
    bar.overhear("Changed by Max Mustermann: Undo")
    assert bar.sentence.text() == "Changed by Max Mustermann: Undo"
