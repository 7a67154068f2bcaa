"""A look at a ledger that changes nothing: no file is made, no write-ahead log is taken over, no table is upgraded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from connector.errors import FatalError, InputError
from connector.ledger.place import FileSystem, Place, file_system_of, require_place
from connector.ledger.sql import SqlLedger
from connector.ledger.sqlite import reading_store
from connector.ledger.upgrade import NEWEST, revision_of

MayWrite = Callable[[Path], bool]


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK)


def look_at(path: Path, *, file_system: FileSystem = file_system_of, may_write: MayWrite = _may_write) -> Place:
    """The place of a ledger. Raises InputError when it cannot be one, FatalError (E512) when it is read-only."""
    path = path.absolute()
    require_place(path, file_system=file_system)
    is_there = path.exists()
    # SQLite keeps its write-ahead log in the folder, so that both must be writable.
    for each in (path.parent, *([path] if is_there else [])):
        if not may_write(each):
            raise FatalError("E512", f"this user may not write to {each}", where=str(path))
    return Place(path=path, is_there=is_there, free_bytes=shutil.disk_usage(path.parent).free)


def open_for_reading(path: Path) -> SqlLedger:
    """The ledger in this file, as far as it was committed. Raises as `open.open_to_look` says."""
    path = path.absolute()
    store = reading_store(path)
    try:
        with store.reading() as tx:
            found = revision_of(tx, str(path))
        if found is None:
            raise InputError("E506", "this database holds no ledger", where=str(path))
        if found < NEWEST:
            message = f"the ledger has revision {found}, and this version of the connector works with {NEWEST}"
            raise InputError("W501", message, where=str(path))
        if found > NEWEST:
            message = f"the ledger has revision {found}, this version knows up to {NEWEST}"
            raise FatalError("E507", message, where=str(path))
        # Hashes of people are never made here, so that the secret is not needed: a missing one would be stored.
        return SqlLedger(store, secret=b"")
    except BaseException:
        store.close()
        raise
