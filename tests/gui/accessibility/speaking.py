"""Reads the scenes of a part of the window over AT-SPI, presses a button and types into a field there.

    dbus-run-session -- python -m tests.gui.accessibility.speaking LANGUAGE DEMO PART PARTS [SCENE...]

Reads every scene whose number divided by PARTS leaves PART, and those that are named. Starts the window as a process of
its own; prints JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from tests.gui.accessibility.parts import Part
from tests.parts.atspi import Node, Place, Reader

PATIENCE = 60.0
LISTS = {"table", "list", "tree", "tree table"}
ROLELESS = {"", "unknown", "invalid", "filler"}


def main(language: str, demo: str, part: Part, named: list[str]) -> None:
    """Read, press, type."""
    told = os.environ | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    order = [sys.executable, "-m", "tests.gui.accessibility.showing", language, demo]
    with subprocess.Popen(order, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as shown:
        talk = _Talk(shown)
        scenes = dict.fromkeys([*named, *part.of(talk.answer())])
        reader = Reader()
        found = {name: _read(reader, talk, name) for name in scenes}
        acted = _act(reader, talk)
        talk.say("")
    print(json.dumps({"scenes": found, **acted}))


class _Talk:
    """What is said to the window's process."""

    def __init__(self, shown: subprocess.Popen[str]) -> None:
        self._shown = shown

    def answer(self) -> list[str]:
        assert self._shown.stdout is not None
        ready, *rest = self._shown.stdout.readline().rstrip("\n").split("\t")
        assert ready == "ready", "the window's process has ended"
        return rest

    def say(self, line: str) -> None:
        assert self._shown.stdin is not None
        self._shown.stdin.write(f"{line}\n")
        self._shown.stdin.flush()

    def show(self, scene: str) -> None:
        self.say(scene)
        self.answer()


def _read(reader: Reader, talk: _Talk, scene: str) -> dict[str, Any]:
    """Return what one scene says: how much there is, what has no name, what is chosen."""
    talk.show(scene)
    nodes = list(reader.tree(_front(reader)))
    controls = [node for node in nodes if "focusable" in node.states and node.role != "cell"]  # Cells hold data.
    return {
        "controls": len(controls),
        "nameless": [_told(node) for node in controls if not node.name.strip() or node.role in ROLELESS],
        "lists": [_told(node) for node in nodes if node.role in LISTS and not node.name.strip()],
        "roles": Counter(node.role for node in controls),
        "states": Counter(f"{node.role}: {state}" for node in nodes for state in node.states),
    }


def _act(reader: Reader, talk: _Talk) -> dict[str, Any]:
    """Filter a list and press a button as a screen reader does."""
    talk.show("channels")
    window = _front(reader)
    field = _the(reader, window, "text", "Search channels")
    table = _the(reader, window, "table", "Channels")
    before = int(reader.get(table.place, "org.a11y.atspi.Table", "NRows"))
    reader.call(field.place, "org.a11y.atspi.EditableText", "SetTextContents", "s", "Kulturbüro")
    _wait(lambda: int(reader.get(table.place, "org.a11y.atspi.Table", "NRows")) < before)
    after = int(reader.get(table.place, "org.a11y.atspi.Table", "NRows"))
    button = _the(reader, window, "push button", "Add channel")
    reader.call(button.place, "org.a11y.atspi.Action", "DoAction", "i", _press(reader, button.place))
    _wait(lambda: _front(reader) != window)
    return {"rows": [before, after], "dialog": reader.get(_front(reader), "org.a11y.atspi.Accessible", "Name")}


def _press(reader: Reader, button: Place) -> int:
    (actions,) = reader.call(button, "org.a11y.atspi.Action", "GetActions")
    return [name for name, _description, _key in actions].index("Press")


def _the(reader: Reader, window: Place, role: str, name: str) -> Node:
    return next(node for node in reader.tree(window) if (node.role, node.name) == (role, name))


def _front(reader: Reader) -> Place:
    """Return the window that is in front: the last one in sight."""
    return [place for place in reader.windows() if "visible" in next(reader.tree(place)).states][-1]


def _told(node: Node) -> str:
    return f"{node.role} “{node.name}” ({node.description}) {' '.join(sorted(node.states))} at {node.depth}"


def _wait(what: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Part(int(sys.argv[3]), int(sys.argv[4])), sys.argv[5:])
