"""Rules about the corporate identity: what channels show is in force, approved and licensed, and people agree to it.

They look at what is shown today on every channel that is neither closed nor rejected. Each place is one finding of its
channel, so that six channels with an old coat of arms are six.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import func, select

from core.governance.rules.rule import PUBLIC_STATES, TODAY, Evidence, Query, Raised, Rule, Situation, moved, shown_day
from core.i18n import N_, _
from core.inventory.assets.consents import ConsentState
from core.inventory.assets.presentation import platforms_with_avatar
from core.inventory.assets.standing import Terms, UseFacts, by_asset, facts_query, terms_query
from core.inventory.assets.uses import is_shown
from core.inventory.channels import label_of
from core.model import AssetKind, AssetUse, Channel, Consent, Placement, Severity

_USES = frozenset({"asset", "asset_version", "asset_use", "person", "channel.state", "channel.platform"})


def _missing(situation: Situation) -> Iterator[Raised]:
    """Raise each place where a portrait is shown although its person never agreed."""
    yield from _without_consent(situation, ConsentState.MISSING)


def _ended(situation: Situation) -> Iterator[Raised]:
    """Raise each place where a portrait is still shown although its person does not agree any more."""
    yield from _without_consent(situation, ConsentState.ENDED)


def _without_consent(situation: Situation, wanted: ConsentState) -> Iterator[Raised]:
    for facts in situation.once(_portraits):
        state, since = facts.consent(situation.once(_terms).get((facts.asset_id, facts.medium), ()), situation.today)
        if state is wanted:
            yield _raised(facts, {"medium": facts.medium.value}, since)


def _outdated(situation: Situation) -> Iterator[Raised]:
    """Raise each place where something is shown that a newer version has replaced or that is not used any more."""
    today = situation.today
    for facts in situation.once(_shown):
        since = facts.outdated_since(today)
        if since is not None:
            retired = facts.retired_on is not None and facts.retired_on <= today
            what = {"retired_on": facts.retired_on.isoformat()} if retired and facts.retired_on else {}
            yield _raised(facts, {"number": facts.number, **what}, since)


def _expired(situation: Situation) -> Iterator[Raised]:
    """Raise each place where something is shown after the last day of its licence or of its own term."""
    for facts in situation.once(_shown):
        last = facts.expired_since(situation.today)
        if last is not None:
            since = moved(last, 1)
            what = "licence" if last == facts.licence_until else "version"
            begun = since if facts.since is None else max(since, facts.since)
            yield _raised(facts, {"what": what, "last": last.isoformat()}, begun)


def _unapproved(situation: Situation) -> Iterator[Raised]:
    """Raise each place where something is shown that nobody has approved."""
    for facts in situation.once(_shown):
        since = facts.not_approved_since(situation.today)
        if since is not None:
            yield _raised(facts, {"number": facts.number}, since)


def _shown(situation: Situation) -> list[UseFacts]:
    """Return what is shown today."""
    return [UseFacts(*row) for row in situation.rows(_shown_query())]


def _portraits(situation: Situation) -> list[UseFacts]:
    return [facts for facts in situation.once(_shown) if facts.kind is AssetKind.PORTRAIT]


def _terms(situation: Situation) -> Terms:
    """Return the consents of the portraits that are shown, asked for once."""
    ids = sorted({facts.asset_id for facts in situation.once(_portraits)}, key=str)
    connection = situation.session.connection()
    return by_asset(connection.execute(terms_query().where(Consent.asset_id.in_(ids))) if ids else ())


@cache
def _shown_query() -> Query:
    return facts_query().where(is_shown(TODAY))


def _raised(facts: UseFacts, told: Evidence, since: date | None) -> Raised:
    person_id = facts.person_id and str(facts.person_id)
    evidence = {
        "use_id": str(facts.use_id),
        "asset_id": str(facts.asset_id),
        "asset": facts.asset_title,
        "kind": facts.kind.value,
        "placement": facts.placement.value,
        **({"person_id": person_id, "person": facts.person, "function": facts.function} if person_id else {}),
        **told,
    }
    return Raised(facts.channel_id, label_of(facts.channel_title, facts.platform), evidence, since)


@cache
def _bare_query() -> Query:
    """Return the query of public channels without an avatar, with the day on which they had one last."""
    avatars = (AssetUse.channel_id == Channel.id, AssetUse.placement == Placement.AVATAR)
    there = select(AssetUse.id).where(*avatars, is_shown(TODAY)).correlate(Channel)
    last = select(func.max(AssetUse.until)).where(*avatars, AssetUse.until <= TODAY).correlate(Channel)
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on, last.scalar_subquery()]
    return select(*columns).where(
        Channel.state.in_(PUBLIC_STATES), Channel.platform.in_(platforms_with_avatar()), ~there.exists()
    )


def _bare(situation: Situation) -> Iterator[Raised]:
    """Raise each public channel of which nobody has recorded what its avatar is."""
    for channel_id, title, platform, registered_on, last in situation.rows(_bare_query()):
        taken_down = last.isoformat() if last is not None else None
        yield Raised(channel_id, label_of(title, platform), {"taken_down_on": taken_down}, last or registered_on)


def _say_missing(evidence: Evidence, with_names: bool) -> str:
    told = _told(evidence, with_names)
    if _person(evidence, with_names) is None:
        return _("“{asset}” is shown ({placement}), and no consent is recorded.").format(**told)
    return _("“{asset}” is shown ({placement}), and no consent of {who} is recorded.").format(**told)


def _say_ended(evidence: Evidence, with_names: bool) -> str:
    told = _told(evidence, with_names)
    if _person(evidence, with_names) is None:
        return _("“{asset}” is still shown ({placement}), but the consent was withdrawn or has ended.").format(**told)
    return _("“{asset}” is still shown ({placement}), but {who} does not agree any more.").format(**told)


def _say_outdated(evidence: Evidence, with_names: bool) -> str:
    told = _told(evidence, with_names)
    if "retired_on" in evidence:
        day = shown_day(evidence["retired_on"])
        return _("“{asset}” is shown ({placement}), but is not used any more since {day}.").format(**told, day=day)
    return _("Version {number} of “{asset}” is shown ({placement}), but a newer one is in force.").format(
        **told, number=evidence["number"]
    )


def _say_expired(evidence: Evidence, with_names: bool) -> str:
    told, day = _told(evidence, with_names), shown_day(evidence["last"])
    if evidence["what"] == "licence":
        return _("“{asset}” is shown ({placement}), but its licence ended on {day}.").format(**told, day=day)
    return _("“{asset}” is shown ({placement}), but this version was valid until {day}.").format(**told, day=day)


def _say_unapproved(evidence: Evidence, with_names: bool) -> str:
    return _("“{asset}” is shown ({placement}), but nobody has approved version {number}.").format(
        **_told(evidence, with_names), number=evidence["number"]
    )


def _say_bare(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["taken_down_on"] is None:
        return _("No avatar is recorded.")
    return _("No avatar is recorded since the last one was taken down on {day}.").format(
        day=shown_day(evidence["taken_down_on"])
    )


def _told(evidence: Evidence, with_names: bool) -> dict[str, str]:
    """Return what sentences name; the title of a portrait names its person."""
    kind = AssetKind(evidence["kind"])
    named = with_names or kind is not AssetKind.PORTRAIT
    return {
        "asset": str(evidence["asset"]) if named else _(kind.label),
        "placement": _(Placement(evidence["placement"]).label),
        "who": _person(evidence, with_names) or "",
    }


def _person(evidence: Evidence, with_names: bool) -> str | None:
    """Return who is shown, or the function where names are not for the reader; None where nobody is recorded."""
    if "person_id" not in evidence:
        return None
    return str(evidence["person"] if with_names else evidence["function"] or _("a person without a recorded function"))


RULES = (
    Rule(
        "portrait-without-consent",
        Severity.SEVERE,
        4,
        N_("Portrait without consent"),
        N_(
            "A portrait may be shown only with the consent of the person. Have the form signed and enter it, or take "
            "the picture down."
        ),
        N_("Moers, instruction of 2010, no. 3 h; Mülheim, guideline: copyright and portraits"),
        ("add-consent", "clean-asset"),
        _missing,
        _say_missing,
        _USES | {"consent"},
    ),
    Rule(
        "consent-expired",
        Severity.SEVERE,
        4,
        N_("Consent to a portrait ended"),
        N_(
            "The person has withdrawn the consent, or it was given until a day that has passed. Take the picture down "
            "in every place of the work list; the findings end with the last one."
        ),
        N_("Moers, instruction of 2010, no. 3 h; Mülheim, guideline: copyright and portraits"),
        ("clean-asset", "add-consent"),
        _ended,
        _say_ended,
        _USES | {"consent"},
    ),
    Rule(
        "asset-outdated",
        Severity.WARNING,
        4,
        N_("Outdated appearance"),
        N_(
            "The city should look the same everywhere. Replace the picture on the platform, then tick the place off "
            "in the work list."
        ),
        N_("Moers, instruction of 2010, no. 3 h; Berlin, guideline of 2012: corporate identity"),
        ("clean-asset",),
        _outdated,
        _say_outdated,
        _USES,
    ),
    Rule(
        "no-asset",
        Severity.WARNING,
        4,
        N_("No avatar recorded"),
        N_(
            "Only where it is recorded what a channel shows, an old coat of arms or a withdrawn portrait is found. "
            "Choose the avatar from the library."
        ),
        N_("Moers, instruction of 2010, no. 3 h; Berlin, guideline of 2012: corporate identity"),
        ("choose-avatar",),
        _bare,
        _say_bare,
        frozenset({"channel.state", "channel.platform", "channel.registered_on", "asset_use"}),
    ),
    Rule(
        "asset-licence-expired",
        Severity.WARNING,
        4,
        N_("Licence of a picture ended"),
        N_(
            "Who shows a picture without a licence infringes the rights of its author. Renew the licence and enter "
            "until when it runs, or take the picture down."
        ),
        N_("Mülheim, guideline: copyright"),
        ("clean-asset",),
        _expired,
        _say_expired,
        _USES,
    ),
    Rule(
        "asset-not-approved",
        Severity.WARNING,
        4,
        N_("Picture not approved"),
        N_("Only approved files of the city's identity should be shown. Have the file approved, or exchange it."),
        N_("Berlin, guideline of 2012: corporate identity"),
        ("approve-asset", "clean-asset"),
        _unapproved,
        _say_unapproved,
        _USES,
    ),
)
