"""The backups that lie beside a registry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.restoring import kept_backups


def test_backups_made_unasked_are_told_newest_first_with_their_occasion(registry):
    made = [registry.back_up_automatically(why) for why in ("upgrade", "restore")]
    kept = kept_backups(registry.path)
    assert [(one.path, one.why) for one in kept] == [(made[1], "restore"), (made[0], "upgrade")]
    assert all(datetime.now(UTC) - one.at < timedelta(minutes=5) for one in kept)
    assert all(one.size == one.path.stat().st_size for one in kept)


def test_other_files_in_the_folder_are_no_backups(registry):
    made = registry.back_up_automatically("upgrade")
    (made.parent / f"{registry.path.stem}-copy.kanal").write_text("")
    assert [one.path for one in kept_backups(registry.path)] == [made]


def test_a_registry_without_backups_has_none(registry):
    assert kept_backups(registry.path) == []
