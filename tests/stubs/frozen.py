"""A scene at one moment, to be gone on with as often as one likes, each time in a world of its own."""

from __future__ import annotations

import copyreg
import functools
import pickle
import threading
from pathlib import Path
from typing import Any

from tests.stubs.acts import Scene
from tests.stubs.once import folder_of_this_process
from tests.stubs.portal import SEARCH_LAG_SECONDS
from tests.stubs.postgresql import put_rows, rows_of
from tests.stubs.world import World

_LOCKS = (threading.Lock, threading.RLock)


def _unlocked(make: Any) -> Any:
    return lambda lock: (make, ())


# A copy of a world has locks of its own, which nobody holds.
for _make in _LOCKS:
    copyreg.pickle(type(_make()), _unlocked(_make))


class Frozen:
    """What is frozen stays as it was, whatever becomes of the worlds that are thawed from it."""

    def __init__(self, scene: Scene, folder: Path, *, elsewhere: str = "") -> None:
        """The worlds that are thawed have their ledgers in folders of this one.

        `elsewhere`: a second database for the thawed worlds of one whose ledger is in a database, one at a time.
        """
        self._folder = folder
        self._scene = pickle.dumps(scene)
        self._ledger = {part.name: part.read_bytes() for part in _files_of(scene.world.ledger)}
        self._ledger_name = scene.world.ledger.name
        self._elsewhere = elsewhere
        self._rows = rows_of(scene.world.postgresql) if scene.world.postgresql else None
        self._count = 0

    def thaw(self, folder: Path | None = None) -> Scene:
        """The scene as it was, its ledger in this folder or in one of its own.

        The mapping is shared: whoever edits it writes another file.
        """
        if folder is None:
            self._count += 1
            folder = self._folder / str(self._count)
        folder.mkdir(parents=True, exist_ok=True)
        thawed: Scene = pickle.loads(self._scene)  # noqa: S301 - our own, a moment ago; five times faster than a copy
        thawed.world.ledger = folder / self._ledger_name
        for name, content in self._ledger.items():
            (folder / name).write_bytes(content)
        if self._rows is not None:
            put_rows(self._elsewhere, self._rows)
            thawed.world.postgresql = self._elsewhere
        return thawed


def _files_of(ledger: Path) -> list[Path]:
    parts = [ledger.with_name(ledger.name + suffix) for suffix in ("", "-wal", "-shm")]
    return [part for part in parts if part.exists()]


def a_prepared_world(folder: Path, *, step: str = "unique", postgresql: str = "") -> World:
    """A platform with no calls but those that a test rings up, and a portal after `setup`."""
    world = prepared(folder, step=step, calls=0, search_lag_seconds=SEARCH_LAG_SECONDS[step])
    if postgresql:
        world.postgresql = postgresql
        world.setup()
    return world


def prepared(folder: Path, **world: Any) -> World:
    """`World(folder, **world)` after `setup`, which is run once for the same values in each process."""
    return _prepared(tuple(sorted(world.items()))).thaw(folder).world


@functools.cache
def _prepared(values: tuple[tuple[str, Any], ...]) -> Frozen:
    folder = folder_of_this_process("prepared-world")
    world = World(folder, **dict(values))
    world.setup()
    return Frozen(Scene(world), folder / "frozen")
