"""What was so on the day of a report stays so in it, whatever was done with the channel later."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.exchange.report.making import make_report
from core.inventory.channels import close, reopen
from core.model import Channel, ChannelState, FollowerCount
from core.registry import Registry
from tests.core.exchange.report.workbooks import load, table
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")

END = date(2026, 11, 24)
CLOSED = date(2026, 9, 25)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture
def closed(registry: Registry) -> Channel:
    """A channel that was closed in the third quarter, and entered so on the same day."""
    with registry.action("Add channel", now=at(5, 5)) as session:
        session.add(channel := make_channel(title="Alpha", registered_on=date(2026, 5, 5)))
    with registry.action("Close channel", now=at(9, 25)) as session:
        close(session.get_one(Channel, channel.id), on=CLOSED, reason="Zu wenig Zeit")
    return channel


def third_quarter(registry: Registry, folder: Path, name: str) -> Path:
    return make_report(registry, "2026Q3", folder / f"{name}.xlsx", reader="internal", today=END).path


def test_a_channel_that_was_taken_up_again_was_closed_all_the_same(
    closed: Channel, registry: Registry, tmp_path: Path
) -> None:
    before = third_quarter(registry, tmp_path, "before")
    with registry.action("Reopen channel", now=at(11, 10)) as session:
        reopen(session.get_one(Channel, closed.id))
    after = third_quarter(registry, tmp_path, "after")
    for sheet in ("Channels", "Changes"):
        assert table(after, sheet) == table(before, sheet)
    assert "Corrections" not in load(after).sheetnames or not any(
        row["Report"] == "Alpha" for row in table(after, "Corrections")
    )
    (row,) = table(after, "Channels")
    assert (row["State"], "Entered later on" in row) == ("closed", False)
    (change,) = [row for row in table(after, "Changes") if row["What"] == "closed"]
    assert change["Since then"] == "Zu wenig Zeit"


def test_it_is_open_again_in_the_quarter_in_which_that_was_done(
    closed: Channel, registry: Registry, tmp_path: Path
) -> None:
    with registry.action("Reopen channel", now=at(11, 10)) as session:
        reopen(session.get_one(Channel, closed.id))
    path = make_report(registry, "2026Q4", tmp_path / "now.xlsx", reader="internal", today=END).path
    assert [row["State"] for row in table(path, "Channels")] == ["active"]


def test_closed_twice_each_quarter_tells_its_own_closing(closed: Channel, registry: Registry, tmp_path: Path) -> None:
    with registry.action("Reopen channel", now=at(10, 10)) as session:
        reopen(session.get_one(Channel, closed.id))
    with registry.action("Close channel", now=at(11, 20)) as session:
        close(session.get_one(Channel, closed.id), on=date(2026, 11, 20), reason="Endgültig")
    told = {}
    for quarter in ("2026Q3", "2026Q4"):
        path = make_report(registry, quarter, tmp_path / f"{quarter}.xlsx", reader="internal", today=END).path
        told[quarter] = [row["Since then"] for row in table(path, "Changes") if row["What"] == "closed"]
    assert told == {"2026Q3": ["Zu wenig Zeit"], "2026Q4": ["Endgültig"]}


@pytest.mark.parametrize("state", [ChannelState.PROPOSED, ChannelState.APPROVED])
def test_an_idea_is_in_no_quarter_before_it_was_had(state: ChannelState, registry: Registry, tmp_path: Path) -> None:
    with registry.action("Add channels", now=at(5, 5)) as session:
        session.add(make_channel(title="Alpha", registered_on=date(2026, 5, 5)))
    with registry.action("Propose channel", now=at(11, 2)) as session:
        session.add(make_channel(handle="idee", title="Idee", state=state, registered_on=date(2026, 11, 2)))
    told = {}
    for quarter in ("2026Q3", "2026Q4"):
        path = make_report(registry, quarter, tmp_path / f"{quarter}.xlsx", today=END).path
        told[quarter] = [row["Title"] for row in table(path, "Channels")]
    assert told == {"2026Q3": ["Alpha"], "2026Q4": ["Alpha", "Idee"]}


def test_before_the_registry_began_nothing_is_known_of_findings(registry: Registry, tmp_path: Path) -> None:
    with registry.action("Add channel", now=at(5, 5)) as session:
        session.add(make_channel(title="Alpha", opened_on="2020", registered_on=date(2026, 5, 5)))
    path = make_report(registry, "2025Q4", tmp_path / "early.xlsx", today=END).path
    book = load(path)
    cover = [cell for row in book["Cover"].values for cell in row]
    assert (cover.count("–"), cover.count("not known for this day")) == (2, 2)
    assert not [row for row in book["Findings"].values if "No owner" in row]
    assert "first channel was registered" in str(book["Findings"]["A2"].value)


def test_whoever_is_restricted_is_told_of_by_what_they_do(registry: Registry, tmp_path: Path) -> None:
    with registry.action("Begin", now=at(5, 5)) as session:
        session.add(channel := make_channel(registered_on=date(2026, 5, 5)))
        session.add(person := make_person(function="Leitung", email="erika@stadt.example", phone="0151 2345"))
        session.flush()
        session.add(make_owner(channel, person))
    with registry.action("Restrict", now=at(11, 10)) as session:
        session.get_one(type(person), person.id).restricted_on = date(2026, 11, 10)
    for quarter in ("2026Q3", "2026Q4"):
        path = make_report(registry, quarter, tmp_path / f"{quarter}.xlsx", reader="internal", today=END).path
        (row,) = table(path, "Responsibility")
        assert [row[key] for key in ("Responsible", "Function", "E-mail", "Phone")] == [
            "Leitung",
            "Leitung",
            None,
            None,
        ]


def statuses(registry: Registry, quarter: str, folder: Path) -> dict[str, str | None]:
    path = make_report(registry, quarter, folder / f"{quarter}.xlsx", reader="internal", today=END).path
    return {row["Finding"]: row["Status"] for row in table(path, "Findings") if row["Concerns"] == "Alpha (Facebook)"}


def test_what_was_closed_in_time_and_entered_late_is_gone_in_its_own_quarter(
    registry: Registry, tmp_path: Path
) -> None:
    with registry.action("Add channel", now=at(1, 5)) as session:
        session.add(channel := make_channel(title="Alpha", registered_on=date(2026, 1, 5), last_post_on="2025-10-02"))
    with registry.action("Close channel", now=at(10, 20)) as session:
        close(session.get_one(Channel, channel.id), on=date(2026, 9, 20))
    told = [statuses(registry, quarter, tmp_path).get("Dormant though active") for quarter in ("2026Q3", "2026Q4")]
    assert told == ["gone", None]


def test_a_row_tells_when_its_owner_or_its_followers_were_entered_late(registry: Registry, tmp_path: Path) -> None:
    with registry.action("Begin", now=at(5, 5)) as session:
        session.add_all([alpha := make_channel(title="Alpha"), beta := make_channel(handle="beta", title="Beta")])
        session.add_all([make_channel(handle="gamma", title="Gamma"), person := make_person()])
    with registry.action("Enter late", now=at(10, 22)) as session:
        session.add(make_owner(alpha, person, since=date(2026, 9, 1)))
    with registry.action("Count late", now=at(11, 2)) as session:
        session.add(FollowerCount(channel_id=beta.id, on=date(2026, 9, 30), count=100))
    path = make_report(registry, "2026Q3", tmp_path / "report.xlsx", reader="internal", today=END).path
    told = {row["Title"]: row["Entered later on"] for row in table(path, "Channels")}
    assert {title: day and day.date() for title, day in told.items()} == {
        "Alpha": date(2026, 10, 22),
        "Beta": date(2026, 11, 2),
        "Gamma": None,
    }
