"""The sheet of custody: who keeps which login for whose eyes, and never a secret."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.report.making import make_report
from core.model import (
    Access,
    AccessKind,
    Credential,
    CredentialKind,
    Custody,
    CustodyEnd,
    KeptIn,
    Person,
    SecondFactor,
    Store,
)
from core.registry import Registry
from core.settings import change_setting
from tests.core.custody.keeping_records import make_copy, make_login, make_rotation, make_store, tied
from tests.core.exchange.report.workbooks import load, midnight, table, texts
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def kept(registry: Registry, today: date, now: datetime) -> Registry:
    """A password that Erika and Max keep, Erika having left, and a SIM card in a drawer."""
    registry.today, registry.now = lambda: today, lambda: now
    erika = make_person(function="Redaktion", left_on=date(2026, 11, 20))
    max_ = make_person(given_name="Max", function="Redaktion")
    channel, hers, his = make_channel(), make_store(erika), make_store(max_)
    login = make_login(login_name="stadt.musterstadt", second_factor=SecondFactor.APP, recovery_of_office=False)
    card = make_login(
        label="Handy", kind=CredentialKind.SIM, kept_in=KeptIn.DEVICE, holder_id=max_.id, place="Raum 114", revision=0
    )
    gone = make_login(label="Alt", retired_on=today)
    with registry.action("fill") as session:
        session.add_all([erika, max_, channel, hers, his, login, card, gone])
        session.flush()
        session.add_all([*tied(login, channel), make_copy(login, hers), make_copy(login, his)])
        session.add(Access(channel_id=channel.id, person_id=max_.id, kind=AccessKind.SHARED_LOGIN, reason="Dienst"))
    return registry


def sheet(registry: Registry, folder: Path, reader: str, today: date) -> list[dict[str, Any]]:
    made = make_report(registry, "2026Q4", folder / f"{reader}.xlsx", reader=reader, today=today)
    return table(made.path, "Custody")


def test_the_team_reads_who_keeps_what_and_what_is_owed(kept: Registry, tmp_path: Path, today: date):
    card, login = sheet(kept, tmp_path, "internal", today)
    assert login == {
        "Login": "Stadtseite",
        "Kind": "Password",
        "Login name": "stadt.musterstadt",
        "Channels": "Stadt Moers (Facebook)",
        "Kept in": "keyring of the operating system",
        "Revision": 2,
        "Last changed": midnight(2025, 1, 7),
        "Keepers": 2,
        "Kept by": "Erika Mustermann; Max Mustermann",
        "Second factor": "code of an app",
        "Recovery belongs to the office": "no",
        "Last seen": midnight(2026, 11, 2),
        "To be changed since": midnight(2026, 11, 21),
    }
    assert (card["Login"], card["Kept by"], card["Recovery belongs to the office"]) == (
        "Handy",
        "Max Mustermann",
        "unknown",
    )


def test_the_committee_reads_figures_by_platform_and_kind(kept: Registry, tmp_path: Path, today: date):
    figures = "Logins", "With a second factor", "Kept by two or more", "To be changed"
    rows = sheet(kept, tmp_path, "committee", today)
    assert [tuple(row.values()) for row in rows] == [
        ("Facebook", "Password", 1, 1, 1, 1),
        ("no channel", "SIM card", 1, 0, 0, 0),
    ]
    assert tuple(rows[0])[2:] == figures
    told = " ".join(texts(tmp_path / "committee.xlsx"))
    assert not [word for word in ("Mustermann", "stadt.musterstadt", "Raum 114") if word in told]


@pytest.mark.parametrize(("rotated", "due"), [(date(2026, 11, 1), 0), (date(2026, 8, 1), 1)])
def test_a_login_is_due_after_its_days(kept: Registry, tmp_path: Path, today: date, rotated: date, due: int):
    with kept.action("Interval") as session:
        card = session.scalars(select(Credential).where(Credential.label == "Handy")).one()
        card.rotation_days, card.rotated_on = 90, rotated
    assert sheet(kept, tmp_path, "committee", today)[1]["To be changed"] == due


def test_the_committee_reads_of_no_login_what_it_lacks(kept: Registry, tmp_path: Path, today: date):
    with kept.action("Weaken") as session:
        change_setting(session, "rules.stage", 4)
        session.scalars(select(Credential).where(Credential.label == "Stadtseite")).one().second_factor = None
    sheet(kept, tmp_path, "committee", today)
    sheet(kept, tmp_path, "internal", today)
    concerned = {
        reader: {row["Concerns"] for row in table(tmp_path / f"{reader}.xlsx", "Findings")}
        for reader in ("internal", "committee")
    }
    assert "Stadtseite" in concerned["internal"]
    assert "A login" in concerned["committee"]
    assert not [one for one in texts(tmp_path / "committee.xlsx") if "Stadtseite" in one]


def test_the_public_reads_nothing_of_it(kept: Registry, tmp_path: Path, today: date):
    made = make_report(kept, "2026Q4", tmp_path / "public.xlsx", reader="public", today=today)
    assert "Custody" not in load(made.path).sheetnames
    assert "Stadtseite" not in " ".join(texts(made.path))


def test_without_logins_there_is_no_such_sheet(registry: Registry, tmp_path: Path, today: date):
    made = make_report(registry, "2026Q4", tmp_path / "empty.xlsx", today=today)
    assert "Custody" not in load(made.path).sheetnames


def test_the_sheet_tells_how_it_was_on_the_day_of_the_report(kept: Registry, tmp_path: Path, today: date):
    later = today + timedelta(days=60)
    kept.today = lambda: later
    made = make_report(kept, "2026Q4", tmp_path / "later.xlsx", reader="internal", today=later)
    assert [row["To be changed since"] for row in table(made.path, "Custody")][-1] == midnight(2026, 11, 21)


@pytest.fixture
def changed(registry: Registry, today: date) -> Registry:
    """A password that Max changed in November; until then Erika kept it, who gave her copy back then."""
    registry.today = lambda: today
    erika, max_, channel = make_person(function="Redaktion"), make_person(given_name="Max"), make_channel()
    hers, his, login = make_store(erika), make_store(max_), make_login(revision=1)
    with registry.action("fill", now=datetime(2026, 1, 5, 12).astimezone()) as session:
        session.add_all([erika, max_, channel, hers, his, login])
        session.flush()
        session.add_all([*tied(login, channel), make_copy(login, hers, last_seen_on=date(2026, 1, 5))])
        session.add(make_rotation(login, 1, date(2026, 1, 5)))
    return registry


def change_it(registry: Registry, now: datetime) -> None:
    with registry.action("change", now=now) as session:
        login, his = session.scalars(select(Credential)).one(), _store_of(session, "Max")
        for copy in session.scalars(select(Custody)):
            copy.until, copy.ended, copy.last_seen_on = now.date(), CustodyEnd.REPLACED, now.date()
        login.revision, login.rotated_on, login.label = 2, now.date(), "Neu"
        session.add_all([make_rotation(login, 2, now.date()), make_copy(login, his, since=now.date())])


def _store_of(session: Session, given: str) -> Store:
    return session.scalars(
        select(Store).join(Person, Person.id == Store.person_id).where(Person.given_name == given)
    ).one()


def in_the_third_quarter(registry: Registry, folder: Path, today: date) -> Path:
    path = folder / f"{today}.xlsx"
    return make_report(registry, "2026Q3", path, reader="internal", today=today).path


def test_a_past_quarter_shows_the_secret_that_was_in_force_and_who_kept_it(
    changed: Registry, tmp_path: Path, today: date
):
    change_it(changed, datetime(2026, 11, 3, 12).astimezone())
    [then] = table(in_the_third_quarter(changed, tmp_path, today), "Custody")
    [now] = sheet(changed, tmp_path, "internal", today)
    shown = ("Login", "Revision", "Last changed", "Keepers", "Kept by", "Last seen")
    assert [then[key] for key in shown] == [
        *("Stadtseite", 1, midnight(2025, 1, 7), 1, "Erika Mustermann", midnight(2026, 1, 5))
    ]
    assert [now[key] for key in shown] == [
        *("Neu", 2, midnight(2026, 11, 3), 1, "Max Mustermann", midnight(2026, 11, 2))
    ]


def test_what_happened_to_a_login_after_the_quarter_corrects_nothing(changed: Registry, tmp_path: Path, today: date):
    in_the_third_quarter(changed, tmp_path, date(2026, 10, 5))
    change_it(changed, datetime(2026, 11, 3, 12).astimezone())
    assert "Corrections" not in load(in_the_third_quarter(changed, tmp_path, today)).sheetnames


def test_a_change_that_was_entered_late_is_a_correction(changed: Registry, tmp_path: Path, today: date):
    in_the_third_quarter(changed, tmp_path, date(2026, 10, 5))
    with changed.action("late", now=datetime(2026, 11, 3, 12).astimezone()) as session:
        login = session.scalars(select(Credential)).one()
        login.revision, login.rotated_on = 2, date(2026, 9, 10)
        session.add(make_rotation(login, 2, date(2026, 9, 10)))
        session.add(make_copy(login, _store_of(session, "Max"), since=date(2026, 9, 10), last_seen_on=None))
    told = [tuple(row.values()) for row in table(in_the_third_quarter(changed, tmp_path, today), "Corrections")]
    assert [row for row in told if row[0] == "Stadtseite" and row[1] not in {"Only one holder", "rotation done"}] == [
        ("Stadtseite", "Kept by", "Erika Mustermann", "Max Mustermann"),
        ("Stadtseite", "Last changed", midnight(2025, 1, 7), midnight(2026, 9, 10)),
        ("Stadtseite", "Last seen", midnight(2026, 1, 5), midnight(2026, 9, 10)),
        ("Stadtseite", "Revision", 1, 2),
    ]
