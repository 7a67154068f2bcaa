"""Where calls wait: any order in, oldest first out, bounded windows."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connector.engine import spool as spool_module
from connector.engine.spool import Spool
from connector.errors import FatalError
from connector.model import Call, CallKey

AT = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)


def a_call(minutes: float, call_id: str = "", transcript: str = "") -> Call:
    ended_at = AT + timedelta(minutes=minutes)
    return Call(
        key=CallKey("reception_ai", "org", call_id or f"c{minutes}"),
        started_at=ended_at,
        ended_at=ended_at,
        duration_seconds=0,
        payload={"id": call_id, "transcript": transcript, "leadData": {"note": "ü", "n": 1.5, "x": None}},
    )


def test_calls_come_out_oldest_first_as_they_went_in() -> None:
    calls = [a_call(3), a_call(1), a_call(2)]
    with Spool() as spool:
        assert spool.put(calls) == 3
        assert [list(window) for window in spool.windows()] == [[calls[1], calls[2], calls[0]]]


def test_the_same_call_waits_once_and_stays_as_it_came_first() -> None:
    with Spool() as spool:
        assert spool.put([a_call(1, "a", "new")]) == 1
        assert spool.put([a_call(0, "a", "old")]) == 0
        assert [call.payload["transcript"] for window in spool.windows() for call in window] == ["new"]


def test_windows_are_bounded_by_count_and_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "WINDOW_CALLS_MAX", 3)
    monkeypatch.setattr(spool_module, "WINDOW_BYTES_MAX", 1500)
    with Spool() as spool:
        spool.put([a_call(minutes) for minutes in range(4)] + [a_call(10, "big", "x" * 2000), a_call(11)])
        assert [len(window) for window in spool.windows()] == [3, 1, 1, 1]


def test_knows_who_waits() -> None:
    with Spool() as spool:
        assert not spool.has("a")
        spool.put([a_call(1, "a")])
        assert spool.has("a")
        assert not spool.has("b")


def test_an_empty_spool_has_no_windows() -> None:
    with Spool() as spool:
        assert spool.put([]) == 0
        assert list(spool.windows()) == []


def test_a_temporary_folder_that_is_full_is_told_with_its_code() -> None:
    """As a file-size limit plays it; what waited before can be let go of."""
    with Spool() as spool, _files_of_at_most(100_000), pytest.raises(FatalError) as failure:
        for first in range(0, 3000, 100):
            spool.put([a_call(minutes, transcript="x" * 20_000) for minutes in range(first, first + 100)])
    assert failure.value.code == "E516"
    assert "x" * 10 not in str(failure.value)


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    with Spool() as spool:
        spool.put([a_call(minutes, transcript="x" * 20_000) for minutes in range(300)])
        assert sum(len(window) for window in spool.windows()) == 300
    assert list(tmp_path.iterdir()) == []
