"""What follows from the records: the stored findings, and the cached rows of the lists that show them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.governance import findings
from core.inventory.lists import LISTS
from core.settings import read_settings
from core.storage import rows


def derive(session: Session, today: date) -> bool:
    """Bring what is derived up to date with the records and the day; outside the log, in a session that may write.

    Returns:
        Whether any finding is new or gone.
    """
    changed = findings.refresh(session, today, read_settings(session))
    session.flush()
    rows.keep_current(session.connection(), LISTS, today)
    for records in LISTS:
        rows.refresh_records(session.connection(), records, changed.get(records.table.name, ()), today)
    return bool(changed)
