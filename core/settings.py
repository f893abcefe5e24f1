"""Thresholds and choices of one registry: declared once, stored only where they differ from the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import N_, _
from core.model import RegistrySetting, UnitKind


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the registry; its default says what type it has."""

    key: str
    default: str | int | bool
    label: str
    unit: str = ""
    most: int | None = None


SETTINGS = (
    Setting("registry.id", "", N_("Identification of this registry")),
    Setting("city.name", "", N_("City")),
    Setting("term.unit", "", N_("One unit")),
    Setting("term.units", "", N_("Several units")),
    *(Setting(f"term.{kind.value}", "", kind.label) for kind in UnitKind),
    Setting("rules.stage", 1, N_("Stage of the rules"), most=4),
    Setting("owner-leaving.days", 30, N_("Owner is leaving: days before"), N_("days")),
    Setting("quiet.days", 30, N_("Quiet after"), N_("days")),
    Setting("stale.days", 90, N_("Stale after"), N_("days")),
    Setting("dormant.days", 180, N_("Dormant after"), N_("days")),
    Setting("last-post-unknown.days", 30, N_("Last post unknown: days after registering"), N_("days")),
    Setting("platform-ending.days", 365, N_("Platform is ending: days before"), N_("days")),
    Setting("too-few-admins.people", 2, N_("Admins that a channel needs"), N_("people")),
    Setting("never-confirmed.days", 14, N_("Never confirmed: days after registering"), N_("days")),
    Setting("confirmation-due.days", 180, N_("Confirmation due after"), N_("days")),
    Setting("confirmation-overdue.days", 365, N_("Confirmation overdue after"), N_("days")),
    Setting("imprint.days", 365, N_("Imprint to be checked again after"), N_("days")),
    Setting("imprint.clicks", 2, N_("Imprint: clicks away at most"), N_("clicks")),
    Setting(
        "usage-concept.months", 12, N_("Usage concept to be evaluated after, unless a day is entered"), N_("months")
    ),
    Setting("record-untouched.days", 180, N_("Entry untouched after"), N_("days")),
    Setting("propose-closing.months", 15, N_("Closing proposed after"), N_("months")),
    Setting("rotation-overdue.days", 3, N_("Change of a secret overdue after"), N_("working days")),
    Setting("secret-not-seen.days", 180, N_("Secret not seen in any keyring for"), N_("days")),
    Setting("office.mail-domains", "", N_("Mail domains of the office, separated by commas")),
    Setting("handover.head-of-press", "", N_("Head of press, whose certificates of keys count")),
    Setting("handover-stuck.days", 7, N_("Handover stuck after"), N_("days")),
    Setting("workstation-lost.days", 30, N_("Workstation not heard of for"), N_("days")),
    Setting("escrow.needed", 1, N_("People of the escrow who are needed to open an envelope"), N_("people"), most=2),
    Setting("drill.on", False, N_("Drill of the escrow every quarter")),
    Setting("drill-due.days", 92, N_("Drill of the escrow due after"), N_("days")),
    Setting("retention-readings.days", 90, N_("Who first looked at a password: kept after its change"), N_("days")),
    Setting("retention-confirmations.months", 24, N_("Who confirmed a channel, kept for"), N_("months")),
    Setting("retention-leavers.months", 36, N_("Names of those who have left, kept for"), N_("months")),
    Setting("retention-handovers.months", 120, N_("Handover records kept for"), N_("months")),
    Setting(
        "retention-portraits.days",
        30,
        N_("Portraits without a consent that are shown nowhere, kept after the last consent ended"),
        N_("days"),
    ),
    # Sources: Art. 13 (1) a and b, 30 (1) a and 77 GDPR.
    Setting("privacy.controller", "", N_("Controller: name and address")),
    Setting("privacy.officer", "", N_("Data protection officer: how to reach them")),
    Setting("privacy.authority", "", N_("Supervisory authority")),
    Setting("uses-log.reference", "", N_("Works agreement on the full log of uses")),
    Setting("uses-log.until", "", N_("Full log of uses until")),
    Setting("report.cover-text", "", N_("Text on the cover of the quarterly report")),
    Setting("report-overdue.days", 15, N_("Report overdue after the end of the quarter"), N_("days")),
)
_DECLARED = {setting.key: setting for setting in SETTINGS}
_STORED = select(RegistrySetting.key, RegistrySetting.value).where(
    # Others hold pictures, and what is said of platforms. The keys are ours; as parameters, the list is made anew.
    RegistrySetting.key.in_([literal_column(f"'{key}'") for key in _DECLARED])
)
"""The settings in force; made once, because nearly every action asks it."""


class Settings(Mapping[str, str | int | bool]):
    """The settings in force in one registry, defaults included."""

    def __init__(self, changed: Mapping[str, Any] | None = None) -> None:
        self._changed = dict(changed or {})

    def __getitem__(self, key: str) -> str | int | bool:
        """Return what is in force for a declared key."""
        value: str | int | bool = self._changed.get(key, _DECLARED[key].default)
        return value

    def __iter__(self) -> Any:
        """Go through the declared keys."""
        return iter(_DECLARED)

    def __len__(self) -> int:
        """Return how many settings are declared."""
        return len(_DECLARED)

    def days(self, rule: str) -> int:
        """Return a rule's threshold in days."""
        return int(self[f"{rule}.days"])


def thresholds_of(rule: str) -> tuple[Setting, ...]:
    """Return the settings from which a rule takes its thresholds."""
    return tuple(setting for setting in SETTINGS if setting.key.rpartition(".")[0] == rule)


def read_settings(session: Session) -> Settings:
    """Read the settings in force."""
    rows = session.execute(_STORED).all()
    return Settings({key: value["value"] for key, value in rows})


def change_setting(session: Session, key: str, value: str | int | bool) -> None:
    """Store one setting; call inside an action.

    Raises:
        BadInputError: The setting is unknown or the value is of another type or negative.
    """
    declared = _DECLARED.get(key)
    if declared is None:
        raise BadInputError(_("There is no setting “{key}”.").format(key=key))
    if type(value) is not type(declared.default) or not _fits(value, declared):
        raise BadInputError(_("“{value}” cannot be used for “{label}”.").format(value=value, label=_(declared.label)))
    stored = session.scalar(select(RegistrySetting).where(RegistrySetting.key == key))
    if stored is None:
        session.add(RegistrySetting(key=key, value={"value": value}))
    else:
        stored.value = {"value": value}


def _fits(value: str | int | bool, declared: Setting) -> bool:
    return not isinstance(value, int) or 0 <= value <= (declared.most if declared.most is not None else value)
