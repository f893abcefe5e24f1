"""Why the operating system refused a file, in the reader's language: its own words may be in any other."""

from __future__ import annotations

import errno

from core.i18n import N_, _

_REASONS = {
    errno.EACCES: N_("You are not allowed to do that there."),
    errno.EPERM: N_("You are not allowed to do that there."),
    errno.ENOSPC: N_("The disk is full."),
    errno.EDQUOT: N_("The disk has no more room for you."),
    errno.EROFS: N_("The disk can only be read."),
    errno.ENAMETOOLONG: N_("The name is too long."),
    errno.EISDIR: N_("It is a folder."),
    errno.ENOTDIR: N_("A part of the path is no folder."),
    errno.ELOOP: N_("The path leads in a circle."),
    errno.EBUSY: N_("Another program is using it."),
    errno.EIO: N_("The disk has an error."),
}
_IN_USE_ON_WINDOWS = {32, 33}
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of winerror.h; by `errno` alone, both would be missing rights."""

_NO_FILE, _NO_FOLDER = N_("It is not there."), N_("The folder is not there.")


def reason_of(error: OSError, *, writing: bool = False) -> str:
    """Return a sentence that says why something failed, or at least the number of the error.

    Args:
        error: What the system raised.
        writing: Whether something new was to be written, so that only its folder can be missing.
    """
    if error.errno == errno.ENOENT:
        return _(_NO_FOLDER if writing else _NO_FILE)
    if getattr(error, "winerror", None) in _IN_USE_ON_WINDOWS:
        return _(_REASONS[errno.EBUSY])
    if error.errno in _REASONS:
        return _(_REASONS[error.errno])
    if error.errno is None:
        return str(error)
    return _("The system reports error {number}.").format(number=error.errno)
