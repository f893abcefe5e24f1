"""Work without a window: the subcommands of main.py, one file an area."""
