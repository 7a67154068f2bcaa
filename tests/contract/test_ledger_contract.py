"""What every ledger promises, the one in memory too."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from connector.draft.ledger import DraftLedger
from connector.errors import InputError, LaneError
from connector.model import CallCounts, ConnectionState, Entry, Failure, Hint, Lane, RunSummary, State
from connector.ports import Ledger
from tests.stubs.once import open_new_or_old

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LEASE_SECONDS = 300.0
UNTIL = NOW + timedelta(seconds=LEASE_SECONDS)
MILLISECOND = timedelta(milliseconds=1)
PORTAL = "50001"


class Clock:
    """The clock that measures leases."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql", "draft", "draft over sqlite", "draft over postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    if request.param == "draft":
        yield DraftLedger(now=clock.now)
        return
    is_on_server = request.param.endswith("postgresql")
    url = request.getfixturevalue("postgresql_url") if is_on_server else f"sqlite:///{tmp_path}/connector.db"
    opened = open_new_or_old(url, secret=None, now=clock.now)
    yield DraftLedger(opened, now=clock.now) if request.param.startswith("draft") else opened
    opened.close()


@pytest.fixture
def lane(ledger: Ledger) -> Lane:
    return a_lane(ledger)


def a_lane(ledger: Ledger, owner: str = "run-1", portal_id: str = PORTAL) -> Lane:
    taken = ledger.take_lane(portal_id, owner, lease_seconds=LEASE_SECONDS)
    assert taken is not None
    return taken


def an_entry(call_id: str = "c1", state: State = State.INTENT, *, minutes: float = 0, **more: object) -> Entry:
    return Entry(call_id=call_id, state=state, ended_at=after(minutes), account="org_1", **more)  # type: ignore[arg-type]


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def ids(entries: list[Entry]) -> list[str]:
    return [entry.call_id for entry in entries]


FULL_ENTRY = Entry(
    call_id="c1",
    state=State.DONE,
    ended_at=after(1),
    account="org_1",
    fingerprint="0123456789abcdef0123456789abcdef",
    mapping_version="fedcba9876543210",
    decision="created",
    reason="phone",
    contact_id="501",
    engagement_id="901",
    records={"follow_up": "701", "note": "702"},
    attempts=2,
    code="W401",
    message="a property was left out",
    notes=("one", "zwei – ✓"),
    run_id="run-1",
    updated_at=after(2),
    listed="1123456789abcdef0123456789abcdef",
    look_again_at=after(5),
    perhaps_sent_at=after(3),
)


# --- secret


def test_secret_is_long_and_stays(ledger: Ledger) -> None:
    assert len(ledger.secret) == 32
    assert ledger.secret == ledger.secret


# --- connections


def test_new_connection_is_remembered(ledger: Ledger) -> None:
    state = ConnectionState(name="default", source="reception_ai")
    assert ledger.connections() == []
    assert ledger.connection("default", source="reception_ai") == state
    assert ledger.connection("default", source="reception_ai") == state
    assert ledger.connections() == [state]


def test_connections_come_by_name(ledger: Ledger) -> None:
    for name in ("b", "a", "C"):
        ledger.connection(name, source="klen")
    assert [state.name for state in ledger.connections()] == ["C", "a", "b"]


def test_connection_cannot_change_its_source(ledger: Ledger) -> None:
    ledger.connection("default", source="reception_ai")
    with pytest.raises(InputError) as caught:
        ledger.connection("default", source="klen")
    told = "the ledger knows connection 'default' with source reception_ai, not klen"
    assert (caught.value.code, caught.value.message) == ("E531", told)
    assert ledger.connection("default", source="reception_ai").source == "reception_ai"


def test_pin_sets_only_what_is_not_set(ledger: Ledger) -> None:
    ledger.connection("default", source="reception_ai")
    assert ledger.pin("default", account="org_1").account == "org_1"
    state = ledger.pin("default", account="org_2", portal_id=PORTAL, started_from=NOW)
    expected = ConnectionState(
        name="default", source="reception_ai", account="org_1", portal_id=PORTAL, started_from=NOW
    )
    assert state == expected
    assert ledger.pin("default", portal_id="50002", started_from=after(9)) == expected
    assert ledger.connection("default", source="reception_ai") == expected


def test_pin_of_nothing_answers_the_state(ledger: Ledger) -> None:
    ledger.connection("default", source="reception_ai")
    assert ledger.pin("default") == ConnectionState(name="default", source="reception_ai")


def test_connections_do_not_touch_each_other(ledger: Ledger) -> None:
    ledger.connection("a", source="klen")
    ledger.connection("b", source="klen")
    ledger.pin("a", account="org_1")
    ledger.advance("a", NOW)
    assert ledger.connection("b", source="klen") == ConnectionState(name="b", source="klen")


def test_watermark_only_moves_forward(ledger: Ledger) -> None:
    ledger.connection("default", source="reception_ai")
    for minutes, expected in ((5, 5), (3, 5), (5, 5), (8, 8)):
        ledger.advance("default", after(minutes))
        assert ledger.connection("default", source="reception_ai").watermark == after(expected)


def test_unknown_connection_is_a_bug_of_the_caller(ledger: Ledger) -> None:
    with pytest.raises(LookupError, match=r"^connection 'nobody' was never opened in this ledger$"):
        ledger.pin("nobody", account="org_1")
    with pytest.raises(LookupError):
        ledger.advance("nobody", NOW)
    assert ledger.connections() == []


def test_times_are_kept_to_the_millisecond_and_rounded_down(ledger: Ledger) -> None:
    ledger.connection("default", source="reception_ai")
    ledger.advance("default", datetime(2026, 3, 1, 9, 30, 0, 123_999, tzinfo=UTC))
    watermark = ledger.connection("default", source="reception_ai").watermark
    assert watermark == datetime(2026, 3, 1, 9, 30, 0, 123_000, tzinfo=UTC)


# --- calls


def test_every_field_of_an_entry_comes_back(ledger: Ledger, lane: Lane) -> None:
    ledger.settle("default", [FULL_ENTRY], lane=lane)
    assert ledger.entries("default", ["c1"]) == {"c1": FULL_ENTRY}


def test_an_entry_is_remembered_as_it_stood(ledger: Ledger, lane: Lane) -> None:
    records = {"task": "701"}
    ledger.settle("default", [an_entry("c1", State.DONE, records=records)], lane=lane)
    records["task"] = "999"
    assert ledger.entries("default", ["c1"])["c1"].records == {"task": "701"}


def test_settle_takes_the_place_of_the_claim(ledger: Ledger, lane: Lane) -> None:
    ledger.claim("default", [an_entry("c1"), an_entry("c2")], lane=lane)
    ledger.settle("default", [FULL_ENTRY], lane=lane)
    assert ledger.entries("default", ["c1", "c2", "c3"]) == {"c1": FULL_ENTRY, "c2": an_entry("c2")}


def test_claim_takes_the_place_of_what_was_settled(ledger: Ledger, lane: Lane) -> None:
    ledger.settle("default", [FULL_ENTRY], lane=lane)
    ledger.claim("default", [an_entry("c1", attempts=3)], lane=lane)
    assert ledger.entries("default", ["c1"])["c1"] == an_entry("c1", attempts=3)


def test_of_one_call_twice_the_later_stands(ledger: Ledger, lane: Lane) -> None:
    ledger.settle("default", [an_entry("c1", State.FAILED), an_entry("c1", State.DONE)], lane=lane)
    assert ledger.entries("default", ["c1"])["c1"].state is State.DONE


def test_ids_are_compared_exactly(ledger: Ledger, lane: Lane) -> None:
    strange = ["a", "A", "ä", "a\u0308", "a ", "%", "_", "'; DROP TABLE entry; --", "a/b:c\nd", "☎"]
    ledger.claim("default", [an_entry(call_id) for call_id in strange], lane=lane)
    assert set(ledger.entries("default", strange)) == set(strange)
    assert ledger.entries("default", ["b", "á", "a  "]) == {}
    assert ledger.count_entries("default") == {State.INTENT: len(strange)}


def test_connections_keep_their_own_calls(ledger: Ledger, lane: Lane) -> None:
    ledger.claim("a", [an_entry("c1")], lane=lane)
    ledger.settle("b", [an_entry("c1", State.DONE)], lane=lane)
    assert ledger.entries("a", ["c1"])["c1"].state is State.INTENT
    assert ledger.entries("b", ["c1"])["c1"].state is State.DONE


def test_more_calls_than_one_statement_takes(ledger: Ledger, lane: Lane) -> None:
    call_ids = [f"c{number}" for number in range(2_345)]
    ledger.claim("default", [an_entry(call_id) for call_id in call_ids], lane=lane)
    assert set(ledger.entries("default", call_ids + call_ids)) == set(call_ids)
    assert ledger.count_entries("default") == {State.INTENT: 2_345}


def test_nothing_asked_nothing_answered(ledger: Ledger, lane: Lane) -> None:
    ledger.claim("default", [], lane=lane)
    ledger.settle("default", [], lane=lane)
    assert ledger.entries("default", []) == {}
    assert ledger.people(PORTAL, []) == {}
    assert ledger.count_entries("default") == {}
    assert ledger.list_entries("default") == []
    assert ledger.unfinished("default", now=NOW, limit=10) == []


def test_unfinished_calls_come_oldest_first(ledger: Ledger, lane: Lane) -> None:
    states = [State.FAILED, State.INTENT, State.DONE, State.DEAD, State.HELD, State.SKIPPED, State.GONE, State.INTENT]
    entries = [an_entry(f"c{number}", state, minutes=-number) for number, state in enumerate(states)]
    ledger.settle("default", entries, lane=lane)
    ledger.settle("other", [an_entry("c9", State.FAILED, minutes=-99)], lane=lane)
    assert ids(ledger.unfinished("default", now=NOW, limit=10)) == ["c7", "c1", "c0"]
    assert ids(ledger.unfinished("default", now=NOW, limit=2)) == ["c7", "c1"]
    assert ledger.unfinished("default", now=NOW, limit=1) == [entries[7]]


def test_unfinished_calls_that_wait_for_their_turn_hide_no_others(ledger: Ledger, lane: Lane) -> None:
    turns = {"c4": None, "c3": 0, "c2": 1, "c1": 2}
    entries = [
        an_entry(call_id, State.FAILED, minutes=-number, look_again_at=None if at is None else after(at))
        for number, (call_id, at) in enumerate(turns.items())
    ]
    ledger.settle("default", entries, lane=lane)
    assert ids(ledger.unfinished("default", now=NOW, limit=2)) == ["c3", "c4"]
    assert ids(ledger.unfinished("default", now=after(1), limit=2)) == ["c2", "c3"]


def test_calls_that_ended_together_have_an_order(ledger: Ledger, lane: Lane) -> None:
    entries = [an_entry(call_id, State.FAILED) for call_id in ("b", "ä", "a", "B")]
    ledger.settle("default", entries, lane=lane)
    assert ids(ledger.unfinished("default", now=NOW, limit=10)) == ["B", "a", "b", "ä"]
    assert ids(ledger.list_entries("default")) == ["ä", "b", "a", "B"]


def test_calls_to_look_at_again_come_newest_first(ledger: Ledger, lane: Lane) -> None:
    looks = {"c1": 10, "c2": 5, "c3": 11, "c4": None, "c5": -60}
    entries = [
        an_entry(call_id, State.DONE, minutes=-number, look_again_at=None if at is None else after(at))
        for number, (call_id, at) in enumerate(looks.items())
    ]
    ledger.settle("default", entries, lane=lane)
    ledger.settle("other", [an_entry("c9", State.DONE, look_again_at=NOW)], lane=lane)
    assert ids(ledger.due("default", now=after(10), limit=10)) == ["c1", "c2", "c5"]
    assert ids(ledger.due("default", now=after(10), limit=2)) == ["c1", "c2"]
    assert ledger.due("default", now=after(-61), limit=10) == []
    ledger.settle(
        "default", [an_entry("c1", State.DONE), an_entry("c2", State.DONE, look_again_at=after(60))], lane=lane
    )
    assert ids(ledger.due("default", now=after(10), limit=10)) == ["c5"]


def test_calls_to_look_at_again_are_not_hidden_by_unfinished_ones(ledger: Ledger, lane: Lane) -> None:
    entries = [an_entry(f"{state}", state, minutes=-1, look_again_at=NOW) for state in State]
    ledger.settle("default", [an_entry("c1", State.FAILED, look_again_at=NOW), *entries], lane=lane)
    looked_at = sorted({*State} - {State.INTENT, State.FAILED}, reverse=True)
    assert ids(ledger.due("default", now=NOW, limit=10)) == looked_at
    assert ids(ledger.due("default", now=NOW, limit=1)) == looked_at[:1]


def test_calls_that_may_have_been_written_without_a_contact_come_newest_first(ledger: Ledger, lane: Lane) -> None:
    sent = {"c1": 10, "c2": 5, "c3": 4, "c4": None, "c5": 60}
    entries = [
        an_entry(call_id, State.SKIPPED, minutes=-number, perhaps_sent_at=None if at is None else after(at))
        for number, (call_id, at) in enumerate(sent.items())
    ]
    ledger.settle("default", entries, lane=lane)
    ledger.settle("default", [an_entry("c6", contact_id="501", perhaps_sent_at=after(10))], lane=lane)
    ledger.settle("other", [an_entry("c9", perhaps_sent_at=after(10))], lane=lane)
    assert ids(ledger.doubted("default", since=after(5), limit=10)) == ["c1", "c2", "c5"]
    assert ids(ledger.doubted("default", since=after(5), limit=2)) == ["c1", "c2"]
    assert ledger.doubted("default", since=after(61), limit=10) == []
    ledger.settle("default", [an_entry("c1", contact_id="502", perhaps_sent_at=after(10))], lane=lane)
    assert ids(ledger.doubted("default", since=after(5), limit=10)) == ["c2", "c5"]


def test_lists_come_newest_first(ledger: Ledger, lane: Lane) -> None:
    entries = [an_entry(f"c{number}", state, minutes=number) for number, state in enumerate(State)]
    ledger.settle("default", entries, lane=lane)
    ledger.settle("other", [an_entry("c9", State.DONE, minutes=99)], lane=lane)
    assert ledger.list_entries("default") == entries[::-1]
    assert ids(ledger.list_entries("default", limit=2)) == ["c7", "c6"]
    assert ids(ledger.list_entries("default", since=after(6))) == ["c7", "c6"]
    assert ids(ledger.list_entries("default", states=[State.INTENT, State.DONE])) == ["c2", "c1"]
    assert ids(ledger.list_entries("default", states=[State.DONE], since=after(3))) == []


def test_lists_what_failed_with_a_code_or_lost_something_by_it(ledger: Ledger, lane: Lane) -> None:
    failed = an_entry("c1", State.DEAD, minutes=1, code="E231", notes=())
    degraded = an_entry("c2", State.DONE, minutes=2, code="", notes=("plain", "W231 call x: left out"))
    other = an_entry("c3", State.DONE, minutes=3, code="", notes=("see W231 there",))
    ledger.settle("default", [failed, degraded, other], lane=lane)
    assert ids(ledger.list_entries("default", code="E231")) == ["c1"]
    assert ids(ledger.list_entries("default", code="W231")) == ["c2"]
    assert ids(ledger.list_entries("default", states=[State.DEAD], code="W231")) == []
    for beginning_or_pattern in ("W2", "W2_1", "W2%", "%"):
        assert ids(ledger.list_entries("default", code=beginning_or_pattern)) == [], beginning_or_pattern


def test_counts_by_state(ledger: Ledger, lane: Lane) -> None:
    ledger.claim("default", [an_entry("c1"), an_entry("c2"), an_entry("c3")], lane=lane)
    ledger.settle("default", [an_entry("c1", State.DONE), an_entry("c2", State.HELD)], lane=lane)
    ledger.settle("other", [an_entry("c1", State.DEAD)], lane=lane)
    assert ledger.count_entries("default") == {State.INTENT: 1, State.DONE: 1, State.HELD: 1}


# --- people


def test_people_of_settled_calls_are_known(ledger: Ledger, lane: Lane) -> None:
    ledger.settle("default", [an_entry("c1", State.DONE)], lane=lane, people={"h1": "501", "h2": "502"})
    assert ledger.people(PORTAL, ["h1", "h2", "h3"]) == {"h1": "501", "h2": "502"}


def test_people_are_known_as_soon_as_they_are_remembered(ledger: Ledger, lane: Lane) -> None:
    ledger.remember_people(PORTAL, {"h1": "501"}, lane=lane)
    ledger.remember_people(PORTAL, {"h1": "777", "h2": "502"}, lane=lane)
    assert ledger.people(PORTAL, ["h1", "h2"]) == {"h1": "777", "h2": "502"}


def test_people_belong_to_a_portal(ledger: Ledger, lane: Lane) -> None:
    ledger.remember_people(PORTAL, {"h1": "501"}, lane=lane)
    assert ledger.people("50002", ["h1"]) == {}


def test_more_people_than_one_statement_takes(ledger: Ledger, lane: Lane) -> None:
    people = {f"h{number}": str(number) for number in range(2_345)}
    ledger.remember_people(PORTAL, people, lane=lane)
    assert ledger.people(PORTAL, list(people)) == people


# --- hints


def a_hint(delivery: str = "evt_1", call_id: str = "c1", *, minutes: float = 0, **more: object) -> Hint:
    return Hint(delivery=delivery, call_id=call_id, received_at=after(minutes), **more)  # type: ignore[arg-type]


def test_a_hint_is_taken_once(ledger: Ledger) -> None:
    assert ledger.take_hint("default", a_hint())
    assert not ledger.take_hint("default", a_hint(minutes=5))
    assert ledger.take_hint("other", a_hint())
    assert ledger.hints("default", limit=10) == [a_hint()]


def test_hints_come_in_the_order_of_their_arrival(ledger: Ledger) -> None:
    hints = [a_hint(f"evt_{number}", f"c{number % 2}", minutes=-number) for number in range(5)]
    for hint in hints:
        ledger.take_hint("default", hint)
    assert ledger.hints("default", limit=10) == hints[::-1]
    assert ledger.hints("default", limit=2) == hints[:2:-1]


def test_hints_that_came_together_have_an_order(ledger: Ledger) -> None:
    hints = [a_hint(delivery) for delivery in ("b", "ä", "a", "B")]
    for hint in hints:
        ledger.take_hint("default", hint)
    assert [hint.delivery for hint in ledger.hints("default", limit=10)] == ["B", "a", "b", "ä"]


def test_what_is_done_is_not_told_again_and_still_known(ledger: Ledger) -> None:
    ledger.take_hint("default", a_hint())
    ledger.take_hint("default", a_hint("evt_2"))
    kept = [a_hint(is_done=True), a_hint("evt_2", tries=3)]
    ledger.keep_hints("default", kept, done_since=after(-60))
    assert ledger.hints("default", limit=10) == [a_hint("evt_2", tries=3)]
    assert not ledger.take_hint("default", a_hint())


def test_what_was_done_long_ago_is_forgotten(ledger: Ledger) -> None:
    for delivery, minutes in (("old", -9), ("old and waiting", -9), ("new", 0)):
        ledger.take_hint("default", a_hint(delivery, minutes=minutes))
    done = [a_hint("old", minutes=-9, is_done=True), a_hint("new", is_done=True)]
    ledger.keep_hints("default", done, done_since=after(-5))
    assert [hint.delivery for hint in ledger.hints("default", limit=10)] == ["old and waiting"]
    assert ledger.take_hint("default", a_hint("old"))
    assert not ledger.take_hint("default", a_hint("new"))


def test_a_draft_keeps_its_hints_to_itself(tmp_path: Path, clock: Clock) -> None:
    base = open_new_or_old(f"sqlite:///{tmp_path}/connector.db", secret=None, now=clock.now)
    base.take_hint("default", a_hint("below"))
    draft = DraftLedger(base)
    draft.take_hint("default", a_hint("above", minutes=1))
    assert [hint.delivery for hint in draft.hints("default", limit=10)] == ["below", "above"]
    draft.keep_hints("default", [a_hint("below", is_done=True)], done_since=after(5))
    assert [hint.delivery for hint in draft.hints("default", limit=10)] == ["above"]
    assert [hint.delivery for hint in base.hints("default", limit=10)] == ["below"]
    base.close()


# --- lanes


def test_one_owner_at_a_time(ledger: Ledger, clock: Clock) -> None:
    lane = a_lane(ledger)
    assert lane == Lane(portal_id=PORTAL, owner="run-1", fence=1)
    clock.at = after(4.9)
    assert ledger.take_lane(PORTAL, "run-2", lease_seconds=LEASE_SECONDS) is None
    assert a_lane(ledger, "run-2", portal_id="50002").fence == 1


def test_a_lane_is_that_of_one_portal(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    a_lane(ledger, portal_id="50002")
    ledger.check_lane(lane)
    clock.at = UNTIL
    a_lane(ledger, "run-2", portal_id="50003")
    ledger.renew_lane(lane, lease_seconds=LEASE_SECONDS)
    ledger.check_lane(lane)


def test_an_expired_lane_can_be_taken(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    clock.at = UNTIL - MILLISECOND
    assert ledger.take_lane(PORTAL, "run-2", lease_seconds=LEASE_SECONDS) is None
    clock.at = UNTIL
    assert a_lane(ledger, "run-2").fence == lane.fence + 1


def test_an_owner_may_take_its_lane_again(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    clock.at = after(1)
    again = a_lane(ledger)
    assert again.fence == lane.fence + 1
    with pytest.raises(LaneError):
        ledger.check_lane(lane)


def test_a_lane_that_was_given_up_can_be_taken_at_once(ledger: Ledger, lane: Lane) -> None:
    ledger.release_lane(lane)
    assert a_lane(ledger, "run-2").fence == lane.fence + 1


def test_a_new_holder_learns_how_long_ago_the_lease_before_ended(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    """Even of a lane that was given up: until its lease ends, what its holder wrote may still arrive."""
    assert lane.idle_seconds is None, "nobody held it before"
    clock.at = after(1)
    assert a_lane(ledger).idle_seconds == 60.0 - LEASE_SECONDS
    clock.at = after(6.5)
    late = a_lane(ledger, "run-2")
    assert late.idle_seconds == 30.0
    ledger.release_lane(late)
    assert a_lane(ledger, "run-3").idle_seconds == -LEASE_SECONDS
    assert a_lane(ledger, portal_id="50002").idle_seconds is None


@pytest.mark.parametrize("back", [MILLISECOND, timedelta(seconds=LEASE_SECONDS), timedelta(hours=2)])
def test_a_lease_of_a_clock_that_was_set_back_ends_one_lease_after_somebody_asks(
    ledger: Ledger, lane: Lane, clock: Clock, back: timedelta
) -> None:
    """Who died bars nobody for as long as the clock was set back."""
    clock.at = NOW - back
    for passed in (timedelta(0), timedelta(minutes=1), timedelta(seconds=LEASE_SECONDS) - MILLISECOND):
        clock.at = NOW - back + passed
        assert ledger.take_lane(PORTAL, "run-2", lease_seconds=LEASE_SECONDS) is None
        ledger.check_lane(lane)
    clock.at = UNTIL - back
    new = a_lane(ledger, "run-2")
    assert (new.fence, new.idle_seconds) == (lane.fence + 1, 0.0)
    with pytest.raises(LaneError):
        ledger.check_lane(lane)


def test_who_lives_keeps_the_lane_over_a_clock_that_is_set_back(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    clock.at = after(-120)
    assert ledger.take_lane(PORTAL, "run-2", lease_seconds=LEASE_SECONDS) is None
    for minutes in range(-116, -100, 4):
        clock.at = after(minutes)
        ledger.renew_lane(lane, lease_seconds=LEASE_SECONDS)
        clock.at = after(minutes + 3.9)
        assert ledger.take_lane(PORTAL, "run-2", lease_seconds=LEASE_SECONDS) is None
        ledger.check_lane(lane)


def test_a_lane_that_was_given_up_before_the_clock_was_set_back_was_held_for_a_lease_more_at_most(
    ledger: Ledger, lane: Lane, clock: Clock
) -> None:
    ledger.release_lane(lane)
    clock.at = after(-120)
    assert a_lane(ledger, "run-2").idle_seconds == -LEASE_SECONDS


@pytest.mark.parametrize("forward", [timedelta(seconds=LEASE_SECONDS), timedelta(hours=2)])
def test_a_lease_is_over_when_the_clock_was_set_past_its_end(
    ledger: Ledger, lane: Lane, clock: Clock, forward: timedelta
) -> None:
    """No clock tells such a lease from one of long ago: the fence keeps the old holder from writing on."""
    clock.at = NOW + forward
    assert a_lane(ledger, "run-2").fence == lane.fence + 1
    for ask in (ledger.check_lane, partial(ledger.renew_lane, lease_seconds=LEASE_SECONDS)):
        with pytest.raises(LaneError):
            ask(lane)


def test_the_holder_may_write(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    ledger.check_lane(lane)
    clock.at = UNTIL - MILLISECOND
    ledger.check_lane(lane)


def test_a_lease_ends(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    clock.at = UNTIL
    with pytest.raises(LaneError) as caught:
        ledger.check_lane(lane)
    assert (caught.value.code, caught.value.exit_code) == ("E522", 5)
    assert caught.value.message == f"the lane of portal {PORTAL} is no longer this run's"


def test_a_renewed_lease_lasts_longer_on_the_same_fence(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    clock.at = after(4)
    ledger.renew_lane(lane, lease_seconds=LEASE_SECONDS)
    clock.at = after(9) - MILLISECOND
    ledger.check_lane(lane)
    assert ledger.take_lane(PORTAL, "run-2", lease_seconds=LEASE_SECONDS) is None
    clock.at = after(9)
    assert a_lane(ledger, "run-2").fence == lane.fence + 1


def test_an_expired_lease_that_nobody_took_can_be_renewed(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    clock.at = after(60)
    ledger.renew_lane(lane, lease_seconds=LEASE_SECONDS)
    ledger.check_lane(lane)


def test_a_lost_lane_allows_nothing(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    ledger.claim("default", [an_entry("c1")], lane=lane)
    clock.at = after(10)
    new = a_lane(ledger, "run-2")
    clock.at = NOW
    attempts = (
        lambda: ledger.check_lane(lane),
        lambda: ledger.renew_lane(lane, lease_seconds=LEASE_SECONDS),
        lambda: ledger.claim("default", [an_entry("c2")], lane=lane),
        lambda: ledger.settle("default", [an_entry("c1", State.DONE)], lane=lane, people={"h1": "501"}),
        lambda: ledger.remember_people(PORTAL, {"h1": "501"}, lane=lane),
        lambda: ledger.claim("default", [], lane=lane),
    )
    for attempt in attempts:
        with pytest.raises(LaneError) as caught:
            attempt()
        assert caught.value.code == "E522"
    assert ledger.entries("default", ["c1", "c2"]) == {"c1": an_entry("c1")}
    assert ledger.people(PORTAL, ["h1"]) == {}
    ledger.release_lane(lane)
    ledger.check_lane(new)


def test_a_lane_that_was_given_up_allows_nothing(ledger: Ledger, lane: Lane) -> None:
    ledger.release_lane(lane)
    with pytest.raises(LaneError):
        ledger.claim("default", [an_entry()], lane=lane)
    with pytest.raises(LaneError):
        ledger.check_lane(lane)


def test_a_lane_that_was_never_taken_allows_nothing(ledger: Ledger) -> None:
    with pytest.raises(LaneError):
        ledger.claim("default", [an_entry()], lane=Lane(portal_id="50009", owner="run-1", fence=0))


def test_what_was_written_under_a_lease_that_ran_out_is_still_stored(ledger: Ledger, lane: Lane, clock: Clock) -> None:
    ledger.settle("default", [an_entry("c1", State.DONE)], lane=lane)
    clock.at = after(10)
    with pytest.raises(LaneError):
        ledger.check_lane(lane)
    ledger.settle("default", [an_entry("c2", State.DONE)], lane=lane)
    assert ledger.count_entries("default") == {State.DONE: 2}


def test_of_many_contenders_one_wins(ledger: Ledger) -> None:
    start = threading.Barrier(8)

    def contend(number: int) -> Lane | None:
        start.wait()
        return ledger.take_lane(PORTAL, f"run-{number}", lease_seconds=LEASE_SECONDS)

    with ThreadPoolExecutor(8) as threads:
        taken = [lane for lane in threads.map(contend, range(8)) if lane is not None]
    assert [lane.fence for lane in taken] == [1]


def test_many_threads_may_use_one_ledger(ledger: Ledger, lane: Lane) -> None:
    def work(number: int) -> None:
        for step in range(10):
            ledger.check_lane(lane)
            ledger.settle("default", [an_entry(f"c{number}-{step}", State.DONE)], lane=lane, people={f"h{number}": "1"})
            assert ledger.entries("default", [f"c{number}-{step}"])

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(6)))
    assert ledger.count_entries("default") == {State.DONE: 60}


# --- runs


def a_run(run_id: str, *, minutes: float = 0, connection: str = "default") -> RunSummary:
    return RunSummary(run_id=run_id, connection=connection, kind="sync", started_at=after(minutes))


def test_a_run_is_remembered_as_it_stood(ledger: Ledger) -> None:
    run = a_run("run-1")
    ledger.start_run(run)
    run.calls.read = 3
    assert ledger.run("run-1") == a_run("run-1")


def test_the_end_of_a_run_takes_the_place_of_its_start(ledger: Ledger) -> None:
    run = a_run("run-1")
    ledger.start_run(run)
    run.status, run.finished_at, run.watermark = "partial", after(1.5), after(-3)
    run.calls = CallCounts(read=2, created=1, failed=1)
    run.failures = [Failure(call="reception_ai:org_1:c1", code="E231", message="not a number", retryable=True)]
    ledger.finish_run(run)
    assert ledger.run("run-1") == run
    assert ledger.runs("default") == [run]


def test_runs_come_newest_first(ledger: Ledger) -> None:
    for run in (a_run("b", minutes=2), a_run("e", minutes=1), a_run("d", minutes=2), a_run("c", connection="other")):
        ledger.start_run(run)
    assert [run.run_id for run in ledger.runs("default")] == ["d", "b", "e"]
    assert [run.run_id for run in ledger.runs("default", limit=1)] == ["d"]


def test_lists_are_not_endless(ledger: Ledger, lane: Lane) -> None:
    for number in range(21):
        ledger.start_run(a_run(f"run-{number:02}"))
    ledger.settle("default", [an_entry(f"c{number}", State.DONE) for number in range(101)], lane=lane)
    assert len(ledger.runs("default")) == 20
    assert len(ledger.list_entries("default")) == 100


def test_a_unique_beginning_names_a_run(ledger: Ledger) -> None:
    for run_id in ("0196-long", "0195-ab", "0195-aa", "0196"):
        ledger.start_run(a_run(run_id))
    for asked, expected in (("0195-ab", "0195-ab"), ("0195-a", None), ("0196", "0196"), ("0196-", "0196-long")):
        if expected is None:
            with pytest.raises(InputError) as caught:
                ledger.run(asked)
            assert (caught.value.code, caught.value.message) == ("E532", f"more than one run begins with {asked!r}")
        else:
            found = ledger.run(asked)
            assert found is not None
            assert found.run_id == expected
    assert ledger.run("0197") is None
    assert ledger.run("%") is None
    assert ledger.run("195") is None


# --- facts


def test_facts_age(ledger: Ledger) -> None:
    assert ledger.recall("portal", now=NOW, age_seconds_max=None) is None
    ledger.remember("portal", b"\x00\xffold", now=NOW)
    ledger.remember("portal", b"\x00\xffnew", now=NOW)
    for minutes, seconds_max, expected in (
        (0, 0.0, True),
        (1, 60.0, True),
        (1.00002, 60.0, False),
        (99_999, None, True),
        (-1, 60.0, True),
        (-1.00002, 60.0, False),
    ):
        recalled = ledger.recall("portal", now=after(minutes), age_seconds_max=seconds_max)
        assert recalled == (b"\x00\xffnew" if expected else None), (minutes, seconds_max)
    assert ledger.recall("other", now=NOW, age_seconds_max=None) is None
