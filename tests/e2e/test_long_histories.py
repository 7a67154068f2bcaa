"""A history of years: what an idle run reads of it, what a walk to its end holds, what a repeated backfill costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from connector.engine import chunks, spool, walk
from connector.errors import InputError
from connector.model import Entry
from tests.stubs.crash import Crashed
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import edit_mapping, ring
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
        # 35 calls a day, and the short streak that heavy calls take to prove that the walk has arrived.
        pytest.param(12_500, 80_000, 8, id="1 GB in 12,500 calls of 80 kB"),
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
    # Those held for days are due for another look, a hundred in each run; then none for a day.
    for _ in range(10):
        world.wait(minutes=1)
        if not world.sync(since=since).requests.hubspot:
            break
    world.forget_requests()

    world.transport.bytes_read = 0
    monkeypatch.setattr(world.crash, "transport", Uncompressed)
    idle = world.sync(since=since)

    assert idle.calls.unchanged + idle.calls.skipped == idle.calls.read
    assert (idle.requests.source, idle.requests.hubspot) == (1, 0)
    assert world.transport.bytes_read <= megabytes_max * MB
    # No more than the day of the overlap, the streak behind it, and what a chunk and a window of the stream take.
    streak = min(walk.QUIET_STREAK, max(walk.QUIET_STREAK_MIN, walk.QUIET_TEXT / transcript_bytes))
    calls_needed = calls / YEAR.days + streak + min(chunks.CHUNK, chunks.CHUNK_TEXT / transcript_bytes + 1)
    assert world.transport.bytes_read <= calls_needed * 1.1 * sum(sizes) / len(sizes) + 512 * 1024


def test_a_run_looks_back_as_far_as_the_overlap_says_to_the_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 1)
    for number in range(300):
        world.wait(seconds=10)
        ring(world, f"s{number}", callType="staff")
    first = world.sync()
    assert (first.calls.read, first.watermark) == (300, world.clock.now())
    # The newest call, those of ten minutes before it, the one exactly ten minutes old included, and the streak.
    for minutes, within in ((10, 61), (0, 1), (5, 31)):
        assert world.sync(overlap=timedelta(minutes=minutes)).calls.read == within + walk.QUIET_STREAK
    with world.app(overlap=timedelta(0)) as app:
        looked_further = app.plan(since=world.clock.now() - timedelta(minutes=10)).summary
    assert looked_further.calls.read == 61 + walk.QUIET_STREAK


def test_a_backfill_over_the_same_window_again_writes_nothing_and_asks_hubspot_nothing(tmp_path: Path) -> None:
    world = prepared(tmp_path, calls=300)
    since = world.clock.now() - timedelta(days=30)
    with world.app() as app:
        assert app.backfill(since=since).calls.failed == 0
    export = world.export()
    world.forget_requests()
    with world.app() as app:
        again = app.backfill(since=since)
    assert again.calls.unchanged == again.calls.read == 300
    assert world.requests() == []
    assert len(world.requests("source")) == 1
    assert world.export() == export


class TestResume:
    @pytest.fixture
    def world(self, tmp_path: Path) -> World:
        """Ten calls, and a backfill of the last thirty days that died after the first five."""
        world = prepared(tmp_path, calls=10)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(spool, "WINDOW_CALLS_MAX", 5)
            interrupted(world, "settle", 1, since=world.clock.now() - timedelta(days=30))
        return world

    def test_goes_on_as_it_began(self, world: World) -> None:
        with world.app() as app:
            assert app.backfill(since=None, resume=True).calls.read == 10
        with world.app() as app, pytest.raises(InputError) as nothing_left:
            app.backfill(since=None, resume=True)
        assert nothing_left.value.code == "E122"

    def test_with_a_start_takes_that_window_and_repeats_nothing(self, world: World) -> None:
        """So that one line can stand in a schedule: the first time it begins, later it goes on."""
        window: dict[str, Any] = {"since": world.clock.now() - timedelta(days=60), "resume": True}
        with world.app() as app:
            rest = app.backfill(**window)
        assert rest.calls.read == 10
        assert 0 < rest.calls.created + rest.calls.held <= 5
        world.forget_requests()
        with world.app() as app:
            assert app.backfill(**window).calls.read == 10
        assert world.requests() == []

    @pytest.mark.parametrize(
        ("more", "option"), [({"remap": True}, "--remap"), ({"until": datetime(2026, 4, 1, tzinfo=UTC)}, "--until")]
    )
    def test_takes_nothing_that_a_window_given_anew_would(
        self, world: World, more: dict[str, Any], option: str
    ) -> None:
        with world.app() as app, pytest.raises(InputError) as refused:
            app.backfill(since=None, resume=True, **more)
        assert (refused.value.code, refused.value.where) == ("E100", option)


WINDOW = 50


def interrupted(world: World, commit: str, nth: int, **backfill: Any) -> None:
    """A backfill that dies right after the nth such commit."""
    seen = 0

    def watch(point: str) -> None:
        nonlocal seen
        seen += point == f"after {commit}"
        if seen == nth:
            world.crash.is_dead = True
            raise Crashed(point)

    world.crash.arm(None)
    world.crash.watch = watch
    with pytest.raises(Crashed), world.app() as app:
        app.backfill(**backfill)
    world.crash.arm(None)
    world.wait(minutes=1)


def test_going_on_costs_one_request_to_the_platform_and_none_to_hubspot_for_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", WINDOW)
    whole, broken = (World(folder, calls=400) for folder in (made(tmp_path / "a"), made(tmp_path / "b")))
    since = whole.clock.now() - timedelta(days=30)
    for world in (whole, broken):
        world.setup()
        world.forget_requests()
    with whole.app() as app:
        app.backfill(since=since)
    undisturbed = len(whole.requests())

    interrupted(broken, "settle", 6, since=since)
    before = len(broken.requests())
    broken.forget_requests()
    with broken.app() as app:
        rest = app.backfill(since=None, resume=True)

    assert rest.calls.read == 400
    assert rest.calls.unchanged >= 5 * WINDOW
    assert len(broken.requests("source")) == 1
    # What the two need together is what one needs, but for the windows that were under way: at most two.
    per_window = undisturbed / (400 / WINDOW)
    assert before + len(broken.requests()) <= undisturbed + 2.5 * per_window
    assert broken.export() == whole.export()

    done = {entry.call_id for entry in settled(broken)}
    assert len(done) == 400
    broken.forget_requests()
    with broken.app() as app:
        app.backfill(since=since)
    assert broken.requests() == []


class TestRemap:
    """`--remap` writes known calls anew with today's mapping; what a person edited stays."""

    CALLS = 1000

    @pytest.fixture
    def world(self, tmp_path: Path) -> World:
        world = prepared(tmp_path, calls=self.CALLS)
        with world.app() as app:
            app.backfill(since=self.since(world))
        titled = [call for call in world.sandbox.hubspot.records("calls") if call.properties.get("hs_call_title")]
        world.sandbox.hubspot.edit(
            "set", object_type="calls", record_id=titled[7].id, properties={"hs_call_title": "Mine"}
        )
        edit_mapping(world, tmp_path, lambda text: text.replace("Call'", "Telephone call'").replace(": {{", " · {{"))
        world.forget_requests()
        return world

    def since(self, world: World) -> datetime:
        return world.clock.now() - timedelta(days=30)

    def test_of_a_thousand_calls(self, world: World) -> None:
        with world.app() as app:
            remapped = app.backfill(since=self.since(world), remap=True, force=True)
        assert remapped.calls.read == self.CALLS
        assert remapped.calls.updated > 900
        assert remapped.calls.failed == remapped.calls.created == remapped.contacts.created == 0
        assert remapped.requests.hubspot == len(world.requests()) <= 50
        titles = [call.properties.get("hs_call_title") or "" for call in world.sandbox.hubspot.records("calls")]
        assert titles.count("Mine") == 1
        assert all(" · " in title for title in titles if title != "Mine")
        world.forget_requests()
        with world.app() as app:
            again = app.backfill(since=self.since(world), remap=True, force=True)
        assert again.calls.unchanged + again.calls.skipped == self.CALLS
        assert world.requests() == []

    def test_interrupted_and_gone_on_with(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 100)
        interrupted(world, "settle", 5, since=self.since(world), remap=True, force=True)
        world.forget_requests()
        with world.app() as app:
            rest = app.backfill(since=None, resume=True, force=True)
        assert rest.calls.read == self.CALLS
        assert rest.calls.unchanged + rest.calls.skipped >= 400
        titles = [call.properties.get("hs_call_title") or "" for call in world.sandbox.hubspot.records("calls")]
        assert titles.count("Mine") == 1
        assert all(" · " in title for title in titles if title != "Mine")


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def settled(world: World) -> list[Entry]:
    with world.app() as app:
        return [entry for entry in app.calls_list(limit=10_000) if entry.state.settled]
