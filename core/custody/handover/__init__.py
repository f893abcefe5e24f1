"""Handovers: how logins, roles and duties pass from one person to another, by signed statements and sealed bundles."""
