"""What a walk makes of calls that the ledger knows: the whole of what is counted, told and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.known import full_fingerprint
from connector.engine.looks import ONGOING_EVERY
from connector.engine.reading import Reading
from connector.engine.walk import QUIET_STREAK_MIN, QUIET_TEXT
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BY_HAND, BadCall, CallCounts, CallKey, Entry, Failure, OngoingCall, State
from tests.stubs.desk import MINUTE, NOW, Desk, Told, a_call, a_reading, an_entry

HOUR = 60 * MINUTE
AGE = 120
"""Minutes since the call ended."""
KEY = CallKey("listed", "org", "c1")
CALL = a_call(AGE, "c1")
IN_PART = replace(CALL, is_partial=True)
GOES_ON = OngoingCall(key=KEY, started_at=CALL.started_at)
GARBLED = BadCall(key=KEY, code="E322", message="no time")


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"))


def walked(mapping: CompiledMapping, entry: Entry | None, *calls: Told, **reader: Any) -> Desk:
    """A walk through these calls with a reader told this."""
    desk = Desk(mapping, *calls)
    if entry is not None:
        desk.remembers(entry)
    desk.tell(**reader)
    desk.walk()
    return desk


@pytest.mark.parametrize("call", [CALL, IN_PART], ids=["in full", "in part"])
def test_a_call_that_is_as_it_was_is_counted_and_no_more(mapping, call):
    desk = walked(mapping, an_entry(mapping, CALL), call)
    assert (desk.reading, desk.waiting) == (a_reading(CALL.ended_at, read=1, unchanged=1), [])


OTHER = "other-1"
"""A fingerprint under another mapping: it says nothing of today's."""
OLD = {"mapping_version": "other", "fingerprint": OTHER, "listed": OTHER}
UNREADABLE = {"fingerprint": "", "listed": ""}


@pytest.mark.parametrize(
    ("state", "known", "remaps", "becomes"),
    [
        pytest.param(State.DONE, {}, True, "unchanged", id="nothing new, though a backfill maps again"),
        pytest.param(State.DONE, OLD, False, "unchanged", id="an edited mapping is for new calls only"),
        pytest.param(State.DONE, OLD, True, "carried", id="unless a backfill maps again"),
        pytest.param(
            State.DONE, {**OLD, "code": "E441"}, False, "unchanged", id="what failed once and was written since"
        ),
        pytest.param(State.GONE, OLD, True, "unchanged", id="what a person deleted stays so"),
        pytest.param(
            State.DEAD, {**OLD, "code": "E441"}, False, "carried", id="the mapping failed on it, and is another"
        ),
        pytest.param(State.DEAD, {**OLD, "code": "E442"}, False, "carried", id="so did a template"),
        pytest.param(State.DEAD, {"code": "E441"}, False, "skipped", id="the mapping fails on it still"),
        pytest.param(State.DEAD, {**OLD, "code": "E222"}, False, "skipped", id="another mapping would not help it"),
        pytest.param(
            State.DEAD, {**UNREADABLE, "code": "E322"}, False, "carried", id="it could not be read, and can be now"
        ),
        pytest.param(State.DONE, UNREADABLE, False, "unchanged", id="of what is written that says nothing"),
        pytest.param(State.SKIPPED, {}, False, "unchanged", id="skipped by a rule"),
        pytest.param(State.SKIPPED, {"reason": BY_HAND, "fingerprint": "-"}, True, "skipped", id="left by hand"),
        pytest.param(State.FAILED, {}, False, "carried", id="not written yet"),
        pytest.param(State.INTENT, {}, False, "carried", id="interrupted"),
        pytest.param(State.HELD, {}, False, "unchanged", id="held"),
        pytest.param(State.HELD, {"look_again_at": NOW}, False, "carried", id="held and due"),
        pytest.param(State.HELD, {"look_again_at": NOW + MINUTE}, False, "unchanged", id="held and not due"),
        pytest.param(State.DONE, {"look_again_at": NOW}, False, "unchanged", id="due, and as it was"),
    ],
)
def test_what_becomes_of_a_known_call_as_it_is_listed(mapping, state, known, remaps, becomes):
    desk = walked(mapping, an_entry(mapping, CALL, state, **known), CALL, remaps=remaps)
    expected = CallCounts(read=1) if becomes == "carried" else CallCounts(read=1, **{becomes: 1})
    assert (desk.reading.counts, desk.waiting) == (expected, ["c1"] if becomes == "carried" else [])


@pytest.mark.parametrize("state", [State.DONE, State.HELD, State.SKIPPED, State.DEAD])
def test_a_call_that_changed_is_carried(mapping, state):
    changed = replace(CALL, payload={"summary": "Asked for two quotes."})
    desk = walked(mapping, an_entry(mapping, CALL, state), changed)
    assert (desk.reading, desk.waiting) == (a_reading(CALL.ended_at, read=1), ["c1"])


@pytest.mark.parametrize("look_again_at", [None, NOW, NOW + MINUTE])
def test_under_an_edited_mapping_a_listed_call_is_compared_from_now_on(mapping, look_again_at):
    entry = an_entry(mapping, CALL, fingerprint=OTHER, listed=OTHER, look_again_at=look_again_at)
    in_part = walked(mapping, entry, IN_PART)
    renewed = replace(entry, listed=full_fingerprint(mapping, IN_PART))
    assert in_part.reading == a_reading(CALL.ended_at, renewed, read=1, unchanged=1)
    in_full = walked(mapping, entry, CALL)
    # One that is given in full and lacks nothing is final once it is due.
    final = {"look_again_at": None} if look_again_at == NOW else {}
    renewed = replace(entry, fingerprint=full_fingerprint(mapping, CALL), **final)
    assert in_full.reading == a_reading(CALL.ended_at, renewed, read=1, unchanged=1)


def test_a_call_whose_list_says_something_new_and_less_than_was_written_is_asked_for_next(mapping):
    entry = an_entry(mapping, CALL, listed=f"{mapping.version}-other")
    desk = walked(mapping, entry, IN_PART)
    asked_for = replace(entry, listed=full_fingerprint(mapping, IN_PART), look_again_at=NOW)
    assert (desk.reading, desk.waiting, desk.source.asked) == (a_reading(CALL.ended_at, asked_for), [], [])


@pytest.mark.parametrize(("calls", "gave_less"), [([CALL], False), ([IN_PART, a_call(AGE + 1, "c2")], True)])
def test_a_list_that_gave_less_of_one_call_is_known_as_one(mapping, calls, gave_less):
    assert walked(mapping, None, *calls).reader.gave_less is gave_less


def test_the_newest_call_of_the_history_is_told_whatever_the_order(mapping):
    calls = [a_call(3), a_call(1), a_call(1, "twin"), a_call(2)]
    assert walked(mapping, None, *calls).reading.newest == NOW - MINUTE


@pytest.mark.parametrize(
    ("summary", "is_wordless"), [("Asked for a quote.", False), (None, True), ("[redacted]", True)]
)
def test_whether_anything_was_said_is_told_before_the_texts_are_let_go(mapping, summary, is_wordless):
    desk = walked(mapping, None, replace(CALL, summary=summary))
    [[waiting]] = desk.reading.spool.windows()
    assert waiting.is_wordless is is_wordless


def test_the_weight_of_known_calls_ends_a_walk_early(mapping):
    calls = [a_call(AGE + number, transcript="x" * (QUIET_TEXT // QUIET_STREAK_MIN)) for number in range(60)]
    desk = Desk(mapping, *calls)
    desk.knows(*calls)
    desk.walk()
    # Seven of these make a chunk.
    assert desk.source.drawn == 28


class TestWhatIsNoCall:
    """Elements that cannot be read, and calls that are not over, each before another call."""

    NEXT = a_call(AGE + 1, "next")

    def walked(self, mapping: CompiledMapping, entry: Entry | None, call: Told) -> Desk:
        desk = walked(mapping, entry, call, self.NEXT)
        assert desk.waiting == ["next"]
        return desk

    def reading(self, *settled: Entry, read: int = 1, **rest: Any) -> Reading:
        return a_reading(self.NEXT.ended_at, *settled, read=read, **rest)

    @pytest.mark.parametrize("is_known", [True, False])
    def test_an_unreadable_one_is_a_dead_letter_that_keeps_what_is_known(self, mapping, is_known):
        entry = an_entry(mapping, CALL, look_again_at=NOW) if is_known else None
        desk = self.walked(mapping, entry, GARBLED)
        letter = replace(
            entry or Entry(call_id="c1", account="org", state=State.DEAD, ended_at=NOW),
            state=State.DEAD,
            fingerprint="",
            listed="",
            code="E322",
            message="no time",
            run_id=desk.reader.run_id,
            updated_at=NOW,
            look_again_at=None,
        )
        failure = Failure(call="listed:org:c1", code="E322", message="no time", retryable=False)
        assert desk.reading == self.reading(letter, read=2, failed=1, failures=[failure])

    @pytest.mark.parametrize(("state", "reason"), [(State.DEAD, ""), (State.SKIPPED, BY_HAND)])
    def test_an_unreadable_one_that_is_left_already_is_counted_as_that(self, mapping, state, reason):
        desk = self.walked(mapping, an_entry(mapping, CALL, state, reason=reason), GARBLED)
        assert desk.reading == self.reading(read=2, skipped=1)

    def test_each_of_several_is_counted(self, mapping):
        left = an_entry(mapping, CALL, State.DEAD)
        known = ("c1", "c2")
        desk = Desk(mapping, *[replace(GARBLED, key=replace(KEY, id=f"c{number}")) for number in range(5)])
        desk.remembers(*[replace(left, call_id=call_id) for call_id in known])
        desk.walk()
        assert desk.reading.counts == CallCounts(read=5, skipped=2, failed=3)

    def test_one_that_goes_on_is_looked_at_again(self, mapping):
        desk = self.walked(mapping, None, GOES_ON)
        waits = Entry(
            call_id="c1",
            account="org",
            state=State.ONGOING,
            ended_at=GOES_ON.started_at,
            look_again_at=NOW + ONGOING_EVERY,
            run_id=desk.reader.run_id,
            updated_at=NOW,
        )
        assert desk.reading == self.reading(waits)

    @pytest.mark.parametrize(
        ("state", "known", "is_renewed"),
        [
            pytest.param(State.ONGOING, {"look_again_at": NOW}, True, id="due"),
            pytest.param(State.ONGOING, {"look_again_at": NOW + MINUTE}, False, id="not due"),
            pytest.param(State.FAILED, {"look_again_at": NOW}, True, id="asked for in vain before"),
            pytest.param(State.DONE, {"look_again_at": NOW}, False, id="settled: it was over"),
        ],
    )
    def test_one_that_goes_on_and_is_known(self, mapping, state, known, is_renewed):
        entry = an_entry(mapping, CALL, state, **known)
        desk = self.walked(mapping, entry, GOES_ON)
        look_again_at = NOW + ONGOING_EVERY
        waits = replace(entry, look_again_at=look_again_at, attempts=0, run_id=desk.reader.run_id, updated_at=NOW)
        assert desk.reading == self.reading(*([waits] if is_renewed else []))

    def test_one_that_goes_on_from_before_the_history_is_left_alone(self, mapping):
        desk = self.walked(mapping, None, replace(GOES_ON, started_at=NOW - 366 * 24 * HOUR))
        assert desk.reading == self.reading()


@pytest.mark.parametrize(
    ("call", "is_met"),
    [
        pytest.param(CALL, True, id="in full"),
        pytest.param(IN_PART, False, id="in part"),
        pytest.param(GOES_ON, False, id="still going on: the list may be slow"),
        pytest.param(GARBLED, True, id="unreadable"),
    ],
)
def test_an_awaited_call_is_met_when_the_list_gives_it_in_full(mapping, call, is_met):
    assert walked(mapping, None, call, a_call(AGE + 1, "c2"), awaited=("c1",)).reading.met == (
        {"c1"} if is_met else set()
    )


def test_calls_that_are_insisted_on_are_carried_as_they_are_among_the_others(mapping):
    desk = Desk(mapping, a_call(1, "new"), CALL, a_call(AGE + 1, "c2"))
    desk.knows(CALL, a_call(AGE + 1, "c2"))
    desk.reader.insisted = ("c1",)
    desk.walk()
    assert (desk.waiting, desk.reading.counts) == (["c1", "new"], CallCounts(read=3, unchanged=1))


def test_a_list_that_shows_a_call_is_believed_that_another_is_gone_without_being_read_again(mapping):
    desk = walked(mapping, an_entry(mapping, CALL, State.FAILED), a_call(AGE + 1, "c2"))
    desk.retry()
    assert [failure.code for failure in desk.reading.failures] == ["E330"]
    assert desk.source.readings == 1
