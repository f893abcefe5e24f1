"""Rules about what protects a login besides the secret: a second factor, and a way back that belongs to the office."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from core.days import local_day
from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation
from core.i18n import N_, _
from core.inventory.credentials import in_use
from core.model import Credential, CredentialChannel, CredentialKind, SecondFactor, Severity

_SIGNS_IN = (CredentialKind.PASSWORD, CredentialKind.MAILBOX)
_FACTORS = (CredentialKind.TOTP, CredentialKind.DEVICE, CredentialKind.SIM, CredentialKind.RECOVERY_CODES)


@cache
def _unprotected_query() -> Query:
    """Return the query of logins without a second factor, neither entered nor kept as a login of its own."""
    factor, theirs, ours = aliased(Credential), aliased(CredentialChannel), aliased(CredentialChannel)
    beside = (
        select(factor.id)
        .join(theirs, theirs.credential_id == factor.id)
        .join(ours, ours.channel_id == theirs.channel_id)
        .where(ours.credential_id == Credential.id, factor.kind.in_(_FACTORS))
        .where(or_(factor.retired_on.is_(None), factor.retired_on > TODAY))
        .correlate(Credential)
    )
    columns: list[Any] = [Credential.id, Credential.label, Credential.second_factor, Credential.created_at]
    none = or_(Credential.second_factor.is_(None), Credential.second_factor == SecondFactor.NONE)
    return select(*columns).where(Credential.kind.in_(_SIGNS_IN), none, in_use(TODAY), ~beside.exists())


def _unprotected(situation: Situation) -> Iterator[Raised]:
    """Raise each password and mailbox that opens without anything else, as far as anybody knows."""
    for login, label, factor, created_at in situation.rows(_unprotected_query()):
        yield Raised(login, label, {"second_factor": factor and factor.value}, local_day(created_at))


def _say_unprotected(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["second_factor"] is None:
        return _("No second factor is entered.")
    return _("The login has no second factor: whoever knows the password gets in.")


@cache
def _recovery_query() -> Query:
    columns: list[Any] = [Credential.id, Credential.label, Credential.recovery_of_office, Credential.recovery_mail]
    told = or_(Credential.recovery_of_office.is_(False), Credential.recovery_mail.is_not(None))
    return select(*columns, Credential.created_at).where(told, in_use(TODAY))


def _private(situation: Situation) -> Iterator[Raised]:
    """Raise each login whose recovery address or telephone is not the office's."""
    domains = mail_domains(str(situation.settings["office.mail-domains"]))
    for login, label, of_office, mail, created_at in situation.rows(_recovery_query()):
        foreign = bool(mail and domains) and not _is_in(str(mail), domains)
        if of_office is False or foreign:
            fact = {"recovery": "private" if of_office is False else "mail"}
            yield Raised(login, label, fact, local_day(created_at))


def mail_domains(text: str) -> frozenset[str]:
    """Read the mail domains of the office: "stadt.example, @werke.example"."""
    parts = (part.strip().casefold().lstrip("@").strip(".") for part in text.replace(";", ",").split(","))
    return frozenset(part for part in parts if part)


def _is_in(mail: str, domains: frozenset[str]) -> bool:
    """Say whether an address lies in one of the domains or below one."""
    host = mail.strip().casefold().rpartition("@")[2]
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _say_private(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["recovery"] == "private":
        return _("The recovery address or telephone belongs to a person, not to the office.")
    return _("The recovery address lies in none of the office's mail domains.")


RULES = (
    Rule(
        "no-second-factor",
        Severity.WARNING,
        2,
        N_("No second factor"),
        N_(
            "A password that was guessed or given away is enough to take the account over. Switch the second factor on "
            "at the platform, then enter it here or keep its key with the program."
        ),
        N_("Mülheim, guideline: security settings"),
        ("change-credential",),
        _unprotected,
        _say_unprotected,
        frozenset({"credential", "credential_channel"}),
        ("second_factor",),
        subject_type="credential",
    ),
    Rule(
        "private-recovery",
        Severity.WARNING,
        2,
        N_("Recovery belongs to a person"),
        N_(
            "Whoever has the recovery address or telephone can take the account over, also years after leaving. Enter "
            "an address of the office at the platform, then enter it here."
        ),
        N_("Guidelines of universities: recovery addresses of the office only"),
        ("change-credential",),
        _private,
        _say_private,
        frozenset({"credential"}),
        ("recovery_of_office", "recovery_mail"),
        subject_type="credential",
    ),
)
