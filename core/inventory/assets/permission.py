"""Whether the file of an asset may be handed on or shown: what is to be said before, and what was erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.i18n import N_, _
from core.inventory.assets.consents import ConsentState, Term, consents_of, current_consents, state_of
from core.model import Asset, AssetKind, AssetVersion, ConsentMedium, Person
from core.model.protection import REDACTED

Agreed = Iterable[tuple[ConsentMedium, Term]]
"""What the person of a portrait agreed to, and for how long."""

_GAPS = {
    ConsentState.MISSING: N_("No consent to show “{title}” is entered ({medium})."),
    ConsentState.ENDED: N_("The consent to show “{title}” was withdrawn or has ended ({medium})."),
}
_GAPS_EVERYWHERE = {
    ConsentState.MISSING: N_("No consent to show “{title}” is entered."),
    ConsentState.ENDED: N_("Every consent to show “{title}” was withdrawn or has ended."),
}


def consent_gap(title: str, agreed: Agreed, medium: ConsentMedium | None, day: date) -> str:
    """Return a translated sentence about the consent that a portrait lacks on a day, empty where it lacks none.

    Args:
        title: What the portrait is called.
        agreed: What its person agreed to.
        medium: Where it is to be shown; None where nobody knows: then it lacks one only if none holds at all.
        day: The day.
    """
    known: dict[ConsentMedium, list[Term]] = {one: [] for one in ConsentMedium}
    for where, term in agreed:
        known[where].append(term)
    wanted = [medium] if medium is not None else list(ConsentMedium)
    states = {state_of(known[one], day)[0] for one in wanted}
    if ConsentState.GIVEN in states:
        return ""
    worst = ConsentState.ENDED if ConsentState.ENDED in states else ConsentState.MISSING
    if medium is None:
        return _(_GAPS_EVERYWHERE[worst]).format(title=title)
    return _(_GAPS[worst]).format(title=title, medium=_(medium.label))


def gap_of(session: Session, asset: Asset, medium: ConsentMedium | None, day: date) -> str:
    """Return what is to be said before an asset is handed on or shown, empty where nothing is; see `consent_gap`."""
    if asset.kind is not AssetKind.PORTRAIT:
        return ""
    if session.scalar(select(Asset.id).where(Asset.id == asset.id, is_erased())) is not None:
        return erased_sentence(asset.title)
    terms = [(one.medium, Term(one.given_on, one.until, one.withdrawn_on)) for one in consents_of(session, asset.id)]
    return consent_gap(asset.title, terms, medium, day)


def media_allowed(session: Session, asset: Asset, day: date) -> tuple[ConsentMedium, ...]:
    """Return in which media the person of a portrait agrees to be shown on a day; none where nobody is shown."""
    if asset.kind is not AssetKind.PORTRAIT:
        return ()
    states = current_consents(session, asset.id, day)
    return tuple(medium for medium in ConsentMedium if states[medium][0] is ConsentState.GIVEN)


def erased_sentence(title: str) -> str:
    """Say that there is no file any more."""
    return _("The files of “{title}” were erased with the personal data that was due.").format(title=title)


def is_erased() -> ColumnElement[bool]:
    """Return the condition that an asset's files were erased, with the person they show or when no consent was left."""
    named = select(AssetVersion.id).where(AssetVersion.asset_id == Asset.id, AssetVersion.file_name == REDACTED)
    return or_(is_erased_with_person(), named.correlate(Asset).exists())


def is_erased_with_person() -> ColumnElement[bool]:
    """Return the condition that an asset shows somebody whose data was erased, so that no form of a consent is left."""
    erased = select(Person.id).where(Person.id == Asset.person_id, Person.erased_on.is_not(None))
    return erased.correlate(Asset).exists()
