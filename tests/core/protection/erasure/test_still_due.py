"""An erasure that is carried out some time after its preview erases nobody and nothing that is no longer due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from core.i18n import N_
from core.model import Confirmation, ConfirmationResult, Credential, CredentialKind, Handover, Occasion, Person, Reading
from core.protection.erasure import carrying_out
from core.protection.erasure.beside import backups
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again
from core.protection.erasure.erasure_words import dropped_text
from core.protection.erasure.planning import plan_erasure
from core.protection.rights.holds import hold
from core.registry import Registry
from core.settings import change_setting
from core.storage.kept_copies import automatic_backups
from tests.core.protection.canaries import leaks
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")

LONG_AGO, TODAY = date(2012, 3, 31), date(2026, 11, 23)
RESULT = next(iter(ConfirmationResult))


@pytest.fixture
def people(registry: Registry) -> tuple[Person, Person]:
    """One who is due, and a colleague who stays, of whom a reading, a confirmation and a handover are due."""
    registry.today = lambda: TODAY
    gone, stays = make_person(family_name="Musterkoch", left_on=LONG_AGO), make_person(family_name="Musterbär")
    channel = make_channel()
    login = Credential(kind=next(iter(CredentialKind)), label="Login", retired_on=LONG_AGO)
    handover = Handover(
        from_id=stays.id, to_id=gone.id, occasion=Occasion.LEAVING, opened_on=LONG_AGO, finished_on=LONG_AGO
    )
    with registry.action(N_("Add")) as session:
        session.add_all([gone, stays, channel])
        session.flush()
        session.add_all([login, handover])
        session.add(Confirmation(channel_id=channel.id, person_id=stays.id, on=LONG_AGO, result=RESULT))
        session.flush()
        session.add(Reading(credential_id=login.id, person_id=stays.id, revision=1, on=LONG_AGO))
    registry.back_up_automatically("daily")
    return gone, stays


def come_back(registry: Registry, person: Person) -> None:
    with registry.action(N_("Correct")) as session:
        session.get_one(Person, person.id).left_on = None


def left(registry: Registry) -> tuple[str, ...]:
    """Return of which kinds there is still something."""
    with registry.reading() as session:
        there = [one for one in (Reading, Handover) if session.scalars(select(one)).first()]
        names = session.scalars(select(Confirmation.person_id)).all()
    return (*(one.__name__ for one in there), *("Confirmation" for one in names if one is not None))


def test_whoever_came_back_keeps_the_name_and_the_outcome_tells_it(registry, people):
    begin(registry, plan_erasure(registry, TODAY).order())
    come_back(registry, people[0])
    counts = take_up_again(registry)
    assert counts is not None
    assert (counts["people"], counts["no_longer_due"]) == (0, 1)
    assert dropped_text(counts) == "1 entry was left out: since the preview it is no longer due."
    with registry.reading() as session:
        kept = session.get_one(Person, people[0].id)
        assert (kept.family_name, kept.erased_on) == ("Musterkoch", None)
    (backup,) = automatic_backups(registry.path)
    assert b"Musterkoch" in backup.read_bytes()


@pytest.mark.parametrize(("is_held", "stay"), [(True, ("Reading", "Handover", "Confirmation")), (False, ())])
def test_what_somebody_had_a_part_in_stays_while_a_running_case_keeps_it(registry, people, is_held, stay):
    begin(registry, plan_erasure(registry, TODAY).order())
    if is_held:
        with registry.action(N_("Hold")) as session:
            hold(session, people[1].id, until=date(2027, 1, 1), reason="Klage", today=TODAY)
    counts = take_up_again(registry)
    assert left(registry) == stay
    assert counts is not None
    assert (counts["people"], counts["no_longer_due"]) == (1, len(stay))


def test_a_period_that_was_lengthened_meanwhile_counts(registry, people):
    order = plan_erasure(registry, TODAY).order()
    with registry.action(N_("Change")) as session:
        change_setting(session, "retention-leavers.months", 240)
    begin(registry, order)
    assert carry_out(registry, order)["no_longer_due"] == 1


def test_whoever_comes_back_while_backups_are_rewritten_keeps_the_name(registry, people, monkeypatch):
    rewrite: Callable[..., object] = backups.rewrite

    def slowly(*task: object) -> None:
        rewrite(*task)
        come_back(registry, people[0])

    monkeypatch.setattr(backups, "rewrite", slowly)
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    assert carry_out(registry, order)["no_longer_due"] == 1
    with registry.reading() as session:
        assert session.get_one(Person, people[0].id).family_name == "Musterkoch"


def test_after_the_records_are_done_the_rest_goes_on_for_whoever_is_erased(registry, people, tmp_path, monkeypatch):
    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    begin(registry, plan_erasure(registry, TODAY).order())
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(carrying_out, "_tidy", killed)
        take_up_again(registry)
    late = registry.path.with_name("registratur-backups") / "registratur-20261123T120500000000Z-daily.kanal"
    late.write_bytes(b"Musterkoch")
    counts = take_up_again(registry)
    assert counts is not None
    assert (counts["people"], counts["no_longer_due"]) == (1, 0)
    assert leaks(tmp_path, ("Musterkoch",)) == []
