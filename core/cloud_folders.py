"""Whether a file lies in a folder that a cloud service synchronises: then it is on servers outside the house, too.

Source: Mülheim, Handlungsleitfaden (no internal data on foreign servers). Imports nothing heavy: the window asks early.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from core.i18n import _

_ONEDRIVE, _DROPBOX, _NEXTCLOUD = "OneDrive", "Dropbox", "Nextcloud"
_VARIABLES = {"OneDrive": _ONEDRIVE, "OneDriveCommercial": _ONEDRIVE, "OneDriveConsumer": _ONEDRIVE}
_NAMES = (
    (re.compile(r"onedrive(?: ?- ?.+)?|sharepoint(?: ?- ?.+)?", re.IGNORECASE), _ONEDRIVE),
    (re.compile(r"dropbox(?: ?\(.+\)| ?- ?.+)?", re.IGNORECASE), _DROPBOX),
    (re.compile(r"nextcloud\d?", re.IGNORECASE), _NEXTCLOUD),
    (re.compile(r"owncloud\d?", re.IGNORECASE), "ownCloud"),
    (re.compile(r"google ?drive(?: ?[-(].+)?|(?:my drive|meine ablage)(?: \(.+\))?", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"magentacloud", re.IGNORECASE), "MagentaCLOUD"),
    (re.compile(r"(?:strato )?hidrive", re.IGNORECASE), "HiDrive"),
    (re.compile(r"box sync|box-box", re.IGNORECASE), "Box"),
    (re.compile(r"pclouddrive|pcloud drive", re.IGNORECASE), "pCloud"),
)
_MARKERS = (
    (".849C9593-D756-4E56-8D6E-42412F2A707B", _ONEDRIVE),
    (".dropbox", _DROPBOX),
    (".dropbox.cache", _DROPBOX),
    (".nextcloudsync.log", _NEXTCLOUD),
    (".owncloudsync.log", "ownCloud"),
    (".tmp.driveupload", "Google Drive"),
)
"""Files that the services put into the folder they synchronise."""

_JOURNALS = ("._sync_*.db", ".sync_*.db")
_LARGEST = 1_000_000


def cloud_service(path: Path, environment: Mapping[str, str] | None = None, home: Path | None = None) -> str | None:
    """Return which cloud service synchronises the folder in which a file lies, None where none is known to.

    Args:
        path: The file; it need not exist.
        environment: The process's, unless given.
        home: The user's folder, unless given.
    """
    home = home or Path.home()
    above = {home, *home.parents}  # Services keep notes of their own in the home folder; it is none of theirs.
    folders = [folder for folder in _above(path) if folder not in above]
    roots = dict(_roots(environment if environment is not None else os.environ, home))
    found = (roots.get(folder) or _named(folder) or _marked(folder) for folder in folders)
    return next((service for service in found if service is not None), None)


def cloud_warning(path: Path) -> str:
    """Return the sentence that warns of the folder of a file, nothing where it need not."""
    service = cloud_service(path)
    if service is None:
        return ""
    told = _(
        "“{path}” lies in a folder that {service} synchronises. What is in it is copied to servers outside the house. "
        "Please keep it in another folder."
    )
    return told.format(path=path, service=service)


def _above(path: Path) -> list[Path]:
    """Return the folders in which a file lies, by its name and where links lead to; a folder lies in itself, too."""
    both = dict.fromkeys((path.absolute(), _real(path)))
    return [folder for one in both for folder in ((one, *one.parents) if one.is_dir() else one.parents)]


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # A chain of links that leads nowhere.
        return path.absolute()


def _named(folder: Path) -> str | None:
    return next((service for name, service in _NAMES if name.fullmatch(folder.name)), None)


def _marked(folder: Path) -> str | None:
    with suppress(OSError):
        for marker, service in _MARKERS:
            if os.path.lexists(folder / marker):
                return service
        if any(next(folder.glob(journal), None) is not None for journal in _JOURNALS):
            return _NEXTCLOUD
    return None


def _roots(environment: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    """Give the folders that environment and settings of the services name, whatever they are called."""
    for variable, service in _VARIABLES.items():
        if environment.get(variable):
            yield Path(environment[variable]), service
    data = [Path(one) for one in (environment.get("APPDATA"), environment.get("LOCALAPPDATA")) if one]
    for folder in (home / ".dropbox", *(one / "Dropbox" for one in data)):
        for root in _told_by_dropbox(folder / "info.json"):
            yield root, _DROPBOX
    places = (home / ".config" / "Nextcloud", home / "Library" / "Preferences" / "Nextcloud")
    for folder in (*places, *(one / "Nextcloud" for one in data)):
        for root in _told_by_nextcloud(folder / "nextcloud.cfg"):
            yield root, _NEXTCLOUD


def _told_by_dropbox(file: Path) -> Iterator[Path]:
    with suppress(ValueError, AttributeError):
        for account in json.loads(_content(file) or "{}").values():
            if isinstance(account, dict) and account.get("path"):
                yield Path(str(account["path"]))


def _told_by_nextcloud(file: Path) -> Iterator[Path]:
    for line in _content(file).splitlines():
        name, equals, value = line.partition("=")
        if equals and name.endswith("localPath") and value.strip():
            yield Path(value.strip().rstrip("/\\"))


def _content(file: Path) -> str:
    with suppress(OSError):
        if file.is_file() and file.stat().st_size <= _LARGEST:
            return file.read_text(encoding="utf-8", errors="replace")
    return ""
