"""Two thousand assets scroll without a stutter: pictures come as they are made, and memory stays where it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core.i18n import N_
from core.inventory import channels
from core.inventory.assets.assets import NewAsset, add_asset
from core.inventory.assets.library import shelf_of
from core.inventory.assets.uses import show_on
from core.inventory.assets.versions import Approval, KeptFile, issue_version
from core.model import AssetKind, Placement
from core.registry import Registry
from tests.parts.screen import Screen

PROJECT = Path(__file__).resolve().parents[2]
FRAME = 0.033
"""Seconds that no turn of the event loop may take; on a machine that others use, too, only its own work counts."""
ROOM = 150 * 2**20
KINDS = (AssetKind.LOGO, AssetKind.BANNER, AssetKind.COAT_OF_ARMS)


@pytest.fixture
def library(registry: Registry, rounds: Any) -> Registry:
    """A registry with many assets, each with a picture of its own, shown on forty channels."""
    count, today = rounds(60, 2000), registry.today() - timedelta(days=30)
    files = [_put(registry, number) for number in range(count)]
    with registry.action(N_("Fill")) as session:
        where = [channels.add_channel(session, f"instagram.com/stadt{number}", today=today) for number in range(40)]
        session.flush()
        for number, file in enumerate(files):
            asset = add_asset(session, NewAsset(KINDS[number % 3], f"Bild {number:04} der Stadt"))
            session.flush()
            version = issue_version(session, asset.id, file, issued_on=today, approval=Approval(today))
            session.flush()
            show_on(session, version.id, [where[number % 40].id], Placement.POST_SERIES, today, today=today)
    return registry


def _put(registry: Registry, number: int) -> KeptFile:
    written = BytesIO()
    size = (480 + number % 160, 360)
    Image.radial_gradient("L").resize(size).point(lambda value: (value + number) % 256).save(written, "PNG")
    data = written.getvalue()
    return KeptFile(shelf_of(registry.path).put(data), f"{number}.png", "image/png", len(data), *size)


def test_a_large_library_scrolls_without_a_stutter(library: Registry, screen: Screen, rounds: Any):
    steps = rounds(30, 400)
    library.close()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.endurance.scrolled_library", str(library.path), str(steps)],
        cwd=PROJECT,
        env=screen.environment(),
        capture_output=True,
        text=True,
        timeout=rounds(180, 600),
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    measure = rounds("longest_work", "longest" if _is_quiet() else "longest_work")
    for view in ("gallery", "matrix"):
        assert told[view]["turns"] > 2 * steps
        assert told[view]["scrolled"] > 0
        assert told[view]["pictures"] > 0
        assert told[view][measure] <= FRAME, told
    assert told["most"] - told["start"] <= ROOM, told


def _is_quiet() -> bool:
    """Say whether every process has a processor of its own, so that the clock tells of the window alone."""
    return os.getloadavg()[0] < (os.cpu_count() or 1)
