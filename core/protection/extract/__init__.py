"""Everything the registry knows about one person, for that person (Art. 15 GDPR)."""
