"""Where calls wait between the platform and the CRM, each at its own speed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Generic, Protocol, TypeVar

import msgspec

from connector.errors import FatalError
from connector.model import CallKey

WINDOW_CALLS_MAX = 1000
WINDOW_BYTES_MAX = 8 * 1024 * 1024
"""What one window may hold in memory, as encoded."""

_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""The primary result codes (the lower byte) of a disk that takes no more."""
CACHE_KIBIBYTES = 512
"""What SQLite keeps of it in memory: calls are put once and taken once."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Kept(Protocol):
    """What may wait: a call, or so much of it as its reader needs."""

    @property
    def key(self) -> CallKey: ...

    @property
    def ended_at(self) -> datetime: ...


K = TypeVar("K", bound=Kept)


class Spool(Generic[K]):
    """Calls of one shape on disk, put in any order and taken oldest first, in windows of bounded size.

    Beside them stands what became of calls that need not wait, so that none is counted twice.
    SQLite's unnamed database lives in memory while it is small, spills to a temporary file when it grows and
    vanishes with its connection, so that a long history costs disk and not memory and leaves nothing behind.
    Each method raises FatalError (E516) when the temporary folder takes no more.
    """

    def __init__(self, shape: type[K]) -> None:
        self._database: sqlite3.Connection | None = None
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(shape)

    def __enter__(self) -> Spool[K]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._database is not None:
            self._database.close()

    def put(self, calls: list[K]) -> int:
        """Keep these calls; one that is there already stays as it was. Answers how many were new."""
        if not calls:
            return 0
        rows = [(_ticks(call.ended_at), call.key.id, self._encoder.encode(call)) for call in calls]
        with _room(), self._opened() as database:
            before = database.total_changes
            database.executemany("INSERT OR IGNORE INTO spool (ended_at, id, call) VALUES (?, ?, ?)", rows)
            return database.total_changes - before

    def has(self, call_id: str) -> bool:
        """Whether this call waits here."""
        if self._database is None:
            return False
        with _room():
            return self._database.execute("SELECT 1 FROM spool WHERE id = ?", (call_id,)).fetchone() is not None

    def note(self, call_id: str, fate: str) -> bool:
        """Remember what became of a call that need not wait; False where it is remembered already, or waits."""
        with _room():
            # Not committed: what vanishes with its connection need not be, and it takes most of the time.
            noted = self._opened().execute(
                "INSERT OR IGNORE INTO settled SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM spool WHERE id = ?)",
                (call_id, fate, call_id),
            )
            return noted.rowcount > 0

    def forget(self, call_id: str) -> str | None:
        """What is remembered to have become of a call, and not any more."""
        if self._database is None:
            return None
        with _room():
            known = self._database.execute("SELECT fate FROM settled WHERE id = ?", (call_id,)).fetchone()
            if known is None:
                return None
            self._database.execute("DELETE FROM settled WHERE id = ?", (call_id,))
            return str(known[0])

    def windows(self) -> Iterator[list[K]]:
        """Take the calls, oldest first, equal times by id."""
        if self._database is None:
            return
        window: list[K] = []
        size = 0
        with _room():
            for (blob,) in self._database.execute("SELECT call FROM spool ORDER BY ended_at, id"):
                if window and (len(window) == WINDOW_CALLS_MAX or size + len(blob) > WINDOW_BYTES_MAX):
                    yield window
                    window, size = [], 0
                window.append(self._decoder.decode(blob))
                size += len(blob)
        if window:
            yield window

    def _opened(self) -> sqlite3.Connection:
        # Made with the first call: a run that meets none has nothing to keep.
        if self._database is None:
            self._database = sqlite3.connect("")
            self._database.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
            self._database.execute(
                "CREATE TABLE spool (id TEXT PRIMARY KEY, ended_at INTEGER NOT NULL, call BLOB NOT NULL)"
            )
            self._database.execute("CREATE TABLE settled (id TEXT PRIMARY KEY, fate TEXT NOT NULL) WITHOUT ROWID")
            self._database.execute("CREATE INDEX by_age ON spool (ended_at, id)")
        return self._database


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NO_ROOM:
            raise
        raise FatalError("E516", "there is no room for the calls that wait", where="the temporary folder") from error


def _ticks(at: datetime) -> int:
    """Whole microseconds since 1970, so that order is exact."""
    delta = at - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
