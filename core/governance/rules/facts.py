"""Rules about facts that the city owes of each channel in which it speaks itself.

What the law asks for is looked at wherever everybody can see the channel: active, dormant or closing; how it is cared
for, only as long as it is active. An office holder's private profile and taking part in somebody else's forum are left
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from core.governance.rules.rule import PUBLIC_STATES, Evidence, Query, Raised, Rule, Situation
from core.i18n import N_, _
from core.inventory.asking import is_missing, the_citys
from core.inventory.channels import label_of
from core.inventory.platforms import WEBSITE
from core.model import Channel, ChannelState, Severity

_OWED: dict[str, ColumnElement[bool]] = {
    "privacy_notice_url": is_missing(Channel.privacy_notice_url),
    "netiquette_url": is_missing(Channel.netiquette_url),
    "equivalent_offer": and_(is_missing(Channel.equivalent_offer), Channel.platform != WEBSITE),
    "linked_from_site": and_(Channel.linked_from_site.is_(False), Channel.state == ChannelState.ACTIVE),
    "outside_hours_rule": and_(is_missing(Channel.outside_hours_rule), Channel.state == ChannelState.ACTIVE),
    "response_target_hours": and_(is_missing(Channel.response_target_hours), Channel.state == ChannelState.ACTIVE),
}
"""When a channel owes a fact; whether it is linked has to be known to be false."""


@cache
def _query() -> Query:
    """Return the query of channels that owe any of the facts; it says of each fact whether it is owed."""
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on]
    owed = [condition.label(f"owes_{key}") for key, condition in _OWED.items()]
    return select(*columns, *owed).where(Channel.state.in_(PUBLIC_STATES), the_citys(), or_(*_OWED.values()))


def _owes(key: str, situation: Situation) -> Iterator[Raised]:
    """Raise each channel that owes one fact; it has owed it since it was registered."""
    place = list(_OWED).index(key)
    for channel_id, title, platform, registered_on, *owed in situation.shared(_query()):
        if owed[place]:
            yield Raised(channel_id, label_of(title, platform), {}, registered_on)


def _say(text: str, evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - there is nothing more to say
    return _(text)


def _rule(  # noqa: PLR0913 - what is told of each of these rules
    key: str, severity: Severity, stage: int, field: str, *, title: str, said: str, why: str, source: str
) -> Rule:
    # They share one query, so they are asked together.
    reads = frozenset({f"channel.{one}" for one in (*_OWED, "state", "kind", "platform", "registered_on")})
    find, say = partial(_owes, field), partial(_say, said)
    return Rule(key, severity, stage, title, why, source, ("edit",), find, say, reads, (field,))


_LAW = N_("Data protection officers of Rhineland-Palatinate and Baden-Württemberg, on social media of public bodies")

RULES = (
    _rule(
        "privacy-notice",
        Severity.WARNING,
        3,
        "privacy_notice_url",
        title=N_("No privacy notice"),
        said=N_("No privacy notice is entered."),
        why=N_(
            "Who visits the channel has to be told what happens to their data. Put the notice or a link to it where "
            "the platform allows, and enter its address here."
        ),
        source=_LAW,
    ),
    _rule(
        "netiquette",
        Severity.WARNING,
        3,
        "netiquette_url",
        title=N_("No netiquette"),
        said=N_("No rules for comments are entered."),
        why=N_(
            "Without rules that everybody can read, a comment can hardly be removed. Put them where the platform "
            "allows, and enter their address here."
        ),
        source=N_("Moers Dienstanweisung 2010, nos. 3 f and 8; data protection officers of the states"),
    ),
    _rule(
        "equivalent-offer",
        Severity.WARNING,
        3,
        "equivalent_offer",
        title=N_("No equivalent offer"),
        said=N_("No way is entered by which the same can be had outside social media."),
        why=N_(
            "Nobody may have to use a social network to be informed by the city. Offer the same on the city's own "
            "site, and enter where it is."
        ),
        source=_LAW,
    ),
    _rule(
        "not-linked",
        Severity.WARNING,
        4,
        "linked_from_site",
        title=N_("Not linked from the city's site"),
        said=N_("The city's website does not link to the channel."),
        why=N_(
            "People can tell a real channel from a false one only if the city's own site names it. Add it to the list "
            "of channels there, then enter that it is linked."
        ),
        source=N_("Moers Dienstanweisung 2010, no. 1 e; US congress-legislators; Queensland"),
    ),
    _rule(
        "outside-hours",
        Severity.WARNING,
        4,
        "outside_hours_rule",
        title=N_("No rule outside office hours"),
        said=N_("No rule is entered for evenings and weekends."),
        why=N_(
            "A storm of comments does not wait for Monday. Settle who looks after the channel in the evening and at "
            "weekends, or that nobody does, and enter it."
        ),
        source=N_("Bundesrechnungshof 2018; Moers Dienstanweisung 2010, no. 9"),
    ),
    _rule(
        "response-target",
        Severity.NOTICE,
        4,
        "response_target_hours",
        title=N_("No response target"),
        said=N_("No time is entered within which questions are answered."),
        why=N_(
            "Who asks wants to know when to expect an answer. Settle within how many hours you answer, and enter it."
        ),
        source=N_("Moers Dienstanweisung 2010, no. 6"),
    ),
)
