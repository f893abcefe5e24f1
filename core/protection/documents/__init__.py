"""The papers of data protection, filled in from the registry's settings and from what its records can hold."""
