"""Recognising people in texts: how a name may be written, and what only looks like one."""
