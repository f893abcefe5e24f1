"""The city's coat of arms: a picture file is made anew in a limited child process, and only that is kept.

It is kept as a setting of the registry, so that every workplace and every report shows the same.
"""

from __future__ import annotations

import base64
import binascii
import time as clock
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError, RegistryError, UnusableFileError
from core.exchange.child import ask_child
from core.exchange.limits import Refused
from core.exchange.picturing import LARGEST_SIDE, MAX_PICTURE_BYTES
from core.exchange.reading import bytes_of
from core.i18n import N_, _
from core.model import RegistrySetting

KEY = "city.arms"
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
_PNG = b"\x89PNG\r\n\x1a\n"
_NO_PICTURE = {
    "svg": N_("{file} is a drawing (SVG). Please save it as PNG and choose that."),
    "not-a-picture": N_("{file} is no picture that can be read here. Please choose a PNG, JPEG, WebP or GIF file."),
    "too-many-points": N_("{file} has too many points. Please save the picture smaller and choose that."),
    "too-large": N_("{file} is too large. Please save the picture smaller and choose that."),
    "folder": N_("{file} is a folder. Please choose a picture in it."),
    "special-file": N_("{file} is not an ordinary file. Please choose a picture."),
}
_UNUSABLE = {
    "missing": N_("{file} was not found. Check its name and folder."),
    "denied": N_("{file} may not be read. Close it in other programs or ask for the right to read it."),
    "unreadable": N_("{file} could not be read. Copy it to this computer and choose the copy."),
    "empty": N_("{file} is empty. Please choose a picture."),
    "memory": N_("{file} needs more memory than a picture may use. Please save it smaller and choose that."),
    "slow": N_("{file} could not be read in time. Copy it to this computer or save it smaller."),
    "damaged": N_("{file} is damaged. Open it in a picture program, save it again and choose the new file."),
}


def read_picture(path: Path, *, seconds: float = 10.0) -> bytes:
    """Read a picture file and return it made anew, as PNG.

    Args:
        path: The file; its name decides nothing.
        seconds: After this time the child is ended and the file refused.

    Raises:
        BadInputError: The file is no picture, or one too large.
        UnusableFileError: The file cannot be read.
    """
    deadline = clock.monotonic() + seconds
    try:
        data = bytes_of(path, seconds)
        return _made_anew(data, deadline)
    except Refused as refusal:
        raise _in_words(path, refusal) from None


def coat_of_arms(session: Session) -> bytes | None:
    """Return the coat of arms as PNG, None where there is none or what is stored is none of ours."""
    stored = session.scalar(select(RegistrySetting.value).where(RegistrySetting.key == KEY))
    text = (stored or {}).get("value")
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except binascii.Error:
        return None
    return data if _is_ours(data) else None


def change_coat_of_arms(session: Session, picture: bytes | None) -> None:
    """Keep a picture that was made anew, or with None take the present one away; call inside an action.

    Raises:
        BadInputError: The picture was not made anew.
    """
    if picture is not None and not _is_ours(picture):
        raise BadInputError(_("This is no picture that can be kept. Please choose it again."))
    known = session.scalar(select(RegistrySetting).where(RegistrySetting.key == KEY))
    value = {"value": base64.b64encode(picture or b"").decode()}
    if known is None and picture is not None:
        session.add(RegistrySetting(key=KEY, value=value))
    elif known is not None and picture is None:
        session.delete(known)
    elif known is not None:
        known.value = value


def _made_anew(data: bytes, deadline: float) -> bytes:
    if b"<svg" in data[:4096].lower():
        raise Refused("svg")
    for message in ask_child(data, "picture", deadline):
        match message:
            case ("picture", bytes(picture)) if _is_ours(picture):
                return picture
            case ("refused", str(reason), int()):
                raise Refused(reason)
    raise Refused("damaged")


def _is_ours(data: bytes) -> bool:
    """Tell whether a picture is a PNG as small as those we write."""
    if not data.startswith(_PNG) or len(data) > MAX_PICTURE_BYTES:
        return False
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return data[12:16] == b"IHDR" and 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE


def _in_words(path: Path, refusal: Refused) -> RegistryError:
    name = path.name or str(path)
    if refusal.reason in _NO_PICTURE:
        return BadInputError(_(_NO_PICTURE[refusal.reason]).format(file=name))
    return UnusableFileError(_(_UNUSABLE.get(refusal.reason, _UNUSABLE["damaged"])).format(file=name))
