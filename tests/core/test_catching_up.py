"""Two programs on one file: what one does is news to the other, what one does itself is not."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest

from core.errors import ConflictError, UnusableFileError
from core.i18n import N_
from core.inventory import channels, responsibilities
from core.inventory.binding import bind
from core.model import Channel, Person, ResponsibilityRole
from core.registry import Registry, open_registry
from core.restoring import restore_registry
from core.settings import change_setting
from tests.factories import TODAY

pytestmark = pytest.mark.usefixtures("in_english")

ADD, RENAME = N_("Add channel"), N_("Rename channel")


@pytest.fixture
def other(registry: Registry) -> Iterator[Registry]:
    """A second program on the same file."""
    opened = open_registry(registry.path)
    yield opened
    opened.close()


@pytest.fixture
def told(registry: Registry) -> list[frozenset[str]]:
    """What the first program's window is told."""
    heard: list[frozenset[str]] = []
    registry.subscribers.append(heard.append)
    return heard


def add(registry: Registry, address: str = "facebook.com/stadtmoers") -> Channel:
    with registry.action(ADD) as session:
        return channels.add_channel(session, address, title="Stadt", today=TODAY)


def rename(registry: Registry, channel: Channel, title: str) -> None:
    with registry.action(RENAME) as session:
        channels.rename(session.get_one(Channel, channel.id), title)


def title_in(registry: Registry, channel: Channel) -> str:
    with registry.reading() as session:
        return session.get_one(Channel, channel.id).title


def test_what_another_program_did_is_told_once_with_its_tables(registry, other, told):
    add(other)
    news = registry.catch_up()
    assert news is not None
    assert (news.actions, news.label, news.actor) == (1, "Add channel", "")
    assert {"channel", "finding"} <= told[0]
    assert registry.catch_up() is None
    assert len(told) == 1


def test_who_did_it_is_known_by_name(registry, other, told):
    with other.action(N_("Bind this account to a person")) as session:
        bind(session, other.store_id, "Max Mustermann", TODAY)
    channel = add(other)
    with other.action(N_("Assign owner")) as session:
        found = session.query(Person).one()
        responsibilities.assign(session, channel.id, found.id, ResponsibilityRole.OWNER, since=None)
    news = registry.catch_up()
    assert news is not None
    assert (news.actions, news.label, news.actor) == (3, "Assign owner", "Max Mustermann")
    assert registry.me() == found.id, "the binding of this account is noticed, too"


def test_what_a_program_does_itself_is_no_news_to_it(registry, other, told):
    add(registry)
    registry.undo()
    assert len(told) == 2
    assert registry.catch_up() is None
    assert len(told) == 2


def test_nothing_is_missed_when_both_write_before_either_looks(registry, other, told):
    add(other, "facebook.com/aemter")
    add(registry, "facebook.com/zoo")
    add(other, "facebook.com/museum")
    news = registry.catch_up()
    assert news is not None
    assert news.actions == 2
    theirs = other.catch_up()
    assert theirs is not None
    assert theirs.actions == 1


def test_findings_are_those_of_the_new_state_whoever_derived_them(registry, other, told):
    channel = add(other)
    registry.catch_up()
    with registry.reading() as session:
        listed = list(channels_listed(session))
    assert [row["id"] for row in listed] == [channel.id]
    assert listed[0]["findings_count"]


def channels_listed(session):
    return session.execute(channels.listing(TODAY)).mappings()


def test_an_undo_by_another_program_is_named(registry, other, told):
    add(other)
    other.undo()
    news = registry.catch_up()
    assert news is not None
    assert news.label == "Undo: Add channel"


def test_what_another_program_changed_since_is_not_undone(registry, other, told):
    channel = add(registry)
    rename(registry, channel, "Stadt am Rhein")
    rename(other, channel, "Stadt Moers")
    registry.catch_up()
    assert registry.undoable == RENAME
    with pytest.raises(ConflictError):
        registry.undo()
    assert title_in(registry, channel) == "Stadt Moers"
    assert registry.undoable == RENAME
    other.undo()
    registry.catch_up()
    registry.undo()
    assert title_in(registry, channel) == "Stadt"


def test_a_restored_backup_is_news_of_everything(registry, other, told, tmp_path):
    backup = tmp_path / "backup.kanal"
    channel = add(registry)
    registry.back_up(backup)
    rename(registry, channel, "Stadt am Rhein")
    rename(registry, channel, "Stadt Moers")
    told.clear()
    restore_registry(backup, registry.path)
    news = registry.catch_up()
    assert news is not None
    assert {"channel", "person", "org_unit", "responsibility"} <= told[0]
    assert title_in(registry, channel) == "Stadt"
    assert registry.catch_up() is None


def test_a_change_is_saved_even_if_what_follows_from_it_must_wait(registry, other, told, monkeypatch):
    """Another program may take the file between a commit and the findings that follow from it."""
    impatient = Registry(registry.path, wait_seconds=0.2)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with other.deriving():
            holding.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    derive = impatient.keep_current

    def late() -> bool:
        holder.start()
        holding.wait(10)
        return derive()

    monkeypatch.setattr(impatient, "keep_current", late)
    with impatient.action(ADD) as session:
        change_setting(session, "quiet.days", 31)  # All rules are then asked anew, after the commit.
        channel = channels.add_channel(session, "facebook.com/stadtmoers", title="Stadt", today=TODAY)
    done.set()
    holder.join()
    monkeypatch.undo()
    assert title_in(registry, channel) == "Stadt"
    assert registry.catch_up() is not None
    with registry.reading() as session:
        assert [row["findings_count"] > 0 for row in channels_listed(session)] == [True]
    impatient.close()


def test_a_file_open_twice_stays_known_as_open_until_both_let_go(registry):
    for _round in range(2):
        open_registry(registry.path).close()
    add(registry)
    assert registry.verify().broken_at is None


@pytest.mark.parametrize("how", ["replaced", "moved", "removed"])
def test_nothing_is_written_into_a_file_that_is_no_longer_there(registry, tmp_path, how):
    """A program that synchronises folders puts another file in its place; SQLite would go on with the old one."""
    channel = add(registry)
    aside = tmp_path / "aside"
    shutil.copyfile(registry.path, aside)
    match how:
        case "replaced":
            aside.replace(registry.path)
        case "moved":
            registry.path.rename(tmp_path / "elsewhere.kanal")
        case _:
            registry.path.unlink()
    with pytest.raises(UnusableFileError, match="open the registry again"):
        rename(registry, channel, "Lost")
    with pytest.raises(UnusableFileError, match="open the registry again"):
        registry.catch_up()
    assert registry.undoable == ADD
