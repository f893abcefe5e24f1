"""Statements, sealed files and what stands in them: written in one way, read strictly."""
