"""The quarterly report as a workbook: what it shows to whom, sheet by sheet."""
