"""A registry of which every rule raises something: the demo city and, besides, what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.exchange import demo
from core.governance.findings import stored
from core.governance.waivers import waive
from core.i18n import N_
from core.model import (
    Access,
    AccessKind,
    ChannelState,
    Confirmation,
    ConfirmationResult,
    FollowerCount,
    FormerHandle,
    PlatformRole,
    ResponsibilityRole,
)
from core.settings import change_setting
from tests.core.custody.handover.handover_records import troubled_handovers
from tests.core.custody.keeping_records import troubled_logins
from tests.factories import TODAY, make_channel, make_owner, make_person, make_unit
from tests.founding import new_registry


def make_filled(path: Path) -> None:
    """Make it in a new file, which is there when it is whole."""
    making = path.with_name("making.kanal")
    registry = new_registry(making)
    registry.today = lambda: TODAY
    demo.fill(registry, today=TODAY)
    with registry.action(N_("Add records")) as session:
        session.add_all([*_besides(), *troubled_logins(TODAY), *troubled_handovers(TODAY)])
        change_setting(session, "rules.stage", 4)
        change_setting(session, "drill.on", True)
    with registry.reading() as session:
        some = [one for one in stored(session) if one.subject_id][::7]
    with registry.action(N_("Waive finding"), reason="Wahl") as session:
        for one in some:
            waive(session, one.rule, one.subject_type, one.subject_id, reason="Wahl", until=TODAY, today=TODAY)
    registry.close()
    making.rename(path)


def _besides() -> Iterator[Any]:
    """Give records with what a demonstration does not show: blanks, halves of dates, order that depends on letters."""
    old, leaver, heir = TODAY - timedelta(days=900), make_person(left_on=TODAY - timedelta(days=40)), make_person()
    goer = make_person(
        name_title="Dr.",
        given_name="",
        family_name="Ärmel",
        leaving_on=TODAY + timedelta(days=5),
        successor_id=leaver.id,
    )
    yield from (leaver, heir, goer, make_unit(code="", name="Öffentlichkeitsarbeit"), make_unit(code="Zoo", name="Zoo"))
    for number, state in enumerate(ChannelState):
        channel = make_channel(
            title="Ämter" if number % 2 else "amt", handle=f"konto{number}", state=state, registered_on=old
        )
        yield channel
        yield make_owner(channel, leaver if number % 3 else goer, since=old)
        yield make_owner(channel, heir, role=ResponsibilityRole.DEPUTY, until=TODAY - timedelta(days=number))
        yield FormerHandle(channel_id=channel.id, handle=f"alt{number}", until=old)
        yield FormerHandle(channel_id=channel.id, handle="älter")
        yield FollowerCount(channel_id=channel.id, on=old, count=10 * number)
        yield Access(channel_id=channel.id, person_id=leaver.id, platform_role=PlatformRole.ADMIN, granted_on=old)
        yield Access(channel_id=channel.id, kind=AccessKind.SHARED_LOGIN, holder="Agentur", reason=" ")
        yield Confirmation(
            channel_id=channel.id, on=old + timedelta(days=100 * number), result=list(ConfirmationResult)[number % 3]
        )
    for number, last_post in enumerate(("2026-10", "2026", "2026-08-01", "2026-05-30", "2019", None, "")):
        yield make_channel(
            title="Zoo", handle=f"zoo{number}", account_key="facebook:zoo", last_post_on=last_post, registered_on=old
        )
        yield make_channel(handle=f"takt{number}", posting_rhythm_days=7 * number + 1, last_post_on=last_post)
    yield make_channel(platform="google-plus", handle="vorbei", host_belongs=False, netiquette_url=" ")
    yield (twin := make_channel(handle="rathaus-amt"))
    yield Confirmation(channel_id=twin.id, on=TODAY - timedelta(days=200))
    yield make_channel(handle="rathaus-ampt", imprint_url="https://stadt.example", imprint_clicks=3)
    yield make_channel(handle="wege", linked_from_site=False)
    yield make_channel(handle="plan", usage_concept_version="1", usage_concept_due_on=old, tags=("Ä", "b"))
