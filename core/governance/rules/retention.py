"""The rule about people's data: what was kept long enough is erased; nobody is named, and a view of the past owes none.

Whether something was due on a day in the past cannot be told once it is erased, so that a report on a quarter that is
over would count otherwise each time it is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.governance import retention
from core.governance.rules.rule import Evidence, Raised, Rule, Situation
from core.governance.subjects import registry_label
from core.i18n import N_, ngettext
from core.model import Severity

KINDS = ("people", "readings", "confirmations", "handovers", "portraits")


def _due(situation: Situation) -> Iterator[Raised]:
    """Raise the registry if anything is kept longer than its period."""
    if _is_past(situation.session):
        return
    fact: dict[str, int] = {}
    for kind, query in zip(KINDS, retention.queries(situation.today, situation.settings), strict=True):
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        fact[kind] = situation.session.execute(counted).scalar_one()
    if any(fact.values()):
        yield Raised(None, registry_label(situation.session), dict(fact), None)


def _is_past(session: Session) -> bool:
    return "bypassed" in session.info  # What `core.storage.past` puts into the session of a view.


def _say(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    number = sum(int(evidence.get(kind, 0)) for kind in KINDS)  # Older findings know fewer kinds.
    return ngettext(
        "{count} record about people is kept longer than its time.",
        "{count} records about people are kept longer than their time.",
        number,
    ).format(count=number)


RULES = (
    Rule(
        "retention-due",
        Severity.WARNING,
        4,
        N_("Personal data to be erased"),
        N_(
            "Data about people is kept only as long as the purpose needs it. Look at what is due and have it erased; "
            "what a running case needs is kept by a hold with a reason."
        ),
        N_("GDPR, article 5 (1) e and article 17"),
        ("erase-due",),
        _due,
        _say,
        frozenset(
            {
                *("asset", "asset_use", "asset_version", "channel", "confirmation", "consent", "credential"),
                *("data_hold", "handover", "person", "reading", "registry_setting", "rotation"),
            }
        ),
        subject_type="registry",
    ),
)
