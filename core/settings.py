"""Thresholds and choices of one registry: declared once, stored only where they differ from the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import N_, _
from core.model import RegistrySetting


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the registry; its default says what type it has."""

    key: str
    default: str | int | bool
    label: str
    unit: str = ""


SETTINGS = (
    Setting("registry.id", "", N_("Identification of this registry")),
    Setting("city.name", "", N_("City")),
    Setting("rules.stage", 1, N_("Stage of the rules")),
    Setting("owner-leaving.days", 30, N_("Owner is leaving: days before"), N_("days")),
    Setting("quiet.days", 30, N_("Quiet after"), N_("days")),
    Setting("stale.days", 90, N_("Stale after"), N_("days")),
    Setting("dormant.days", 180, N_("Dormant after"), N_("days")),
    Setting("last-post-unknown.days", 30, N_("Last post unknown: days after registering"), N_("days")),
    Setting("platform-ending.days", 365, N_("Platform is ending: days before"), N_("days")),
    Setting("report-overdue.days", 15, N_("Report overdue after the end of the quarter"), N_("days")),
)
_DECLARED = {setting.key: setting for setting in SETTINGS}


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


def read_settings(session: Session) -> Settings:
    """Read the settings in force."""
    rows = session.execute(select(RegistrySetting.key, RegistrySetting.value)).all()
    return Settings({key: value["value"] for key, value in rows if key in _DECLARED})


def change_setting(session: Session, key: str, value: str | int | bool) -> None:
    """Store one setting; call inside an action.

    Raises:
        BadInputError: The setting is unknown or the value is of another type or negative.
    """
    declared = _DECLARED.get(key)
    if declared is None:
        raise BadInputError(_("There is no setting “{key}”.").format(key=key))
    if type(value) is not type(declared.default) or (isinstance(value, int) and value < 0):
        raise BadInputError(_("“{value}” cannot be used for “{label}”.").format(value=value, label=_(declared.label)))
    stored = session.scalar(select(RegistrySetting).where(RegistrySetting.key == key))
    if stored is None:
        session.add(RegistrySetting(key=key, value={"value": value}))
    else:
        stored.value = {"value": value}
