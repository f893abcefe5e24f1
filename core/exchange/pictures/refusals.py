"""Says in a sentence why a file is not taken in as an asset."""

from __future__ import annotations

from core.errors import BadInputError, RegistryError, UnusableFileError
from core.exchange.limits import MAX_FILE_BYTES, MEBIBYTE, Refused
from core.i18n import N_, _

_NO_ASSET = {
    "folder": N_("{file} is a folder. Please choose a file in it."),
    "special-file": N_("{file} is not an ordinary file. Please choose a picture, a font or a template."),
    "unknown": N_(
        "{file} is no file that can be kept here. "
        "Please choose a picture (PNG, JPEG, WebP, GIF, SVG), a PDF, a font or a template of an office program."
    ),
    "other-picture": N_(
        "{file} is a picture of a kind that platforms do not take. Please save it as PNG or JPEG and choose that."
    ),
    "design-file": N_(
        "{file} is the working file of a design program. Please export it as SVG, PDF or PNG and choose that."
    ),
    "packed": N_("{file} is packed. Please unpack it, or save the drawing as plain SVG, and choose that."),
    "font-collection": N_("{file} holds several fonts. Please choose the file of a single font."),
    "old-office": N_(
        "{file} was saved in an old format that can hide programs. Please save it as .docx, .pptx or .odt "
        "and choose that."
    ),
    "archive": N_("{file} is an archive. Please unpack it and choose the files in it one by one."),
    "no-drawing": N_("{file} cannot be drawn: only pictures can be cut to size. Please choose a picture."),
}
_UNUSABLE = {
    "missing": N_("{file} was not found. Check its name and folder."),
    "denied": N_("{file} may not be read. Close it in other programs or ask for the right to read it."),
    "unreadable": N_("{file} could not be read. Copy it to this computer and choose the copy."),
    "empty": N_("{file} is empty. Please choose a file with content."),
    "too-large": N_("{file} is larger than {megabytes} MB. Please save it smaller and choose that."),
    "too-many-points": N_("{file} has too many points. Please save the picture smaller and choose that."),
    "too-many-frames": N_("{file} moves for too long. Please shorten it or choose a picture that stands still."),
    "two-kinds": N_(
        "{file} is two kinds of file in one, as made by somebody who wants to hide something. "
        "Ask for the original; if you trust its source, open it, save it again and choose the new file."
    ),
    "active": N_(
        "{file} contains a program or something that moves by itself. "
        "Please save it without that and choose the new file."
    ),
    "outside": N_(
        "{file} fetches something from elsewhere, from another file or from the internet. "
        "Please save it with everything in it and choose the new file."
    ),
    "entities": N_(
        "{file} contains definitions that no picture needs and that can do harm. "
        "Please save it as plain SVG and choose the new file."
    ),
    "foreign-parts": N_(
        "{file} contains parts that are no drawing. Please save it as plain SVG and choose the new file."
    ),
    "tangled": N_(
        "{file} is too tangled to be drawn: its parts refer to each other again and again. "
        "Please simplify the drawing and choose the new file."
    ),
    "burst": N_("{file} would grow beyond measure when unpacked. Please save it again and choose the new file."),
    "password": N_("{file} is protected with a password. Please save it without the password and choose that."),
    "memory": N_("{file} needs more memory than a file may use. Please save it smaller or simpler and choose that."),
    "slow": N_("{file} could not be read in time. Please save it smaller or simpler and choose that."),
    "damaged": N_("{file} is damaged. Open it in the program it comes from, save it again and choose the new file."),
}


def in_words(name: str, refusal: Refused) -> RegistryError:
    """Return the error to raise for a refused file, its sentence in the user's language.

    Args:
        name: What the file is called.
        refusal: Why it is not taken in.
    """
    kind = BadInputError if refusal.reason in _NO_ASSET else UnusableFileError
    sentence = _NO_ASSET.get(refusal.reason) or _UNUSABLE.get(refusal.reason) or _UNUSABLE["damaged"]
    return kind(_(sentence).format(file=name, megabytes=MAX_FILE_BYTES // MEBIBYTE))
