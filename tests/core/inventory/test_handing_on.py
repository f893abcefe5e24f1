"""What hangs on a person passes to another in one action, and comes back with one undo."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import BadInputError, ConflictError
from core.i18n import N_
from core.inventory import channels, people, responsibilities
from core.inventory.handing_on import HandOn, hand_on
from core.model import Access, AccessKind, Person, PlatformRole, Responsibility, ResponsibilityRole


@pytest.fixture
def made(registry, today):
    """Somebody with two channels and three accesses, and somebody who takes over."""
    with registry.action(N_("Prepare")) as session:
        giver = people.add_person(session, "Max Mustermann")
        taker = people.add_person(session, "Erika Mustermann")
        ids = {}
        for title in ("zoo", "stadt"):
            channel = channels.add_channel(session, f"x.com/{title}", title=title, today=today)
            session.flush()
            tie = responsibilities.assign(session, channel.id, giver.id, ResponsibilityRole.OWNER, since=None)
            access = Access(channel_id=channel.id, person_id=giver.id, platform_role=PlatformRole.ADMIN)
            session.add(access)
            session.flush()
            ids[title] = (channel.id, tie.id, access.id)
        shared = Access(channel_id=ids["zoo"][0], person_id=giver.id, kind=AccessKind.SHARED_LOGIN)
        session.add(shared)
        session.flush()
        return {"giver": giver.id, "taker": taker.id, "shared": shared.id, **ids}


def everything(made, on):
    ties, accesses = (tuple(made[title][place] for title in ("zoo", "stadt")) for place in (1, 2))
    return HandOn(made["giver"], made["taker"], on, ties, (*accesses, made["shared"]))


def held(session, model, person):
    return list(session.scalars(select(model).where(model.person_id == person)))


def carry_out(registry, wanted):
    with registry.action(N_("Hand on")) as session:
        hand_on(session, wanted, None)


def test_all_responsibilities_and_accesses_pass_on_one_day(registry, made, today):
    carry_out(registry, everything(made, today))
    with registry.reading() as session:
        assert {one.until for one in held(session, Responsibility, made["giver"])} == {today - timedelta(days=1)}
        assert {one.withdrawn_on for one in held(session, Access, made["giver"])} == {today}
        taken = held(session, Responsibility, made["taker"])
        assert {(one.channel_id, one.role, one.since) for one in taken} == {
            (made[title][0], ResponsibilityRole.OWNER, today) for title in ("zoo", "stadt")
        }
        assert len(held(session, Access, made["taker"])) == 3


def test_one_undo_takes_it_all_back(registry, made, today):
    carry_out(registry, everything(made, today))
    registry.undo()
    with registry.reading() as session:
        assert held(session, Responsibility, made["taker"]) == held(session, Access, made["taker"]) == []
        assert {one.until for one in held(session, Responsibility, made["giver"])} == {None}
        assert {one.withdrawn_on for one in held(session, Access, made["giver"])} == {None}


def test_only_what_was_chosen_passes(registry, made, today):
    carry_out(registry, HandOn(made["giver"], made["taker"], today, (made["zoo"][1],), ()))
    with registry.reading() as session:
        assert [one.channel_id for one in held(session, Responsibility, made["taker"])] == [made["zoo"][0]]
        assert held(session, Access, made["taker"]) == []


def test_an_access_that_the_other_has_already_is_not_granted_twice(registry, made, today):
    with registry.action(N_("Prepare")) as session:
        session.add(
            Access(channel_id=made["zoo"][0], person_id=made["taker"], platform_role=PlatformRole.ADMIN),
        )
    carry_out(registry, HandOn(made["giver"], made["taker"], today, (), (made["zoo"][2],)))
    with registry.reading() as session:
        assert len(held(session, Access, made["taker"])) == 1


@pytest.mark.parametrize("wrong", ["self", "nothing", "left"])
def test_what_cannot_be_is_refused_and_nothing_changes(registry, made, today, wrong):
    wanted = everything(made, today)
    if wrong == "self":
        wanted = HandOn(made["giver"], made["giver"], today, wanted.responsibilities)
    elif wrong == "nothing":
        wanted = HandOn(made["giver"], made["taker"], today)
    else:
        with registry.action(N_("Leave")) as session:
            people.mark_left(session.get_one(Person, made["taker"]), today - timedelta(days=3), today=today)
    with pytest.raises(BadInputError):
        carry_out(registry, wanted)
    with registry.reading() as session:
        assert {one.until for one in held(session, Responsibility, made["giver"])} == {None}


def test_what_somebody_else_changed_meanwhile_is_refused(registry, made, today):
    with registry.action(N_("End")) as session:
        session.delete(session.get_one(Responsibility, made["zoo"][1]))
    with pytest.raises(ConflictError):
        carry_out(registry, everything(made, today))
