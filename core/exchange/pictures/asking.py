"""Hands a file and an order to the limited child process and returns the one thing it says."""

from __future__ import annotations

from typing import Any

from core.exchange.child import ask_child
from core.exchange.limits import Refused


def ask(order: tuple[str | int, ...], data: bytes, deadline: float) -> tuple[Any, ...]:
    """Have the child carry out an order on a file.

    Args:
        order: A word of `inside.ORDERS` and what belongs to it.
        data: The file.
        deadline: On the monotonic clock; the child is ended then.

    Returns:
        What the child said; nothing where it broke on the file.

    Raises:
        Refused: The child refused the file, or needed too much of the machine.
    """
    line = " ".join(map(str, order)).encode("ascii") + b"\n"
    for message in ask_child(line + data, "asset", deadline):
        match message:
            case ("refused", str(reason), int()):
                raise Refused(reason)
            case (str(), *_):
                return message
    return ()
