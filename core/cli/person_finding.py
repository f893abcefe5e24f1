"""Which person a text on the command line means."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _
from core.inventory.people import find_person
from core.model import Person


def person_called(session: Session, text: str) -> UUID:
    """Return the one person whom a name, an e-mail address or an id means.

    Raises:
        BadInputError: It means nobody or several.
    """
    person = find_person(session, text) or _by_id(session, text)
    if person is None:
        raise BadInputError(_("“{name}” means nobody, or several people.").format(name=text))
    return person.id


def _by_id(session: Session, text: str) -> Person | None:
    try:
        return session.get(Person, UUID(text))
    except ValueError:
        return None
