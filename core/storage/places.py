"""Where files may lie and how they are written: private, beside the target, and never through a planted link."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import UnusableFileError
from core.i18n import _

_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afp", "afpfs", "webdav", "davfs", "sshfs", "9p"}
    | {"ncpfs", "ncp", "afs", "glusterfs", "ceph", "lustre", "beegfs"}
    | {f"fuse.{name}" for name in ("davfs", "sshfs", "smbnetfs", "gvfsd-fuse", "rclone", "glusterfs", "ceph")}
)


def on_network_drive(path: Path) -> bool:
    """Say whether a file lies on a drive of another machine, mapped letters and mounted folders included."""
    where = path.resolve()
    if sys.platform == "win32":
        return _remote_on_windows(where)
    import psutil

    mounted = sorted(psutil.disk_partitions(all=True), key=lambda part: len(part.mountpoint), reverse=True)
    home = next((part for part in mounted if where.is_relative_to(part.mountpoint)), None)
    return home is not None and home.fstype.lower() in _NETWORK_FILE_SYSTEMS


def _remote_on_windows(where: Path) -> bool:
    import ctypes

    if str(where).startswith("\\\\"):
        return True
    drive_remote = 4  # winbase.h
    windll = getattr(ctypes, "windll")  # noqa: B009 - exists on Windows only
    return bool(windll.kernel32.GetDriveTypeW(where.anchor) == drive_remote)


def refuse_network(path: Path) -> None:
    """Refuse to keep a registry on a drive of another machine.

    Raises:
        UnusableFileError: It lies on one.
    """
    if on_network_drive(path):
        raise UnusableFileError(
            _(
                "“{path}” lies on a network drive. A registry there can be damaged when two people work on it; "
                "please keep it on this computer."
            ).format(path=path)
        )


def refuse_unusual(path: Path) -> None:
    """Refuse what is neither missing nor a regular file of its own.

    Raises:
        UnusableFileError: A folder, a link, a pipe or a device lies there.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be reached: {reason}").format(path=path, reason=error.strerror)
        ) from error
    if stat.S_ISDIR(found.st_mode):
        raise UnusableFileError(_("“{path}” is a folder. Please name a file.").format(path=path))
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        raise UnusableFileError(
            _("“{path}” is a link or a device, not a file of its own. Please name another file.").format(path=path)
        )


def create_private(path: Path) -> None:
    """Create an empty file that only its user can read; it must not exist, not even as a link.

    Raises:
        UnusableFileError: Something lies there already, or the folder cannot be written to.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    try:
        os.close(os.open(path, flags, 0o600))
    except FileExistsError as error:
        raise UnusableFileError(_("“{path}” exists already and is not overwritten.").format(path=path)) from error
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be created: {reason}").format(path=path, reason=error.strerror)
        ) from error


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """Give a private empty file in the target's folder to write to, and put it in the target's place when it is whole.

    Whatever goes wrong, the old target stays as it was and no stray file is left.

    Raises:
        UnusableFileError: The target is no regular file, or it cannot be written there.
    """
    refuse_unusual(target)
    aside = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    create_private(aside)
    try:
        yield aside
        _settle(aside, target)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=target, reason=error.strerror or error)
        ) from error
    finally:
        aside.unlink(missing_ok=True)


def _settle(aside: Path, target: Path) -> None:
    with aside.open("rb+") as whole:
        os.fsync(whole.fileno())
    refuse_unusual(target)
    aside.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a renamed or removed name durable; not every system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
