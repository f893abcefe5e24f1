"""The memory of the process that holds secrets stays its own, and nothing of ours breaks by that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PROTECTED = """
import resource, subprocess, sys, ctypes
from core.custody.vault import protect_process
protect_process(); protect_process()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")


def run(code: str) -> str:
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return said.stdout.strip()


@linux
def test_no_core_is_dumped_and_no_debugger_gets_in():
    assert run(PROTECTED) == "(0, 0) 0"


@linux
def test_a_child_is_as_it_always_was():
    child = "print(subprocess.check_output([sys.executable, '-c', 'import ctypes; print(ctypes.CDLL(None).prctl(3))']))"
    assert run(PROTECTED + child).endswith("b'1\\n'")


@linux
def test_opening_a_vault_protects():
    code = PROTECTED.replace("protect_process(); protect_process()", "").replace(
        "print(", "from core.custody.vault import vault_state; vault_state('r')\nprint("
    )
    assert run(code) == "(0, 0) 0"


@linux
def test_what_the_program_asks_of_its_own_process_still_works(own_folders: Path):
    code = (
        PROTECTED
        + """
from pathlib import Path
import psutil
from core.storage.places import *
me = psutil.Process()
me.cmdline(), me.memory_info(), me.name(), psutil.disk_partitions(all=True), me.cpu_times(), me.num_threads()
Path('/proc/self/stat').read_text(); Path('/proc/self/mountinfo').read_text(); Path('/proc/self/fd').is_dir()
print('ok')
"""
    )
    assert run(code).endswith("ok")


@linux
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_another_program_of_the_same_user_cannot_read_it():
    """Run as nobody, since root may read everything; a process that is not protected is the control."""
    code = """
import ctypes, os, sys, time
if {protected}:
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
child = os.fork()
if child == 0:
    try:
        open(f'/proc/{{os.getppid()}}/mem', 'rb'); os._exit(0)
    except PermissionError:
        os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    try:
        seen = [_as_nobody(code.format(protected=value)) for value in (False, True)]
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"nobody cannot run Python here: {type(error).__name__}")
    assert seen[1] == "7"


def _as_nobody(code: str) -> str:
    command = ["python3", "-S", "-c", code]
    return subprocess.check_output(command, text=True, user=65534, group=65534, extra_groups=[], cwd="/").strip()
