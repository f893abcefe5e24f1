"""Five quarters are played through; every figure of every report agrees with a computation that shares nothing with it.

The reports are made in time, after each quarter, and again much later in any order.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from core.exchange.report.archive import folder_of
from core.exchange.report.making import Made, make_report
from core.i18n import current_language, use_language
from core.registry import Registry, create_registry, open_registry
from tests.core.exchange.report import second_corrections, second_opinion, second_settled
from tests.core.exchange.report.five_quarters import BOUNDS, END, FIRST, QUARTERS, Happened, script
from tests.core.exchange.report.playing import Player
from tests.core.exchange.report.second_opinion import NAMES, PLATFORMS
from tests.core.exchange.report.workbooks import load, table

pytestmark = pytest.mark.usefixtures("in_english")
IN_TIME = 6
"""So many days after a quarter's end its report is issued, with what has been entered by then."""


@dataclass(frozen=True)
class Played:
    """The registry after five quarters, with the five reports that were issued in time.

    Attributes:
        path: Its file.
        happened: What was entered, in that order.
        ids: The ids of channels, people and units by name.
        issued: The reports that were made in time, by quarter, with how much had been entered.
    """

    path: Path
    happened: list[Happened]
    ids: dict[str, UUID]
    issued: dict[str, tuple[Made, int]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play by one script, and by several under `make endurance`."""
    if "played" in metafunc.fixturenames:
        several = (
            metafunc.config.getoption("--endurance")
            and metafunc.function is not test_the_play_has_something_of_everything
        )
        seeds = range(11, 19) if several else [11]  # By chance alone others lack something.
        metafunc.parametrize("played", seeds, indirect=True, scope="module")


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the five quarters once for all tests of the module."""
    folder = tmp_path_factory.mktemp("played")
    language = current_language()
    use_language("en")
    registry = create_registry(folder / "registry.kanal", now=datetime(2025, 6, 1, 12).astimezone())
    player, happened = Player(registry), script(request.param)
    due = [(quarter, last + timedelta(IN_TIME)) for quarter, (_first, last) in zip(QUARTERS, BOUNDS, strict=True)]
    issued: dict[str, tuple[Made, int]] = {}
    for number, one in enumerate(happened):
        while due and one.entered > due[0][1]:
            quarter, day = due.pop(0)
            issued[quarter] = _make(registry, quarter, folder, day), number
        player.enter(one)
    for quarter, day in due:
        issued[quarter] = _make(registry, quarter, folder, day), len(happened)
    registry.close()
    use_language(language)
    return Played(registry.path, happened, player.ids, issued)


def _make(registry: Registry, quarter: str, folder: Path, today: date, reader: str = "internal") -> Made:
    return make_report(registry, quarter, folder / f"{quarter}-{reader}-{today}.xlsx", reader=reader, today=today)


@pytest.fixture
def again(played: Played, tmp_path: Path) -> Iterator[Registry]:
    """A copy of the played registry, opened long after, with its issued reports beside it."""
    copy = tmp_path / "registry.kanal"
    shutil.copy(played.path, copy)
    shutil.copytree(folder_of(played.path), folder_of(copy))
    registry = open_registry(copy, today=lambda: END)
    yield registry
    registry.close()


def agrees(made: Made, quarter: str, known: list[Happened], ids: dict[str, UUID]) -> None:
    """Assert that a report says on every sheet what the second computation says."""
    first, last = BOUNDS[QUARTERS.index(quarter)]
    the_figures_agree(made, known, last, ids)
    the_trend_agrees(made.path, known, last)
    the_channels_agree(made.path, known, last)
    the_findings_agree(made.path, known, first, last)
    the_changes_agree(made.path, known, first, last)
    the_reach_agrees(made.path, known, last)


def test_the_play_has_something_of_everything(played: Played, again: Registry, tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    for quarter in QUARTERS:
        path = _make(again, quarter, tmp_path, END).path
        told.update(row["Status"] for row in table(path, "Findings"))
        told.update(row["What"] for row in table(path, "Changes"))
        if "Corrections" in load(path).sheetnames:
            told.update("corrected" for row in table(path, "Corrections") if row["What"] != "Complete in %")
        told.update(f"{row['What']} late" for row in table(path, "Changes") if row.get("Entered later on"))
        told.update("counted late" for row in table(path, "Reach") if row.get("Entered later on"))
    assert min(told[status] for status in ("open", "new", "waived", "mended", "gone")) >= 5
    assert min(told[what] for what in ("opened", "closed", "other owner", "renamed")) >= 3
    assert min(told[what] for what in ("corrected", "counted late")) >= 5
    assert min(told[what] for what in ("opened late", "closed late")) >= 2
    assert told["other owner late"] + told["owner taken on late"] >= 2


def test_each_report_made_in_time_agrees_with_the_second_computation(played: Played) -> None:
    for quarter, (made, entered) in played.issued.items():
        agrees(made, quarter, played.happened[:entered], played.ids)


def test_made_in_any_order_on_any_later_day_they_agree_too(played: Played, again: Registry, tmp_path: Path) -> None:
    random = Random(7)
    for quarter in random.sample(QUARTERS, len(QUARTERS)):
        made = _make(again, quarter, tmp_path, END + timedelta(random.randrange(400)))
        agrees(made, quarter, played.happened, played.ids)
        the_corrections_agree(made.path, quarter, played)


def test_made_twice_they_are_the_same_bytes(again: Registry, tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    """The last two of them; all under `make endurance`."""
    (tmp_path / "second").mkdir()
    quarters = QUARTERS[-rounds(2, len(QUARTERS)) :]
    for reader in ("internal", "committee", "public"):
        firsts = [_make(again, quarter, tmp_path, END, reader) for quarter in quarters]
        for first, quarter in reversed(list(zip(firsts, quarters, strict=True))):
            second = _make(again, quarter, tmp_path / "second", END, reader)
            assert second.path.read_bytes() == first.path.read_bytes()


def the_figures_agree(made: Made, known: list[Happened], last: date, ids: dict[str, UUID]) -> None:
    seen, told = second_opinion.channels(known, last), made.figures
    states = {name: "closed" if second_opinion.is_closed(one, last) else "active" for name, one in seen.items()}
    assert (told["channels"], told["active"]) == (len(seen), Counter(states.values())["active"])
    assert told["by_platform"] == Counter(one.opening.platform for one in seen.values())
    assert told["by_unit"] == Counter(str(ids[one.opening.unit]) for one in seen.values())
    assert told["by_state"] == Counter(states.values())
    severities = Counter(one.severity for one in second_opinion.findings(known, last))
    assert told["confirmed"] == second_opinion.confirmed(seen, last)
    assert told["findings"] == {severity: severities[severity] for severity in ("severe", "warning", "notice")}


def the_trend_agrees(path: Path, known: list[Happened], last: date) -> None:
    rows = [row for row in load(path)["At a glance"].values if re.fullmatch(r"Q\d \d{4}", str(row[0]))]
    expected: list[tuple[Any, ...]] = []
    for day in sorted([last, *_quarter_ends(last, 7)]):
        seen = second_opinion.channels(known, day)
        severities = Counter(one.severity for one in second_opinion.findings(known, day))
        counts = [severities[severity] for severity in ("severe", "warning", "notice")]
        active = sum(not second_opinion.is_closed(one, day) for one in seen.values())
        looked = day >= FIRST  # Before, there was no registry in which anything could be found or confirmed.
        house = (*counts, second_opinion.confirmed(seen, day)) if looked else (None,) * 4
        expected.append((f"Q{day.month // 3} {day.year}", *house[:3], day, len(seen), active, house[3]))
    assert [(*row[:4], _day(row[6]), *row[7:10]) for row in rows] == expected


def the_channels_agree(path: Path, known: list[Happened], last: date) -> None:
    keys = ("Title", "Platform", "Unit", "Owner", "State", "Opened", "Last post", "Confirmed on", "Followers")
    rows = sorted(tuple(_day(row[key]) for key in keys) for row in table(path, "Channels"))
    expected = []
    for one in second_opinion.channels(known, last).values():
        state = "closed" if second_opinion.is_closed(one, last) else "active"
        counted = sorted((count for count in one.counts if count.on <= last), key=lambda count: count.on)
        days = _partial(one.opening.opened), one.posted(last), one.confirmed_on(last)
        of = one.title, PLATFORMS[one.opening.platform], one.opening.unit, one.owner(last), state
        expected.append((*of, *days, counted[-1].count if counted else None))
    assert rows == sorted(expected)


def the_findings_agree(path: Path, known: list[Happened], first: date, last: date) -> None:
    keys = ("Status", "Severity", "Finding", "Concerns", "Since", "Until", "Reason or remedy")
    rows = Counter(tuple(_day(row[key]) for key in keys) for row in table(path, "Findings"))
    seen = second_opinion.channels(known, last)
    expected: list[tuple[Any, ...]] = []
    before = second_settled.keys(known, first - timedelta(1)) if first > FIRST else None
    for one in second_opinion.findings(known, last):
        is_new = one.since >= first or (before is not None and (one.rule, one.channel) not in before)
        status = "new" if is_new else "open"
        since = one.since if one.since <= last else f"{one.since:%-d %b %Y} (recorded later)"
        expected.append((status, one.severity.capitalize(), NAMES[one.rule], seen[one.channel].label, since))
    expected = [(*row, None, None) for row in expected]
    for (rule, channel), (since, until, reason) in second_opinion.waivers(known, last).items():
        if channel in seen:
            of = "waived", _grave(rule), NAMES[rule], seen[channel].label
            expected.append((*of, since, until, reason))
    for one, on, by in second_settled.settled(known, first, last, looked=before is not None):
        of = "gone" if on is None else "mended", _grave(one.rule), NAMES[one.rule], seen[one.channel].label
        expected.append((*of, one.since, on, by))
    assert rows == Counter(expected)


def the_changes_agree(path: Path, known: list[Happened], first: date, last: date) -> None:
    rows = Counter(_told(row) for row in table(path, "Changes"))
    expected = second_opinion.changes(known, first, last)
    assert rows == Counter((one.day, one.what, one.title, one.old, one.new, one.entered) for one in expected)


def _told(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return a line of the changes; of an opened channel's address only its name is compared."""
    new = row["Since then"]
    if row["What"] == "opened":
        new = new.rpartition("/")[2].partition("-")[0]
    return _day(row["Day"]), row["What"], row["Channel"], row["Before"], new, _day(row.get("Entered later on"))


def the_reach_agrees(path: Path, known: list[Happened], last: date) -> None:
    ends = _ends(last)
    expected = second_opinion.reach(known, ends)
    shown = [n for n, _day in enumerate(ends[1:]) if any(counts[n] is not None for counts, _late in expected.values())]
    titles = [f"{ends[n + 1]:%-d %b %Y}" for n in shown]
    rows = {row["Channel"]: row for row in table(path, "Reach")} if expected else {}
    seen = second_opinion.channels(known, last)
    assert rows.keys() == {seen[name].title for name in expected}
    for name, (counts, late) in expected.items():
        row, told = rows[seen[name].title], [counts[n] for n in shown]
        assert [row[title] for title in titles] == told
        before, now = told[-2:]
        assert row[f"Change since {titles[-2]}"] == (None if before is None or now is None else now - before)
        assert _day(row.get("Entered later on")) == late


def the_corrections_agree(path: Path, quarter: str, played: Played) -> None:
    (first, last), known = BOUNDS[QUARTERS.index(quarter)], played.happened
    then = known[: played.issued[quarter][1]]
    said, says = (second_corrections.facts(some, first, last, _ends(last)) for some in (then, known))
    before, now = (second_opinion.channels(some, last) for some in (then, known))
    labels = {one.label: name for seen in (before, now) for name, one in seen.items()}
    labels |= {one.title: name for seen in (before, now) for name, one in seen.items()}
    rows = table(path, "Corrections") if "Corrections" in load(path).sheetnames else []
    of_channels = [row for row in rows if row["Concerns"] != "Key figures"]
    told = {_corrected(row, labels) for row in of_channels if row["What"] != "Complete in %"}
    assert told == second_corrections.corrections(said, says)
    figures = second_corrections.figures(then, known, last)
    assert [(row["What"], *_both(row)) for row in rows[: len(rows) - len(of_channels)]] == list(figures)


def _corrected(row: dict[str, Any], labels: dict[str, str]) -> tuple[object, ...]:
    """Return a correction; of what is in only one of the two reports, in which."""
    pair = _both(row)
    if row["What"] in {"Owner", "Owner, since", "State", "Last post", "Confirmed on"} or row["What"].startswith(
        "Followers"
    ):
        return labels[row["Concerns"]], row["What"], *pair
    return labels[row["Concerns"]], row["What"], *(one != second_corrections.NOT_THERE for one in pair)


def _both(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what was said and what is said."""
    return tuple(map(_day, list(row.values())[2:]))


def _ends(last: date) -> list[date]:
    """Return the days of the reach, and the end of the year before the first of them."""
    return sorted({date(year, 12, 31) for year in range(last.year - 6, last.year)} | {*_quarter_ends(last), last})


def _quarter_ends(last: date, count: int = 4) -> Iterator[date]:
    """Give the ends of the quarters before the one that ends on a day."""
    day = last
    for _number in range(count):
        day = date(day.year, day.month - 2, 1) - timedelta(1)
        yield day


def _grave(rule: str) -> str:
    if rule in second_opinion.GRAVE:
        return "Severe"
    return "Notice" if rule in second_opinion.NOTICES else "Warning"


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _partial(opened: str) -> Any:
    if len(opened) == len("2026-01-01"):
        return date.fromisoformat(opened)
    return f"{opened[5:]}/{opened[:4]}" if len(opened) == len("2026-01") else opened
