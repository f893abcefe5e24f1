"""What tables and columns are called in an extract, where the lists of the program have no field for them."""

from __future__ import annotations

from collections.abc import Mapping

from core.fields import Field
from core.i18n import N_, _
from core.inventory.recorded import noun_of
from core.inventory.recorded_fields import FIELDS, NOUNS

TITLES: Mapping[str, str] = {
    "person": N_("Your entry"),
    "data_hold": N_("Kept for a running case"),
    "responsibility": N_("What you answer for"),
    "access": N_("Where you have or had access"),
    "confirmation": N_("What you confirmed"),
    "store_binding": N_("Your workplaces"),
    "store": N_("Your keyrings"),
    "custody": N_("Secrets that your keyrings keep or kept"),
    "reading": N_("Days on which you first read a secret"),
    "rotation": N_("Secrets that you changed"),
    "secret_use": N_("Your uses of secrets while the full log was on"),
    "escrow_key": N_("Your keys of the escrow"),
    "escrow_opening": N_("Envelopes that you opened"),
    "key_card": N_("Your key cards"),
    "key_verification": N_("Key cards that you verified"),
    "handover": N_("Your handovers"),
    "handover_item": N_("What was handed over in them"),
    "handover_statement": N_("Your signed statements"),
    "asset": N_("Portraits that show you"),
    "asset_version": N_("Files of these portraits"),
    "consent": N_("Your consents"),
    "asset_use": N_("Where your portraits are or were shown"),
    "waiver": N_("Exceptions from rules that concern you"),
    "finding": N_("Findings that concern you"),
    "mended_finding": N_("Findings that concerned you"),
    "report_run": N_("Reports that you made"),
    "erasure": N_("Erasures that you carried out"),
}
"""What the part of an extract is called that tells the rows of a table; the person reads it."""

PARTS: Mapping[tuple[str, str], str] = {
    ("person", "successor_id"): N_("You are named as successor"),
    ("channel", "reply_coordinator_id"): N_("You coordinate the replies"),
    ("channel", "approved_by_id"): N_("You approved it"),
    ("access", "granted_by_id"): N_("You granted an access"),
    ("access", "withdrawn_by_id"): N_("You withdrew an access"),
    ("credential", "holder_id"): N_("You have the envelope, the device or the card"),
    ("credential", "rotated_by_id"): N_("You changed the secret last"),
    ("credential", "second_factor_holder_id"): N_("You have the second factor"),
    ("escrow_key", "made_by_id"): N_("You made a key of the escrow"),
    ("key_card", "revoked_by_id"): N_("You revoked a key card"),
    ("asset_version", "approved_by_id"): N_("You approved a file"),
    ("asset_use", "cleaned_by_id"): N_("You replaced a picture or took it down"),
}
"""What a person had to do with a row that is not about them."""

_NOUNS: Mapping[str, str] = {
    "data_hold": N_("Hold on data"),
    "secret_use": N_("Use of a secret"),
    "asset": N_("Picture"),
    "asset_version": N_("File of a picture"),
    "consent": N_("Consent"),
    "asset_use": N_("Use of a picture"),
    "report_run": N_("Report"),
    "erasure": N_("Erasure"),
}
"""What a row is called whose table has no name in the log."""

_LABELS: Mapping[str, str] = {
    "approved_by_id": N_("Approved by"),
    "cleaned_by_id": N_("Taken down by"),
    "escrow_key_id": N_("Key of the escrow"),
    "granted_by_id": N_("Granted by"),
    "handover_id": N_("Handover"),
    "made_by_id": N_("Made by"),
    "revoked_by_id": N_("Revoked by"),
    "store_id": N_("Keyring"),
    "version_id": N_("File"),
    "withdrawn_by_id": N_("Withdrawn by"),
    "account_key": N_("Account"),
    "address": N_("Address"),
    "approved_on": N_("Approved on"),
    "approved_under": N_("Approved under"),
    "as_of": N_("As of"),
    "asset_id": N_("Picture"),
    "at": N_("When"),
    "backend": N_("Kind of keyring"),
    "begun_at": N_("Begun"),
    "card": N_("Fingerprint of the key card"),
    "certificate": N_("Certificate"),
    "channel_id": N_("Channel"),
    "created_on": N_("Day"),
    "credential_id": N_("Login"),
    "fingerprint": N_("Fingerprint"),
    "ended_on": N_("Ended on"),
    "erased_on": N_("Erased on"),
    "evidence": N_("Evidence"),
    "file_name": N_("File"),
    "finished_at": N_("Finished"),
    "form_name": N_("Form"),
    "format": N_("Format"),
    "given_on": N_("Given on"),
    "granted_on": N_("Granted on"),
    "issued_on": N_("Issued on"),
    "kept_in": N_("Kept in"),
    "key_card_id": N_("Key card"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "licence": N_("Licence"),
    "licence_until": N_("Licence until"),
    "made_at": N_("Made"),
    "medium": N_("Medium"),
    "mended_on": N_("Settled on"),
    "notes": N_("Notes"),
    "number": N_("Number"),
    "permitted_uses": N_("Permitted uses"),
    "placement": N_("Place"),
    "place": N_("Place"),
    "quarter": N_("Quarter"),
    "reader": N_("Reader"),
    "reason": N_("Reason"),
    "removed_on": N_("Removed on"),
    "restricted_on": N_("Restricted since"),
    "revocation": N_("Revocation"),
    "revoked_on": N_("Revoked on"),
    "rights_holder": N_("Rights holder"),
    "rotated_on": N_("Changed on"),
    "rule": N_("Rule"),
    "second_factor": N_("Second factor"),
    "severity": N_("Severity"),
    "since": N_("First day"),
    "source": N_("Source"),
    "subject_id": N_("Concerns"),
    "taken_in_on": N_("Taken in on"),
    "text": N_("What it says"),
    "title": N_("Title"),
    "until": N_("Last day"),
    "valid_until": N_("Valid until"),
    "value": N_("Value"),
    "variant": N_("Variant"),
    "withdrawn_on": N_("Withdrawn on"),
}
_SILENT = frozenset(
    {
        "item_id",
        "slot",
        "form_sha256",
        "sha256",
        "media_type",
        "size",
        "width",
        "height",
        "recipient",
        "created_at",
        "updated_at",
    }
)
"""What says something to programs only."""
_IN_THE_SENTENCE = {
    "handover_statement": frozenset({"act", "card", "digest", "handover_id", "made_at", "number", "taken_in_on"}),
    "key_card": frozenset({"created_on"}),
}
"""What the sentence about something signed says already, or what only proves it."""


def noun(table: str) -> str:
    """Return what a row of a table is called."""
    return _(_NOUNS[table]) if table in _NOUNS and table not in NOUNS else noun_of(table)


def title_of(table: str) -> str:
    """Return what the part of a table is called."""
    return _(TITLES[table]) if table in TITLES else noun(table)


def part_title(table: str, column: str) -> str:
    """Return what a person had to do with rows that are not about them."""
    return _(PARTS[table, column]) if (table, column) in PARTS else noun(table)


def field_of(table: str, column: str) -> Field | None:
    """Return the field by which the program's lists show a column."""
    return next((one for one in FIELDS.get(table, ()) if column in {one.key, f"{one.key}_id"}), None)


def label_of(table: str, column: str) -> str:
    """Return what a column is called, empty where it says nothing to people; a new one is called as it is stored."""
    if column in _IN_THE_SENTENCE.get(table, ()):
        return ""
    field = field_of(table, column)
    if field is not None:
        return field.title
    if column in _SILENT:
        return ""
    return _(_LABELS[column]) if column in _LABELS else column.removesuffix("_id").replace("_", " ")
