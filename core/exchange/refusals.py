"""Says in a sentence why a list file is not read."""

from pathlib import Path

from core.errors import BadInputError, RegistryError, UnusableFileError
from core.exchange.limits import MAX_CELLS, MAX_FILE_BYTES, MEBIBYTE, Refused
from core.i18n import N_, _

_NO_LIST = {
    "folder": N_("{file} is a folder. Choose the list file in it."),
    "special-file": N_("{file} is not an ordinary file. Save the list as a file and choose that."),
    "not-a-list": N_("{file} is not a list. Choose a file of the kind .xlsx, .xls, .ods or .csv."),
    "archive": N_("{file} is an archive. Unpack it and choose the list in it."),
    "web-page": N_("{file} is a web page, whatever its name says. Open it in Excel and save it as .xlsx."),
    "markup": N_("{file} is an XML file, not a list. Open it in Excel or LibreOffice and save it as .xlsx."),
    "xlsb": N_("{file} is a binary Excel workbook (.xlsb). Open it in Excel and save it as .xlsx."),
}
_UNUSABLE = {
    "missing": N_("{file} was not found. Check its name and folder."),
    "denied": N_("{file} may not be read. Close it in other programs or ask for the right to read it."),
    "unreadable": N_("{file} could not be read. Copy it to this computer and import the copy."),
    "empty": N_("{file} is empty. Choose a file with content."),
    "password": N_("{file} is protected with a password. Remove the password and import the file again."),
    "damaged": N_("{file} is damaged. Open it in Excel or LibreOffice, save it again and import the new file."),
    "entities": N_(
        "{file} contains definitions that no list needs and that can do harm. "
        "Save the list again in Excel or LibreOffice and import the new file."
    ),
    "burst": N_("{file} would grow beyond measure when unpacked. Copy the list into a new workbook and import that."),
    "too-large": N_("{file} is larger than {megabytes} MB. Divide the list into several files."),
    "too-many-cells": N_(
        "{file} has more than {millions} million cells. Delete empty rows and columns or divide the list."
    ),
    "open-quote": N_(
        "{file}, row {row}: a quotation mark opens here and is never closed. Correct the row and import again."
    ),
    "memory": N_("{file} needs more memory than an import may use. Copy the list into a new workbook and import that."),
    "slow": N_("{file} could not be read in time. Copy it to this computer or divide the list into several files."),
}


def in_words(path: Path, refusal: Refused) -> RegistryError:
    """Return the error to raise for a refused file, its sentence in the user's language."""
    kind = BadInputError if refusal.reason in _NO_LIST else UnusableFileError
    sentence = _NO_LIST.get(refusal.reason) or _UNUSABLE.get(refusal.reason) or _UNUSABLE["damaged"]
    return kind(
        _(sentence).format(
            file=path.name or str(path),
            row=refusal.row,
            millions=MAX_CELLS // 1_000_000,
            megabytes=MAX_FILE_BYTES // MEBIBYTE,
        )
    )
