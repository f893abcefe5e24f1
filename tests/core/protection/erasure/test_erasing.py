"""Erasing a few people: what is decided about texts, what is left of others, and what becomes of backups."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from core.errors import ConflictError
from core.exchange.report.making import make_report
from core.i18n import N_
from core.inventory.candidates import candidates
from core.model import Act, Asset, Channel, Handover, HandoverStatement, Occasion, Person
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again
from core.protection.erasure.planning import ErasurePlan, plan_erasure
from core.protection.rights.holds import hold
from core.registry import Registry
from core.storage.kept_copies import automatic_backups
from main import main
from tests.core.inventory.assets.asset_records import make_asset
from tests.core.protection.canaries import leaks
from tests.endurance.use_cases import lay_out_older
from tests.factories import make_channel, make_owner, make_person, make_unit

pytestmark = pytest.mark.usefixtures("in_english")

LONG_AGO, TODAY = date(2019, 3, 31), date(2026, 11, 23)


@pytest.fixture
def leaver(registry: Registry) -> Person:
    """Somebody whose time has come."""
    person = make_person(
        family_name="Musterkoch", left_on=LONG_AGO, function="Presse", email="e.musterkoch@amt.example"
    )
    with registry.action(N_("Add person")) as session:
        session.add(person)
    return person


def note(registry: Registry, **values: str) -> Channel:
    """Write something of a channel."""
    with registry.action(N_("Add channel"), reason="Anruf von Frau Musterkoch") as session:
        channel = make_channel(account_key=str(uuid.uuid4()), **values)
        session.add(channel)
    return channel


def erase(registry: Registry, choose: Callable[[ErasurePlan], set[str]] | None = None) -> ErasurePlan:
    plan = plan_erasure(registry, TODAY)
    order = plan.order(choose(plan) if choose is not None else None)
    begin(registry, order)
    carry_out(registry, order)
    assert registry.verify().broken_at is None
    return plan


def channel_now(registry: Registry, channel: Channel) -> Channel:
    with registry.reading() as session:
        return session.get_one(Channel, channel.id)


def test_what_may_be_a_word_is_shown_and_stays_unless_ticked(registry, leaver):
    with registry.action(N_("Add unit")) as session:
        session.add(make_unit(code="FD 1", name="Haus Musterkoch"))
    channel = note(registry, notes="Musterkoch, auch Erika Musterkoch")
    plan = erase(registry)
    about = [(one.mention.found, one.mention.ticked) for one in plan.mentions if one.mention.place.column == "notes"]
    assert about == [(("Erika Musterkoch",), True), (("Musterkoch",), False)]
    assert channel_now(registry, channel).notes == "Musterkoch, auch […]"


def test_a_company_that_bears_the_name_is_shown_and_keeps_it_unless_ticked(registry, leaver):
    banner = make_asset(title="Banner", rights_holder="Agentur Musterkoch")
    with registry.action(N_("Add asset")) as session:
        session.add(banner)
    plan = erase(registry)
    about = [(one.mention.found, one.mention.ticked) for one in plan.mentions if one.mention.place.table == "asset"]
    assert about == [(("Musterkoch",), False)]
    with registry.reading() as session:
        assert session.get_one(Asset, banner.id).rights_holder == "Agentur Musterkoch"


def test_what_is_ticked_goes_in_the_record_and_in_the_log(registry, leaver, tmp_path):
    with registry.action(N_("Add unit")) as session:
        session.add(make_unit(code="FD 1", name="Haus Musterkoch"))
    channel = note(registry, notes="Musterkoch weiß es")
    erase(registry, lambda plan: {one.mention.key for one in plan.mentions if one.mention.place.table == "channel"})
    assert channel_now(registry, channel).notes == "[…] weiß es"
    made = next(entry for entry in registry.log() if entry.table == "channel" and entry.kind == "create")
    assert (made.after or {})["notes"] == "[…] weiß es"
    assert (made.after or {})["title"] == "Stadt Moers"


def test_what_is_unticked_stays(registry, leaver):
    channel = note(registry, notes="Frau Musterkoch, Bäckerei")
    erase(registry, lambda _plan: set())
    assert channel_now(registry, channel).notes == "Frau Musterkoch, Bäckerei"


def test_the_address_of_an_account_is_shown_and_stays_and_its_title_goes(registry, leaver):
    channel = note(registry, title="Stadt X (betreut von Erika Musterkoch)", handle="erika.musterkoch")
    plan = erase(registry)
    unticked = {one.mention.place.column for one in plan.mentions if not one.mention.ticked}
    assert unticked == {"url_as_entered"}, "of an account one place stands for all"
    kept = channel_now(registry, channel)
    assert (kept.title, kept.handle) == ("Stadt X (betreut von […])", "erika.musterkoch")
    (told,) = plan.accounts
    assert told.startswith("The address of the account “Stadt X")


def test_who_comes_later_goes_from_what_was_left_of_the_first(registry, leaver, tmp_path):
    max_ = make_person(given_name="Maxim", family_name="Musterbär", email="m.musterbaer@amt.example")
    channel = note(registry, notes="Erika Musterkoch und Maxim Musterbär")
    with registry.action(N_("Add person")) as session:
        session.add(max_)
        max_.notes = "Vorgängerin: Erika Musterkoch"
    erase(registry)
    assert channel_now(registry, channel).notes == "[…] und Maxim Musterbär"
    with registry.action(N_("Mark as left")) as session:
        session.get_one(Person, max_.id).left_on = LONG_AGO
    erase(registry)
    assert channel_now(registry, channel).notes == "[…] und […]"
    assert leaks(tmp_path, ("Musterkoch", "Musterbär", "musterbaer", "Maxim")) == []
    with registry.snapshot(known_on=3) as session:
        assert session.info["bypassed"] == ()


def test_somebody_who_was_added_by_mistake_is_not_offered_again(registry, leaver):
    erase(registry)
    with registry.reading() as session:
        assert candidates(session, "person", "former", TODAY) == []
        assert session.get_one(Person, leaver.id).name == "former member of staff (Presse)"


def test_who_was_taken_back_long_ago_goes_from_the_log(registry, tmp_path):
    with registry.action(N_("Add person"), now=datetime(2020, 1, 7, tzinfo=UTC)) as session:
        session.add(make_person(family_name="Musterkoch", phone="02841 201777"))
    registry.undo()
    channel = note(registry, notes="Erika Musterkoch, 02841/201777")
    assert plan_erasure(registry, TODAY).people == ()
    later = date(2031, 1, 1)
    assert [one.name for one in plan_erasure(registry, later).people] == ["Erika Musterkoch"]
    registry.today = lambda: later
    order = plan_erasure(registry, later).order()
    begin(registry, order)
    carry_out(registry, order)
    assert channel_now(registry, channel).notes == "[…], […]"
    assert registry.verify().broken_at is None
    assert plan_erasure(registry, later).people == ()
    assert leaks(tmp_path, ("Musterkoch", "201777")) == []


def test_a_report_made_later_says_what_they_did(registry, leaver, tmp_path):
    with registry.action(N_("Assign owner")) as session:
        channel = make_channel()
        session.add_all([channel, make_owner(channel, leaver, since=date(2015, 1, 1))])
    erase(registry)
    make_report(registry, "2026Q3", tmp_path / "bericht.xlsx", reader="internal", today=TODAY)
    assert leaks(tmp_path, ("Musterkoch",)) == []
    assert leaks(tmp_path, ("former member of staff (Presse)",))


def test_an_erasure_cannot_be_undone_nor_can_what_it_erased(registry, leaver):
    note(registry, notes="Frau Musterkoch")
    erase(registry)
    actions = {entry.label: entry.action_id for entry in registry.log()}
    for label in ("Erase personal data", "Add channel", "Add person"):
        with pytest.raises(ConflictError, match="erased"):
            registry.undo_action(actions[label])


def test_who_is_held_meanwhile_is_left_out(registry, leaver):
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    with registry.action(N_("Hold")) as session:
        hold(session, leaver.id, until=date(2027, 1, 1), reason="Klage", today=TODAY)
    registry.today = lambda: TODAY
    assert take_up_again(registry) is not None
    assert take_up_again(registry) is None
    with registry.reading() as session:
        assert session.get_one(Person, leaver.id).family_name == "Musterkoch"


def test_a_backup_that_cannot_be_read_is_replaced_by_a_fresh_one(registry, leaver, tmp_path):
    kept = [registry.back_up_automatically(why) for why in ("daily", "upgrade")]
    kept[0].write_bytes(kept[0].read_bytes()[:5_000] + b"Erika Musterkoch")
    erase(registry)
    names = [backup.name.rpartition("-")[2] for backup in automatic_backups(registry.path)]
    assert names == ["erasure.kanal", "upgrade.kanal"]
    assert leaks(tmp_path, ("Musterkoch",)) == []


def test_a_backup_of_an_older_program_is_upgraded_and_rewritten(registry, leaver, tmp_path):
    older = registry.back_up_automatically("upgrade")
    older.unlink()
    lay_out_older(older)
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("UPDATE org_unit SET notes = 'Leitung: Erika Musterkoch'")
        connection.commit()
    erase(registry)
    assert automatic_backups(registry.path) == [older]
    assert leaks(tmp_path, ("Musterkoch",)) == []
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT notes FROM org_unit").fetchall() == [("Leitung: […]",)]


def test_a_backup_made_meanwhile_from_the_names_is_replaced(registry, leaver, tmp_path, monkeypatch):
    from core.protection.erasure import carrying_out

    erase_here = carrying_out._erase_here

    def erase_late(*args: object) -> None:
        registry.back_up_automatically("daily")
        make_report(registry, "2026Q3", tmp_path / "bericht.xlsx", reader="internal", today=TODAY)
        (tmp_path / "bericht.xlsx").unlink()
        erase_here(*args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(carrying_out, "_erase_here", erase_late)
    note(registry, notes="Frau Musterkoch")
    erase(registry)
    assert leaks(tmp_path, ("Musterkoch",)) == []
    assert [backup.name.rpartition("-")[2] for backup in automatic_backups(registry.path)] == ["erasure.kanal"]


def test_a_name_in_a_signed_record_stays_until_its_day(registry, leaver, capfd):
    other = make_person(given_name="Max")
    made = Handover(
        from_id=leaver.id, to_id=other.id, occasion=Occasion.LEAVING, opened_on=LONG_AGO, finished_on=LONG_AGO
    )
    said = HandoverStatement(
        handover_id=made.id,
        act=next(iter(Act)),
        person_id=leaver.id,
        card="0" * 64,
        number=1,
        made_at=datetime(2019, 3, 1, tzinfo=UTC),
        text="Erika Musterkoch",
        digest="0" * 64,
        taken_in_on=LONG_AGO,
    )
    with registry.action(N_("Hand over")) as session:
        session.add_all([other, made, said])
    plan = erase(registry)
    assert [(one.who.name, one.until) for one in plan.kept] == [("Erika Musterkoch", date(2029, 3, 31))]
    with registry.reading() as session:
        assert session.get_one(HandoverStatement, said.id).text == "Erika Musterkoch"


def test_the_log_is_read_as_before(registry, leaver, capfd):
    note(registry, notes="Frau Musterkoch")
    erase(registry)
    words = ["--registry", str(registry.path), "--lang", "en"]
    for command in (["log"], ["log", "--json"], ["verify"], ["list", "people", "--known-on", TODAY.isoformat()]):
        assert main([*words, *command]) == 0
    told = capfd.readouterr().out
    assert "Musterkoch" not in told
    assert re.search(r"Erase personal data\s+", told)


def test_holding_and_ending_on_the_command_line(registry, leaver, capfd):
    words = ["--registry", str(registry.path), "--lang", "en", "people"]
    assert main([*words, "hold", "Erika Musterkoch", "--until", "2036-01-01", "--reason", "Klage"]) == 0
    assert main([*words, "erase", "--due", "--dry-run", "--json"]) == 0
    told = json.loads(capfd.readouterr().out.partition("\n")[2])
    assert told["people"] == []
    assert [(one["name"], one["until"]) for one in told["kept"]] == [("Erika Musterkoch", "2036-01-01")]
    assert main([*words, "hold", "Erika Musterkoch", "--end"]) == 0
    capfd.readouterr()
    assert main([*words, "erase", "--due", "--dry-run"]) == 0
    assert "Erika Musterkoch (Presse), left on" in capfd.readouterr().out


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--end", "--reason", "Klage"],
        ["--until", "2036-01-01"],
        ["--until", "2001-01-01", "--reason", "Klage"],
        ["--until", "2036-01-01", "--reason", " "],
        ["--end"],
    ],
)
def test_a_hold_that_says_too_little_or_too_much_is_refused(registry, leaver, capfd, wrong):
    assert main(["--registry", str(registry.path), "people", "hold", "Erika Musterkoch", *wrong]) == 2
    assert capfd.readouterr().err
