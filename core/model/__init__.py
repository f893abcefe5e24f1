"""Every stored record and enum, one module a family of nouns; reads like the entity diagram."""

from core.model.channel import Channel, FollowerCount, FormerHandle
from core.model.choices import (
    AccessKind,
    Badge,
    ChannelKind,
    ChannelState,
    ConfirmationResult,
    KnownBy,
    PersonKind,
    PersonState,
    PlatformRole,
    ResponsibilityRole,
    Severity,
    UnitKind,
)
from core.model.journal import Action, Change, ChangeValue
from core.model.organisation import OrgUnit, Person
from core.model.oversight import (
    Finding,
    FindingState,
    MendedFinding,
    RegistrySetting,
    ReportRun,
    StoreBinding,
    Waiver,
)
from core.model.record import Base, Record
from core.model.responsibility import Access, Confirmation, Responsibility

__all__ = [
    "Access",
    "AccessKind",
    "Action",
    "Badge",
    "Base",
    "Change",
    "ChangeValue",
    "Channel",
    "ChannelKind",
    "ChannelState",
    "Confirmation",
    "ConfirmationResult",
    "Finding",
    "FindingState",
    "FollowerCount",
    "FormerHandle",
    "KnownBy",
    "MendedFinding",
    "OrgUnit",
    "Person",
    "PersonKind",
    "PersonState",
    "PlatformRole",
    "Record",
    "RegistrySetting",
    "ReportRun",
    "Responsibility",
    "ResponsibilityRole",
    "Severity",
    "StoreBinding",
    "UnitKind",
    "Waiver",
]
