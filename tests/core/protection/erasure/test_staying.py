"""What an erasure on the command line leaves is told, makes its exit code 1, and goes where somebody says so."""

from __future__ import annotations

import json
from datetime import date

import pytest

from core.errors import BadInputError
from core.i18n import N_
from core.model import Channel
from core.protection.rights.holds import hold
from main import main
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")

LONG_AGO = date(2019, 3, 31)


@pytest.fixture
def channel(registry) -> Channel:
    found = make_channel(title="Stadt X (betreut von Müller-Lüdenscheidt)", notes="Lüdenscheidt anrufen")
    with registry.action(N_("Add")) as session:
        session.add(make_person(given_name="Annegret", family_name="Müller-Lüdenscheidt", left_on=LONG_AGO))
        session.add(found)
    return found


def asked(registry, capfd, *words):
    code = main(["--registry", str(registry.path), "--lang", "en", "people", "erase", "--due", *words])
    return code, *capfd.readouterr()


def texts(registry, channel):
    with registry.reading() as session:
        now = session.get_one(Channel, channel.id)
        return now.title, now.notes


def test_a_title_goes_and_what_is_doubtful_stays_and_is_told(registry, channel, capfd):
    code, _out, err = asked(registry, capfd)
    assert (code, texts(registry, channel)) == (1, ("Stadt X (betreut von […])", "Lüdenscheidt anrufen"))
    assert "Stays: " in err
    assert "Lüdenscheidt" in err


def test_programs_are_told_what_stays(registry, channel, capfd):
    code, out, _err = asked(registry, capfd, "--json")
    (one,) = json.loads(out)["stays"]["mentions"]
    assert (code, one["record"], one["column"], one["sure"]) == (1, str(channel.id), "notes", False)


def test_the_preview_says_beforehand_what_will_stay(registry, channel, capfd):
    code, out, _err = asked(registry, capfd, "--dry-run")
    rows = [line for line in out.splitlines() if line.startswith("Channel ")]
    assert (code, [line.split("  ")[-1].strip() for line in rows]) == (0, ["is erased", "stays"])
    told = json.loads(asked(registry, capfd, "--dry-run", "--json")[1])
    assert [one["column"] for one in told["stays"]["mentions"]] == ["notes"]
    assert texts(registry, channel) == ("Stadt X (betreut von Müller-Lüdenscheidt)", "Lüdenscheidt anrufen")


def test_what_is_doubtful_goes_where_somebody_says_so(registry, channel, capfd):
    code, _out, err = asked(registry, capfd, "--doubtful")
    assert (code, texts(registry, channel)) == (0, ("Stadt X (betreut von […])", "[…] anrufen"))
    assert "Stays" not in err


@pytest.mark.parametrize(("until", "is_refused"), [(date(2036, 11, 23), False), (date(2036, 11, 24), True)])
def test_a_hold_ends_within_ten_years(registry, until, is_refused):
    with registry.action(N_("Add")) as session:
        session.add(person := make_person())
        session.flush()
        if not is_refused:
            assert hold(session, person.id, until=until, reason="Az. 1", today=date(2026, 11, 23)).until == until
        else:
            with pytest.raises(BadInputError, match=r"10 years at most.*2036"):
                hold(session, person.id, until=until, reason="Az. 1", today=date(2026, 11, 23))
