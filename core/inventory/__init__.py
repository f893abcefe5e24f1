"""Channels, people, organisation units and platforms: what the city has, and where."""
