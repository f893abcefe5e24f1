"""Where files may lie and how they are written: private, beside the target, and never through a planted link."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from core.errors import UnusableFileError
from core.i18n import _
from core.storage.leftovers import remove_asides
from core.system_reasons import reason_of

_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afp", "afpfs", "webdav", "davfs", "sshfs", "9p"}
    | {"ncpfs", "ncp", "afs", "glusterfs", "ceph", "lustre", "beegfs"}
    | {f"fuse.{name}" for name in ("davfs", "sshfs", "smbnetfs", "gvfsd-fuse", "rclone", "glusterfs", "ceph")}
)

State: TypeAlias = tuple[int, ...] | None
BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite lays beside a registry's file, by the end of its name."""


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
            _("“{path}” cannot be reached: {reason}").format(path=path, reason=reason_of(error))
        ) from error
    if stat.S_ISDIR(found.st_mode):
        raise UnusableFileError(_("“{path}” is a folder. Please name a file.").format(path=path))
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        raise UnusableFileError(
            _("“{path}” is a link or a device, not a file of its own. Please name another file.").format(path=path)
        )


def create_private(path: Path, *, shared: bool = False, named: Path | None = None) -> None:
    """Create an empty file that only its user can read; it must not exist, not even as a link.

    Args:
        path: The file.
        shared: Others may read it, as folder and system have it for new files.
        named: The file that it stands for: people know that one.

    Raises:
        UnusableFileError: Something lies there already, or the folder cannot be written to.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    try:
        # The system takes umask and the folder's own rules into account only when a file is made.
        os.close(os.open(path, flags, 0o666 if shared else 0o600))
    except FileExistsError as error:
        raise UnusableFileError(_("“{path}” exists already and is not overwritten.").format(path=path)) from error
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be created: {reason}").format(path=named or path, reason=reason_of(error, writing=True))
        ) from error


def refuse_linked(folder: Path) -> None:
    """Refuse a folder that is a link: what is private would be written elsewhere.

    Raises:
        UnusableFileError: It is one.
    """
    if folder.is_symlink():
        raise UnusableFileError(_("“{path}” is a link. Please put a folder of its own there.").format(path=folder))


def make_private_folder(folder: Path) -> None:
    """Make a folder and those missing above it, for their user alone; one that is there already stays as it is.

    Raises:
        UnusableFileError: It cannot be made.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be created: {reason}").format(path=folder, reason=reason_of(error, writing=True))
        ) from error


def refuse_beside(path: Path) -> None:
    """Refuse a registry where something unusual lies under the names that SQLite will use for it.

    Raises:
        UnusableFileError: A link, a pipe or a device lies there, through which something else would be written.
    """
    for suffix in BESIDE:
        refuse_unusual(path.with_name(path.name + suffix))


def journal_of(path: Path) -> Path | None:
    """Return the journal of an unfinished change that lies beside a registry's file, None where there is none."""
    journal = path.with_name(path.name + "-journal")
    return journal if journal.is_file() and journal.stat().st_size else None


def remove_ours(path: Path) -> None:
    """Remove a private file that has served, with what SQLite left beside it; what cannot be removed stays private."""
    for suffix in ("", *BESIDE):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def written_aside(target: Path, *, new: bool = False, shared: bool = False, heeding: bool = False) -> Iterator[Path]:
    """Give a private empty file in the target's folder to write to, and put it in the target's place when it is whole.

    Whatever goes wrong, the old target stays as it was and no stray file is left.

    Args:
        target: The file to be written.
        new: Nothing may lie there yet.
        shared: Others may read it, as folder and system have it for new files.
        heeding: It is a document of people's, which stays if one of them changes it meanwhile.

    Raises:
        UnusableFileError: The target is no regular file, somebody else changed it meanwhile, or it cannot be written.
    """
    _refuse_target(target, new=new)
    found = state_of(target)
    remove_asides(target)
    aside = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    create_private(aside, shared=shared, named=target)
    try:
        yield aside
        if heeding:
            refuse_changed(target, found)
        _settle(aside, target, new=new)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=target, reason=reason_of(error, writing=True))
        ) from error
    finally:
        remove_ours(aside)


def state_of(target: Path) -> State:
    """Return what tells a file from one that is put in its place or written anew; None where there is none."""
    try:
        told = target.lstat()
    except OSError:
        return None
    return (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)


def refuse_changed(target: Path, found: State) -> None:
    """Leave a file alone that somebody else changed while another was written that would take its place.

    Args:
        target: The file.
        found: What `state_of` told before.

    Raises:
        UnusableFileError: It was changed, or something else lies there.
    """
    if state_of(target) not in {found, None}:
        refuse_unusual(target)
        told = _("“{path}” was changed by somebody else meanwhile and was left so. Please look at it and try again.")
        raise UnusableFileError(told.format(path=target))


def _refuse_target(target: Path, *, new: bool) -> None:
    if new and os.path.lexists(target):
        raise UnusableFileError(_("“{path}” exists already and is not overwritten.").format(path=target))
    refuse_unusual(target)


def _settle(aside: Path, target: Path, *, new: bool) -> None:
    with aside.open("rb+") as whole:
        os.fsync(whole.fileno())
    if new:
        _take_name(aside, target)
    else:
        refuse_unusual(target)
        aside.replace(target)
    sync_folder(target.parent)


def _take_name(aside: Path, target: Path) -> None:
    """Give a file a name that nothing has yet, in one step where the system can."""
    if sys.platform == "win32":
        aside.rename(target)  # Windows refuses by itself.
    elif not _renamed_by_linux(aside, target):
        create_private(target)
        try:
            aside.replace(target)
        except OSError:
            remove_ours(target)
            raise


def _renamed_by_linux(aside: Path, target: Path) -> bool:
    """Rename without replacing; say whether system and file system know how to.

    Raises:
        OSError: Something has the name already, or the disk failed.
    """
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    here, no_replace = -100, 1  # AT_FDCWD of fcntl.h, RENAME_NOREPLACE of linux/fs.h
    if libc.renameat2(here, os.fsencode(aside), here, os.fsencode(target), no_replace) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(target))


def sync_folder(folder: Path) -> None:
    """Make a renamed or removed name durable; not every system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
