"""One heap for all threads: what a thread has freed, another one takes."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

MEASURE = """
import ctypes, threading
{call}
step = threading.Barrier(8)
def work():
    # Pieces that malloc keeps in its heaps, all threads at the same time, so that none finds another's heap free.
    step.wait()
    pieces = [ctypes.create_string_buffer(50_000) for _ in range(20)]
    step.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
stream = libc.fopen(b"/dev/stdout", b"w")
libc.malloc_info(0, ctypes.c_void_p(stream))
libc.fflush(ctypes.c_void_p(stream))
"""
SHARED = "from connector.cli.heap import share_one_heap; share_one_heap()"


def heaps(call: str) -> int:
    """How many heaps malloc tells of at the end of a process with eight threads."""
    ran = subprocess.run([sys.executable, "-c", MEASURE.format(call=call)], capture_output=True, text=True, check=True)
    return ran.stdout.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no such heaps")
def test_threads_share_one_heap():
    assert heaps("pass") > 1
    assert heaps(SHARED) == 1
