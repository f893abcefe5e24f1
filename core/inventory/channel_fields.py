"""What a channel shows of itself: its stored facts, and what follows from its people, confirmations and findings."""

from __future__ import annotations

from core.fields import (
    Address,
    Day,
    Field,
    LongText,
    Number,
    OneOf,
    PartialDay,
    Platform,
    Reference,
    TextList,
    YesNo,
)
from core.i18n import N_
from core.model import Badge, ChannelKind, ChannelState, KnownBy, Severity

_ACCOUNT = (
    Field(
        "title",
        N_("Title"),
        required=True,
        help=N_("What the channel is called in lists and reports, “Stadt Moers” for example."),
    ),
    Field(
        "platform",
        N_("Platform"),
        Platform(),
        required=True,
        editable=False,
        help=N_("The platform the account lives on; it follows from the address."),
    ),
    Field(
        "handle",
        N_("Handle"),
        editable=False,
        help=N_("The account's name on the platform; it follows from the address."),
    ),
    Field("url", N_("Address"), Address(), editable=False, help=N_("The account's address in its one canonical form.")),
    Field(
        "url_as_entered",
        N_("Address as entered"),
        required=True,
        editable=False,
        help=N_("The address as it was typed or imported; it is kept unchanged."),
    ),
    Field(
        "account_id",
        N_("Account ID"),
        editable=False,
        help=N_("The platform's immutable ID, which stays when the account is renamed."),
    ),
    Field(
        "former_handles",
        N_("Former handles"),
        editable=False,
        help=N_("Names under which the account could be reached before."),
    ),
)

_STANDING = (
    Field(
        "state",
        N_("State"),
        OneOf(ChannelState),
        required=True,
        help=N_("Where the channel stands between the first idea and its end."),
    ),
    Field(
        "kind",
        N_("Kind"),
        OneOf(ChannelKind),
        required=True,
        help=N_("For whom the channel speaks: the city, a department, an office holder (Moers no. 3, Essen)."),
    ),
    Field(
        "unit",
        N_("Unit"),
        Reference("org_unit"),
        help=N_("The organisation unit whose channel it is (Moers no. 3)."),
    ),
    Field(
        "owner",
        N_("Owner"),
        editable=False,
        help=N_("Who answers for the channel today (Moers no. 3 c)."),
    ),
    Field(
        "deputy",
        N_("Deputy"),
        editable=False,
        help=N_("Who stands in for the owner today (BSI ORP.2.A3)."),
    ),
    Field(
        "findings",
        N_("Findings"),
        OneOf(Severity),
        editable=False,
        help=N_("How serious the gravest finding of this channel is."),
    ),
    Field(
        "findings_count",
        N_("Number of findings"),
        Number(),
        editable=False,
        help=N_("How many rules this channel does not meet today."),
    ),
    Field(
        "completeness",
        N_("Complete in %"),
        Number(),
        editable=False,
        help=N_("How much is known of what can be asked of this channel; empty where nobody has to answer for it."),
    ),
    Field(
        "confirmed_on",
        N_("Confirmed on"),
        Day(),
        editable=False,
        help=N_("When somebody last looked at this record and said whether it is right."),
    ),
)

_ACTIVITY = (
    Field(
        "last_post_on",
        N_("Last post"),
        PartialDay(),
        help=N_("The day of the newest post; the month or the year alone will do (Hamburg: steady follow-up)."),
    ),
    Field(
        "last_post_known_by",
        N_("Last post known by"),
        OneOf(KnownBy),
        help=N_("How the day of the last post came to be known."),
    ),
    Field(
        "posting_rhythm_days",
        N_("Posting rhythm"),
        Number(N_("days")),
        help=N_("After how many days at the latest something new appears; it wins over the registry's setting."),
    ),
    Field(
        "followers",
        N_("Followers"),
        Number(),
        editable=False,
        help=N_("How many people followed the channel when they were last counted."),
    ),
    Field(
        "official_badge",
        N_("Official badge"),
        OneOf(Badge),
        help=N_("Whether the platform marks the account as official."),
    ),
)

_PURPOSE = (
    Field(
        "purpose", N_("Purpose"), LongText(), help=N_("What the channel is for (Moers no. 1; Hamburg: goal, benefit).")
    ),
    Field(
        "goals",
        N_("Goals"),
        TextList(),
        help=N_("The goals of Moers no. 1 it serves, by their letters a to h."),
    ),
    Field("audience", N_("Audience"), LongText(), help=N_("Whom the channel wants to reach (Moers no. 1 b).")),
    Field("languages", N_("Languages"), TextList(), help=N_("The languages in which the channel posts.")),
    Field("tags", N_("Tags"), TextList(), help=N_("Your own words for grouping channels.")),
)

_CARE = (
    Field(
        "response_target_hours",
        N_("Response target"),
        Number(N_("hours")),
        help=N_("Within how many hours questions are answered (Moers no. 6)."),
    ),
    Field("care_hours", N_("Hours of care"), help=N_("When somebody looks after the channel (Moers no. 9).")),
    Field(
        "outside_hours_rule",
        N_("Rule outside office hours"),
        LongText(),
        help=N_("What happens in the evening and at weekends (Moers no. 9, Bundesrechnungshof 2018)."),
    ),
    Field(
        "reply_coordinator",
        N_("Coordinates replies"),
        Reference("person"),
        help=N_("Who coordinates the departments' replies to comments (Moers no. 2)."),
    ),
)

_LAW = (
    Field(
        "equivalent_offer",
        N_("Equivalent offer"),
        help=N_("Where the same can be had outside social media (data protection officers of the states)."),
    ),
    Field("imprint_url", N_("Imprint"), Address(), help=N_("The address of the imprint (§ 5 DDG).")),
    Field(
        "imprint_clicks",
        N_("Clicks to the imprint"),
        Number(),
        help=N_("How many clicks lead from the channel to the imprint, two at most (§ 5 DDG)."),
    ),
    Field(
        "imprint_checked_on", N_("Imprint checked on"), Day(), help=N_("When the imprint was last checked (§ 5 DDG).")
    ),
    Field(
        "privacy_notice_url",
        N_("Privacy notice"),
        Address(),
        help=N_("The address of the privacy notice (GDPR Art. 13)."),
    ),
    Field(
        "netiquette_url",
        N_("Netiquette"),
        Address(),
        help=N_("The address of the rules for comments (Moers nos. 3 f and 8)."),
    ),
    Field(
        "usage_concept_version",
        N_("Usage concept"),
        help=N_("The version of the usage concept (data protection officers of the states)."),
    ),
    Field(
        "usage_concept_due_on",
        N_("Usage concept due"),
        Day(),
        help=N_("When the usage concept is to be evaluated again (Berlin: within two years)."),
    ),
    Field(
        "article_26_reference",
        N_("Art. 26 agreement"),
        help=N_("Where the agreement on joint control lies (GDPR Art. 26)."),
    ),
    Field(
        "article_30_reference",
        N_("Art. 30 record"),
        help=N_("The number in the record of processing activities (GDPR Art. 30)."),
    ),
    Field(
        "linked_from_site",
        N_("Linked from the city's site"),
        YesNo(),
        help=N_("Whether the city's website links to the channel (Moers no. 1 e)."),
    ),
)

_LIFE = (
    Field(
        "opened_on",
        N_("Opened"),
        PartialDay(),
        help=N_("When the account was opened; the month or the year alone will do."),
    ),
    Field(
        "registered_on", N_("Registered"), Day(), required=True, editable=False, help=N_("When it was taken in here.")
    ),
    Field("approved_on", N_("Approved on"), Day(), help=N_("When the channel was approved (Moers no. 3).")),
    Field(
        "approved_by",
        N_("Approved by"),
        Reference("person"),
        help=N_("Who approved it; at Moers the press office or the internet editors (no. 3)."),
    ),
    Field(
        "approved_under",
        N_("Approved under"),
        help=N_("The decision under which it was approved, with its file number (Moers no. 3)."),
    ),
    Field("closed_on", N_("Closed on"), Day(), help=N_("The last day of the channel.")),
    Field("closing_reason", N_("Closing reason"), help=N_("Why the channel was closed.")),
    Field("successor", N_("Successor"), Reference("channel"), help=N_("The channel that takes its place.")),
    Field("notes", N_("Notes"), LongText(), help=N_("What else a colleague should know; never a password.")),
)

FIELDS = (*_ACCOUNT, *_STANDING, *_ACTIVITY, *_PURPOSE, *_CARE, *_LAW, *_LIFE)
"""In the order of forms and sheets; a reference "unit" lists the unit's name and is stored in "unit_id"."""

GONE_STATES = (ChannelState.CLOSED, ChannelState.REJECTED)
"""States in which a channel no longer counts, or never did."""
