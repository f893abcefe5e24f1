"""Erika leaves with five logins; on the real window Max finds exactly what has to be changed, and changes it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.custody import keeping, rotating
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.i18n import show_date
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.inventory.people import mark_left
from core.model import Access, AccessKind, CredentialKind, Person
from core.registry import Registry, open_registry
from core.settings import change_setting
from tests.factories import make_channel
from tests.parts.keyrings import Keyrings
from tests.parts.screen import Screen
from tests.sources import ROOT

OLD, NEW = Secret("altes Geheimnis ä"), Secret("neues Geheimnis ö")
TODAY = date.today()  # noqa: DTZ011 - the window plays today


@dataclass
class Desks:
    """Two workstations, each with a home, a keyring and a person of its own."""

    registry: Path
    rings: dict[str, str]
    homes: Path
    monkeypatch: pytest.MonkeyPatch

    def places(self, name: str) -> dict[str, str]:
        """Return the environment of a person's desk."""
        kinds = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
        return {kind: str(self.homes / name / kind) for kind in kinds} | {"DBUS_SESSION_BUS_ADDRESS": self.rings[name]}

    def sit_down(self, name: str) -> Custodian:
        """Work as one of them from now on."""
        for place, value in self.places(name).items():
            self.monkeypatch.setenv(place, value)
        theirs = open_registry(self.registry)
        if theirs.me() is None:
            with theirs.action("bind") as session:
                bind(session, theirs.store_id, name, TODAY)
        return Custodian(theirs, open_vault(theirs.id), TODAY)


@pytest.fixture
def desks(registry: Registry, keyrings: Keyrings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desks:
    rings = {name: keyrings().address for name in ("Erika Mustermann", "Max Mustermann")}
    return Desks(registry.path, rings, tmp_path / "homes", monkeypatch)


def logins_of(custodian: Custodian) -> tuple[dict[str, UUID], UUID]:
    """Add five logins, and the channel whose login is shared."""
    with custodian.registry.action("fill") as session:
        change_setting(session, "rules.stage", 4)
        channel = make_channel()
        session.add(channel)
        session.flush()
        tied = {"Chor": (channel.id,)}
        made = {
            label: add_credential(session, NewCredential(CredentialKind.PASSWORD, label, tied.get(label, ()))).id
            for label in ("Amt", "Bad", "Chor", "Dom", "Zoo")
        }
        return made, channel.id


def prepare(desks: Desks) -> UUID:
    """Let Erika and Max work as they do, and Erika leave; return who she is."""
    erika = desks.sit_down("Erika Mustermann")
    logins, channel = logins_of(erika)
    for label in ("Amt", "Bad", "Dom", "Zoo"):
        keeping.store_secret(erika, logins[label], OLD)
    with erika.registry.action("share") as session:
        session.add(
            Access(channel_id=channel, person_id=erika.person_id, kind=AccessKind.SHARED_LOGIN, reason="Bereitschaft")
        )
    max_ = desks.sit_down("Max Mustermann")
    for label in ("Amt", "Bad", "Dom"):
        keeping.keep_copy(max_, logins[label], OLD)
    keeping.store_secret(max_, logins["Chor"], OLD)
    earlier = replace(max_, today=TODAY - timedelta(days=10))
    rotating.begin_rotation(earlier, logins["Bad"], NEW)
    rotating.confirm_rotation(earlier, logins["Bad"])
    with max_.registry.action("leave") as session:
        mark_left(session.get_one(Person, erika.person_id), TODAY - timedelta(days=1), today=TODAY)
    for custodian in (erika, max_):
        assert isinstance(custodian.registry, Registry)
        custodian.registry.close()
    return erika.person_id


def test_a_staff_change_on_the_window_ends_with_an_empty_list_and_the_evidence(
    desks: Desks, screen: Screen, in_english: None
):
    her_id = prepare(desks)
    walked = subprocess.run(
        [sys.executable, "-m", "tests.journeys.staff_change", str(desks.registry), str(her_id)],
        cwd=ROOT,
        env=screen.environment() | desks.places("Max Mustermann"),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    told = json.loads(walked.stdout)

    def titles(when: str, what: str) -> list[str]:
        return [title for title, _below in told[when].get(what, [])]

    assert sorted(told["findings"]) == ["Amt", "Chor", "Dom", "Zoo"], "nobody has to change what she never read"
    owed = "To be changed, the most urgent first"
    assert titles("before", owed) == ["Zoo", "Amt", "Chor", "Dom"]
    assert "nobody else gets in" in told["before"][owed][0][1]
    assert told["left"] == [["Amt", "Chor", "Dom"], ["Chor", "Dom"], ["Dom"], []]
    assert owed not in told["after"]
    assert titles("after", "Changed since") == ["Amt", "Chor", "Dom", "Zoo"]
    by = f"on {show_date(TODAY)} by Max Mustermann"
    assert {below for _title, below in told["after"]["Changed since"]} == {by}
    assert told["findings after"] == []
