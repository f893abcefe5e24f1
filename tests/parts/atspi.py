"""A reader of what a program says to assistive technology: the tree of AT-SPI, read over a private D-Bus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ACCESSIBLE = "org.a11y.atspi.Accessible"
_STATES = {
    4: "checked",
    7: "editable",
    8: "enabled",
    9: "expandable",
    10: "expanded",
    11: "focusable",
    12: "focused",
    20: "pressed",
    22: "selectable",
    23: "selected",
    25: "showing",
    30: "visible",
    41: "checkable",
    43: "read-only",
}
"""The bits of AtspiStateType that a test asks for."""
MANY = 64
"""So many cells of a table are read; the others are made alike."""

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that assistive technology can speak of.

    Attributes:
        place: Its name on the bus and its path.
        role: What it is: "push button", "table".
        name: What it is called.
        description: What else is said of it.
        states: What is true of it: "focusable", "checked".
        depth: How deep it stands in the tree.
    """

    place: Place
    role: str
    name: str
    description: str
    states: frozenset[str]
    depth: int


class Reader:
    """One connection to the bus of assistive technology."""

    def __init__(self) -> None:
        with open_dbus_connection("SESSION") as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (address,) = session.send_and_get_reply(new_method_call(bus, "GetAddress")).body
        self._bus: DBusConnection = open_dbus_connection(address)

    def windows(self) -> list[Place]:
        """Return the windows of all programs, the one in front last."""
        root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        return [window for program in self.children(root) for window in self.children(program)]

    def children(self, place: Place) -> list[Place]:
        """Return what stands directly below a place."""
        (found,) = self.call(place, ACCESSIBLE, "GetChildren")
        return [(name, path) for name, path in found]

    def tree(self, top: Place) -> Iterator[Node]:
        """Yield all that is in sight below a place, level by level; of tables only the first cells."""
        level, depth = [top], 0
        while level:
            nodes = self._nodes(level, depth)
            yield from nodes
            level = [child for children in self._below(nodes) for child in children]
            depth += 1

    def call(self, place: Place, interface: str, method: str, signature: str = "", *values: Any) -> Any:
        """Ask one thing and return the answer's values."""
        return self._ask([(place, interface, method, signature, values)])[0]

    def get(self, place: Place, interface: str, name: str) -> Any:
        """Return the value of a property."""
        ((_kind, value),) = self.call(place, "org.freedesktop.DBus.Properties", "Get", "ss", interface, name)
        return value

    def _nodes(self, places: list[Place], depth: int) -> list[Node]:
        properties = "org.freedesktop.DBus.Properties"
        asked = [
            question
            for place in places
            for question in (
                (place, ACCESSIBLE, "GetRoleName", "", ()),
                (place, properties, "Get", "ss", (ACCESSIBLE, "Name")),
                (place, properties, "Get", "ss", (ACCESSIBLE, "Description")),
                (place, ACCESSIBLE, "GetState", "", ()),
            )
        ]
        answers = iter(self._ask(asked))
        found = []
        for place, (role,), ((_s, name),), ((_d, description),), (bits,) in zip(
            places, answers, answers, answers, answers, strict=True
        ):
            number = bits[0] | bits[1] << 32
            states = frozenset(word for bit, word in _STATES.items() if number >> bit & 1)
            found.append(Node(place, role, name, description, states, depth))
        return [node for node in found if depth == 0 or "visible" in node.states]

    def _below(self, nodes: list[Node]) -> Iterator[list[Place]]:
        whole = [node.place for node in nodes if node.role not in {"table", "tree table"}]
        answers = self._ask([(place, ACCESSIBLE, "GetChildren", "", ()) for place in whole])
        yield from ([(name, path) for name, path in found] for (found,) in answers)
        for node in nodes:
            if node.role in {"table", "tree table"}:
                count = min(int(self.get(node.place, ACCESSIBLE, "ChildCount")), MANY)
                asked = [(node.place, ACCESSIBLE, "GetChildAtIndex", "i", (place,)) for place in range(count)]
                yield [(name, path) for ((name, path),) in self._ask(asked)]

    def _ask(self, questions: Iterable[tuple[Place, str, str, str, tuple[Any, ...]]]) -> list[Any]:
        """Send all questions, then read all answers: waiting for each one takes most of the time."""
        serials = []
        for (name, path), interface, method, signature, values in questions:
            message = new_method_call(DBusAddress(path, name, interface), method, signature or None, values)
            serial = next(self._bus.outgoing_serial)
            self._bus.send(message, serial=serial)
            serials.append(serial)
        answers: dict[int, Any] = {}
        while len(answers) < len(serials):
            message = self._bus.receive(timeout=20)
            if message.header.message_type is MessageType.error:
                raise RuntimeError(message.body)
            if message.header.message_type is MessageType.method_return:
                answers[_answered(message)] = message.body
        return [answers[serial] for serial in serials]


def _answered(message: Any) -> int:
    from jeepney import HeaderFields

    return int(message.header.fields[HeaderFields.reply_serial])
