"""Which schema this program speaks, and which one a file has; read by plain SQL, so that opening stays quick."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

SCHEMA = 7
"""The number of the newest migration in `migrations/versions`."""


def schema_of(connection: Connection) -> int:
    """Return the schema number of a registry; 0 where none is recorded."""
    try:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except DatabaseError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            return 0
        raise
    return int(found) if found and str(found).isdigit() else 0
