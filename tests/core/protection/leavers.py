"""A registry in which thirty people are named in every place that can hold a name; the time of ten of them has come.

Six words stand for each of the ten, none of which is anywhere else: whoever finds one after the erasure has found a
leak. The other twenty must not lose anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from platformdirs import user_cache_path, user_config_path, user_state_path
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.report.making import make_report
from core.i18n import N_
from core.inventory.assets.library import shelf_of
from core.model import (
    Act,
    Asset,
    AssetKind,
    AssetVersion,
    Channel,
    ChannelKind,
    ChannelState,
    Consent,
    ConsentMedium,
    FormerHandle,
    Handover,
    HandoverStatement,
    Occasion,
    Person,
    SecretUse,
)
from core.registry import Registry, open_registry
from core.settings import change_setting
from core.storage import companions
from core.workstation import PROGRAM
from tests.core.protection.canaries import home_in
from tests.core.protection.written_about import LATELY, LONG_AGO, Planted, about, instant
from tests.factories import make_channel, make_owner, make_person, make_unit
from tests.founding import new_registry

TODAY = date(2026, 11, 23)
WITHDRAWN = "Widerrufsbild"
"""Stands in the picture, and in its name, to which somebody who stays does not agree any more."""
PEOPLE, DUE = 30, 10
QUARTERS = ("2026Q2", "2026Q3")
REGISTRY = "registratur.kanal"


@dataclass(frozen=True, slots=True)
class City:
    """The registry, and whom it names."""

    path: Path
    due: tuple[Planted, ...]
    stay: tuple[Planted, ...]
    figures: dict[str, object]
    """Of the reports for the committee that were made before anybody was erased, by quarter."""

    @property
    def canaries(self) -> tuple[str, ...]:
        return tuple(canary for one in self.due for canary in one.canaries)


def plant(registry: Registry, people: int = PEOPLE, due: int = DUE, quarters: Sequence[str] = QUARTERS) -> City:
    """Fill a registry: people, what they did, what was written about them, reports, backups and what lies around."""
    planted = _people(registry, people, due)
    _settings(registry)
    _records(registry, planted)
    registry.back_up_automatically("daily")  # From before they had their present names.
    _marriages(registry, planted)
    _handover_long_ago(registry, planted[0], planted[-1])
    _reasons(registry, planted)
    _withdrawn(registry, planted[-1])
    figures = {quarter: _reports(registry, quarter) for quarter in quarters}
    registry.back_up_automatically("upgrade")
    _around(registry, planted[0])
    return City(registry.path, tuple(planted[:due]), tuple(planted[due:]), figures)


def plant_in(folder: Path, people: int = PEOPLE, due: int = DUE, quarters: Sequence[str] = QUARTERS) -> City:
    """Plant the city in a folder that is to be copied, with everything that the workstation keeps."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in home_in(folder).items():
            patch.setenv(name, value)
        new_registry(folder / REGISTRY).close()
        registry = open_registry(folder / REGISTRY, today=lambda: TODAY)
        try:
            return plant(registry, people, due, quarters)
        finally:
            registry.close()


def _people(registry: Registry, people: int, due: int) -> list[Planted]:
    with registry.action(N_("Add person")) as session:
        made = [_person(number, gone=number < due) for number in range(people)]
        session.add_all(person for person, _planted in made)
    return [planted for _person, planted in made]


def _person(number: int, *, gone: bool) -> tuple[Person, Planted]:
    letter = "bcdfghklmnprstvwxz"[number // 6] + "aeiouy"[number % 6]
    given, family, former = f"Kanaria{letter}", f"Mustersang{letter}", f"Musterklang{letter}"
    mail, phone = f"{given}.{family}@stadt.example".lower(), f"02841 2019{number:02}7"
    person = make_person(
        given_name=given,
        family_name=former,
        name_title="Dr.",
        function="Redaktion",
        email=mail,
        phone=phone,
        notes=f"{given} {family} ist gut zu erreichen",
        left_on=LONG_AGO if gone else (LATELY if number % 3 == 0 else None),
    )
    return person, Planted(person.id, given, family, former, mail, phone, f"profil-{given}-privat")


def _settings(registry: Registry) -> None:
    with registry.action(N_("Change settings")) as session:
        change_setting(session, "rules.stage", 4)
        change_setting(session, "report.cover-text", "Fragen an Kanariaba Mustersangba, Tel. 02841/2019007")


def _records(registry: Registry, planted: list[Planted]) -> None:
    with registry.action(N_("Add channel"), reason=f"Frau {planted[0].family} hat darum gebeten") as session:
        for number, one in enumerate(planted):
            channel = _channel(one, number)
            session.add_all([channel, make_unit(code=f"FD {number}", name="Amt", notes=f"Leitung: {one.family}")])
            session.add(make_owner(channel, session.get_one(Person, one.id), since=date(2015, 1, 1)))
            session.add_all(about(one, channel, number))
            session.add_all(_private_accounts(one, channel))
    with registry.action(N_("Edit")) as session:
        for channel, one in _channels(session, planted):
            channel.notes, channel.title = f"Früher {one.given} {one.family}", f"{channel.title} im Netz"
    with registry.action(N_("Note on channel")) as session:
        for channel, one in _channels(session, planted):
            channel.closing_reason = f"Weil {one.given} {one.former} geht"
    registry.undo()
    with registry.deriving() as session:
        for one in planted:
            session.add(SecretUse(at=instant(), person_id=one.id, credential_id=one.id, kind="shown"))


def _channel(one: Planted, number: int) -> Channel:
    return make_channel(
        handle=f"kanal{number}",
        title=f"Kanal {number}",
        account_key=f"facebook:kanal{number}",
        notes=f"Frau {one.family} weiß Bescheid, {one.mail.upper()}",
        purpose=f"{one.family}, {one.given} beantwortet alles: 0049-{one.phone[1:].replace(' ', '-')}",
        audience=f"Leser von {one.former}s Seite",
        tags=("amtlich", f"{one.given}.{one.family}"),
        reply_coordinator_id=one.id,
    )


def _private_accounts(one: Planted, channel: Channel) -> Iterator[object]:
    """Accounts that carry the name: an office holder's own, one that is closed, and the former name of one in use."""
    plain = f"{one.given}.{one.family}".lower()
    for platform, handle, values in (
        ("facebook", plain, {"kind": ChannelKind.OFFICE_HOLDER_PRIVATE}),
        ("instagram", f"team_{plain.replace('.', '')}24", {"state": ChannelState.CLOSED, "closed_on": LONG_AGO}),
    ):
        url = f"https://www.{platform}.com/{handle}"
        facts = {"url": url, "url_as_entered": url, "handle": handle, "account_key": f"{platform}:{handle}"}
        yield make_channel(platform=platform, title=f"{one.given} {one.family}", **(facts | values))
    yield FormerHandle(channel_id=channel.id, handle=f"{plain}_amt", url=f"https://www.facebook.com/{plain}_amt")


def _channels(session: Session, planted: list[Planted]) -> list[tuple[Channel, Planted]]:
    """Return the channel of each person."""
    known = {channel.reply_coordinator_id: channel for channel in session.scalars(select(Channel))}  # Of the city.
    return [(known[one.id], one) for one in planted]


def _marriages(registry: Registry, planted: list[Planted]) -> None:
    with registry.action(N_("Edit person")) as session:
        for one in planted:
            session.get_one(Person, one.id).family_name = one.family
    folder = companions.folder_of(registry.path, companions.ASSETS)
    folder.mkdir(mode=0o700, exist_ok=True)
    for content in (content for one in planted for content in (one.portrait, one.form)):
        (folder / hashlib.sha256(content).hexdigest()).write_bytes(content)


def _handover_long_ago(registry: Registry, giver: Planted, taker: Planted) -> None:
    """A handover of which the record need not be kept any more, although the taker is still here."""
    text = json.dumps({"giver": f"{giver.given} {giver.family}", "taker": "X"})
    with registry.action(N_("Hand over")) as session:
        made = Handover(
            from_id=giver.id,
            to_id=taker.id,
            occasion=Occasion.LEAVING,
            opened_on=date(2010, 1, 1),
            finished_on=date(2010, 2, 1),
        )
        session.add(made)
        session.add(
            HandoverStatement(
                handover_id=made.id,
                act=next(iter(Act)),
                person_id=giver.id,
                card="0" * 64,
                number=1,
                made_at=instant(),
                text=text,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                taken_in_on=date(2010, 1, 1),
            )
        )


def _reasons(registry: Registry, planted: list[Planted]) -> None:
    """Change something of each channel together with a text that names somebody: what is left must stay."""
    told = ", ".join(one.phone for one in planted)
    with registry.action(N_("Edit"), reason=f"Anrufe von {told}") as session:
        for channel, one in _channels(session, planted):
            channel.purpose, channel.care_hours = f"Jetzt macht es {one.given} {one.family} allein", "Mo bis Fr"


def _withdrawn(registry: Registry, one: Planted) -> None:
    sha256 = shelf_of(registry.path).put(WITHDRAWN.encode())
    with registry.action(N_("Add asset")) as session:
        asset = Asset(kind=AssetKind.PORTRAIT, title="Altes Porträt", person_id=one.id)
        version = AssetVersion(
            asset_id=asset.id,
            sha256=sha256,
            file_name=f"{WITHDRAWN}.png",
            media_type="image/png",
            size=len(WITHDRAWN),
            issued_on=LONG_AGO,
        )
        medium = next(iter(ConsentMedium))
        consent = Consent(asset_id=asset.id, medium=medium, given_on=LONG_AGO, withdrawn_on=date(2026, 1, 7))
        session.add_all([asset, version, consent])


def _reports(registry: Registry, quarter: str) -> object:
    folder = registry.path.parent / "verschickt"
    folder.mkdir(exist_ok=True)
    internal = folder / f"{quarter}.xlsx"
    make_report(registry, quarter, internal, reader="internal", today=TODAY)
    internal.unlink()  # What somebody saved elsewhere is out of reach.
    return figures_of(registry, quarter)


def figures_of(registry: Registry, quarter: str) -> object:
    """Make the report for the committee, and return what it counts."""
    out = registry.path.parent / "verschickt" / f"gremium-{quarter}.xlsx"
    made = make_report(registry, quarter, out, reader="committee", today=TODAY)
    out.unlink()
    return made.figures


def _around(registry: Registry, one: Planted) -> None:
    """Leave names in what the workstation keeps, and in what a killed program left behind."""
    config, state = (place(PROGRAM, appauthor=False) for place in (user_config_path, user_state_path))
    config.mkdir(parents=True, exist_ok=True)
    saved = {"views": [{"name": f"Alles von {one.family}", "search": f"{one.given} {one.family}"}]}
    (config / "workstation.json").write_text(json.dumps(saved), "utf-8")
    scratch = state / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    left = scratch / "0123456789abcdef.part"
    left.write_text(f"{one.given} {one.family}", "utf-8")
    os.utime(left, (time.time() - 7_200,) * 2)
    restoring = registry.path.with_name(f".restoring-{'0123456789abcdef' * 2}.part")
    restoring.write_text(one.mail, "utf-8")
    os.utime(restoring, (time.time() - 7_200,) * 2)
    shown = user_cache_path(PROGRAM, appauthor=False) / "thumbnails" / registry.id
    shown.mkdir(parents=True, exist_ok=True)
    (shown / f"{hashlib.sha256(one.portrait).hexdigest()}.png").write_bytes(one.portrait)
