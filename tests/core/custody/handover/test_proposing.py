"""What hangs on a person, and the lightest way for each thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.custody.handover import proposing
from core.custody.handover.proposing import Suggestion, proposed, told_items
from core.custody.handover.ways import way_of_login
from core.model import Access, CredentialKind, ItemKind, KeptIn, Occasion, PlatformRole, ResponsibilityRole, Way
from tests.core.custody.keeping_records import make_copy, make_login, make_reading, make_store, shared_login, tied
from tests.core.governance.raising import YESTERDAY
from tests.factories import TODAY, make_channel, make_owner, make_person
from tests.memory import records_in_memory

KIND, LEAVING = CredentialKind, Occasion.LEAVING


@pytest.mark.parametrize(
    ("values", "held", "occasion", "way"),
    [
        ({}, True, LEAVING, Way.SEALED),
        ({}, False, LEAVING, Way.RESET),
        ({"recovery_mail": "presse@musterstadt.example"}, True, LEAVING, Way.RESET),
        ({"recovery_phone": "02841 000"}, True, LEAVING, Way.RESET),
        ({"recovery_of_office": True}, True, LEAVING, Way.RESET),
        ({"recovery_of_office": False}, True, LEAVING, Way.SEALED),
        ({"recovery_of_office": False}, False, LEAVING, Way.RESET),
        ({"kind": KIND.TOTP}, True, LEAVING, Way.SEALED),
        ({"kind": KIND.TOTP}, False, LEAVING, Way.RESET),
        ({"kind": KIND.RECOVERY_CODES}, True, LEAVING, Way.SEALED),
        ({"kind": KIND.API_TOKEN}, True, Occasion.DUTIES, Way.SEALED),
        ({"kind": KIND.MAILBOX}, True, LEAVING, Way.SEALED),
        ({"kind": KIND.MAILBOX}, False, LEAVING, Way.RESET),
        ({"kind": KIND.MAILBOX, "recovery_of_office": True}, True, LEAVING, Way.RESET),
        ({"kind": KIND.SIM, "kept_in": KeptIn.DEVICE}, False, LEAVING, Way.DUTY),
        ({"kept_in": KeptIn.ENVELOPE}, False, LEAVING, Way.DUTY),
        ({"kept_in": KeptIn.OTHER_MANAGER}, False, Occasion.COVER, Way.DUTY),
        ({}, True, Occasion.COVER, Way.COPY),
        ({}, False, Occasion.COVER, None),
        ({}, True, Occasion.MOVE, Way.MOVE),
    ],
)
def test_the_lightest_way_of_a_login(values, held, occasion, way):
    found = way_of_login(make_login(**values), [make_channel()], occasion, held=held)
    assert found.way is way
    assert found.reason.endswith((".", "!"))
    assert "{" not in found.reason
    assert found.ways[:1] == ((way,) if way else ())


@pytest.mark.usefixtures("in_english")
def test_without_a_recovery_address_the_reason_says_when_a_reset_becomes_lighter():
    found = way_of_login(make_login(), [make_channel()], LEAVING, held=True)
    assert found.reason.startswith("No recovery address is entered")
    assert "once an address of the office is entered" in found.reason


def test_each_way_that_can_be_chosen_has_a_reason_of_its_own():
    for values in ({}, {"recovery_of_office": True}, {"kind": KIND.TOTP}, {"kind": KIND.MAILBOX}):
        found = way_of_login(make_login(**values), [make_channel()], LEAVING, held=True)
        reasons = {found.reason, *dict(found.instead).values()}
        assert set(found.ways[1:]) == set(dict(found.instead))
        assert len(reasons) == len(found.ways) == 2


@pytest.fixture
def session():
    """Erika runs a channel; Max is there, too."""
    with records_in_memory() as one:
        yield one


def hanging(session, occasion=LEAVING):
    """What is proposed for Erika, by label and way."""
    erika, max_, channel = make_person(), make_person(given_name="Max"), make_channel()
    logins = {name: make_login(label=name) for name in ("Kopie", "Gelesen", "Geteilt", "Fremd", "Abgelegt")}
    device = make_login(label="Telefon", kind=KIND.SIM, kept_in=KeptIn.DEVICE, holder_id=erika.id)
    logins["Abgelegt"].retired_on = YESTERDAY
    hers, his = make_store(erika), make_store(max_)
    role = Access(channel_id=channel.id, person_id=erika.id, platform_role=PlatformRole.ADMIN)
    over = Access(channel_id=channel.id, person_id=erika.id, withdrawn_on=TODAY)
    session.add_all([erika, max_, channel, *logins.values(), device, hers, his, role, over])
    session.add_all([make_copy(logins["Kopie"], hers), make_copy(logins["Fremd"], his)])
    session.add_all([make_copy(logins["Abgelegt"], hers), make_reading(logins["Gelesen"], erika)])
    session.add_all([shared_login(channel, erika), *tied(logins["Geteilt"], channel), make_owner(channel, erika)])
    session.add(make_owner(channel, erika, role=ResponsibilityRole.DEPUTY, until=YESTERDAY))
    session.flush()
    return proposed(session, erika.id, occasion, TODAY)


def test_what_hangs_on_somebody_who_leaves(session):
    found = [(one.kind, one.label.split(":")[0], one.way) for one in hanging(session)]
    assert found == [
        (ItemKind.CREDENTIAL, "Gelesen", Way.RESET),
        (ItemKind.CREDENTIAL, "Geteilt", Way.RESET),
        (ItemKind.CREDENTIAL, "Kopie", Way.SEALED),
        (ItemKind.CREDENTIAL, "Telefon", Way.DUTY),
        (ItemKind.ACCESS, "Stadt Moers (Facebook)", Way.ROLE),
        (ItemKind.RESPONSIBILITY, found[-1][1], Way.DUTY),
    ]


@pytest.mark.usefixtures("in_english")
def test_a_login_beside_a_role_on_the_same_channel_says_that_the_role_may_be_enough(session):
    told = {one.label: one.why() for one in hanging(session) if one.kind is ItemKind.CREDENTIAL}
    hint = "Perhaps the role on the platform, which stands below, is enough for the successor."
    assert [label for label, why in told.items() if why.endswith(hint)] == ["Geteilt"]


def test_for_a_holiday_copies_and_duties_go_along_and_roles_are_given_there(session):
    found = {(one.kind, one.way) for one in hanging(session, Occasion.COVER)}
    assert found == {
        (ItemKind.CREDENTIAL, Way.COPY),
        (ItemKind.CREDENTIAL, Way.DUTY),
        (ItemKind.CREDENTIAL, None),
        (ItemKind.ACCESS, None),
        (ItemKind.RESPONSIBILITY, Way.DUTY),
    }


def test_only_what_the_keyring_keeps_moves_to_another_computer(session):
    assert [(one.label, one.way) for one in hanging(session, Occasion.MOVE)] == [("Kopie", Way.MOVE)]


def test_what_is_chosen_gets_its_facts(session):
    suggestions = [one for one in hanging(session) if one.way is not None]
    items = told_items(session, [one.item() for one in suggestions])
    assert [(one.kind, one.id, one.way) for one in items] == [(one.kind, one.id, one.way) for one in suggestions]
    assert all(one.facts for one in items)


def test_later_capabilities_add_what_they_know_of(session, monkeypatch):
    erika = make_person()
    session.add(erika)

    def more(wish) -> Iterator[Suggestion]:
        yield Suggestion(ItemKind.RESPONSIBILITY, wish.person_id, "Wappen", Way.DUTY, "Weil.", (Way.DUTY,))

    monkeypatch.setattr(proposing, "SOURCES", [*proposing.SOURCES, more])
    session.flush()
    assert [one.label for one in proposed(session, erika.id, LEAVING, TODAY)] == ["Wappen"]
