"""What the registry knows and does; imports no Qt."""

VERSION = "0.1.0"
"""The program's version, as in pyproject.toml; every report names it."""
