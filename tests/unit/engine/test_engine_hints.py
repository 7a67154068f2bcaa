"""What becomes of a platform's messages about calls: which are fetched, taken, waited for, and done with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.hints import HINTS_READ_MAX, TRIES_MAX, Hinted
from connector.errors import AccessError, TransientError
from connector.model import BadCall, Call, CallKey, Entry, Hint, OngoingCall, State

NOW = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def a_hint(call_id: str = "c1", *, tries: int = 0, delivery: str = "d1") -> Hint:
    return Hint(delivery=delivery, call_id=call_id, received_at=NOW, tries=tries)


def a_call(call_id: str = "c1", *, ago: timedelta = timedelta()) -> Call:
    key = CallKey("klen", "org", call_id)
    return Call(key=key, started_at=NOW - ago, ended_at=NOW - ago, duration_seconds=0)


def an_entry(call_id: str = "c1") -> Entry:
    return Entry(call_id=call_id, account="org", state=State.DONE, ended_at=NOW)


def done(hint: Hint) -> Hint:
    return replace(hint, is_done=True)


def tried(hint: Hint) -> Hint:
    return replace(hint, tries=hint.tries + 1)


class Reader:
    """A reader, its ledger and its asking at once: `answers` are what the platform says of each call."""

    connection = "main"
    now = NOW

    def __init__(self, hints: list[Hint], answers: dict[str, Any], known: tuple[str, ...] = ()) -> None:
        self._hints, self._answers, self._known = hints, answers, known
        self.ledger = self.asking = self
        self.postponed: set[str] = set()
        self.awaited: Any = None
        self.asked: list[str] = []
        self.taken: list[tuple[Any, ...]] = []
        self.kept: list[Any] = []

    def hints(self, connection: str, *, limit: int) -> list[Hint]:
        assert (connection, limit) == ("main", HINTS_READ_MAX)
        return self._hints

    def entries(self, connection: str, call_ids: Any) -> dict[str, Entry]:
        assert connection == "main"
        return {call_id: an_entry(call_id) for call_id in call_ids if call_id in self._known}

    def keep_hints(self, connection: str, hints: list[Hint], *, done_since: datetime) -> None:
        self.kept.append((connection, list(hints), done_since))

    def plainly(self, call_id: str) -> Any:
        self.asked.append(call_id)
        answer = self._answers.get(call_id)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def take_again(self, call: Call, entry: Entry, reading: Any) -> None:
        self.taken.append(("again", call, entry))

    def take_new(self, call: Call, reading: Any) -> None:
        self.taken.append(("new", call))

    def wait_for_its_end(self, reading: Any, call: OngoingCall, entry: Entry | None) -> None:
        self.taken.append(("wait", call, entry))

    def set_aside(self, reading: Any, call: BadCall, entry: None) -> None:
        self.taken.append(("aside", call, entry))


def fetched(
    reader: Reader, *, limit: int = 100, met: tuple[str, ...] = (), spooled: tuple[str, ...] = ()
) -> list[Hint]:
    """What is remembered of the hints after a fetch."""
    subject: Any = reader
    reading: Any = SimpleNamespace(met=met, spool=SimpleNamespace(has=lambda call_id: call_id in spooled))
    hinted = Hinted(subject)
    assert list(reader.awaited) == list(dict.fromkeys(hint.call_id for hint in reader._hints))
    hinted.fetch(reading, is_wanted=lambda at: at >= NOW - DAY, limit=limit)
    hinted.keep()
    if not reader.kept:
        return []
    [(connection, hints, done_since)] = reader.kept
    assert (connection, done_since) == ("main", NOW - timedelta(days=7))
    return list(hints)


ONGOING = OngoingCall(key=CallKey("klen", "org", "c1"), started_at=NOW)
BAD = BadCall(key=CallKey("klen", "org", "c1"), code="E320", message="no")
CALL, OLD = a_call(), a_call(ago=2 * DAY)


@pytest.mark.parametrize(
    ("answer", "is_known", "taken"),
    [
        pytest.param(CALL, False, [("new", CALL)], id="a new one"),
        pytest.param(CALL, True, [("again", CALL, an_entry())], id="a known one"),
        pytest.param(OLD, False, [], id="one before the connection's history"),
        pytest.param(OLD, True, [("again", OLD, an_entry())], id="a known one of before"),
        pytest.param(ONGOING, False, [("wait", ONGOING, None)], id="one that goes on"),
        pytest.param(replace(ONGOING, started_at=NOW - 2 * DAY), False, [], id="one that goes on since before"),
        pytest.param(
            replace(ONGOING, started_at=NOW - 2 * DAY),
            True,
            [("wait", replace(ONGOING, started_at=NOW - 2 * DAY), an_entry())],
            id="a known one that goes on since before",
        ),
        pytest.param(BAD, False, [("aside", BAD, None)], id="one that cannot be read"),
        pytest.param(BAD, True, [], id="a known one that cannot be read"),
        pytest.param(None, True, [], id="a known one that the platform does not know"),
    ],
)
def test_what_becomes_of_a_call_that_was_named(answer, is_known, taken):
    reader = Reader([a_hint()], {"c1": answer}, ("c1",) if is_known else ())
    assert fetched(reader) == [done(a_hint())]
    assert reader.taken == taken


def test_a_message_may_be_quicker_than_the_platform_s_own_list():
    reader = Reader([a_hint()], {})
    assert fetched(reader) == [tried(a_hint())]
    assert reader.taken == []


@pytest.mark.parametrize(("tries", "is_done"), [(TRIES_MAX - 2, False), (TRIES_MAX - 1, True)])
def test_who_cannot_be_fetched_is_left_to_polling_in_the_end(tries, is_done):
    hint = a_hint(tries=tries)
    reader = Reader([hint], {"c1": TransientError("E303", "silent")})
    assert fetched(reader) == [replace(hint, tries=tries + 1, is_done=is_done)]


def test_a_refused_key_ends_the_run():
    with pytest.raises(AccessError):
        fetched(Reader([a_hint()], {"c1": AccessError("E310", "no")}))


def test_the_messages_of_one_call_cost_one_request_and_are_done_together():
    hints = [a_hint(delivery="d1"), a_hint("c2", delivery="d2"), a_hint(delivery="d3")]
    reader = Reader(hints, {"c1": CALL, "c2": a_call("c2")})
    assert fetched(reader) == [done(hints[0]), done(hints[2]), done(hints[1])]
    assert reader.asked == ["c1", "c2"]


@pytest.mark.parametrize(("met", "spooled"), [(("c1",), ()), ((), ("c1",))])
def test_what_the_walk_returned_is_not_fetched(met, spooled):
    reader = Reader([a_hint()], {"c1": CALL})
    assert fetched(reader, met=met, spooled=spooled) == [done(a_hint())]
    assert reader.asked == []


def test_of_several_those_that_need_nothing_keep_no_other_from_being_fetched():
    hints = [a_hint(f"c{n}") for n in range(3)]
    reader = Reader(hints, {"c2": a_call("c2")})
    reader.postponed = {"c1"}
    assert fetched(reader, met=("c0",)) == [done(hints[0]), tried(hints[1]), done(hints[2])]


def test_what_was_put_off_already_is_not_asked_for_once_more():
    reader = Reader([a_hint()], {"c1": CALL})
    reader.postponed = {"c1"}
    assert fetched(reader) == [tried(a_hint())]
    assert reader.asked == []


def test_a_run_fetches_so_many_and_leaves_the_others_as_they_are():
    hints = [a_hint(f"c{n}") for n in range(5)]
    reader = Reader(hints, {f"c{n}": a_call(f"c{n}") for n in range(5)})
    assert fetched(reader, limit=2, met=("c4",)) == [done(hints[0]), done(hints[1]), done(hints[4])]
    assert reader.asked == ["c0", "c1"]


def test_those_that_nobody_knows_yet_count_as_fetched():
    hints = [a_hint(f"c{n}") for n in range(3)]
    reader = Reader(hints, {})
    assert fetched(reader, limit=2) == [tried(hint) for hint in hints[:2]]


def test_a_platform_in_trouble_is_left_alone(caplog):
    hints = [a_hint(f"c{n}") for n in range(5)]
    reader = Reader(hints, {f"c{n}": TransientError("E303", "silent") for n in range(5)})
    assert fetched(reader) == [tried(hint) for hint in hints[:3]]
    assert reader.asked == ["c0", "c1", "c2"]
    assert [(record.message, record.__dict__["call"], record.__dict__["code"]) for record in caplog.records] == [
        ("hint_postponed", call_id, "E303") for call_id in reader.asked
    ]


def test_without_hints_nothing_is_remembered():
    reader = Reader([], {})
    assert fetched(reader) == []
    assert reader.kept == []
