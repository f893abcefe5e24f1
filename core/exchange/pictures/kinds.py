"""What a file is, told by its first bytes and never by its name; imports nothing, for the limited child's sake."""

from __future__ import annotations

from core.exchange.limits import Refused

PNG, JPEG, WEBP, GIF = "image/png", "image/jpeg", "image/webp", "image/gif"
SVG, PDF = "image/svg+xml", "application/pdf"
TTF, OTF, WOFF, WOFF2 = "font/ttf", "font/otf", "font/woff", "font/woff2"
ARCHIVE = "application/zip"
"""Not taken in as such; what is in it says which template it is."""

RASTERS = (PNG, JPEG, WEBP, GIF)
FONTS = (TTF, OTF, WOFF, WOFF2)
OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": ".dotx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.template": ".potx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template": ".xltx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.text-template": ".ott",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.presentation-template": ".otp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": ".ots",
    "application/vnd.oasis.opendocument.graphics": ".odg",
    "application/vnd.oasis.opendocument.graphics-template": ".otg",
}
"""Templates of office programs, and how their names end."""

SUFFIXES = {
    PNG: ".png",
    JPEG: ".jpg",
    WEBP: ".webp",
    GIF: ".gif",
    SVG: ".svg",
    PDF: ".pdf",
    TTF: ".ttf",
    OTF: ".otf",
    WOFF: ".woff",
    WOFF2: ".woff2",
    **OFFICE,
}
"""How the name of each kind of file ends that is taken in."""
_JPEGS = (".jpg", ".jpeg")

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"\0\1\0\0", TTF),
    (b"true", TTF),
    (b"OTTO", OTF),
    (b"wOFF", WOFF),
    (b"wOF2", WOFF2),
    (b"PK\x03\x04", ARCHIVE),
)
_NOT_TAKEN = (
    (b"8BPS", "design-file"),
    (b"\x06\x06\xed\xf5\xd8\x1d", "design-file"),
    (b"%!PS", "design-file"),
    (b"\xc5\xd0\xd3\xc6", "design-file"),
    (b"\x1f\x8b", "packed"),
    (b"ttcf", "font-collection"),
    (b"II*\0", "other-picture"),
    (b"MM\0*", "other-picture"),
    (b"BM", "other-picture"),
    (b"\0\0\0\x0cJXL ", "other-picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
)
_FIRST_LINES = 64 * 1024


def kind_of(data: bytes) -> str:
    """Return the media type that a file's first bytes promise.

    Raises:
        Refused: It is of no kind that is taken in.
    """
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if _is_drawing(data[:_FIRST_LINES]):
        return SVG
    if data[4:8] == b"ftyp":
        raise Refused("other-picture")
    raise Refused(next((reason for beginning, reason in _NOT_TAKEN if data.startswith(beginning)), "unknown"))


def _is_drawing(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    # Many a page of the web has a drawing in it, too.
    return text.startswith(b"<") and (b"<svg" in text or b":svg" in text) and b"<html" not in text.lower()


def endings_of(suffix: str) -> tuple[str, ...]:
    """Return what the name of a copy may end in: as it should, or as other programs write that; nothing for any."""
    ending = suffix.lower()
    return _JPEGS if ending in _JPEGS else (ending,) if ending else ()
