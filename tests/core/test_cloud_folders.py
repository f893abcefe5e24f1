"""A folder that a cloud service synchronises is recognised by its name, its markers, or the service's settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.cloud_folders import cloud_service, cloud_warning


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Stadt Moers", "OneDrive"),
        ("onedrive/Dokumente/Presse", "OneDrive"),
        ("Library/CloudStorage/OneDrive-StadtMoers", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Stadt Moers)/Team", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("Nextcloud2/Presse", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Google Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-presse@moers.example/Meine Ablage", "Google Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Dokumente", None),
        ("Dropboxes", None),
        ("Nextcloud-Anleitung", None),
        ("Mein OneDrive", None),
        ("cloud", None),
    ],
)
def test_a_folder_is_recognised_by_its_name(tmp_path: Path, folder: str, service: str | None):
    assert cloud_service(tmp_path / folder / "registry.kanal", {}, tmp_path) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_0123abcd.db", "Nextcloud"),
        ("._sync_0123abcd.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ("desktop.ini", None),
    ],
)
def test_a_folder_is_recognised_by_what_the_service_puts_into_it(tmp_path: Path, marker: str, service: str | None):
    root = tmp_path / "Arbeit"
    (root / "Presse").mkdir(parents=True)
    (root / marker).touch()
    assert cloud_service(root / "Presse" / "registry.kanal", {}, tmp_path) == service


def test_the_environment_of_windows_names_the_folder(tmp_path: Path):
    environment = {"OneDriveCommercial": str(tmp_path / "Stadtwolke")}
    assert cloud_service(tmp_path / "Stadtwolke" / "a" / "b.kanal", environment, tmp_path) == "OneDrive"
    assert cloud_service(tmp_path / "anderswo" / "b.kanal", environment, tmp_path) is None


def test_the_settings_of_dropbox_and_nextcloud_name_their_folders(tmp_path: Path):
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps({"business": {"path": str(tmp_path / "Eins")}}))
    config = tmp_path / ".config" / "Nextcloud"
    config.mkdir(parents=True)
    (config / "nextcloud.cfg").write_text(f"[Accounts]\n0\\Folders\\1\\localPath={tmp_path / 'Zwei'}/\n")
    assert cloud_service(tmp_path / "Eins" / "r.kanal", {}, tmp_path) == "Dropbox"
    assert cloud_service(tmp_path / "Zwei" / "r.kanal", {}, tmp_path) == "Nextcloud"


def test_settings_that_cannot_be_read_name_nothing(tmp_path: Path):
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text("[kaputt")
    assert cloud_service(tmp_path / "r.kanal", {}, tmp_path) is None


def test_a_link_into_such_a_folder_is_seen_through(tmp_path: Path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Ablage").symlink_to(tmp_path / "Dropbox")
    assert cloud_service(tmp_path / "Ablage" / "r.kanal", {}, tmp_path) == "Dropbox"


def test_the_notes_of_a_service_in_the_home_folder_mark_no_other_folder(tmp_path: Path):
    (tmp_path / ".dropbox").mkdir()
    assert cloud_service(tmp_path / "Dokumente" / "r.kanal", {}, tmp_path) is None


def test_a_folder_that_is_named_itself_counts(tmp_path: Path):
    (tmp_path / "Nextcloud").mkdir()
    assert cloud_service(tmp_path / "Nextcloud", {}, tmp_path) == "Nextcloud"


def test_the_warning_names_file_and_service(tmp_path: Path, in_english: None):
    told = cloud_warning(tmp_path / "Nextcloud" / "registry.kanal")
    assert "Nextcloud synchronises" in told
    assert cloud_warning(tmp_path / "Dokumente" / "registry.kanal") == ""
