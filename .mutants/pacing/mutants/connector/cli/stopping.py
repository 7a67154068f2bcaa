"""Ctrl-C and SIGTERM: the first ends the command in order, the second at once."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

from connector.unbroken import raise_when_whole

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

AGAIN_SECONDS = 0.05


class Stopped(BaseException):
    """The user or the system wants the process to end; no handler for errors may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number
        """130 after Ctrl-C, 143 after SIGTERM."""
        self.by = "Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name
        self.left = "state saved, run again to go on"
        """How things stand: who has nothing to save says so."""


class _Seen:
    """What the first signal raised. A process has one set of signal handlers, and so one of these."""

    stopped: Stopped | None = None


def stop_on_signals() -> None:
    """From now on the first signal raises Stopped in the main thread, and a second one ends the process there.

    Ending it anywhere is safe: what was written is found again by its key.
    """
    _Seen.stopped = None
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _first)
    sys.unraisablehook = _unraisable


def stopped_by(error: BaseException) -> Stopped | None:
    """The signal behind an error: code outside Python may turn a Stopped that passes through it into its own error."""
    return error if isinstance(error, Stopped) else _Seen.stopped


def _first(number: int, frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _second)
    _Seen.stopped = Stopped(number)
    raise_when_whole(_Seen.stopped)


def _second(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)


def _unraisable(unraisable: UnraisableHookArgs) -> None:
    """Raised where Python lets nothing out, as in a finalizer: raised once more in a moment."""
    if not isinstance(unraisable.exc_value, Stopped) or not hasattr(signal, "setitimer"):
        sys.__unraisablehook__(unraisable)
        return
    signal.signal(signal.SIGALRM, _again)
    signal.setitimer(signal.ITIMER_REAL, AGAIN_SECONDS)


def _again(number: int, frame: FrameType | None) -> None:
    if _Seen.stopped is not None:
        raise_when_whole(_Seen.stopped)
