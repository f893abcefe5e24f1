"""The closed lists of values that records use; stored by value, shown by their translated label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from core.i18n import N_


class Choice(StrEnum):
    """One value of a closed list: its stable stored value and the source text of its label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member from its stored value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class UnitKind(Choice):
    """What sort of organisation unit it is."""

    DEPARTMENT = "department", N_("Department")
    SECTION = "section", N_("Section")
    STAFF_OFFICE = "staff-office", N_("Staff office")
    MUNICIPAL_COMPANY = "municipal-company", N_("Municipal company")
    FACILITY = "facility", N_("Facility")
    OTHER = "other", N_("Other unit")


class PersonKind(Choice):
    """A human being, or an office that answers as a whole ("Pressestelle")."""

    PERSON = "person", N_("Person")
    OFFICE = "office", N_("Office")


class PersonState(Choice):
    """What a person's dates say on a given day; never stored."""

    ACTIVE = "active", N_("active")
    ABSENT = "absent", N_("absent")
    LEAVING = "leaving", N_("leaving")
    LEFT = "left", N_("left")


class ChannelKind(Choice):
    """For whom the channel speaks."""

    CENTRAL = "central", N_("central")
    DECENTRAL = "decentral", N_("decentral")
    OFFICE_HOLDER_OFFICIAL = "office-holder-official", N_("office holder, official")
    OFFICE_HOLDER_MIXED = "office-holder-mixed", N_("office holder, mixed")
    OFFICE_HOLDER_PRIVATE = "office-holder-private", N_("office holder, private")
    CAMPAIGN = "campaign", N_("campaign")
    PARTICIPATION = "participation", N_("participation in somebody else's forum")
    RESERVED_HANDLE = "reserved-handle", N_("reserved handle")


class ChannelState(Choice):
    """Where the channel stands between the first idea and its end."""

    PROPOSED = "proposed", N_("proposed")
    APPROVED = "approved", N_("approved")
    ACTIVE = "active", N_("active")
    DORMANT = "dormant", N_("dormant")
    CLOSING = "closing", N_("closing")
    CLOSED = "closed", N_("closed")
    RESERVED = "reserved", N_("reserved")
    REJECTED = "rejected", N_("rejected")


class Badge(Choice):
    """The platform's mark that an account is official."""

    NONE = "none", N_("none")
    REQUESTED = "requested", N_("requested")
    VERIFIED = "verified", N_("verified")


class KnownBy(Choice):
    """How a fact came to be known."""

    ENTERED = "entered", N_("entered by hand")
    IMPORTED = "imported", N_("taken from a list")
    FETCHED = "fetched", N_("read from the channel's feed")


class ResponsibilityRole(Choice):
    """What a person answers for."""

    OWNER = "owner", N_("Owner")
    DEPUTY = "deputy", N_("Deputy")
    EDITOR = "editor", N_("Editor")
    MODERATOR = "moderator", N_("Moderator")


class AccessKind(Choice):
    """By what means somebody gets into the account."""

    PLATFORM_ROLE = "platform-role", N_("role on the platform")
    SHARED_LOGIN = "shared-login", N_("shared login")
    VIA_TOOL = "via-tool", N_("through a tool")


class PlatformRole(Choice):
    """What the platform lets the holder of an access do."""

    ADMIN = "admin", N_("Admin")
    EDITOR = "editor", N_("Editor")
    MODERATOR = "moderator", N_("Moderator")
    ANALYST = "analyst", N_("Analyst")
    ADVERTISER = "advertiser", N_("Advertiser")


class ConfirmationResult(Choice):
    """What the person who looked at the record found."""

    CORRECT = "correct", N_("correct")
    CORRECTED = "corrected", N_("corrected")
    SHOULD_CLOSE = "should-close", N_("should be closed")


class Severity(Choice):
    """How serious a finding is, from light to grave."""

    NOTICE = "notice", N_("Notice")
    WARNING = "warning", N_("Warning")
    SEVERE = "severe", N_("Severe")


class CredentialKind(Choice):
    """What opens an account."""

    PASSWORD = "password", N_("Password")
    TOTP = "totp", N_("Key for one-time codes")
    RECOVERY_CODES = "recovery-codes", N_("Recovery codes")
    API_TOKEN = "api-token", N_("API token")
    DEVICE = "second-factor-device", N_("Second-factor device")
    SIM = "sim", N_("SIM card")
    MAILBOX = "mailbox", N_("Mailbox")


class KeptIn(Choice):
    """Where a secret, or the thing that stands for it, is kept."""

    KEYRING = "keyring", N_("keyring of the operating system")
    ENVELOPE = "envelope", N_("sealed envelope")
    OTHER_MANAGER = "other-manager", N_("other password manager")
    DEVICE = "device", N_("device")


class SecondFactor(Choice):
    """What a login asks for besides the password."""

    NONE = "none", N_("no second factor")
    APP = "app", N_("code of an app")
    SECURITY_KEY = "security-key", N_("security key")
    PASSKEY = "passkey", N_("passkey")
    TEXT_MESSAGE = "text-message", N_("text message")
    MAIL = "mail", N_("code by mail")
    CODES = "codes", N_("list of codes")


class CustodyEnd(Choice):
    """Why a copy of a secret is not kept any more."""

    RELEASED = "released", N_("released")
    REPLACED = "replaced", N_("replaced by a newer one")
    ABANDONED = "abandoned", N_("change abandoned")
    LOST = "lost", N_("lost with the keyring")
    STOLEN = "stolen", N_("lost with the computer")


class VerifiedBy(Choice):
    """How somebody made sure that a key card is genuine."""

    WORDS = "words", N_("words")
    CERTIFICATE = "certificate", N_("certificate")


class Occasion(Choice):
    """Why something is handed over."""

    LEAVING = "leaving", N_("leaves the city")
    DUTIES = "duties", N_("changes duties")
    COVER = "cover", N_("is covered for a time")
    MOVE = "move", N_("moves to another computer")


class ItemKind(Choice):
    """What is handed over; later capabilities bring their own."""

    CREDENTIAL = "credential", N_("Login")
    ACCESS = "access", N_("Role on the platform")
    RESPONSIBILITY = "responsibility", N_("Responsibility")


class Way(Choice):
    """How something passes from one to the other, the lightest first."""

    DUTY = "duty", N_("Responsibility")
    ROLE = "role", N_("Role change")
    RESET = "reset", N_("Reset")
    COPY = "copy", N_("Shared copy")
    MOVE = "move", N_("Relocation")
    SEALED = "sealed", N_("Sealed")


class ItemState(Choice):
    """How far one thing has passed; the words of the protocol (handover.md)."""

    PLANNED = "planned", N_("suggested")
    REQUESTED = "requested", N_("asked for")
    SEALED = "sealed", N_("sealed")
    OPENED = "opened", N_("opened")
    ROTATING = "rotating", N_("being changed")
    CONFIRMED = "confirmed", N_("confirmed")
    CLOSED = "closed", N_("handed over")
    REFUSED = "refused", N_("refused")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    EXPIRED = "expired", N_("expired")
    SUPERSEDED = "superseded", N_("superseded")


class Act(Choice):
    """What a signed statement of a handover says; one statement may say it of several things."""

    PROPOSAL = "proposal", N_("Proposal")
    REQUEST = "request", N_("Request")
    SEALING = "sealing", N_("Sealed file")
    RECEIPT = "receipt", N_("Receipt")
    CONFIRMATION = "confirmation", N_("Confirmation")
    RELEASE = "release", N_("Release")
    RETURN = "return", N_("Return")
    REFUSAL = "refusal", N_("Refusal")
    WITHDRAWAL = "withdrawal", N_("Withdrawal")
    CLOSING = "closing", N_("Closing by the head of press")
    SUPERSESSION = "supersession", N_("Supersession")


class AssetKind(Choice):
    """What a file of the city's corporate identity is."""

    COAT_OF_ARMS = "coat-of-arms", N_("Coat of arms")
    LOGO = "logo", N_("Logo")
    PORTRAIT = "portrait", N_("Portrait")
    BANNER = "banner", N_("Banner")
    FONT = "font", N_("Font")
    TEMPLATE = "template", N_("Template")


class AssetVariant(Choice):
    """In which colours an asset is drawn."""

    COLOUR = "colour", N_("in colour")
    BLACK_WHITE = "black-white", N_("black and white")
    NEGATIVE = "negative", N_("negative")


class Placement(Choice):
    """Where on a channel an asset is shown."""

    AVATAR = "avatar", N_("Avatar")
    COVER = "cover", N_("Cover picture")
    TEMPLATE = "template", N_("Template of posts")
    POST_SERIES = "post-series", N_("Series of posts")


class ConsentMedium(Choice):
    """Where the person of a portrait agreed to be shown."""

    SOCIAL_MEDIA = "social-media", N_("Social media")
    WEBSITE = "website", N_("Website")
    PRINT = "print", N_("Print")
    PRESS = "press", N_("Press")
