"""What the C library does with memory that is given back, where a long run would feel it."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8
"""glibc's malloc.h."""


def share_one_heap() -> None:
    """Have all threads take memory from one heap; elsewhere than on glibc this does nothing.

    glibc gives each thread a heap of its own, and what one has freed another cannot take: with eight requests in
    flight that is 5 MB of a backfill. They hardly ever wait for each other here, since Python lets one run at a time.
    To be called before the first thread begins.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
