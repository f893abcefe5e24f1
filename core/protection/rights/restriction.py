"""Restricting what is done with a person's data: it stays stored, and nobody is offered to choose them any more.

Source: Art. 18 GDPR. The public never gets people at all; whoever is restricted is left out for the committee, too.
"""

from __future__ import annotations

from datetime import date

from core.errors import BadInputError
from core.i18n import N_, _
from core.model import Person

RESTRICT, LIFT = N_("Restrict a person's data"), N_("Lift the restriction of a person's data")
"""Labels of the actions."""


def restrict(person: Person, on: date) -> None:
    """Restrict a person's data from a day on; call inside an action.

    Raises:
        BadInputError: Nothing names the person any more.
    """
    if person.erased_on is not None:
        raise BadInputError(_("Nothing is known any more about this person."))
    person.restricted_on = person.restricted_on or on


def lift(person: Person) -> None:
    """End the restriction; call inside an action."""
    person.restricted_on = None
