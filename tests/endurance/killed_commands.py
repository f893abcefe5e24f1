"""One command of the command line in a process of its own, which is killed at a durable step that is named.

What counts as a step: an entry of the keyring that was written or removed, an action that was committed, a file that
took its place or was removed, and what the workstation remembers. The process kills itself right after it; nothing of
that is in the program.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from core import workstation
from core.custody.vault.ring import Ring
from core.storage import places
from main import main
from tests.endurance.children import servers


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: nothing but `killed` where it was.

    Attributes:
        killed: Whether it was killed.
        code: Its exit code.
        said: What it wrote on both outputs.
        steps: How many durable steps it took.
    """

    killed: bool
    code: int = -1
    said: str = ""
    steps: int = 0


def run_command(
    place: Mapping[str, str], words: Sequence[str], kill_at: int = 0, *, watched: type[DurableSteps] | None = None
) -> Outcome:
    """Run a command and wait for its end.

    Args:
        place: The environment of whoever gives it.
        words: The command.
        kill_at: After which durable step it is killed; 0 lets it live.
        watched: What counts as a step, where more does than usual.
    """
    ours, theirs = servers().Pipe(duplex=False)
    child = servers().Process(
        target=_serve, args=(dict(place), list(words), (watched or DurableSteps)(kill_at), theirs), daemon=True
    )
    child.start()
    theirs.close()
    try:
        told = ours.recv()
    except EOFError:
        told = None
    child.join()
    assert told is not None or child.exitcode == -signal.SIGKILL, child.exitcode
    return Outcome(True) if told is None else Outcome(False, *told)


def _serve(place: dict[str, str], words: list[str], steps: DurableSteps, pipe: Connection) -> None:
    os.environ.update(place)
    said = io.StringIO()
    steps.watch()
    sys.stdin = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    pipe.send((code, said.getvalue(), steps.taken))
    pipe.close()
    os._exit(0)


class DurableSteps:
    """Counts durable steps, and ends the process after one of them."""

    def __init__(self, kill_at: int = 0) -> None:
        self.begin(kill_at)
        self._changes = dict[int, int]()

    def begin(self, kill_at: int) -> None:
        """Count anew; 0 lets the process live."""
        self.taken, self._kill_at = 0, kill_at

    def watch(self) -> None:
        """Look at everything that lasts."""
        for owner, name in (
            (Ring, "write"),
            (Ring, "delete"),
            (places, "_settle"),
            (workstation, "_update"),
            (workstation, "keep_head"),
        ):
            setattr(owner, name, self.counted(getattr(owner, name)))
        DefaultDialect.do_commit = lambda _dialect, connection: self._commit(connection)  # type: ignore[method-assign]  # this process lives for one command
        Path.unlink = self._unlink(Path.unlink)  # type: ignore[method-assign]  # likewise

    def counted(self, doing: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **more: Any) -> Any:
            result = doing(*args, **more)
            self._step()
            return result

        return done

    def _commit(self, connection: Any) -> None:
        raw = connection.dbapi_connection
        changes, before = raw.total_changes, self._changes.get(id(raw), 0)
        raw.commit()
        self._changes[id(raw)] = changes
        if changes != before:  # Who only reads commits, too.
            self._step()

    def _unlink(self, doing: Callable[..., None]) -> Callable[..., None]:
        def done(file: Path, missing_ok: bool = False) -> None:
            is_envelope = file.suffix == ".age" and file.exists()
            doing(file, missing_ok=missing_ok)
            if is_envelope:
                self._step()

        return done

    def _step(self) -> None:
        self.taken += 1
        if self.taken == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
