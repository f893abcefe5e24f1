"""The door to Kanalregister: without arguments the window opens, with a subcommand it works without one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

    from core.cli.exchange_commands import ReportPdfOf
    from core.cli.record_commands import PdfOf
    from core.protection.paper import PaperOf

PARSE_LIST = "--parse-list"
"""How a packaged program, which has no interpreter to call, starts itself as the limited child that reads a list."""

PRINT_REPORT = "--print-report"
"""How the program starts itself to lay a report out on paper beside the window."""

DRAW = "--draw"
"""How the program starts itself to draw what may ask too much of Qt."""

STOPPED = 130
"""The exit code of a program that Ctrl+C has ended, as shells know it."""


_unheeded: list[bool] = []
"""That Ctrl+C came where Python could not heed it."""


def main(arguments: list[str]) -> int:
    """Open the window or carry out one subcommand.

    Returns:
        The exit code: 0 fine, 1 a check found something, 2 bad input or usage, 130 stopped by Ctrl+C.
    """
    try:
        return _carried_out(arguments)
    except KeyboardInterrupt:
        from core.i18n import _

        print(_("Stopped. What was not finished was not written."), file=sys.stderr)
        return STOPPED


def _carried_out(arguments: list[str]) -> int:
    if arguments[:1] == [PARSE_LIST]:
        from core.exchange import parsing

        parsing.main()
        return 0
    if arguments[:1] == [PRINT_REPORT]:
        from gui.report_paper import print_apart

        return print_apart(arguments[1:])
    if arguments[:1] == [DRAW]:
        from gui.drawing_apart import draw_apart

        return draw_apart(arguments[1:])
    # Imported here, not above: Ctrl+C is heeded from the first moment on.
    from core.cli import parser
    from core.i18n import _

    options = parser.parse(arguments)
    if _unheeded:
        raise KeyboardInterrupt
    if options.command is not None:
        from core.cli import run  # The window must not wait for what only the subcommands need.

        return run.run(options, _paper, _report_paper, _sheet_paper)
    if not _has_screen():
        print(_("There is no screen here. Please start the program in a desktop session."), file=sys.stderr)
        return 2
    from gui.app import run as open_window

    registry = Path(options.registry).expanduser() if options.registry else None
    return open_window(registry, options.lang, demo=options.demo_window)


def _paper() -> PdfOf:
    """Bring in what lays a handover record out on paper; it needs Qt, and no screen."""
    from gui.record_paper import pdf_of

    return pdf_of


def _report_paper() -> ReportPdfOf:
    """Bring in what lays a quarterly report out on paper; it needs Qt, and no screen."""
    from gui.report_paper import pdf_of

    return pdf_of


def _sheet_paper() -> PaperOf:
    """Bring in what lays extracts and documents on people's data out on paper; it needs Qt, and no screen."""
    from gui.protection_paper import pdf_of

    return pdf_of


def _has_screen() -> bool:
    """Say whether a window can be shown; on Linux, Qt would otherwise end the process with a wall of text."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _told_by_python(unraisable: UnraisableHookArgs) -> None:
    """Keep a Ctrl+C for later that fell into the middle of an import, of which Python would show a traceback."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _unheeded.append(True)
    else:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    sys.unraisablehook = _told_by_python
    sys.exit(main(sys.argv[1:]))
