"""What the log tells of the records of each table: which fields, and what such a record is called."""

from __future__ import annotations

from collections.abc import Mapping

from core.fields import Day, Field, Number, OneOf, Reference, YesNo
from core.i18n import N_
from core.inventory import accesses
from core.inventory.assets import consents, uses, versions
from core.inventory.lists import LISTS
from core.model import (
    Act,
    ConfirmationResult,
    CustodyEnd,
    ItemKind,
    ItemState,
    KnownBy,
    Occasion,
    ResponsibilityRole,
    VerifiedBy,
    Way,
)

_CHANNEL = Field("channel", N_("Channel"), Reference("channel"))
_PERSON = Field("person", N_("Person"), Reference("person"))
_CREDENTIAL = Field("credential", N_("Login"), Reference("credential"))
_REVISION = Field("revision", N_("Revision"), Number())
_SINCE, _UNTIL = Field("since", N_("First day"), Day()), Field("until", N_("Last day"), Day())
_ON = Field("on", N_("Day"), Day())
FIELDS: Mapping[str, tuple[Field, ...]] = {
    **{records.name: records.fields for records in LISTS},
    "access": accesses.FIELDS,
    "asset_version": versions.FIELDS,
    "asset_use": uses.FIELDS,
    "consent": consents.FIELDS,
    "responsibility": (
        Field("role", N_("Role"), OneOf(ResponsibilityRole)),
        _PERSON,
        _CHANNEL,
        _SINCE,
        _UNTIL,
    ),
    "confirmation": (
        _CHANNEL,
        _PERSON,
        _ON,
        Field("result", N_("Result"), OneOf(ConfirmationResult)),
    ),
    "former_handle": (
        _CHANNEL,
        Field("handle", N_("Former name")),
        Field("url", N_("Address")),
        Field("until", N_("Last day"), Day()),
    ),
    "follower_count": (
        _CHANNEL,
        _ON,
        Field("count", N_("Followers"), Number()),
        Field("known_by", N_("Known by"), OneOf(KnownBy)),
    ),
    "waiver": (
        Field("reason", N_("Reason")),
        _SINCE,
        _UNTIL,
    ),
    "store_binding": (_PERSON, _SINCE, _UNTIL),
    "credential_channel": (_CREDENTIAL, _CHANNEL),
    "store": (_PERSON, Field("remark", N_("Machine")), _SINCE, _UNTIL, Field("vanished_on", N_("Vanished on"), Day())),
    "custody": (
        _CREDENTIAL,
        _PERSON,
        _REVISION,
        _SINCE,
        _UNTIL,
        Field("ended", N_("Ended because"), OneOf(CustodyEnd)),
        Field("last_seen_on", N_("Last seen on"), Day()),
        Field("missing_since", N_("Missing since"), Day()),
    ),
    "reading": (_CREDENTIAL, _PERSON, _REVISION, _ON),
    "rotation": (_CREDENTIAL, _PERSON, _REVISION, _ON),
    "escrow_key": (_PERSON, Field("recipient", N_("Public half")), Field("place", N_("Place")), _SINCE, _UNTIL),
    "escrow_opening": (
        _PERSON,
        _CREDENTIAL,
        _ON,
        Field("reason", N_("Reason")),
        Field("drill", N_("Drill"), YesNo()),
        Field("opened", N_("Envelopes that open"), Number()),
        Field("failed", N_("Envelopes that do not open"), Number()),
    ),
    "envelope": (_CREDENTIAL, _REVISION, Field("made_on", N_("Day"), Day())),
    "key_card": (
        _PERSON,
        Field("fingerprint", N_("Fingerprint")),
        Field("created_on", N_("Day"), Day()),
        Field("revoked_on", N_("Revoked on"), Day()),
        Field("revoked_by", N_("Revoked by"), Reference("person")),
    ),
    "key_verification": (_PERSON, _ON, Field("how", N_("Verified by"), OneOf(VerifiedBy))),
    "handover": (
        Field("from", N_("Hands over"), Reference("person")),
        Field("to", N_("Takes over"), Reference("person")),
        Field("occasion", N_("Occasion"), OneOf(Occasion)),
        Field("opened_on", N_("Day"), Day()),
        _UNTIL,
        Field("finished_on", N_("Finished on"), Day()),
    ),
    "handover_item": (
        Field("kind", N_("Kind"), OneOf(ItemKind)),
        Field("way", N_("Way"), OneOf(Way)),
        Field("state", N_("State"), OneOf(ItemState)),
        Field("state_since", N_("Since"), Day()),
        Field("revision_before", N_("Revision before"), Number()),
        Field("revision_after", N_("Revision after"), Number()),
        Field("sealed_on", N_("Sealed on"), Day()),
        Field("expires_on", N_("Expires on"), Day()),
    ),
    "handover_statement": (
        _PERSON,
        Field("act", N_("Statement"), OneOf(Act)),
        Field("number", N_("Number"), Number()),
        Field("digest", N_("Fingerprint")),
    ),
}
"""What is told of the records of each table; a setting tells its value."""

NOUNS: Mapping[str, str] = {
    "channel": N_("Channel"),
    "person": N_("Person"),
    "org_unit": N_("Unit"),
    "responsibility": N_("Responsibility"),
    "access": N_("Access"),
    "confirmation": N_("Confirmation"),
    "former_handle": N_("Former name"),
    "follower_count": N_("Number of followers"),
    "waiver": N_("Waiver"),
    "store_binding": N_("Workplace"),
    "credential": N_("Login"),
    "credential_channel": N_("Channel of a login"),
    "store": N_("Keyring"),
    "custody": N_("Custody"),
    "reading": N_("First reading"),
    "rotation": N_("Change of a secret"),
    "escrow_key": N_("Recovery key"),
    "envelope": N_("Recovery envelope"),
    "escrow_opening": N_("Use of the recovery key"),
    "key_card": N_("Key card"),
    "key_verification": N_("Verification of a key card"),
    "handover": N_("Handover"),
    "handover_item": N_("Thing handed over"),
    "handover_statement": N_("Statement of a handover"),
    "data_hold": N_("Hold on data"),
    "extract": N_("Extract"),
    "asset": N_("Asset"),
    "asset_version": N_("Version of an asset"),
    "asset_use": N_("Use of an asset"),
    "consent": N_("Consent"),
    "registry_setting": N_("Setting"),
    "registry": N_("Registry"),
    "reason": N_("Reason"),
}
"""What a record of each table is called."""
