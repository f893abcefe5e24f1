"""Programs that show a list of as many entries: KeePassXC and LibreOffice Calc, where they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.datasets import KINDS, PLACES, PLATFORMS

PASSWORD = "Musterpasswort"
LIMIT_SECONDS = 120
KEEPASSXC = ("keepassxc", "keepassxc-cli", "xdotool")
CALC = ("soffice",)


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that is measured beside ours.

    Attributes:
        name: What it is called.
        opened: Starts it, waits for its rows, ends it, and gives the seconds between.
        note: What is not the same as with ours.
    """

    name: str
    opened: Callable[[], float]
    note: str = ""


def peers_here(folder: Path, entries: int, environment: Mapping[str, str]) -> list[Peer]:
    """Return the peers that are installed, each with a file of so many entries."""
    found = []
    if _has(environment, KEEPASSXC):
        database = _database(folder, entries)
        found.append(Peer("KeePassXC", lambda: _keepassxc(database, environment), "until its title says it is open"))
    if _has(environment, CALC):
        sheet = _sheet(folder, entries)
        note = "Calc is run without a window: it reads the list and writes it as CSV, but paints nothing"
        found.append(Peer("LibreOffice Calc", lambda: _calc(sheet, folder), note))
    return found


def skipped_peers(environment: Mapping[str, str]) -> list[str]:
    """Return why peers are left out."""
    return [
        f"{needed[0]} or what it needs ({', '.join(needed[1:]) or 'nothing'}, a screen) is not here"
        for needed in (KEEPASSXC, CALC)
        if not _has(environment, needed)
    ]


def _has(environment: Mapping[str, str], programs: tuple[str, ...]) -> bool:
    return environment.get("QT_QPA_PLATFORM") == "xcb" and all(shutil.which(name) for name in programs)


def _titles(entries: int) -> list[str]:
    return [f"{PLACES[n % len(PLACES)]} {KINDS[n % len(KINDS)]} {n}" for n in range(entries)]


def _database(folder: Path, entries: int) -> Path:
    """Make a database that opens with the least work its format allows."""
    source, made = folder / f"{entries}.xml", folder / f"{entries}.kdbx"
    told = "".join(
        f"<Entry><String><Key>Title</Key><Value>{escape(title)}</Value></String>"
        f"<String><Key>UserName</Key><Value>user{n}</Value></String>"
        f"<String><Key>URL</Key><Value>https://{PLATFORMS[n % len(PLATFORMS)]}.example/{n}</Value></String></Entry>"
        for n, title in enumerate(_titles(entries))
    )
    source.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta/><Root><Group><Name>Root</Name>{told}'
        f"</Group></Root></KeePassFile>",
        encoding="utf-8",
    )
    made.unlink(missing_ok=True)
    command = ["keepassxc-cli", "import", "-q", "-p", "-t", "100", str(source), str(made)]
    subprocess.run(command, input=f"{PASSWORD}\n{PASSWORD}\n", text=True, check=True, capture_output=True)
    return made


def _keepassxc(database: Path, environment: Mapping[str, str]) -> float:
    """Open a database and wait until the window's title no longer says that it is locked."""
    home = database.parent / "keepassxc"
    home.mkdir(exist_ok=True)
    settings = home / "keepassxc.ini"
    settings.write_text("[General]\nUpdateCheckMessageShown=true\nSingleInstance=false\n", encoding="utf-8")
    command = ["keepassxc", "--config", str(settings), "--localconfig", str(home / "local.ini")]
    started = time.monotonic()
    with subprocess.Popen(
        [*command, "--pw-stdin", str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        text=True,
    ) as program:
        try:
            assert program.stdin is not None
            program.stdin.write(PASSWORD + "\n")
            program.stdin.close()
            _wait_for(f"{database.stem}[^[]*KeePassXC$", environment)
            return time.monotonic() - started
        finally:
            program.kill()


def _wait_for(title: str, environment: Mapping[str, str]) -> None:
    """Wait for a window with a title (a regular expression)."""
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        command = ["xdotool", "search", "--onlyvisible", "--name", title]
        if subprocess.run(command, env=dict(environment), capture_output=True, check=False).stdout.strip():
            return
        time.sleep(0.02)
    raise RuntimeError(f"no window came that is called {json.dumps(title)}")


def _sheet(folder: Path, entries: int) -> Path:
    from openpyxl import Workbook

    path = folder / f"{entries}-calc.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kanäle")
    for n, title in enumerate(_titles(entries)):
        platform = PLATFORMS[n % len(PLATFORMS)]
        link = f"https://{platform}.example/{n}"
        sheet.append([title, platform, link, f"FD {n % 40}", "Erika Mustermann", "Max Mustermann", "active", n])
    book.save(path)
    return path


def _calc(sheet: Path, folder: Path) -> float:
    """Have Calc read the list and write it as text; the text is what shows that it was read."""
    profile, told = f"-env:UserInstallation={(folder / 'calc').as_uri()}", folder / f"{sheet.stem}.csv"
    told.unlink(missing_ok=True)
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "csv", "--outdir", str(folder)]
    started = time.monotonic()
    subprocess.run([*command, str(sheet)], check=True, capture_output=True, timeout=LIMIT_SECONDS)
    seconds = time.monotonic() - started
    if not told.is_file():
        raise RuntimeError("LibreOffice has not read the list")
    return seconds
