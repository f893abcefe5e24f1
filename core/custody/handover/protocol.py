"""The protocol of a handover, step by step; each can be repeated after a crash at any point.

`taking` is what the successor does, `giving` the predecessor, `heading` the head of press, and `taking_in` everybody
with the statements of the others.
"""

from __future__ import annotations

from core.custody.handover.steps.giving import propose, release, seal, withdraw
from core.custody.handover.steps.heading import close_as_head, supersede
from core.custody.handover.steps.taking import begin, confirm, may_open, open_, receipt_of, refuse, request, return_
from core.custody.handover.steps.taking_in import may_take_in, take_in

__all__ = [
    "begin",
    "close_as_head",
    "confirm",
    "may_open",
    "may_take_in",
    "open_",
    "propose",
    "receipt_of",
    "refuse",
    "release",
    "request",
    "return_",
    "seal",
    "supersede",
    "take_in",
    "withdraw",
]
