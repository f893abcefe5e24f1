"""Carries a subcommand out in a process of its own: it may speak two languages and lay paper out beside the window."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import _, current_language
from gui.report_printing import program

_BAD_INPUT = 2
_LOOK_EVERY = 0.1  # Seconds after which somebody who does not want it any more is heard.


def run_apart(registry: Path, words: Sequence[str], cancelled: Callable[[], bool], typed: str = "") -> bool:
    """Run a subcommand on a registry.

    Args:
        registry: Its file.
        words: The subcommand; every account of this computer can read them.
        cancelled: Asked now and then whether nobody wants it any more.
        typed: What it gets on stdin, which nobody else can read.

    Returns:
        Whether it was done; nobody wanted it any more otherwise.

    Raises:
        UnusableFileError: It could not be done; the sentence is the subcommand's own.
    """
    with subprocess.Popen(  # noqa: S603 - our own program, no shell
        [*program(), "--registry", str(registry), "--lang", current_language(), *words],
        stdin=subprocess.PIPE if typed else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            complaint = _wait_for(child, cancelled, typed or None)
        finally:
            child.kill()
    if complaint is not None and child.returncode != 0:
        told = complaint.strip().splitlines()
        failed = _("This could not be written. Please try it on the command line.")
        raise UnusableFileError(told[-1] if child.returncode == _BAD_INPUT and told else failed)
    return complaint is not None


def _wait_for(child: subprocess.Popen[str], cancelled: Callable[[], bool], typed: str | None) -> str | None:
    while not cancelled():
        try:
            return child.communicate(typed, timeout=_LOOK_EVERY)[1]
        except subprocess.TimeoutExpired:
            typed = None  # It is being passed on already.
    return None
