"""All rules over all channels, against one aggregate scan of the tables they read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from core.governance.rules import RULES, Rule, Situation, lookalikes
from core.registry import open_registry
from core.settings import read_settings
from tests.benchmarks.datasets import DataSets
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.measuring import Scale, interleaved, timed

SCAN = """
SELECT count(*), max(c.last_post_on), count(c.imprint_url), max(r.since), max(p.left_on), max(k.day)
FROM channel c
LEFT JOIN responsibility r ON r.channel_id = c.id
LEFT JOIN person p ON p.id = r.person_id
LEFT JOIN (SELECT channel_id, max("on") AS day FROM confirmation GROUP BY channel_id) k ON k.channel_id = c.id
"""
APART = tuple(rule for rule in RULES if rule in lookalikes.RULES)
OTHERS = tuple(rule for rule in RULES if rule not in lookalikes.RULES)


def figures(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure a city's rules at the sizes of a state and of a country."""
    for channels, rounds in ((scale.state, scale.rounds), (scale.country, max(scale.slow_rounds, scale.rounds - 2))):
        registry = open_registry(data.registry(channels))
        try:
            with registry.reading() as session:
                yield from _figures(session, registry.today(), channels, rounds)
        finally:
            registry.close()


def _figures(session: Session, today: date, channels: int, rounds: int) -> Iterator[Figure]:
    found: dict[str, int] = {}

    def run(rules: tuple[Rule, ...]) -> None:
        situation = Situation(session, today, read_settings(session))
        found.update({rule.key: sum(1 for _raised in rule.find(situation)) for rule in rules})

    scan = timed(lambda: session.connection().exec_driver_sql(SCAN).all())
    ours, alike, floor = interleaved(rounds, timed(lambda: run(OTHERS)), timed(lambda: run(APART)), scan)
    note = f"{sum(found.values())} findings of {len(OTHERS)} rules in {ours * 1000:.0f} ms together"
    what = f"one rule over {channels:,} channels, all but look-alike"
    yield compared(what, ours / len(OTHERS), floor, "one aggregate scan", 0.45, note=note)
    yield compared(f"look-alike names over {channels:,} channels", alike, floor, "one aggregate scan", None)
