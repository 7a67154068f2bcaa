"""A history of years: what an idle run reads of it, what a walk to its end holds, what a repeated backfill costs."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from pathlib import Path

import httpx
import pytest

from connector.engine import read, walk
from tests.stubs.world import World

MB = 1_000_000
YEAR = timedelta(days=365)


class Uncompressed(httpx.BaseTransport):
    """A platform that does not know gzip: every byte counts."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers.pop("accept-encoding", None)
        return self._transport.handle_request(request)


@pytest.mark.parametrize(
    ("calls", "transcript_bytes", "megabytes_max"),
    [
        pytest.param(100_000, 10_600, 8, id="1.13 GB in 100,000 calls"),
        # 35 calls a day and the streak of 100 that proves the walk has arrived: the fewer, the heavier.
        pytest.param(12_500, 80_000, 13, id="1 GB in 12,500 calls of 80 kB"),
    ],
)
def test_an_idle_sync_of_a_gigabyte_spread_over_a_year_reads_its_newest_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int, transcript_bytes: int, megabytes_max: int
) -> None:
    """The history is made as it is drawn, so that only what is read was ever there."""
    world = World(tmp_path, calls=calls, days=YEAR.days, transcript_bytes=transcript_bytes)
    sizes = [len(raw) for raw in islice(world.sandbox.history.newest_first(world.clock.now()), 500)]
    assert 1.0 < sum(sizes) / len(sizes) * calls / 1e9 < 1.2
    world.setup()
    since = timedelta(days=7)
    first = world.sync(since=since)
    assert first.calls.failed == 0
    world.wait(minutes=5)
    world.forget_requests()

    world.transport.bytes_read = 0
    monkeypatch.setattr(world.crash, "transport", Uncompressed)
    idle = world.sync(since=since)

    assert idle.calls.unchanged + idle.calls.skipped == idle.calls.read
    assert (idle.requests.source, idle.requests.hubspot) == (1, 0)
    assert world.transport.bytes_read <= megabytes_max * MB
    # No more than the day of the overlap, the streak behind it, and what a chunk and a window of the stream take.
    calls_needed = calls / YEAR.days + walk.QUIET_STREAK + read.CHUNK
    assert world.transport.bytes_read <= calls_needed * 1.1 * sum(sizes) / len(sizes) + 512 * 1024
