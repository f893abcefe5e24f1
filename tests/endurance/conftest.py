"""Long runs say at the end what they came to: how many kills, faults, states, tamperings and files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_COUNTED = "counted"


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Keep a line of counts for the end of the output; it also reaches there from another process."""
    return lambda line: record_property(_COUNTED, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    lines = [text for report in reports for name, text in report.user_properties if name == _COUNTED]
    if lines:
        terminalreporter.section("what the long runs came to")
        for line in sorted(lines):
            terminalreporter.write_line(line)
