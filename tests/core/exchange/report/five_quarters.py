"""A city's registry over five quarters: a list of what happened, and of when somebody entered it, often late.

The list is plain data, made by a seeded script. `playing` enters it through the program, day by day; what the reports
must say is worked out from the same list by `second_opinion`, which knows nothing of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FIRST, LAST = date(2025, 7, 1), date(2026, 9, 30)
QUARTERS = ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")
BOUNDS = (
    (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 7, 1), date(2026, 9, 30)),
)
END = date(2026, 11, 30)
"""By this day everything was entered."""

UNITS = ("Kulturamt", "Presseamt", "Sportamt")
PLATFORMS = ("facebook", "instagram", "mastodon", "youtube")
PEOPLE = ("Erika Mustermann", "Max Mustermann", "Anna Beispiel", "Jan Beispiel", "Lea Muster", "Tom Muster")
LEAVERS = PEOPLE[:3]
"""These leave, one a quarter; all others stay and take over."""

WAIVED = ("quiet", "stale", "dormant", "last-post-unknown", "never-confirmed", "no-owner")


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened and was entered on some day."""

    entered: date


@dataclass(frozen=True, slots=True)
class Opened(Happened):
    """A channel was opened, to the day, the month or the year; perhaps somebody owns it since a day or for ever."""

    channel: str
    title: str
    platform: str
    unit: str
    opened: str
    owner: str | None
    posted: date | None


@dataclass(frozen=True, slots=True)
class Closed(Happened):
    """A channel was closed after a day."""

    channel: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Owned(Happened):
    """A channel got another owner in the place of those before."""

    channel: str
    person: str
    since: date


@dataclass(frozen=True, slots=True)
class Left(Happened):
    """Somebody left after a last day of work."""

    person: str
    on: date


@dataclass(frozen=True, slots=True)
class Confirmed(Happened):
    """Somebody looked at a channel's record."""

    channel: str
    on: date


@dataclass(frozen=True, slots=True)
class Waived(Happened):
    """A finding was borne with until a day."""

    channel: str
    rule: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Counted(Happened):
    """Somebody counted followers."""

    channel: str
    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Posted(Happened):
    """Somebody entered when a channel last posted."""

    channel: str
    on: date


@dataclass(frozen=True, slots=True)
class Renamed(Happened):
    """A channel got another title; that has no day of its own."""

    channel: str
    title: str


class Dice:
    """What is left to chance within one quarter."""

    def __init__(self, random: Random, first: date, last: date, channels: int) -> None:
        self.random, self.first, self.last = random, first, last
        self.channels = [_name(number) for number in range(channels)]

    def day(self) -> date:
        """Return any day of the quarter."""
        return self.first + timedelta(self.random.randrange((self.last - self.first).days + 1))

    def channel(self) -> str:
        """Return any channel that there was before."""
        return self.random.choice(self.channels)

    def entered(self, on: date, *days: int) -> date:
        """Return when something of a day was entered: so many days later as chance has it, and on a Monday."""
        on = max(FIRST, on + timedelta(self.random.choice(days)))
        return on + timedelta(-on.weekday() % 7)


def script(seed: int) -> list[Happened]:
    """Return what happened, in the order in which it was entered."""
    random = Random(seed)
    found = [*_beginning(random)]
    for number, (first, last) in enumerate(BOUNDS):
        dice = Dice(random, first, last, 12 + 3 * number)
        found += [*_comings_and_goings(dice, number), *_care(dice)]
    found.sort(key=lambda one: one.entered)  # Stable, so that what was entered first on a day stays first.
    return list(_possible(found))


def _name(number: int) -> str:
    return f"kanal{number:02d}"


def _beginning(random: Random) -> Iterator[Happened]:
    """Give what was entered on the first day: what the city had for years."""
    for number in range(12):
        opened = random.choice(["2012", "2015-04", "2019-03-12", "2023-11-05"])
        posted = None if number % 5 == 4 else FIRST - timedelta(random.randrange(150))
        owner = None if number % 6 == 5 else random.choice(PEOPLE)
        yield _opening(random, number, FIRST, opened, (owner, posted))
    for number in range(0, 12, 2):
        for year in (2023, 2024):
            yield Counted(FIRST, _name(number), date(year, 12, 30), random.randrange(100, 9_000))


def _opening(random: Random, number: int, entered: date, opened: str, more: tuple[str | None, date | None]) -> Opened:
    title, platform, unit = f"Seite {number:02d}", random.choice(PLATFORMS), random.choice(UNITS)
    return Opened(entered, _name(number), title, platform, unit, opened, *more)


def _comings_and_goings(dice: Dice, number: int) -> Iterator[Happened]:
    """Give what was opened, closed, handed on and renamed in a quarter, and who left."""
    random = dice.random
    for extra in range(3):
        on = dice.day()
        owner, entered = random.choice([None, *PEOPLE[3:]]), dice.entered(on, 0, 0, 3, 45)
        opened = f"{on:%Y-%m}" if extra == 2 else on.isoformat()
        yield _opening(random, len(dice.channels) + extra, entered, opened, (owner, on))
    for on, days in ((dice.day(), (0, 2)), (dice.last - timedelta(random.randrange(15)), (30, 40))):
        yield Closed(dice.entered(on, *days), dice.channel(), on, random.choice(["Zu wenig Zeit", "Umzug"]))
    for _each in range(4):
        on = dice.day()
        yield Owned(dice.entered(on, -6, 0, 10, 50), dice.channel(), random.choice(PEOPLE[3:]), on)
    if 0 < number <= len(LEAVERS):
        on = dice.day()
        yield Left(dice.entered(on, -20, 0, 15), LEAVERS[number - 1], on)
    renamed = dice.channel()
    yield Renamed(dice.entered(dice.day(), 0), renamed, f"Seite {renamed[-2:]} der Stadt ({number + 1})")


def _care(dice: Dice) -> Iterator[Happened]:
    """Give what was looked at, counted, posted and borne with in a quarter."""
    random = dice.random
    for _each in range(6):
        on = dice.day()
        yield Confirmed(dice.entered(on, 0, 1, 35), dice.channel(), on)
    for _each in range(3):
        on = dice.entered(dice.day(), 0)
        until = on + timedelta(random.randrange(30, 150))
        yield Waived(on, dice.channel(), random.choice(WAIVED), random.choice(["Urlaub", "Wird geprüft"]), until)
    for _each in range(10):
        on = dice.day()
        yield Counted(dice.entered(on, 0, 5, 50), dice.channel(), on, random.randrange(100, 9_000))
    for _each in range(6):
        on = dice.day()
        yield Posted(dice.entered(on, 0, 1, 3, 40), dice.channel(), on)


def _possible(found: list[Happened]) -> Iterator[Happened]:
    """Give only what can be entered: about channels that are there, once closed, with owners one after the other."""
    there, closed, counted = set[str](), set[str](), set[tuple[str, date, date]]()
    since: dict[str, date] = {}
    for one in found:
        match one:
            case Opened(channel=channel):
                there.add(channel)
                since[channel] = date.fromisoformat(one.opened) if len(one.opened) == 10 else date.min
            case Closed(channel=channel) if channel not in there or channel in closed:
                continue
            case Closed(channel=channel):
                closed.add(channel)
            case Owned(channel=channel, since=begins) if channel not in there or begins <= since[channel]:
                continue
            case Owned(channel=channel, since=begins):
                since[channel] = begins
            case Left():
                pass
            case Confirmed() | Waived() | Counted() | Posted() | Renamed() if one.channel not in there:
                continue
            case Counted(channel=channel, on=on, entered=entered) if (channel, on, entered) in counted:
                continue  # Nobody could say which of the two came last.
            case Counted(channel=channel, on=on, entered=entered):
                counted.add((channel, on, entered))
        yield one
