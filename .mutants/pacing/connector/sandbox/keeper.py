"""The sandbox's memory between two runs: one JSON file, written whole or not at all."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

FILE_NAME = "sandbox.json"
_VERSION = 1
_PAUSE_SECONDS = 0.5
"""Changes of half a second are written together."""
_SHARE_OF_TIME = 0.1
"""Of a busy sandbox's time that may go into writing, however large the portal has grown."""


def load(directory: Path) -> dict[str, Any] | None:
    """What was kept there, None if nothing was. Raises ValueError when the file is not one of ours."""
    path = directory / FILE_NAME
    try:
        kept: Any = msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise ValueError(f"{path} is not a sandbox's state: {error}; delete it to begin anew") from error
    if not isinstance(kept, dict) or kept.get("version") != _VERSION:
        raise ValueError(f"{path} is of another version of the sandbox; delete it to begin anew")
    return kept


class InUseError(ValueError):
    """Another sandbox uses this folder."""


class Hold:
    """The right to keep a state in this folder; it ends with the process, however that ends. Raises InUseError.

    The folder itself is what is locked. Where there is no `flock` (Windows), nothing is.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._descriptor: int | None = None
        if os.name == "posix":
            import fcntl

            self._descriptor = os.open(directory, os.O_RDONLY)
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self.release()
                raise InUseError(f"another sandbox uses {directory}") from error

    def release(self) -> None:
        """Let others have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Keeper:
    """Writes the dump soon after each change, and once more when closed."""

    def __init__(self, directory: Path, dump: Callable[[], dict[str, Any]]) -> None:
        self._path = directory / FILE_NAME
        self._dump = dump
        self._dirty = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sandbox-keeper", daemon=True)
        self._thread.start()

    def changed(self) -> None:
        """Have the state written soon."""
        self._dirty.set()

    def close(self) -> None:
        """Write what is not written yet and stop."""
        self._closing.set()
        self._dirty.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._dirty.wait()
            self._dirty.clear()
            began = time.monotonic()
            self._write()
            took = time.monotonic() - began
            self._closing.wait(max(_PAUSE_SECONDS, took / _SHARE_OF_TIME))
        self._write()

    def _write(self) -> None:
        content = msgspec.json.encode({"version": _VERSION, **self._dump()})
        # In the same directory, so that the rename cannot cross file systems.
        beside = self._path.with_suffix(".tmp")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
