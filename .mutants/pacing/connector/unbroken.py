"""Work that Ctrl-C and SIGTERM must not cut through, such as a transaction.

An exception that strikes at any instruction may strike where a library has taken a connection from its pool and noted
it nowhere yet: then nobody gives it back, and the next one waits for it. What is unbroken ends first, which is soon.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Main:
    """The main thread alone runs signal handlers, so that its state needs no lock."""

    depth = 0
    postponed: BaseException | None = None


def raise_when_whole(error: BaseException) -> None:
    """Raise this in the main thread: now, or as soon as what is unbroken has ended. For signal handlers."""
    if not _Main.depth:
        raise error
    _Main.postponed = error


@contextmanager
def unbroken() -> Iterator[None]:
    """Let this end before anything is raised by `raise_when_whole`. For what takes milliseconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Main.depth += 1
    try:
        yield
    finally:
        _Main.depth -= 1
        if not _Main.depth and (postponed := _Main.postponed) is not None:
            _Main.postponed = None
            raise postponed
