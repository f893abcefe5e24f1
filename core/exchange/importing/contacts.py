"""Gives the e-mail addresses and telephone numbers of a row to the people it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.exchange.importing.columns import people_columns
from core.exchange.importing.proposal import ColumnMap, Problem
from core.exchange.importing.rows import Understood
from core.i18n import _
from core.inventory.person_names import NamedPerson, person_of_mail
from core.model import PersonKind

_MAIL = re.compile(r"[^\s<>()\[\],;:\"'/@]+@[^\s<>()\[\],;:\"'/@]+\.[^\s<>()\[\],;:\"'/@.]+")
_MOBILE = re.compile(r"(?:\+49|0049|0)\s*\(?0?\)?\s*1[567]\d")
_OFFICIAL = re.compile(r"dienst|büro|buero|office|amtlich", re.IGNORECASE)
_ROLES_OF_MAILS = {"email": "owner", "deputy_email": "deputy"}


def give_addresses(understood: Understood, columns: Sequence[ColumnMap]) -> None:
    """Give each e-mail address of a row to whom it belongs: the owner, or the deputy.

    An address beside nobody names its holder only where the list has no column of people at all.
    """
    by_field = {column.field: column for column in columns}
    for field, role in _ROLES_OF_MAILS.items():
        text = understood.contact.get(field)
        if not text:
            continue
        column = by_field[field]
        mails = [found.lower() for found in _MAIL.findall(text)]
        people = understood.people.get(role, ())
        if not mails:
            understood.doubt(column, _("“{text}” is no e-mail address.").format(text=text), text)
        elif people:
            understood.people[role] = _paired(people, mails, understood, column)
        elif field == "email" and not people_columns(columns):
            understood.people[role] = tuple(person_of_mail(mail) for mail in mails)
        else:
            message = _("“{text}” stands beside nobody; the address is left out.")
            understood.doubt(column, message.format(text=text), text)


def _paired(
    people: tuple[NamedPerson, ...], mails: list[str], understood: Understood, column: ColumnMap
) -> tuple[NamedPerson, ...]:
    given = list(people)
    if len(mails) == len(people):
        return tuple(replace(person, email=person.email or mail) for person, mail in zip(people, mails, strict=True))
    for mail in mails:
        at = _holder(given, mail)
        if at is None:
            message = _("It is not clear whose address “{text}” is; it is left out.")
            understood.doubt(column, message.format(text=mail), mail)
        else:
            given[at] = replace(given[at], email=mail)
    return tuple(given)


def _holder(people: Sequence[NamedPerson], mail: str) -> int | None:
    """Return the place of the person without an address whom an address names, else of the only office."""
    free = [at for at, person in enumerate(people) if not person.email]
    local = re.sub(r"[\W_]", "", mail.partition("@")[0])
    twins = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    named = [at for at in free if re.sub(r"\W", "", people[at].family_name.casefold().translate(twins)) in local]
    offices = [at for at in free if people[at].kind is PersonKind.OFFICE]
    for found in (named, offices, free if len(people) == 1 else []):
        if len(found) == 1:
            return found[0]
    return None


def phone_to_take(understood: Understood, columns: Sequence[ColumnMap], *, private_data: bool) -> str | None:
    """Return the telephone number of the row's owner that may be taken over: a private one only if ticked."""
    contact = understood.contact
    if "phone" in contact and (private_data or not _is_private(contact["phone"], columns)):
        return contact["phone"]
    return contact.get("private_phone") if private_data else None


def private_columns(
    columns: Sequence[ColumnMap], rows: Sequence[Mapping[int, str]], *, private_data: bool
) -> tuple[Problem, ...]:
    """Say of each column with private data that it is left out, unless the user ticked it."""
    if private_data:
        return ()
    message = _("Column “{column}” holds private data of people. It is left out unless you tick private data.")
    return tuple(
        Problem(column.header, message.format(column=column.header), at=column.column)
        for column in columns
        if column.field in {"private_phone", "private_profile"}
        or (column.field == "phone" and any(_is_private(row.get(column.column, ""), (column,)) for row in rows))
    )


def _is_private(phone: str, columns: Sequence[ColumnMap]) -> bool:
    """Tell whether a number is taken for private: a mobile one in a column that does not say it is the office's."""
    header = next((column.header for column in columns if column.field == "phone"), "")
    return bool(_MOBILE.match(phone.strip())) and not _OFFICIAL.search(header)
