"""Subcommands about people's data: which of them does what, and who is meant."""

from __future__ import annotations

import argparse
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _
from core.inventory.people import find_person
from core.model import Person


def people(options: argparse.Namespace) -> int:
    """Give out, erase or keep what is known about people."""
    if options.what in {"extract", "uses"}:
        from core.cli.extract_commands import extract, uses

        return extract(options) if options.what == "extract" else uses(options)
    from core.cli.erase_commands import erase, hold

    return erase(options) if options.what == "erase" else hold(options)


def documents(options: argparse.Namespace) -> int:
    """Write the documents on data protection."""
    from core.cli.document_commands import documents as write

    return write(options)


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
