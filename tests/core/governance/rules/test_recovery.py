"""Whether a login has a second factor, and a way back that belongs to the office."""

from __future__ import annotations

from datetime import date

import pytest

from core.governance.findings import evidence_sentence
from core.governance.rules.recovery import mail_domains
from core.model import CredentialKind, SecondFactor, Severity
from tests.core.custody.keeping_records import make_login, tied
from tests.core.governance.raising import found
from tests.factories import TODAY, make_channel

KIND = CredentialKind


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({}, True),
        ({"kind": KIND.MAILBOX}, True),
        ({"second_factor": SecondFactor.NONE}, True),
        ({"second_factor": SecondFactor.APP}, False),
        ({"kind": KIND.API_TOKEN}, False),
        ({"kind": KIND.TOTP}, False),
        ({"retired_on": TODAY}, False),
    ],
)
def test_what_opens_with_a_password_alone_needs_more(values, raised):
    assert [one.severity for one in found("no-second-factor", make_login(**values))] == [Severity.WARNING] * raised


@pytest.mark.parametrize("kind", list(KIND))
@pytest.mark.parametrize("shares", [True, False])
def test_a_second_factor_may_be_kept_as_a_login_of_its_own(kind, shares):
    login, factor = make_login(), make_login(kind=kind, second_factor=SecondFactor.APP)
    here, there = make_channel(), make_channel(handle="hafen")
    ties = [*tied(login, here), *tied(factor, here if shares else there)]
    raised = found("no-second-factor", login, factor, here, there, *ties)
    counts = kind in {KIND.TOTP, KIND.DEVICE, KIND.SIM, KIND.RECOVERY_CODES}
    assert bool(raised) is not (shares and counts)


def test_one_that_is_retired_protects_nothing_any_more():
    login, factor, here = make_login(), make_login(kind=KIND.TOTP, retired_on=TODAY), make_channel()
    assert found("no-second-factor", login, factor, here, *tied(login, here), *tied(factor, here))


@pytest.mark.parametrize(
    ("of_office", "mail", "domains", "raised"),
    [
        (None, None, "", None),
        (False, None, "", "private"),
        (False, "presse@stadt.example", "stadt.example", "private"),
        (True, None, "stadt.example", None),
        (None, "erika@privat.example", "", None),
        (None, "erika@privat.example", "stadt.example", "mail"),
        (True, "erika@privat.example", "stadt.example", "mail"),
        (None, "Presse@Stadt.Example ", "werke.example, @stadt.example.", None),
        (None, "amt@presse.stadt.example", "stadt.example", None),
        (None, "amt@altstadt.example", "stadt.example", "mail"),
        (None, "presse", "stadt.example", "mail"),
    ],
)
def test_the_way_back_belongs_to_the_office(of_office, mail, domains, raised):
    login = make_login(recovery_of_office=of_office, recovery_mail=mail)
    settings = {"office__mail_domains": domains} if domains else {}
    found_now = found("private-recovery", login, **settings)
    assert [one.evidence["recovery"] for one in found_now] == ([raised] if raised else [])
    assert all(one.since == date(2026, 1, 5) and evidence_sentence(one.rule, one.evidence) for one in found_now)


@pytest.mark.parametrize(
    ("text", "domains"), [("", set()), (" , ;", set()), ("a.example; @B.example", {"a.example", "b.example"})]
)
def test_mail_domains_are_read_as_people_write_them(text, domains):
    assert mail_domains(text) == domains
