"""An empty list to fill in and import: its columns, what belongs into them, and the values to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.exchange.importing.cell_text import letter_of
from core.exchange.importing.importable import BY_KEY
from core.i18n import N_, _
from core.inventory.platforms import platforms
from core.model import ChannelState
from core.storage.places import written_aside

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = (
    ("platform", N_("The platform by its name; “Website” for an own blog, forum or newsletter."), "Facebook"),
    ("url", N_("The account's address, or its handle if the platform is named."), "facebook.com/stadtmusterstadt"),
    ("title", N_("What the channel is called in lists; left empty, it is called by its handle."), "Stadt Musterstadt"),
    ("unit", N_("The unit by its code, its name or both."), "FD 3.5"),
    ("owner", N_("Who answers for the channel; several are parted by a semicolon."), "Mustermann, Erika"),
    ("email", N_("The owner's office e-mail address."), "erika.mustermann@musterstadt.example"),
    ("deputy", N_("Who stands in for the owner."), "Max Mustermann"),
    ("state", N_("Where the channel stands; left empty, it is active."), ""),
    ("opened_on", N_("When the account was opened; the month or the year alone will do."), "03/2010"),
    ("last_post_on", N_("The day of the newest post."), "12.11.2026"),
    ("confirmed_on", N_("When somebody last looked at this entry and found it right."), "01.10.2026"),
    ("notes", N_("What else a colleague should know; never a password."), ""),
)
_ROWS_PREPARED = 500
_WIDTHS = {"url": 44, "title": 28, "owner": 26, "deputy": 26, "email": 34, "notes": 48}
_USUAL_WIDTH = 18


def save_template(path: Path) -> None:
    """Save an empty list in the user's language, to be filled in and imported.

    Raises:
        UnusableFileError: The file cannot be written there.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _write_list(book.create_sheet(_("Channels")))
    _write_hints(book.create_sheet(_("Hints")))
    _write_choices(book)
    with written_aside(path) as aside:
        book.save(aside)
    book.close()


def _write_list(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment

    sheet.append([BY_KEY[key].title for key, _hint, _example in _COLUMNS])
    _dress_header(sheet)
    for place, (key, _hint, _example) in enumerate(_COLUMNS):
        letter = letter_of(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(key, _USUAL_WIDTH)
        # Text keeps "3.5" a unit and "03/2010" a month; a spreadsheet would make days of both.
        for row in range(2, _ROWS_PREPARED + 2):
            cell = sheet[f"{letter}{row}"]
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=key == "notes")


def _write_hints(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment

    sheet.append([_("Column"), _("What belongs here"), _("Example")])
    _dress_header(sheet)
    for key, hint, example in _COLUMNS:
        sheet.append([BY_KEY[key].title, _(hint), example])
    for letter, width in (("A", 22), ("B", 70), ("C", 40)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)


def _write_choices(book: Workbook) -> None:
    """Offer platforms and states to choose from; other texts stay possible, since lists know more than we do."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = (
        ("platform", [platform.name for platform in platforms().values() if platform.life == "active"]),
        ("state", [_(state.label) for state in ChannelState]),
    )
    entries, choices = book.worksheets[0], book.create_sheet(_("Choices"))
    choices.sheet_state = "hidden"
    for place, (key, values) in enumerate(offered):
        letter = letter_of(place)
        for row, value in enumerate(values, start=1):
            choices[f"{letter}{row}"] = value
        source = f"'{choices.title}'!${letter}$1:${letter}${len(values)}"
        rule = DataValidation("list", source, allow_blank=True, showErrorMessage=False)
        column = letter_of([column for column, _hint, _example in _COLUMNS].index(key))
        rule.add(f"{column}2:{column}{_ROWS_PREPARED + 1}")
        entries.add_data_validation(rule)


def _dress_header(sheet: Worksheet) -> None:
    from openpyxl.styles import Font, PatternFill

    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFDCE6F2")
    sheet.freeze_panes = "A2"
    sheet.sheet_view.zoomScale = 110
