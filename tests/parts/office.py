"""A real spreadsheet program: LibreOffice without a window, with a profile of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.parts.missing import needed_program

LIMIT_SECONDS = 120


class Office:
    """LibreOffice as a converter; its profile is made at the first call and kept for the later ones."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def convert(self, files: Iterable[Path], kind: str, folder: Path) -> list[Path]:
        """Convert several files in one start, which is what takes the time.

        Args:
            files: Files with names of their own.
            kind: "pdf", or "xlsx", "ods" or "csv" with the formulas calculated.
            folder: Where the results go; not the folder of the files.

        Returns:
            The results, in the order of the files.
        """
        sources = list(files)
        program = needed_program("soffice", "libreoffice")
        command = [program, f"-env:UserInstallation={self._profile.as_uri()}", "--headless", "--norestore"]
        done = subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, sources)],
            env=os.environ | {"HOME": str(self._profile)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        results = [folder / f"{source.stem}.{kind}" for source in sources]
        absent = [result.name for result in results if not result.is_file()]
        if absent:
            pytest.fail(f"LibreOffice made no {', '.join(absent)}:\n{done.stdout}{done.stderr}", pytrace=False)
        return results
