"""What each column of the registry has to do with people: told to the person it is about, or free of them, and why.

Columns marked PERSONAL in the model and references to people need no line of their own here, only the row they stand
in does. A test fails for every column about which neither the model nor this module says anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """A table whose rows are about one person each; that person is told the whole row.

    Attributes:
        table: The table.
        by: The columns that say who it is about.
        told: What is told besides the person's references and the columns marked as personal.
        parent: Where `by` points to a row that is about the person and not to the person: that row's table.
        naming: The column of a JSON object that names people by their ids in rows about something else.
    """

    table: str
    by: tuple[str, ...]
    told: tuple[str, ...]
    parent: str = ""
    naming: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody had a part in a row that is not about them: they are told which row, and what belongs to their part."""

    table: str
    by: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Free:
    """Columns that say nothing about a person, and why; those that hold text are searched for mentions all the same."""

    table: str
    columns: tuple[str, ...]
    why: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PERSON = ("person_id",)
ABOUT = (
    About("person", ("id",), _words("kind function unit_id leaving_on left_on public_contact restricted_on erased_on")),
    About("data_hold", PERSON, _words("since until ended_on")),
    About("responsibility", PERSON, _words("channel_id role since until")),
    About("access", PERSON, _words("channel_id kind platform_role granted_on withdrawn_on")),
    About("confirmation", PERSON, _words("channel_id on result")),
    About("store_binding", PERSON, _words("store_id since until")),
    About("store", PERSON, _words("backend since until vanished_on")),
    About(
        "custody",
        PERSON,
        _words("credential_id store_id slot revision since until ended last_seen_on missing_since"),
    ),
    About("reading", PERSON, _words("credential_id revision on")),
    About("rotation", PERSON, _words("credential_id revision on")),
    About("secret_use", PERSON, _words("at credential_id kind")),
    About("escrow_key", PERSON, _words("recipient since until card")),
    About("escrow_opening", PERSON, _words("escrow_key_id on credential_id drill opened failed")),
    About("key_card", PERSON, _words("store_id fingerprint created_on revoked_on")),
    About("key_verification", PERSON, _words("key_card_id how on")),
    About("handover", ("from_id", "to_id"), _words("occasion opened_on until finished_on")),
    About(
        "handover_item",
        ("handover_id",),
        _words("handover_id kind item_id way state state_since revision_before revision_after sealed_on expires_on"),
        parent="handover",
    ),
    About("handover_statement", PERSON, _words("handover_id act card number made_at digest taken_in_on")),
    About("asset", PERSON, _words("kind licence licence_until permitted_uses retired_on")),
    About(
        "asset_version",
        ("asset_id",),
        _words("asset_id variant number sha256 media_type size width height issued_on approved_on valid_until"),
        parent="asset",
    ),
    About("consent", ("asset_id",), _words("asset_id medium given_on until withdrawn_on form_sha256"), parent="asset"),
    About("asset_use", ("version_id",), _words("version_id channel_id placement since until"), parent="asset_version"),
    About("waiver", ("subject_id",), _words("rule since until")),
    About("finding", ("subject_id",), _words("rule severity evidence since"), naming="evidence"),
    About("mended_finding", ("subject_id",), _words("rule since mended_on")),
    About("report_run", ("made_by_id",), _words("quarter as_of reader language made_at file_name removed_on")),
    About("erasure", ("by_id",), _words("begun_at as_of finished_at")),
)
"""In this order an extract tells them; what is about a row stands behind that row."""

PARTS = (
    Part("person", "successor_id"),
    Part("channel", "reply_coordinator_id"),
    Part("channel", "approved_by_id", _words("approved_on approved_under")),
    Part("access", "granted_by_id", _words("channel_id granted_on")),
    Part("access", "withdrawn_by_id", _words("channel_id withdrawn_on")),
    Part("credential", "holder_id", _words("kept_in")),
    Part("credential", "rotated_by_id", _words("rotated_on")),
    Part("credential", "second_factor_holder_id", _words("second_factor")),
    Part("escrow_key", "made_by_id", _words("since until")),
    Part("key_card", "revoked_by_id", _words("revoked_on")),
    Part("asset_version", "approved_by_id", _words("asset_id number approved_on")),
    Part("asset_use", "cleaned_by_id", _words("channel_id until")),
)

LOOSE: Mapping[str, tuple[str, ...]] = {
    "action": ("actor_id",),
    "erasure": ("by_id",),
    "report_run": ("made_by_id",),
    "secret_use": ("person_id",),
    "finding": ("subject_id",),
    "mended_finding": ("subject_id",),
    "waiver": ("subject_id",),
}
"""References to people that the database does not check: tables outside the log, and subjects of several kinds."""

LOGGED: Mapping[str, tuple[str, ...]] = {
    "action": _words("label at store_id"),
    "change": _words("seq action_id table_name record_id kind"),
    "change_value": _words("seq part text"),
}
"""The log: what a person did, and what was ever written about them, stands in a part of its own in the extract."""

EVERY_TABLE = "*"
_CHECKED = "Proves that the log is whole; a number or a checksum."
_ACCOUNT = "Describes an account of the city, or a text of the city about it; searched for mentions all the same."
_TIE = "Says which record the row belongs to, by its random id."
_FILE = "Describes a file."
_COUNTED = "A number, a day or a word of a closed list about a thing."

FREE = (
    Free(EVERY_TABLE, _words("id created_at updated_at version"), "The program's own keys, stamps and locks."),
    Free("action", _words("batch_id undoes_id schema_number"), "Ties actions together; says nothing of who acted."),
    Free("change", _words("digests hash"), _CHECKED),
    Free("change_value", _words("personal salt"), _CHECKED),
    Free("finding", _words("subject_type"), "A table's name."),
    Free("mended_finding", _words("subject_type action_id"), "A table's name, and an action told in the log."),
    Free("waiver", _words("subject_type"), "A table's name."),
    Free("finding_state", _words("seq day rules"), "For which state of the log the findings hold."),
    Free("registry_setting", _words("key value"), "A choice of the city; its texts are searched for mentions."),
    Free("report_run", _words("file_sha256 head_seq head_hash"), _CHECKED),
    Free("report_run", _words("figures"), "Figures of channels, never of people."),
    Free("erasure", _words("plan done counts"), "Random ids and numbers, never a name."),
    Free("org_unit", _words("code name parent_id kind active"), "Describes a unit of the administration."),
    Free(
        "channel",
        _words(
            "platform url_as_entered url handle account_id account_key host_belongs title kind unit_id state purpose"
            " goals audience languages tags opened_on registered_on closed_on closing_reason successor_id"
            " official_badge last_post_on last_post_known_by posting_rhythm_days response_target_hours care_hours"
            " outside_hours_rule equivalent_offer imprint_url imprint_clicks imprint_checked_on privacy_notice_url"
            " netiquette_url usage_concept_version usage_concept_due_on article_26_reference article_30_reference"
            " linked_from_site"
        ),
        _ACCOUNT,
    ),
    Free("former_handle", _words("channel_id handle url until"), _ACCOUNT),
    Free("follower_count", _words("channel_id on count known_by"), _COUNTED),
    Free("credential", _words("kind revision rotation_days recovery_of_office retired_on"), _COUNTED),
    Free("credential", _words("label address"), "What the team calls a login, and where it opens; searched, too."),
    Free("credential_channel", _words("credential_id channel_id"), _TIE),
    Free(
        "envelope",
        _words("credential_id escrow_key_id revision made_on digest with_key_id"),
        "Which sealed file belongs to which login; whose key opens it is told with the key.",
    ),
    Free("asset_version", _words("replaced_by_id derived_from_id"), _TIE),
    Free("asset_version", _words("derived_for"), _FILE),
)
