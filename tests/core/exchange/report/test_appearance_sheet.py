"""The sheet of the appearance: what was shown where on the report's day, for whose eyes, and the same again later."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.exchange.report.making import make_report
from core.i18n import N_
from core.inventory.assets.consents import withdraw
from core.inventory.assets.places_to_clean import places, tick_off
from core.inventory.assets.versions import KeptFile, issue_version
from core.model import Asset, AssetKind, Consent, Placement
from core.registry import Registry
from tests.core.exchange.report.workbooks import load, midnight, table, texts
from tests.core.inventory.assets.asset_records import (
    LONG_AGO,
    make_asset,
    make_consent,
    make_portrait,
    make_use,
    make_version,
)
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")
EDIT = N_("Edit")
END = date(2026, 10, 5)
SUMMER = date(2026, 7, 1)
LATE = date(2026, 10, 9)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12)).astimezone()


@pytest.fixture
def shown(registry: Registry) -> Registry:
    """Since summer a coat of arms on two channels, and a portrait by a photographer on a third."""
    registry.today = lambda: SUMMER
    mayor = make_person(function="Bürgermeisterin")
    arms, portrait = make_asset(title="Wappen"), make_portrait(mayor, rights_holder="Foto Musterfrau")
    drawn, taken = make_version(arms), make_version(portrait, sha256="b" * 64)
    pages = [make_channel(handle=f"stadt{letter}", title=f"Stadt {letter}") for letter in "ABC"]
    with registry.action(EDIT, now=noon(SUMMER)) as session:
        session.add_all([mayor, arms, portrait, drawn, taken, *pages])
        session.flush()
        session.add_all([make_use(drawn, pages[0]), make_use(drawn, pages[1], placement=Placement.COVER)])
        session.add_all([make_use(taken, pages[2]), make_consent(portrait, until=date(2026, 12, 31))])
    return registry


def sheet(
    registry: Registry, folder: Path, reader: str = "internal", quarter: str = "2026Q3", today: date = END
) -> list[dict[str, Any]]:
    registry.today = lambda: today
    made = make_report(registry, quarter, folder / f"{reader}-{today}.xlsx", reader=reader, today=today)
    return table(made.path, "Appearance")


def test_the_team_reads_what_is_shown_where(shown: Registry, tmp_path: Path):
    first, second, third = sheet(shown, tmp_path)
    assert first == {
        "Asset": "Wappen",
        "Kind": "Coat of arms",
        "Variant": "in colour",
        "Version": 1,
        "Channel": "Stadt A (Facebook)",
        "Placement": "Avatar",
        "Since": midnight(2026, 1, 5),
        "Outdated since": None,
        "Consent": None,
        "Consent until": None,
        "Rights holder": None,
        "Licence until": None,
        "Approved on": midnight(2026, 1, 5),
        "Entered later on": None,
    }
    assert (second["Channel"], second["Placement"]) == ("Stadt B (Facebook)", "Cover picture")
    assert (third["Asset"], third["Consent"], third["Consent until"], third["Rights holder"]) == (
        "Erika Mustermann 2026",
        "given",
        midnight(2026, 12, 31),
        "Foto Musterfrau",
    )


def test_the_committee_reads_functions_in_the_place_of_names(shown: Registry, tmp_path: Path):
    third = sheet(shown, tmp_path, "committee")[2]
    assert (third["Asset"], third["Kind"]) == ("Portrait: Bürgermeisterin", "Portrait")
    assert "Rights holder" not in third
    told = " ".join(texts(tmp_path / f"committee-{END}.xlsx"))
    assert not [word for word in ("Mustermann", "Musterfrau") if word in told]


def test_the_public_does_not_get_the_sheet(shown: Registry, tmp_path: Path):
    made = make_report(shown, "2026Q3", tmp_path / "public.xlsx", reader="public", today=END)
    assert "Appearance" not in load(made.path).sheetnames


def test_without_anything_shown_there_is_no_sheet(registry: Registry, tmp_path: Path):
    made = make_report(registry, "2026Q3", tmp_path / "r.xlsx", reader="internal", today=END)
    assert "Appearance" not in load(made.path).sheetnames


def change_everything(registry: Registry, day: date) -> None:
    """Issue a new coat of arms, withdraw the consent, clean all places, and rename."""
    registry.today = lambda: day
    with registry.action(EDIT, now=noon(day)) as session:
        arms = session.scalars(select(Asset).where(Asset.kind == AssetKind.COAT_OF_ARMS)).one()
        arms.title, arms.retired_on = "Altes Wappen", None
        issue_version(session, arms.id, KeptFile("c" * 64, "neu.png", "image/png", 9), issued_on=day)
        withdraw(session, session.scalars(select(Consent)).one().id, day)
    with registry.action(EDIT, now=noon(day)) as session:
        for place in places(session, day):
            tick_off(session, place.use_id, day, None)


def test_made_again_a_report_of_a_past_quarter_says_the_same(shown: Registry, tmp_path: Path):
    in_time = sheet(shown, tmp_path)
    change_everything(shown, LATE)
    later = date(2026, 11, 20)
    assert sheet(shown, tmp_path, today=later) == in_time
    now = sheet(shown, tmp_path, quarter="2026Q4", today=later)
    assert [(row["Asset"], row["Version"], row["Approved on"]) for row in now] == [("Altes Wappen", 2, None)] * 2


def test_two_reports_of_one_state_are_the_same_bytes(shown: Registry, tmp_path: Path):
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    shown.today = lambda: END
    for path in paths:
        make_report(shown, "2026Q3", path, reader="internal", today=END)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_what_is_entered_late_is_marked_and_corrected(shown: Registry, tmp_path: Path):
    sheet(shown, tmp_path)
    shown.today = lambda: LATE
    with shown.action(EDIT, now=noon(LATE)) as session:
        portrait = session.scalars(select(Asset).where(Asset.kind == AssetKind.PORTRAIT)).one()
        session.scalars(select(Consent)).one().until = date(2026, 8, 31)
        version = make_version(portrait, sha256="d" * 64)
        channel = make_channel(handle="stadtd", title="Stadt D", opened_on="2026-01")
        session.add_all([version, channel])
        session.flush()
        session.add(make_use(version, channel, since=LONG_AGO))
    made = make_report(shown, "2026Q3", tmp_path / "late.xlsx", reader="internal", today=date(2026, 10, 20))
    late = [row for row in table(made.path, "Appearance") if row["Entered later on"] is not None]
    assert [row["Channel"] for row in late] == ["Stadt D (Facebook)"]
    corrected = {(row["Concerns"], row["What"]): row["Now"] for row in table(made.path, "Corrections")}
    assert corrected["Erika Mustermann 2026", "Consent"] == "withdrawn or ended"
    assert corrected["Erika Mustermann 2026", "Appearance"] == "in the report"
