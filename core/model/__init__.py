"""Every stored record and enum, one module a family of nouns; reads like the entity diagram.

The closed lists are there at once; the records come all together when the first of them is asked for, so that the
window can be painted before SQLAlchemy is loaded.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from core.model.choices import (
    AccessKind,
    Act,
    AssetKind,
    AssetVariant,
    Badge,
    ChannelKind,
    ChannelState,
    ConfirmationResult,
    ConsentMedium,
    CredentialKind,
    CustodyEnd,
    ItemKind,
    ItemState,
    KeptIn,
    KnownBy,
    Occasion,
    PersonKind,
    PersonState,
    Placement,
    PlatformRole,
    ResponsibilityRole,
    SecondFactor,
    Severity,
    UnitKind,
    VerifiedBy,
    Way,
)

if TYPE_CHECKING:
    from core.model.assets import Asset, AssetUse, AssetVersion, Consent
    from core.model.channel import Channel, FollowerCount, FormerHandle
    from core.model.custody import (
        Credential,
        CredentialChannel,
        Custody,
        Envelope,
        EscrowKey,
        EscrowOpening,
        Reading,
        Rotation,
        Store,
    )
    from core.model.handover import Handover, HandoverItem, HandoverStatement
    from core.model.identity import KeyCard, KeyVerification
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
    from core.model.protection import DataHold, Erasure, SecretUse
    from core.model.record import Base, Record
    from core.model.responsibility import Access, Confirmation, Responsibility

__all__ = [
    "Access",
    "AccessKind",
    "Act",
    "Action",
    "Asset",
    "AssetKind",
    "AssetUse",
    "AssetVariant",
    "AssetVersion",
    "Badge",
    "Base",
    "Change",
    "ChangeValue",
    "Channel",
    "ChannelKind",
    "ChannelState",
    "Confirmation",
    "ConfirmationResult",
    "Consent",
    "ConsentMedium",
    "Credential",
    "CredentialChannel",
    "CredentialKind",
    "Custody",
    "CustodyEnd",
    "DataHold",
    "Envelope",
    "Erasure",
    "EscrowKey",
    "EscrowOpening",
    "Finding",
    "FindingState",
    "FollowerCount",
    "FormerHandle",
    "Handover",
    "HandoverItem",
    "HandoverStatement",
    "ItemKind",
    "ItemState",
    "KeptIn",
    "KeyCard",
    "KeyVerification",
    "KnownBy",
    "MendedFinding",
    "Occasion",
    "OrgUnit",
    "Person",
    "PersonKind",
    "PersonState",
    "Placement",
    "PlatformRole",
    "Reading",
    "Record",
    "RegistrySetting",
    "ReportRun",
    "Responsibility",
    "ResponsibilityRole",
    "Rotation",
    "SecondFactor",
    "SecretUse",
    "Severity",
    "Store",
    "StoreBinding",
    "UnitKind",
    "VerifiedBy",
    "Waiver",
    "Way",
]

RECORDS = (
    "assets",
    "channel",
    "custody",
    "handover",
    "identity",
    "journal",
    "organisation",
    "oversight",
    "protection",
    "record",
    "responsibility",
)
"""The modules that hold records; their tables point at one another, so that none is of use without the others."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load the records and give the one that is asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        for module in RECORDS:
            loaded = importlib.import_module(f"{__name__}.{module}")
            globals().update({one: getattr(loaded, one) for one in __all__ if hasattr(loaded, one)})
        return globals()[name]
