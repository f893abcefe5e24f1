"""Read-only sheets: people can read, filter, sort and fill in what is there for that, but change nothing by mistake.

There is no password: this guards against slips, not against somebody; what guards against that is the hash.
"""

from __future__ import annotations

from typing import Any


def protect_book(workbook: Any) -> None:
    """Keep sheets from being added, moved, renamed or taken away."""
    from openpyxl.workbook.protection import WorkbookProtection

    workbook.security = WorkbookProtection(lockStructure=True)


def protect_sheet(sheet: Any) -> None:
    """Keep a sheet's cells from being changed, but for those that are open; filters and widths stay free."""
    sheet.protection.sheet = True
    for freed in ("autoFilter", "sort", "formatColumns", "formatRows"):
        setattr(sheet.protection, freed, False)  # In the file, False means: not protected.
