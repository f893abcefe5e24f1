"""Logins without a mouse: added, stored, shown, copied, changed and released, on a real window."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

from core.inventory.binding import bind
from core.registry import Registry
from tests.parts.keyrings import Keyring
from tests.parts.screen import Screen
from tests.sources import ROOT


def test_all_that_is_done_with_logins_needs_no_mouse(
    registry: Registry, keyring_daemon: Keyring, screen: Screen, today: date
):
    with registry.action("begin") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    registry.close()
    walked = subprocess.run(
        [sys.executable, "-m", "tests.journeys.logins_keyboard", str(registry.path)],
        cwd=ROOT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    told = json.loads(walked.stdout)
    assert (told["shown"], told["copied"]) == ("Möwe „7“", "Möwe „7“")
    assert told["changed"] == ["Zaunkönig (8)", "Zaunkönig (8)"]
    assert {"store-secret", "release-secret", "tie-channels"} <= set(told["menu"])
    assert told["said"].startswith("Nobody holds the secret in force")
    assert [text for _label, _attributes, text in keyring_daemon.texts() if "Möwe" in text or "Zaun" in text] == []
