"""The settings as the documents show them: with what somebody does instead of the id by which a setting means them."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.identity.circle import HEAD_OF_PRESS
from core.model import Person
from core.settings import Settings, read_settings


def settings_in_force(session: Session) -> Settings:
    """Return the settings of a registry for people to read."""
    settings = read_settings(session)
    return Settings({**settings, HEAD_OF_PRESS: _shown(session, str(settings[HEAD_OF_PRESS]))})


def _shown(session: Session, person_id: str) -> str:
    with suppress(ValueError):
        person = session.get(Person, UUID(person_id))
        return (person.function or person.name) if person is not None else ""
    return ""
