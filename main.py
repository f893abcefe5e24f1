"""The door to Kanalregister: without arguments the window opens, with a subcommand it works without one."""

from __future__ import annotations

import sys
from pathlib import Path

from core.cli import parser, run


def main(arguments: list[str]) -> int:
    """Open the window or carry out one subcommand.

    Returns:
        The exit code: 0 fine, 1 a check found something, 2 bad input or usage.
    """
    options = parser.parse(arguments)
    if options.command is not None:
        return run.run(options)
    from gui.app import run as open_window

    return open_window(Path(options.registry) if options.registry else None, options.lang)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
