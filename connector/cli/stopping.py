"""Ctrl-C and SIGTERM: the first ends the command in order, the second at once."""

from __future__ import annotations

import os
import signal
from types import FrameType


class Stopped(BaseException):
    """The user or the system wants the process to end; no handler for errors may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number
        """130 after Ctrl-C, 143 after SIGTERM."""
        self.by = "Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name


def stop_on_signals() -> None:
    """From now on the first signal raises Stopped in the main thread, and a second one ends the process there.

    Ending it anywhere is safe: what was written is found again by its key.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _first)


def _first(number: int, frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _second)
    raise Stopped(number)


def _second(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)
