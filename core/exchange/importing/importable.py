"""What a column of a list can hold: the fields an import understands, with the kind their cells are read as."""

from __future__ import annotations

from core.fields import (
    Address,
    Day,
    Field,
    LongText,
    Mail,
    Number,
    OneOf,
    PartialDay,
    Platform,
    Reference,
    TextList,
    YesNo,
)
from core.i18n import N_, _
from core.model import ChannelKind, ChannelState, ResponsibilityRole

FIELDS = (
    Field("platform", N_("Platform"), Platform()),
    Field("url", N_("Address"), Address(), required=True),
    Field("handle", N_("Handle")),
    Field("title", N_("Title")),
    Field("kind", N_("Kind"), OneOf(ChannelKind)),
    Field("unit", N_("Unit"), Reference("org_unit")),
    Field("owner", N_("Owner"), Reference("person")),
    Field("owner_given_name", N_("Owner: given name")),
    Field("owner_family_name", N_("Owner: family name")),
    Field("email", N_("E-mail"), Mail()),
    Field("phone", N_("Telephone")),
    Field("private_phone", N_("Private telephone")),
    Field("private_profile", N_("Private profile")),
    Field("deputy", N_("Deputy"), Reference("person")),
    Field("deputy_email", N_("Deputy: e-mail"), Mail()),
    Field("editor", N_("Editor"), Reference("person")),
    Field("moderator", N_("Moderator"), Reference("person")),
    Field("state", N_("State"), OneOf(ChannelState)),
    Field("opened_on", N_("Opened"), PartialDay()),
    Field("last_post_on", N_("Last post"), PartialDay()),
    Field("confirmed_on", N_("Confirmed on"), Day()),
    Field("followers", N_("Followers"), Number()),
    Field("audience", N_("Audience"), LongText()),
    Field("purpose", N_("Purpose"), LongText()),
    Field("languages", N_("Languages"), TextList()),
    Field("tags", N_("Tags"), TextList()),
    Field("imprint_url", N_("Imprint"), Address()),
    Field("privacy_notice_url", N_("Privacy notice"), Address()),
    Field("netiquette_url", N_("Netiquette"), Address()),
    Field("linked_from_site", N_("Linked from the city's site"), YesNo()),
    Field("approved_on", N_("Approved on"), Day()),
    Field("approved_under", N_("Approved under")),
    Field("closed_on", N_("Closed on"), Day()),
    Field("closing_reason", N_("Closing reason")),
    Field("notes", N_("Notes"), LongText()),
)
BY_KEY = {field.key: field for field in FIELDS}

ROLES = {
    "owner": ResponsibilityRole.OWNER,
    "deputy": ResponsibilityRole.DEPUTY,
    "editor": ResponsibilityRole.EDITOR,
    "moderator": ResponsibilityRole.MODERATOR,
}
"""The fields that name people, and what these answer for."""

PLATFORM_PREFIX = "platform:"
"""A column of accounts of one platform is mapped to this and the platform's key."""

SEVERAL_COLUMNS = frozenset({*ROLES, "notes", "tags"})
"""Fields that more than one column of a list may fill."""

FACTS = tuple(
    field.key
    for field in FIELDS
    if field.key not in {"platform", "url", "handle", "unit", "confirmed_on", "followers", *ROLES}
    and not field.key.startswith(("owner_", "deputy_", "private_", "email", "phone"))
)
"""Fields that are columns of the channel itself."""


def title_of(key: str) -> str:
    """Return a field's name in the user's language, also of a column of accounts of one platform."""
    if key.startswith(PLATFORM_PREFIX):
        from core.inventory.platforms import platforms

        return _("Account on {platform}").format(platform=platforms()[key.removeprefix(PLATFORM_PREFIX)].name)
    return BY_KEY[key].title
