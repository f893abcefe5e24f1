"""Answers for the council: chosen questions, as of chosen days, as a small workbook."""
