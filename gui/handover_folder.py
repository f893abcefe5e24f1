"""The shared folder for handovers: chosen once at this computer; what lies in it is found, never trusted.

Files by hand go on working without it. Nothing that lies there takes effect before somebody says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from core import workstation
from core.cloud_folders import cloud_service
from core.custody.handover.mailbox import FolderMailbox
from core.errors import UnusableFileError
from core.i18n import _
from core.storage.claims import refuse_claimed
from gui.handover_files import HandoverFile

CHOICE = workstation.SHARED_FOLDER


def chosen_folder() -> Path | None:
    """Return the folder that was chosen at this computer, None where files are sent by hand."""
    kept = workstation.remembered(CHOICE)
    return Path(kept) if isinstance(kept, str) and kept else None


def choose_folder(folder: Path | None) -> None:
    """Keep another folder, or none, for this computer.

    Raises:
        UnusableFileError: Nothing can be laid into it.
    """
    if folder is not None:
        check_folder(folder)
    workstation.remember(CHOICE, str(folder) if folder is not None else None)


def check_folder(folder: Path) -> None:
    """See that files can be laid into a folder; one that is gone is not made, for a drive may only be missing.

    Raises:
        UnusableFileError: It is gone, no folder, may not be written to, or belongs to a registry.
    """
    if folder.is_symlink() or not folder.is_dir():
        told = _(
            "The shared folder “{folder}” is not there. Is the drive connected? You can save files by hand meanwhile, "
            "or choose another folder in the settings."
        )
        raise UnusableFileError(told.format(folder=folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        told = _(
            "You may not write to the shared folder “{folder}”. Ask whoever looks after the drive, or save files by "
            "hand."
        )
        raise UnusableFileError(told.format(folder=folder))
    refuse_claimed(folder)


def service_of(folder: Path) -> str:
    """Return which service on the internet keeps a folder in step, empty where there is no sign of one."""
    return cloud_service(folder) or ""


def about_folder(folder: Path) -> tuple[str, str]:
    """Say how it is with a folder.

    Returns:
        A severity and a sentence.
    """
    try:
        check_folder(folder)
    except UnusableFileError as error:
        return "warning", error.sentence
    if service := service_of(folder):
        told = _(
            "{service} copies this folder to the internet. No password can be read there, but names and logins can. A "
            "folder on your own network is better."
        )
        return "warning", told.format(service=service)
    return "good", _("Files go there by themselves, and what others lay there for you is found.")


def lay_down(folder: Path, files: Iterable[HandoverFile]) -> None:
    """Lay files into the shared folder, each whole and under the name by which the other side finds it.

    Raises:
        UnusableFileError: The folder is gone, or cannot be written to.
    """
    check_folder(folder)
    box = FolderMailbox(folder)
    for file in files:
        box.put(file.lies_as, file.content)


def contents(folder: Path) -> tuple[str, ...]:
    """Return what files lie in a folder, to see whether there are others; nothing of them is read."""
    try:
        return tuple(sorted(one.name for one in folder.iterdir()))
    except OSError:
        return ()


def can_lie(files: Sequence[HandoverFile]) -> bool:
    """Say whether all of the files are for the other side."""
    return bool(files) and all(file.lies_as for file in files)
