"""The record of a handover: what is in it, its file, and checking it later from the file alone."""
