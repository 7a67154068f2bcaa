"""Reading into the spool: counted once, looked up in small chunks, and exact at the edges of time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from connector.draft.ledger import DraftLedger
from connector.engine import chunks as chunks_module
from connector.engine.again import LookAgain
from connector.engine.chunks import CHUNK
from connector.engine.known import full_fingerprint
from connector.engine.read import Reader
from connector.engine.reading import Reading
from connector.engine.spool import Spool
from connector.engine.unfinished import Unfinished
from connector.engine.walk import QUIET_STREAK, Walk
from connector.engine.withheld import REFUSALS_MAX_ALONE
from connector.errors import TransientError
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BadCall, Call, CallKey, Entry, SourceProfile, State

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"))


def a_call(minutes_ago: float, call_id: str = "") -> Call:
    ended_at = NOW - minutes_ago * MINUTE
    return Call(
        key=CallKey("listed", "org", call_id or f"c{minutes_ago:g}"),
        started_at=ended_at,
        ended_at=ended_at,
        duration_seconds=0,
    )


class Listed:
    """A platform with these calls in this order; `drawn` is how many were taken of them."""

    name = "listed"
    newest_first = True
    requests = 0

    def __init__(self, *calls: Call) -> None:
        self.listed = calls
        self.by_id: dict[str, Call | BadCall | TransientError] = {}
        self.drawn = 0
        self.asked: list[str] = []

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall]:
        for call in self.listed:
            self.drawn += 1
            yield call

    def call(self, call_id: str) -> Call | BadCall | None:
        self.asked.append(call_id)
        answer = self.by_id.get(call_id)
        if isinstance(answer, TransientError):
            raise answer
        return answer

    def profile(self) -> SourceProfile:
        return SourceProfile()

    def close(self) -> None:
        """Nothing is open."""


class Counting(DraftLedger):
    """A ledger that notes how many calls are looked up at once."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_up: list[int] = []

    def entries(self, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
        self.looked_up.append(len(call_ids))
        return super().entries(connection, call_ids)


class Desk:
    """One connection with a reader, and what came of reading."""

    def __init__(self, mapping: CompiledMapping, *calls: Call) -> None:
        self.ledger = Counting()
        self.ledger.connection("default", source="listed")
        self.source = Listed(*calls)
        self.mapping = mapping
        self.reader = Reader(
            connection="default", run_id="r", source=self.source, ledger=self.ledger, mapping=mapping, now=NOW
        )
        self.spool = Spool(Call)
        self.reading = Reading()

    def knows(self, *calls: Call, state: State = State.DONE) -> None:
        lane = self.ledger.take_lane("1", "test", lease_seconds=60)
        assert lane is not None
        entries = [
            Entry(
                call_id=call.key.id,
                account="org",
                state=state,
                ended_at=call.ended_at,
                fingerprint=full_fingerprint(self.mapping, call),
                mapping_version=self.mapping.version,
            )
            for call in calls
        ]
        self.ledger.settle("default", entries, lane=lane)
        self.ledger.release_lane(lane)

    def walk(self, *, look_back_to: datetime, wanted_from: datetime | None = None) -> Walk:
        walk = Walk(look_back_to=look_back_to, wanted_from=wanted_from or NOW - timedelta(days=365))
        for reading in self.reader.walk(walk, self.spool, since=NOW):
            self.reading = reading
        return walk

    def retry(self) -> None:
        Unfinished(self.reader, self.spool, self.reading).at_their_turn(limit=100)

    def begin_again(self, *, now: datetime) -> None:
        """The next run, at this time."""
        self.reader = Reader(
            connection="default",
            run_id=f"at {now}",
            source=self.source,
            ledger=self.ledger,
            mapping=self.mapping,
            now=now,
        )
        self.reading, self.spool = Reading(), Spool(Call)

    @property
    def waiting(self) -> list[str]:
        return [call.key.id for window in self.spool.windows() for call in window]


def test_a_walk_stops_a_streak_behind_the_look_back_to_the_call(mapping, monkeypatch):
    """The call that ended exactly where the look-back begins is within it: the streak starts behind."""
    monkeypatch.setattr(chunks_module, "CHUNK", 1)
    calls = [a_call(minutes) for minutes in range(300)]
    desk = Desk(mapping, *calls)
    desk.knows(*calls)
    desk.walk(look_back_to=NOW - 60 * MINUTE)
    within = 61  # 0, 1, … 60 minutes ago
    assert desk.source.drawn == within + QUIET_STREAK
    assert (desk.reading.counts.read, desk.reading.counts.unchanged) == (within + QUIET_STREAK,) * 2


def test_a_walk_stops_a_streak_behind_where_the_history_begins_to_the_call(mapping, monkeypatch):
    monkeypatch.setattr(chunks_module, "CHUNK", 1)
    desk = Desk(mapping, *[a_call(minutes) for minutes in range(300)])
    desk.walk(look_back_to=NOW - 60 * MINUTE, wanted_from=NOW - 60 * MINUTE)
    assert desk.source.drawn == 61 + QUIET_STREAK
    assert len(desk.waiting) == desk.reading.counts.read == 61


@pytest.mark.parametrize(
    ("until_minutes_ago", "expected"),
    [pytest.param(1, ["c3", "c2"], id="a call that ended then is not"), pytest.param(0.5, ["c3", "c2", "c1"], id="-")],
)
def test_a_window_is_open_at_its_end_and_closed_at_its_start(mapping, until_minutes_ago, expected):
    desk = Desk(mapping, *[a_call(minutes) for minutes in range(6)])
    desk.reader.until = NOW - until_minutes_ago * MINUTE
    desk.walk(look_back_to=NOW - 3 * MINUTE, wanted_from=NOW - 3 * MINUTE)
    assert desk.waiting == expected
    assert desk.reading.counts.read == len(expected)


def test_an_unordered_history_is_read_to_its_end_in_chunks(mapping):
    calls = [a_call(minutes) for minutes in (1, 0, *range(2, 3000))]
    desk = Desk(mapping, *calls)
    desk.knows(*calls)
    walk = desk.walk(look_back_to=NOW - MINUTE)
    assert not walk.is_ordered
    assert desk.reading.counts.unchanged == desk.source.drawn == len(calls)
    assert max(desk.ledger.looked_up) == CHUNK


@pytest.mark.parametrize(
    ("answer", "read", "failed", "waits"),
    [
        pytest.param(a_call(9, "open"), 1, 0, ["open"], id="found"),
        pytest.param(None, 1, 1, [], id="no longer known to the platform"),
        pytest.param(
            BadCall(key=CallKey("listed", "org", "open"), code="E322", message="no time"), 1, 1, [], id="unreadable"
        ),
        pytest.param(TransientError("E308", "down"), 1, 1, [], id="cannot be had now"),
    ],
)
def test_an_unfinished_call_that_the_walk_did_not_return_counts_once(mapping, answer, read, failed, waits):
    desk = Desk(mapping)
    desk.knows(a_call(9, "open"), state=State.INTENT)
    if answer is not None:
        desk.source.by_id["open"] = answer
    desk.retry()
    assert (desk.reading.counts.read, desk.reading.counts.failed, desk.waiting) == (read, failed, waits)


def test_an_unfinished_call_that_the_walk_returned_is_neither_fetched_nor_counted_again(mapping):
    desk = Desk(mapping, a_call(9, "open"))
    desk.knows(a_call(9, "open"), state=State.FAILED)
    desk.walk(look_back_to=NOW - timedelta(days=1))
    desk.source.by_id["open"] = a_call(9, "open")
    desk.retry()
    assert desk.source.asked == []
    assert (desk.reading.counts.read, desk.waiting) == (1, ["open"])


def test_a_platform_that_answers_with_another_call_than_asked_for_makes_nothing_count_twice(mapping):
    desk = Desk(mapping, a_call(9, "other"))
    desk.knows(a_call(9, "open"), state=State.INTENT)
    desk.walk(look_back_to=NOW - timedelta(days=1))
    desk.source.by_id["open"] = a_call(9, "other")
    desk.retry()
    assert (desk.reading.counts.read, desk.waiting) == (1, ["other"])


def callerless(call_id: str = "open", minutes_ago: float = 9) -> Call:
    return replace(a_call(minutes_ago, call_id), is_partial=True, is_callerless=True)


class TestACallWhoseListDoesNotSayWhoCalled:
    def walked(self, mapping: CompiledMapping, *calls: Call, **answers: Call | BadCall | TransientError) -> Desk:
        desk = Desk(mapping, *calls)
        desk.source.by_id.update(answers)
        desk.walk(look_back_to=NOW - timedelta(days=1))
        return desk

    def settled(self, desk: Desk) -> None:
        lane = desk.ledger.take_lane("1", "test", lease_seconds=60)
        assert lane is not None
        desk.ledger.settle("default", desk.reading.settled, lane=lane)
        desk.reading.settled.clear()

    def test_waits_as_it_is_by_its_id_with_what_the_list_said(self, mapping):
        whole = replace(a_call(9, "open"), summary="whole")
        desk = self.walked(mapping, callerless(), open=whole)
        ((waiting,),) = desk.spool.windows()
        assert (waiting.is_callerless, waiting.is_partial, desk.source.asked) == (False, False, ["open"])
        assert waiting.listed == full_fingerprint(mapping, callerless())
        assert desk.reading.counts.read == 1

    def test_is_not_asked_for_when_the_ledger_has_it(self, mapping):
        desk = Desk(mapping, callerless())
        desk.knows(callerless())
        desk.walk(look_back_to=NOW - timedelta(days=1))
        assert (desk.source.asked, desk.reading.counts.unchanged) == ([], 1)

    def test_is_not_asked_for_when_it_is_not_wanted(self, mapping):
        desk = Desk(mapping, callerless(minutes_ago=99))
        desk.walk(look_back_to=NOW, wanted_from=NOW - 60 * MINUTE)
        assert (desk.source.asked, desk.reading.counts.read) == ([], 0)

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            pytest.param(None, "E330", id="unknown by its id"),
            pytest.param(BadCall(key=CallKey("listed", "org", "open"), code="E322", message="-"), "E322", id="bad"),
        ],
    )
    def test_is_set_aside_when_it_cannot_be_read(self, mapping, answer, code):
        desk = self.walked(mapping, callerless(), **({"open": answer} if answer else {}))
        assert [failure.code for failure in desk.reading.failures] == [code]
        assert (desk.reading.counts.read, desk.reading.counts.failed, desk.waiting) == (1, 1, [])
        assert [entry.state for entry in desk.reading.settled] == [State.DEAD]

    def test_that_cannot_be_asked_for_is_left_to_the_next_run_and_counted_once(self, mapping):
        down = TransientError("E308", "down")
        desk = self.walked(mapping, callerless(), callerless("other", 10), open=down, other=a_call(10, "other"))
        assert desk.waiting == ["other"]
        assert [(failure.code, failure.retryable) for failure in desk.reading.failures] == [("E308", True)]
        self.settled(desk)
        desk.retry()
        assert (desk.reading.counts.read, desk.reading.counts.failed) == (2, 1)
        assert desk.source.asked == ["open", "other"]
        desk.source.by_id["open"] = a_call(9, "open")
        desk.begin_again(now=NOW + MINUTE)
        desk.retry()
        assert desk.source.asked == ["open", "other"], "it is asked for when it is half as old again"
        desk.begin_again(now=NOW + 5 * MINUTE)
        desk.retry()
        assert (desk.source.asked, desk.waiting) == (["open", "other", "open"], ["open"])

    def test_that_is_settled_stays_so_when_it_cannot_be_asked_for(self, mapping):
        desk = Desk(mapping, callerless())
        held = Entry(
            call_id="open",
            account="org",
            state=State.HELD,
            ended_at=NOW,
            listed=full_fingerprint(mapping, callerless()),
            mapping_version=mapping.version,
            look_again_at=NOW,
        )
        lane = desk.ledger.take_lane("1", "test", lease_seconds=60)
        assert lane is not None
        desk.ledger.settle("default", [held], lane=lane)
        desk.source.by_id["open"] = TransientError("E308", "down")
        desk.walk(look_back_to=NOW - timedelta(days=1))
        assert (desk.reading.counts.unchanged, desk.reading.counts.failed) == (1, 0)
        [entry] = desk.reading.settled
        assert entry == replace(held, look_again_at=entry.look_again_at)
        assert (entry.look_again_at or NOW) > NOW, "others have their turn"

    def test_one_that_the_platform_chokes_on_does_not_stop_the_others_but_a_platform_that_is_down_is_left_alone(
        self, mapping
    ):
        calls = [callerless(f"c{number}", number) for number in range(20)]
        down = {f"c{number}": TransientError("E308", "down") for number in (1, 3, *range(5, 20))}
        fine = {f"c{number}": a_call(number, f"c{number}") for number in (0, 2, 4)}
        desk = self.walked(mapping, *calls, **down, **fine)
        assert desk.source.asked == [f"c{number}" for number in range(8)]
        assert desk.waiting == ["c4", "c2", "c0"]
        assert (desk.reading.counts.read, desk.reading.counts.failed) == (20, 17)
        assert {entry.state for entry in desk.reading.settled} == {State.FAILED}

    def test_four_neighbours_that_are_never_given_are_dead_in_the_end_and_leave_the_others_their_turn(self, mapping):
        """They are one more than a run asks for in vain before it leaves the rest to the next one."""
        down = TransientError("E308", "down")
        desk = self.walked(mapping, *[callerless(f"c{number}", number) for number in range(9)])
        desk.source.by_id.update(
            {f"c{number}": down if number in (3, 4, 5, 6) else a_call(number) for number in range(9)}
        )
        for step in range(100):
            desk.begin_again(now=NOW + step * timedelta(hours=4))
            desk.walk(look_back_to=NOW - timedelta(days=1))
            desk.retry()
            desk.knows(*[call for window in desk.spool.windows() for call in window])
            self.settled(desk)
        known = desk.ledger.entries("default", [f"c{number}" for number in range(9)])
        dead = {call_id for call_id, entry in known.items() if (entry.state, entry.code) == (State.DEAD, "E333")}
        assert (len(known), dead) == (9, {"c3", "c4", "c5", "c6"})
        assert (desk.reading.counts.read, desk.reading.counts.skipped, desk.reading.failures) == (9, 4, [])
        asked = len(desk.source.asked)
        desk.begin_again(now=NOW + timedelta(days=30))
        desk.walk(look_back_to=NOW - timedelta(days=1))
        assert len(desk.source.asked) == asked, "a dead letter is not asked for again"

    def test_a_call_that_goes_on_and_is_never_given_is_a_dead_letter_in_the_end(self, mapping):
        desk = Desk(mapping)
        desk.reading.settled.append(
            Entry(call_id="open", account="org", state=State.ONGOING, ended_at=NOW, look_again_at=NOW)
        )
        self.settled(desk)
        desk.source.by_id["open"] = TransientError("E308", "down")
        for day in range(40):
            desk.begin_again(now=NOW + day * timedelta(days=1))
            LookAgain(desk.reader, desk.spool, desk.reading).at_due(limit=10)
            self.settled(desk)
        entry = desk.ledger.entries("default", ["open"])["open"]
        assert (entry.state, entry.code, len(desk.source.asked)) == (State.DEAD, "E333", REFUSALS_MAX_ALONE)
