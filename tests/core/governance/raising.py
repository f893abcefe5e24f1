"""What a rule raises for a few records, and days to measure it by."""

from __future__ import annotations

from datetime import date, timedelta

from core.governance.findings import FindingValue, find
from core.governance.rules import rule_named
from core.model import Channel, ChannelState
from core.settings import Settings
from tests.factories import TODAY, make_channel
from tests.memory import records_in_memory

STATES = list(ChannelState)
COUNTING = set(STATES) - {ChannelState.CLOSED, ChannelState.REJECTED}
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def all_found(*records: object, today: date = TODAY, stage: int = 1, **settings: object) -> list[FindingValue]:
    """Put records into an empty registry and return what the rules of a stage raise."""
    changed = {key.replace("__", ".").replace("_", "-"): value for key, value in settings.items()}
    with records_in_memory() as session:
        session.add_all(records)
        session.flush()
        return find(session, today, Settings(changed), stage)


def found(rule: str, *records: object, today: date = TODAY, **settings: object) -> list[FindingValue]:
    """Put records into an empty registry and return what one rule raises."""
    stage = rule_named(rule).stage
    return [one for one in all_found(*records, today=today, stage=stage, **settings) if one.rule == rule]


def healthy(**values: object) -> Channel:
    """A channel that was registered in this quarter and posted today."""
    return make_channel(**{"last_post_on": TODAY.isoformat(), "registered_on": date(2026, 10, 24), **values})
