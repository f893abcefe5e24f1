"""Bringing a registry's schema up to the program's, one numbered migration after the other; Alembic is owned here."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from core.storage.engine import WRITING

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run every missing migration in one transaction; the engine must have foreign keys switched off.

    Args:
        engine: An engine of the registry.
        target: The number of the last migration to run, as in "0001".

    Raises:
        RuntimeError: A foreign key points nowhere afterwards; nothing was changed.
    """
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        configuration = alembic_configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, target)
        _check_foreign_keys(connection)


def alembic_configuration() -> Config:
    """Return Alembic's configuration, held in code."""
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return configuration


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration leaves {len(broken)} references that point nowhere")
