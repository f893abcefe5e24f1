"""The city's corporate identity: its files, who may be shown, and where each version is used."""
