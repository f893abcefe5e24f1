"""Erasing people whose time has come: what is due, what it would do, and doing it to the end."""
