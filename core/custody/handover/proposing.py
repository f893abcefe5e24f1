"""What hangs on a person, and for each thing the lightest way in which it can pass, with the reason as a sentence.

Later capabilities add what they know of to SOURCES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.custody.handover.facts import told
from core.custody.handover.formats.items import Item, Told
from core.custody.handover.ways import way_of_login
from core.i18n import _
from core.inventory.accesses import is_open
from core.inventory.channels import label_of
from core.inventory.credentials import in_use, live_custody
from core.inventory.responsibilities import counts_on
from core.model import (
    Access,
    AccessKind,
    Channel,
    Credential,
    CredentialChannel,
    CredentialKind,
    Custody,
    ItemKind,
    Occasion,
    Person,
    Reading,
    Responsibility,
    ResponsibilityRole,
    Way,
)
from core.storage.sorting import sort_key

_ROLE_INSTEAD = frozenset({CredentialKind.PASSWORD, CredentialKind.TOTP, CredentialKind.RECOVERY_CODES})
"""What a role of one's own on the platform makes needless."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be handed over.

    Attributes:
        session: A session that reads.
        person_id: By whom.
        occasion: Why.
        today: The day.
    """

    session: Session
    person_id: UUID
    occasion: Occasion
    today: date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that hangs on a person.

    Attributes:
        kind: What sort of thing it is.
        id: The id of its record.
        label: What it is called.
        way: How it passes most lightly; None where nothing is to pass, and the reason says what to do instead.
        reason: Why this way, in the user's language.
        ways: All ways that can be chosen, the proposed one first.
        revision: The revision of the secret in force, None where there is none.
        instead: What each of the other ways means.
        hint: What may make it needless, empty where nothing does.
    """

    kind: ItemKind
    id: UUID
    label: str
    way: Way | None
    reason: str
    ways: tuple[Way, ...] = ()
    revision: int | None = None
    instead: tuple[tuple[Way, str], ...] = ()
    hint: str = ""

    def why(self, way: Way | None = None) -> str:
        """Return the reason for one of the ways, the proposed one by default, with what may make it needless."""
        reason = dict(self.instead).get(way, self.reason) if way is not None else self.reason
        return f"{reason} {self.hint}".rstrip()

    def item(self, way: Way | None = None) -> Item:
        """Return the thing as a request names it, without the facts that travel with it.

        Raises:
            ValueError: Nothing is to pass.
        """
        chosen = way or self.way
        if chosen is None:
            raise ValueError(self.label)
        return Item(self.kind, self.id, chosen, self.revision, self.label)


Source = Callable[[Wish], Iterator[Suggestion]]
"""Gives things of one sort that hang on a person."""


def proposed(session: Session, person_id: UUID, occasion: Occasion, today: date) -> list[Suggestion]:
    """Return what hangs on a person with the lightest way for each thing: logins, roles, duties, each by label.

    Args:
        session: A session that reads.
        person_id: Who leaves, changes duties, is covered or moves to another computer.
        occasion: Which of it.
        today: The day.
    """
    wish = Wish(session, person_id, occasion, today)
    return [
        one for source in SOURCES for one in sorted(source(wish), key=lambda one: (sort_key(one.label), str(one.id)))
    ]


def logins(wish: Wish) -> Iterator[Suggestion]:
    """Give the logins that a person keeps, has read, holds as a thing or shares; for a move, what the keyring keeps."""
    moves = wish.occasion is Occasion.MOVE
    ids = _kept(wish) if moves else _kept(wish) | _known(wish) | _things(wish) | _shared(wish)
    for credential in wish.session.scalars(select(Credential).where(in_use(wish.today))):
        if credential.id in ids:
            channels = _channels(wish, credential.id)
            held = credential.id in _kept(wish)
            way = way_of_login(credential, channels, wish.occasion, held=held)
            yield Suggestion(
                ItemKind.CREDENTIAL,
                credential.id,
                credential.label,
                way.way,
                way.reason,
                way.ways,
                credential.revision,
                way.instead,
                _hint(wish, credential, channels),
            )


def roles(wish: Wish) -> Iterator[Suggestion]:
    """Give the platforms' own roles that a person has."""
    if wish.occasion is Occasion.MOVE:
        return
    mine = select(Access, Channel).join(Channel, Channel.id == Access.channel_id).where(_has_role(wish))
    for access, channel in wish.session.execute(mine):
        label = label_of(channel.title, channel.platform)
        role = _(access.platform_role.label) if access.platform_role else ""
        if wish.occasion is Occasion.COVER:
            reason = _("The platform has roles of its own: give the deputy one for this time, and enter it there.")
            yield Suggestion(ItemKind.ACCESS, access.id, label, None, reason)
        else:
            reason = _("The platform has roles of its own ({role}): nobody needs to know a password.").format(role=role)
            plain = _("The platform has roles of its own: nobody needs to know a password.")
            yield Suggestion(ItemKind.ACCESS, access.id, label, Way.ROLE, reason if role else plain, (Way.ROLE,))


def duties(wish: Wish) -> Iterator[Suggestion]:
    """Give what a person answers for."""
    if wish.occasion is Occasion.MOVE:
        return
    tie = Responsibility
    mine = select(tie, Channel).join(Channel, Channel.id == tie.channel_id)
    for one, channel in wish.session.execute(mine.where(tie.person_id == wish.person_id, counts_on(wish.today))):
        if wish.occasion is Occasion.COVER and one.role is not ResponsibilityRole.OWNER:
            continue
        label = _("{role}: {channel}").format(role=_(one.role.label), channel=label_of(channel.title, channel.platform))
        if wish.occasion is Occasion.COVER:
            reason = _("Who covers answers for it during this time; nobody gives it up.")
        else:
            reason = _("Who takes over says so, and answers for it from then on.")
        yield Suggestion(ItemKind.RESPONSIBILITY, one.id, label, Way.DUTY, reason, (Way.DUTY,))


SOURCES: list[Source] = [logins, roles, duties]
"""What hangs on people, in the order in which it is shown."""


def successors(session: Session, today: date) -> tuple[tuple[UUID, str], ...]:
    """Return who works here and can take something over, by name."""
    people = session.scalars(select(Person)).all()
    here = [one for one in people if one.last_day is None or one.last_day >= today]
    return tuple((one.id, one.name) for one in sorted(here, key=lambda one: (sort_key(one.name), str(one.id))))


def told_items(session: Session, items: Iterable[Item]) -> list[Told]:
    """Return chosen things with the facts that travel with them, ready for a request.

    Raises:
        ConflictError: One of them is not there any more.
    """
    return [told(session, one.kind, one.id, one.way) for one in items]


def _kept(wish: Wish) -> set[UUID]:
    kept = select(Credential.id).join_from(Custody, Credential, Credential.id == Custody.credential_id)
    return set(wish.session.scalars(kept.where(Custody.person_id == wish.person_id, live_custody(wish.today))))


def _known(wish: Wish) -> set[UUID]:
    read = select(Credential.id).join_from(Reading, Credential, Credential.id == Reading.credential_id)
    return set(
        wish.session.scalars(read.where(Reading.person_id == wish.person_id, Reading.revision == Credential.revision))
    )


def _things(wish: Wish) -> set[UUID]:
    mine = or_(Credential.holder_id == wish.person_id, Credential.second_factor_holder_id == wish.person_id)
    return set(wish.session.scalars(select(Credential.id).where(mine)))


def _shared(wish: Wish) -> set[UUID]:
    """Return the logins of channels whose shared login the person has."""
    shared = select(CredentialChannel.credential_id).join(Access, Access.channel_id == CredentialChannel.channel_id)
    return set(
        wish.session.scalars(
            shared.where(
                Access.person_id == wish.person_id, Access.kind == AccessKind.SHARED_LOGIN, is_open(wish.today)
            )
        )
    )


def _has_role(wish: Wish) -> ColumnElement[bool]:
    is_role = Access.kind == AccessKind.PLATFORM_ROLE
    return and_(Access.person_id == wish.person_id, is_open(wish.today), is_role)


def _hint(wish: Wish, credential: Credential, channels: Sequence[Channel]) -> str:
    """Say that the login may be needless where a role of its own opens everything that it opens."""
    if wish.occasion is Occasion.MOVE or credential.kind not in _ROLE_INSTEAD or not channels:
        return ""
    roles_on = set(wish.session.scalars(select(Access.channel_id).where(_has_role(wish))))
    if any(one.id not in roles_on for one in channels):
        return ""
    return _("Perhaps the role on the platform, which stands below, is enough for the successor.")


def _channels(wish: Wish, credential_id: UUID) -> list[Channel]:
    tied = select(CredentialChannel.channel_id).where(CredentialChannel.credential_id == credential_id)
    return list(wish.session.scalars(select(Channel).where(Channel.id.in_(tied)).order_by(Channel.title)))
