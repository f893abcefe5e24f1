"""Custody: the logins of the channels, who holds them, and the keyring they lie in."""
