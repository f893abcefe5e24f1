"""Escrow: paper and people to whom every secret is sealed, for the day on which nobody else can get in."""
