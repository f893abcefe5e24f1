"""Sets up the program's own Python environment, then does what was asked: run, demo, test or one command of it.

    python resources/setup/start.py                     only set up
    python resources/setup/start.py run [ARGUMENTS]     open the program
    python resources/setup/start.py demo                open the demo city
    python resources/setup/start.py test [ARGUMENTS]    run the tests
    python resources/setup/start.py do ARGUMENTS        run the environment's Python with these arguments

It needs nothing but Python, and reads on versions too old for the program, to say so in a sentence.
"""

# ruff: noqa: S603, S607 - starting programs is what this script is for.

from __future__ import annotations

import hashlib
import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / ".installed"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up what the wish needs and carry it out.

    Returns:
        The exit code of what was started.
    """
    if sys.version_info[:2] < OLDEST:
        return _refuse_this_python()
    wish, rest = (arguments[0], arguments[1:]) if arguments else ("setup", [])
    command = command_of(wish, rest)
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    install_system_packages("test" if wish == "test" else "run")
    if not is_current() and not build():
        return 1
    return subprocess.call([str(environment_python()), *command], cwd=ROOT) if command else 0


def command_of(wish: str, rest: list[str]) -> list[str] | None:
    """Return the arguments of the environment's Python for a wish; none of them means only to set up."""
    known = {
        "setup": [],
        "run": ["main.py", *rest],
        "demo": ["main.py", "--demo", *rest],
        "test": ["-m", "pytest", "-n", "2", "--dist", "worksteal", "--durations=20", *rest],
        "do": rest,
    }
    return known.get(wish)


def environment_python() -> Path:
    """Return the environment's own Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install_system_packages(purpose: str) -> None:
    """Install, on Debian and its kin, what the purpose ("run" or "test") needs and the machine lacks."""
    if not sys.platform.startswith("linux"):
        return
    script = Path(__file__).with_name("system_packages.sh")
    subprocess.call(["sh", str(script), purpose], env={**os.environ, "PYTHON": sys.executable})


def is_current() -> bool:
    """Tell whether the environment holds what the lock file says, for this Python."""
    return environment_python().exists() and STAMP.exists() and STAMP.read_text("utf-8") == _wanted()


def build() -> bool:
    """Make or renew the environment.

    Returns:
        Whether that worked; if not, the reason was printed.
    """
    print(
        _said(
            "Die Umgebung wird in .venv eingerichtet (einmal; etwa eine Minute) ...",
            "Setting up the environment in .venv (once; about a minute) ...",
        ),
        flush=True,
    )
    if not _runs():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        if subprocess.call([sys.executable, "-m", "venv", str(ENVIRONMENT)]):
            return _failed(
                "Python konnte keine Umgebung anlegen. Auf Debian und Ubuntu installieren Sie bitte python3-venv.",
                "Python could not make an environment; on Debian and Ubuntu install python3-venv.",
            )
    STAMP.unlink(missing_ok=True)
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    if subprocess.call([str(environment_python()), "-m", "pip", "install", *options, "-r", str(LOCK)]):
        return _failed(
            "Die Pakete aus requirements.lock ließen sich nicht installieren. Ist dieser Rechner online?",
            "The packages of requirements.lock could not be installed; is this machine online?",
        )
    STAMP.write_text(_wanted(), "utf-8")
    return True


def _runs() -> bool:
    """Tell whether the environment is there and of the same Python as this one."""
    python = environment_python()
    if not python.exists():
        return False
    asked = [str(python), "-c", "import sys, pip; print(*sys.version_info[:2])"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    return said.returncode == 0 and said.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _wanted() -> str:
    version = ".".join(str(part) for part in sys.version_info[:2])
    return f"Python {version}, lock {hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n"


def _failed(german: str, english: str) -> bool:
    print(_said(german, english), file=sys.stderr)
    return False


def _said(german: str, english: str) -> str:
    """Return a sentence in the language of whoever sits here, as far as the system tells it."""
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return german if (told or locale.getlocale()[0] or "").lower().startswith(("de", "german")) else english


def _refuse_this_python() -> int:
    sentence = _said(
        "Kanalregister braucht Python {}.{} oder neuer; dies ist {}.{}. Installieren Sie es und starten Sie noch "
        "einmal, oder nennen Sie es: make run PYTHON=python3.11",
        "Kanalregister needs Python {}.{} or newer; this is {}.{}. Install it and start again, or name it: "
        "make run PYTHON=python3.11",
    )
    print(sentence.format(*OLDEST, *sys.version_info[:2]), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
