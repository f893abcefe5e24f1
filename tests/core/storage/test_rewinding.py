"""The log is read back entry by entry, however long it is, and put together record by record."""

from __future__ import annotations

from sqlalchemy import event, select

from core.model import Channel
from core.registry import Registry
from core.storage.history import each_entry, entries
from core.storage.rewinding import by_record
from tests.factories import make_channel

MANY = 1_200


def changed_often(registry: Registry) -> Channel:
    with registry.action("Add channel") as session:
        session.add(channel := make_channel(title="Titel 0"))
    for number in range(1, 4):
        with registry.action("Rename") as session:
            session.get_one(Channel, channel.id).title = f"Titel {number}"
    return channel


def test_a_long_log_is_read_in_pieces(registry: Registry) -> None:
    with registry.action("Add channels") as session:
        session.add_all(make_channel(handle=f"k{number}", title=f"Titel {number}") for number in range(MANY))
    asked: list[str] = []
    with registry.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        told = each_entry(connection, newest_first=True)
        newest = next(told)
        for_the_first = len(asked)
        older = list(told)
    assert (for_the_first, len(asked)) == (2, 4)  # The entries, then the values of some hundred at a time.
    assert [entry.seq for entry in (newest, *older)] == list(range(newest.seq, 0, -1))
    assert len(older) >= MANY


def test_what_happened_to_a_record_is_put_together_from_the_newest_entry_back(registry: Registry) -> None:
    channel = changed_often(registry)
    with registry.reading() as session:
        whole = by_record(each_entry(session, newest_first=True))
        about = next(since for since in whole if since.newest.record_id == channel.id)
        assert about.undone().kind == "delete"
        assert session.scalars(select(Channel.title)).one() == "Titel 3"
        later = [entry for entry in entries(session, newest_first=True) if entry.kind == "change"]
        (back,) = by_record(later)
    assert back.before["title"] == "Titel 0"
    assert (back.undone().kind, back.undone().after) == ("change", back.before)
