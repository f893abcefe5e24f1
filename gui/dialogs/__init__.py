"""Dialogs: one file a decision."""
