"""Writes the next migration from what the models say and the newest schema lacks; developers read it afterwards.

python -m resources.setup.migration "Channels know their colour"
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Engine

from core.model import Record
from core.storage import schema
from core.storage.engine import WRITING, file_engine
from core.storage.migrating import alembic_configuration, upgrade


def main(arguments: list[str]) -> int:
    """Write one migration and count the schema up.

    Returns:
        The exit code.
    """
    if len(arguments) != 1 or not arguments[0].strip():
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "newest.kanalregister"
        empty.touch()
        engine = file_engine(empty, foreign_keys=False)
        upgrade(engine)
        print(f"Written: {write(engine, arguments[0])}. Read it, then run make test.")
        engine.dispose()
    return 0


def write(engine: Engine, message: str) -> str:
    """Write the migration that leads from an engine's schema to the models; return its file's name."""
    number = schema.SCHEMA + 1
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        configuration = alembic_configuration()
        configuration.attributes.update(connection=connection, metadata=Record.metadata)
        script = command.revision(configuration, message, autogenerate=True, rev_id=f"{number:04d}")
    _count_up(Path(schema.__file__), number)
    return Path(script.path).name if script and not isinstance(script, list) else ""


def _count_up(file: Path, number: int) -> None:
    text = re.sub(r"^SCHEMA = \d+$", f"SCHEMA = {number}", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
