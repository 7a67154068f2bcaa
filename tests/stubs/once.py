"""What is the same in every world, made once per process: half of a small test's time went into making it anew.

A mapping is read, compiled and held to its own tests once for each content of its files; the tables of a new ledger are
copied; SQLAlchemy compiles each statement once; the sandbox writes down each call of a history once.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from connector.ledger.address import PostgresqlAddress, read_address
from connector.ledger.open import open_ledger
from connector.ledger.postgresql import open_postgresql
from connector.ledger.sql import SqlLedger
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import Loaded, cases_path, load_mapping
from connector.ports import Ledger
from connector.proof.mappings import failing_tests
from connector.reports import Finding
from connector.sandbox.history import History


def forget_earlier_tests() -> None:
    """Empty all caches, the product's too: a mutant is tried in a copy of a process that ran the tests without it."""
    for known in (_loaded, _compiled, _proven, _statements, _records):
        known.clear()
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("connector.") else ():
            if isinstance(value, functools._lru_cache_wrapper):
                value.cache_clear()


def remember_pure_work(patch: pytest.MonkeyPatch) -> None:
    """Have files of the same content at the same place read, compiled and proven once, and statements compiled once."""
    patch.setattr("connector.parts.load_mapping", _load)
    patch.setattr("connector.parts.compile_mapping", _compile)
    patch.setattr("connector.proof.mappings.failing_tests", _prove)
    patch.setattr("connector.ledger.sqlite.create_engine", _engine_like_others)
    patch.setattr("connector.ledger.postgresql.create_engine", _engine_like_others)
    patch.setattr(History, "_raw", _raw)


_loaded: dict[tuple[Path, bytes], Loaded] = {}
_compiled: dict[tuple[int, str], CompiledMapping] = {}
_proven: dict[tuple[Path, bytes, bytes, str], list[Finding]] = {}
_dialects: dict[str, Dialect] = {}
_statements: LRUCache[Any, Any] = LRUCache(1000)
_raw_anew = History._raw
_records: LRUCache[Any, bytes] = LRUCache(5000)


def _load(path: Path) -> Loaded:
    if not path.is_file():
        return load_mapping(path)
    key = (path.absolute(), path.read_bytes())
    if key not in _loaded:
        _loaded[key] = load_mapping(path)
    return _loaded[key]


def _compile(loaded: Loaded, **settings: Any) -> CompiledMapping:
    if not any(loaded is kept for kept in _loaded.values()):
        return compile_mapping(loaded, **settings)
    key = (id(loaded), repr(settings))
    if key not in _compiled:
        _compiled[key] = compile_mapping(loaded, **settings)
    return _compiled[key]


def _prove(path: Path, read_call: Any) -> list[Finding]:
    tests = cases_path(path)
    if not tests.is_file():
        return failing_tests(path, read_call)
    # Bound to the parts of an app, whose settings say how a record is read.
    source = repr(read_call.__self__.settings.source)
    key = (path.absolute(), path.read_bytes(), tests.read_bytes(), source)
    if key not in _proven:
        _proven[key] = failing_tests(path, read_call)
    return _proven[key]


def _engine_like_others(*args: Any, **settings: Any) -> Engine:
    # Each engine would compile each statement anew; with one dialect and one cache it is done once.
    engine = create_engine(*args, **settings)
    engine.dialect = _dialects.setdefault(engine.dialect.name, engine.dialect)
    engine._compiled_cache = _statements
    return engine


def _raw(self: History, index: int) -> bytes:
    if self._transcript_bytes:
        return _raw_anew(self, index)
    key = (self._seed, index, self.ended_at(index))
    record = _records.get(key)
    if record is None:
        record = _records[key] = _raw_anew(self, index)
    return record


def open_new_or_old(url: str, *, secret: bytes | None, now: Callable[[], datetime]) -> Ledger:
    """The ledger at this address; a new SQLite file begins as a copy of an empty ledger instead of being migrated.

    The leases of a server's ledger go by the test's clock, too.
    """
    address = read_address(url)
    if isinstance(address, PostgresqlAddress):
        return open_postgresql(address, secret=secret, now=now)
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists() and path.parent.is_dir():
        shutil.copyfile(_an_empty_ledger(), path)
    ledger = open_ledger(url, secret=secret, now=now)
    if isinstance(ledger, SqlLedger):
        _trust_the_disk(ledger)
    return ledger


def _trust_the_disk(ledger: SqlLedger) -> None:
    """No test takes the power away: what the system holds is as good as what the disk holds, and much quicker."""
    connection = ledger.store.engine.raw_connection()
    connection.cursor().execute("PRAGMA synchronous = OFF")
    connection.close()


@functools.cache
def _an_empty_ledger() -> Path:
    path = folder_of_this_process("empty-ledger") / "connector.db"
    # With a secret of the caller's none is made and kept: each copy makes its own.
    open_ledger(f"sqlite:///{path}", secret=b"given").close()
    return path


def folder_of_this_process(prefix: str) -> Path:
    """A temporary folder that goes when the process ends."""
    folder = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
