"""How uses of assets stand on a day: what took a version's place, and whether the person of a portrait agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.inventory.assets.consents import ConsentState, Term, medium_of, state_of
from core.inventory.channels import GONE_STATES
from core.inventory.people import display_name
from core.model import (
    Asset,
    AssetKind,
    AssetUse,
    AssetVariant,
    AssetVersion,
    Channel,
    Consent,
    ConsentMedium,
    Person,
    Placement,
)

MASTER = aliased(AssetVersion)
"""The file from which a version was cut, in the query of uses."""

Terms = Mapping[tuple[UUID, ConsentMedium], Sequence[Term]]
"""The consents by asset and medium."""


class UseFacts(NamedTuple):
    """What is known of a use, its version and its asset; of what was cut from a file, that file's dates as well."""

    use_id: UUID
    placement: Placement
    since: date | None
    until: date | None
    cleaned_by_id: UUID | None
    channel_id: UUID
    channel_title: str
    platform: str
    asset_id: UUID
    asset_title: str
    kind: AssetKind
    licence_until: date | None
    retired_on: date | None
    variant: AssetVariant
    number: int
    issued_on: date
    approved_on: date | None
    valid_until: date | None
    replaced_on: date | None
    master_approved_on: date | None
    master_valid_until: date | None
    master_replaced_on: date | None
    person_id: UUID | None
    person: str | None
    function: str | None
    channel_url: str | None = None

    def outdated_since(self, day: date) -> date | None:
        """Return since when the version is not the one to use, None where it is one or is to be one until later."""
        ends = (self.replaced_on, self.master_replaced_on, self.retired_on)
        return self._shown(min((end for end in ends if end is not None and end <= day), default=None))

    def expired_since(self, day: date) -> date | None:
        """Return the last day on which it might be shown by its licence and its own term, None if that has not come."""
        ends = (self.licence_until, self.valid_until, self.master_valid_until)
        return min((end for end in ends if end is not None and end < day), default=None)

    def not_approved_since(self, day: date) -> date | None:
        """Return since when it is shown without anybody having approved it, None where somebody has."""
        return None if self.approved_by(day) is not None else self._shown(self.issued_on)

    def approved_by(self, day: date) -> date | None:
        """Return when it, or the file it was cut from, was approved first; None where nobody had by a day."""
        approvals = (self.approved_on, self.master_approved_on)
        return min((one for one in approvals if one is not None and one <= day), default=None)

    def consent(self, terms: Iterable[Term], day: date) -> tuple[ConsentState, date | None]:
        """Return whether the person agrees, and since when it has been shown without; what is no portrait needs none.

        Args:
            terms: The consents for the medium that is needed here.
            day: The day.
        """
        if self.kind is not AssetKind.PORTRAIT:
            return ConsentState.GIVEN, None
        state, ended_on = state_of(terms, day)
        return state, None if state is ConsentState.GIVEN else self._shown(ended_on or self.issued_on)

    @property
    def medium(self) -> ConsentMedium:
        """For which medium the person of a portrait must have agreed."""
        return medium_of(self.platform)

    def _shown(self, day: date | None) -> date | None:
        """Return a day, or the one on which the use began where that is later."""
        return day if day is None or self.since is None else max(day, self.since)


@cache
def facts_query() -> Select[Any]:
    """Return the query of all uses on channels that count, by channel and use; a row makes a `UseFacts`."""
    version, master, asset, use = AssetVersion, MASTER, Asset, AssetUse
    person: list[Any] = [Person.id, display_name(Person), Person.function]
    columns: list[Any] = [
        *(use.id, use.placement, use.since, use.until, use.cleaned_by_id),
        *(Channel.id, Channel.title, Channel.platform),
        *(asset.id, asset.title, asset.kind, asset.licence_until, asset.retired_on),
        *(version.variant, version.number, version.issued_on, version.approved_on, version.valid_until),
        _issued_on(version.replaced_by_id),
        *(master.approved_on, master.valid_until, _issued_on(master.replaced_by_id)),
    ]
    return (
        select(*columns, *person)
        .join_from(use, version, version.id == use.version_id)
        .join(asset, asset.id == version.asset_id)
        .join(Channel, Channel.id == use.channel_id)
        .outerjoin(master, master.id == version.derived_from_id)
        .outerjoin(Person, Person.id == asset.person_id)
        .where(Channel.state.not_in(GONE_STATES))
        .order_by(Channel.id, use.id)
    )


def may_have_to_go() -> ColumnElement[bool]:
    """Return the condition on the query of uses that one may have to end; all others need not be looked at."""
    ended = (Asset.retired_on, AssetVersion.replaced_by_id, MASTER.replaced_by_id)
    return or_(Asset.kind == AssetKind.PORTRAIT, *(column.is_not(None) for column in ended))


@cache
def terms_query() -> Select[Any]:
    """Return the query of all consents: asset, medium, and what makes a `Term`."""
    columns: list[Any] = [Consent.asset_id, Consent.medium, Consent.given_on, Consent.until, Consent.withdrawn_on]
    return select(*columns)


def by_asset(rows: Iterable[Any]) -> Terms:
    """Gather the rows of `terms_query` by asset and medium."""
    found: dict[tuple[UUID, ConsentMedium], list[Term]] = {}
    for asset_id, medium, *term in rows:
        found.setdefault((asset_id, medium), []).append(Term(*term))
    return found


def _issued_on(version_id: InstrumentedAttribute[UUID | None]) -> ColumnElement[date]:
    """Return when the version was issued that a column points at."""
    successor = aliased(AssetVersion)
    query = select(successor.issued_on).where(successor.id == version_id)
    return query.scalar_subquery()
