"""Progress that says why nothing moves."""

from __future__ import annotations

import threading
from collections.abc import Callable

from msgspec.structs import replace

from connector.reports import Progress


class Watch:
    """Passes progress on with what is left of the day's requests, and with the reason of a wait as its stage.

    Safe to use from several threads.
    """

    def __init__(self, on_progress: Callable[[Progress], None], day_left: Callable[[], int | None]) -> None:
        self._on_progress = on_progress
        self._day_left = day_left
        self._lock = threading.Lock()
        self._last = Progress()
        self._why = ""

    def __call__(self, progress: Progress) -> None:
        with self._lock:
            self._last = progress
            self._tell()

    def wait(self, why: str) -> None:
        """Requests wait from now on, or go on again when there is no reason."""
        with self._lock:
            self._why = why
            self._tell()

    def _tell(self) -> None:
        stage = self._why or self._last.stage
        self._on_progress(replace(self._last, stage=stage, day_left=self._day_left()))
