"""Lays a report out in a process of its own: Qt holds Python still meanwhile, and the window must go on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import _, current_language

PRINT_REPORT = "--print-report"
"""First argument of the program when it is started for this; main.py answers it."""
_LOOK_EVERY = 0.1  # Seconds after which somebody who does not want it any more is heard.
_MAIN = Path(__file__).resolve().parents[1] / "main.py"


def pdf_apart(workbook: Path, cancelled: Callable[[], bool]) -> bytes | None:
    """Return a report that was made as a PDF.

    Args:
        workbook: The report.
        cancelled: Asked now and then whether nobody wants it any more.

    Returns:
        The PDF, None where nobody wants it any more.

    Raises:
        UnusableFileError: It cannot be laid out.
    """
    with subprocess.Popen(  # noqa: S603 - our own program, no shell
        [*program(), PRINT_REPORT, str(workbook), current_language()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            pdf = _wait_for(child, cancelled)
        finally:
            child.kill()
    if pdf is not None and (child.returncode != 0 or not pdf.startswith(b"%PDF")):
        raise UnusableFileError(_("The PDF could not be made. Please print the workbook instead."))
    return pdf


def _wait_for(child: subprocess.Popen[bytes], cancelled: Callable[[], bool]) -> bytes | None:
    while not cancelled():
        try:
            return child.communicate(timeout=_LOOK_EVERY)[0]
        except subprocess.TimeoutExpired:
            continue
    return None


def program() -> list[str]:
    """Return how the program starts itself."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(_MAIN)]
