"""What signals may carry.

A bool would be miscounted (`gui.bool_references`); two signals, or a number, say the same.
"""

from __future__ import annotations

import ast
from pathlib import Path

GUI = Path(__file__).resolve().parents[2] / "gui"


def test_no_signal_of_the_program_carries_a_bool():
    found = [
        f"{file.relative_to(GUI)}:{node.lineno}"
        for file in sorted(GUI.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Signal"
        for argument in node.args
        if isinstance(argument, ast.Name) and argument.id == "bool"
    ]
    assert found == []
