"""How much one imported file may ask of the machine; imports next to nothing, for the parsing child's sake."""

import sys

MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 64 * MEBIBYTE
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 5_000_000
MAX_PARTS = 10_000
MAX_PART_BYTES = 384 * MEBIBYTE
MAX_UNPACKED_BYTES = 512 * MEBIBYTE
# Lists pack to a tenth or a fiftieth; only what was made to burst packs tighter than this.
MAX_RATIO = 250
RATIO_COUNTS_FROM = 8 * MEBIBYTE
MEMORY_BYTES = 2048 * MEBIBYTE
MAX_FRAME_BYTES = 512 * MEBIBYTE


class Refused(Exception):  # noqa: N818 - it is the file's fate, not an error of the program
    """A file that is not read, with the key of the reason and, where known, the row a person sees."""

    def __init__(self, reason: str, row: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row


def limit_this_process(seconds: int, memory: int = MEMORY_BYTES) -> None:
    """Take memory, processor time, file writing and core dumps from this process, where the system can.

    Args:
        seconds: Processor time after which the system ends the process.
        memory: Bytes of address space it may ask for.
    """
    if sys.platform == "win32":
        return
    import resource  # Windows has none.

    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
    ):
        ceiling = resource.getrlimit(kind)[1]
        wanted = value if ceiling == resource.RLIM_INFINITY else min(value, ceiling)
        # At the lower limit of time a signal says that it was time; at the upper one the process is just gone.
        spare = kind == resource.RLIMIT_CPU and (ceiling == resource.RLIM_INFINITY or wanted < ceiling)
        try:
            resource.setrlimit(kind, (wanted, wanted + spare))
        except (OSError, ValueError):
            # macOS refuses some of these; the parent's deadline still ends the process.
            continue


def limit_time(seconds: float) -> None:
    """Let the system end this process after so much processor time, to the tenth of a second, where it can."""
    if sys.platform == "win32":
        return
    import signal

    signal.setitimer(signal.ITIMER_PROF, seconds)


def shut_in() -> None:
    """Let this process open no file and no connection any more, where the system can; what is open stays so."""
    if sys.platform == "win32":
        return
    import resource  # Windows has none.

    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
