"""The project's own files, as the tests of its architecture read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
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


@cache
def parsed(file: Path) -> ast.Module:
    """Return a Python file's tree."""
    return ast.parse(file.read_bytes(), str(file))


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the lines of every function of a file, its docstring included."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def imported(file: Path) -> set[str]:
    """Return the names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def catches_everything(file: Path) -> Iterator[int]:
    """Yield the lines where a file catches every error there is and does not raise it again."""
    for node in ast.walk(parsed(file)):
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
