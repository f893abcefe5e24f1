"""Identities: keys of people and stores, the cards that tell of them, and how a card is verified."""
