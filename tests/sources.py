"""The project's own files, as the tests of its architecture read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("main.py", "core", "gui")
EVERYTHING = (*PROGRAM, "tests", "resources")
MIGRATIONS = ROOT / "core" / "storage" / "migrations" / "versions"
NOT_OURS = {".git", ".venv", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"}


def python_files(*places: str) -> list[Path]:
    """Return the Python files in files and folders of the project, migrations left out."""
    found = [file for place in places for file in [ROOT / place, *(ROOT / place).rglob("*.py")]]
    return sorted(file for file in found if file.suffix == ".py" and file.is_file() and file.parent != MIGRATIONS)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a Python file; its tree is let go, since millions of nodes would slow all tests that follow.

    Attributes:
        docstring: What it says it is for.
        functions: The name and the lines of every function, its docstring included.
        imported: The names of the modules that it imports.
        catches_everything: The lines where it catches every error there is and does not raise it again.
    """

    docstring: str
    functions: tuple[tuple[str, int], ...]
    imported: frozenset[str]
    catches_everything: tuple[int, ...]


@cache
def facts(file: Path) -> Facts:
    """Read a Python file."""
    tree = ast.parse(file.read_bytes(), str(file))
    nodes = list(ast.walk(tree))
    return Facts(
        ast.get_docstring(tree) or "",
        tuple(length for node in nodes for length in _function(node)),
        frozenset(name for node in nodes for name in _imported(node)),
        tuple(line for node in nodes for line in _catching_everything(node)),
    )


def functions(file: Path) -> tuple[tuple[str, int], ...]:
    """Return the name and the lines of every function of a file, its docstring included."""
    return facts(file).functions


def imported(file: Path) -> frozenset[str]:
    """Return the names of the modules that a file imports."""
    return facts(file).imported


def catches_everything(file: Path) -> tuple[int, ...]:
    """Return the lines where a file catches every error there is and does not raise it again."""
    return facts(file).catches_everything


def _function(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names):
            yield from (f"{module}.{alias.name}" for alias in names)


def _catching_everything(node: ast.AST) -> Iterator[int]:
    match node:
        case ast.ExceptHandler(type=caught) if _is_broad(caught) and not _raises_again(node):
            yield node.lineno
        case ast.Call(func=ast.Name("suppress") | ast.Attribute(attr="suppress"), args=kinds):
            yield from (node.lineno for kind in kinds if _is_broad(kind))


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every text file that is or could be committed."""
    for path in _tracked():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def _tracked() -> list[Path]:
    """Ask git; a copy without its history is read as it lies there."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    if said.returncode == 0:
        return [ROOT / name for name in said.stdout.split("\0") if name]
    return [path for path in ROOT.rglob("*") if path.is_file() and not NOT_OURS & set(path.parts)]


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(map(_is_broad, caught.elts))
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
