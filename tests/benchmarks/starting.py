"""From the start of the process to the window, and to its rows; and what the window costs while nobody touches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.children import answer_of
from tests.benchmarks.datasets import DataSets
from tests.benchmarks.figures import Figure, compared, mebibytes, seconds, skipped
from tests.benchmarks.measuring import Scale, interleaved
from tests.benchmarks.peers import Peer, peers_here, skipped_peers
from tests.benchmarks.screens import screen_here

WINDOW = "tests.benchmarks.window"
MORE_MEMORY = 10 * 2**20


def shell(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure the first painted window."""
    del data
    with _warmed_up(scale) as environment:
        ways = [lambda kind=kind: _start(environment, kind) for kind in ("shell", "empty")]
        ours, floor = interleaved(scale.rounds, *ways)
    yield compared("process start to first painted window", ours, floor, "an empty QMainWindow", 2)


def rows(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure the rows on screen, against the peers that are installed here."""
    with _warmed_up(scale, data.registry(scale.city)) as environment:
        for channels, limit in ((scale.city, 0.6), (scale.state, 0.25)):
            registry = data.registry(channels)
            peers = peers_here(data.folder, channels, environment)
            told: list[dict[str, float]] = []
            ours = _opened(environment, registry, told)
            rounds = scale.slow_rounds if channels == scale.state else max(scale.slow_rounds, scale.rounds - 2)
            mine, *theirs = interleaved(rounds, ours, *(peer.opened for peer in peers))
            what = f"process start to rows on screen, {channels:,}"
            whole = f"its whole page answers after {seconds(median(one['whole'] - one['started'] for one in told))}"
            yield from _beside(what, mine, list(zip(peers, theirs, strict=True)), limit, whole)
            yield from (skipped(what, name) for name in skipped_peers(environment))


def _beside(what: str, mine: float, theirs: list[tuple[Peer, float]], limit: float, whole: str) -> Iterator[Figure]:
    """Give one row a peer; the target is set against the faster one."""
    fastest = min((taken for _peer, taken in theirs), default=None)
    for peer, taken in theirs:
        yield compared(what, mine, taken, peer.name, limit if taken == fastest else None, note=f"{peer.note}; {whole}")


def country(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure the rows of a country on screen, against those of a city."""
    told: dict[Path, list[dict[str, float]]] = {}
    few, many = data.registry(scale.city), data.registry(scale.country)
    with _warmed_up(scale, data.registry(scale.city)) as environment:
        ways = [_opened(environment, path, told.setdefault(path, [])) for path in (many, few)]
        ours, floor = interleaved(scale.rounds, *ways)
    more = median(one["memory"] for one in told[many]) - median(one["memory"] for one in told[few])
    memory = f"+{mebibytes(more)}, target +{mebibytes(MORE_MEMORY)}: {'yes' if more <= MORE_MEMORY else 'NO'}"
    what = f"process start to rows on screen, {scale.country:,}"
    yield compared(what, ours, floor, f"ours at {scale.city:,}", 1.5, memory=memory)
    whole, city = (median(one["whole"] - one["started"] for one in told[path]) for path in (many, few))
    yield compared(f"process start to the whole page, {scale.country:,}", whole, city, f"ours at {scale.city:,}", 1.5)


def idle(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure what an open window does while nobody touches it."""
    watched = str(scale.idle_seconds)
    with _warmed_up(scale, data.registry(scale.city)) as environment:
        ours = answer_of(WINDOW, "rows", str(data.registry(scale.city)), watched, environment=environment)
        floor = answer_of(WINDOW, "empty", "", watched, environment=environment)
    yield Figure(
        f"idle for {watched} s with {scale.city:,} channels in sight",
        f"{ours['cpu']:.2%} CPU, {ours['wakes']:.1f} wakes/s",
        f"an empty QMainWindow: {floor['cpu']:.2%} CPU, {floor['wakes']:.1f} wakes/s",
        None,
        "0 % CPU, <= 1 wake/s",
        ours["cpu"] < 0.005 and ours["wakes"] <= floor["wakes"] + 1,
    )


@contextmanager
def _warmed_up(scale: Scale, *registries: Path) -> Iterator[dict[str, str]]:
    """Give a screen on which our window has been once: the first start of all compiles what later ones find."""
    with screen_here() as environment:
        if scale.rounds > 1 and not registries:
            _start(environment, "shell")
        for registry in registries if scale.rounds > 1 else ():
            _start(environment, "rows", str(registry))
        yield environment


def _opened(environment: dict[str, str], path: Path, told: list[dict[str, float]]) -> Callable[[], float]:
    return lambda: _start(environment, "rows", str(path), told=told)


def _start(environment: dict[str, str], *arguments: str, told: list[dict[str, float]] | None = None) -> float:
    answer = answer_of(WINDOW, *arguments, environment=environment)
    if told is not None:
        told.append(answer)
    return float(answer["painted"] - answer["started"])
