"""Calls whose list does not say who called: asked for by their ids before anything is decided about them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.known import full_fingerprint
from connector.engine.looks import ONGOING_EVERY
from connector.engine.withheld import REFUSALS_MAX_ALONE
from connector.errors import AccessError, TransientError
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BadCall, Call, CallCounts, CallKey, Entry, Failure, OngoingCall, State
from tests.stubs.desk import MINUTE, NOW, Desk, a_call, a_reading, an_entry

HOUR = 60 * MINUTE
AGE = 120
"""Minutes since the call ended."""
KEY = CallKey("listed", "org", "c1")
CALL = a_call(AGE, "c1")
CALLERLESS = replace(CALL, is_partial=True, is_callerless=True)
GOES_ON = OngoingCall(key=KEY, started_at=CALL.started_at)
DOWN = TransientError("E308", "Listed answered 500")


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"))


def callerless(call_id: str = "open", minutes_ago: float = 9) -> Call:
    return replace(a_call(minutes_ago, call_id), is_partial=True, is_callerless=True)


class TestOneOrMore:
    def walked(self, mapping: CompiledMapping, *calls: Call, **answers: Call | BadCall | TransientError) -> Desk:
        desk = Desk(mapping, *calls)
        desk.source.by_id.update(answers)
        desk.walk(look_back_to=NOW - timedelta(days=1))
        return desk

    def test_waits_as_it_is_by_its_id_with_what_the_list_said(self, mapping):
        whole = replace(a_call(9, "open"), summary="whole")
        desk = self.walked(mapping, callerless(), open=whole)
        ((waiting,),) = desk.reading.spool.windows()
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
        desk.settle()
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
        desk.remembers(held)
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
            desk.knows(*[call for window in desk.reading.spool.windows() for call in window])
            desk.settle()
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
        desk.settle()
        desk.source.by_id["open"] = TransientError("E308", "down")
        for day in range(40):
            desk.begin_again(now=NOW + day * timedelta(days=1))
            desk.look_again()
            desk.settle()
        entry = desk.ledger.entries("default", ["open"])["open"]
        assert (entry.state, entry.code, len(desk.source.asked)) == (State.DEAD, "E333", REFUSALS_MAX_ALONE)


class TestOneThatTheLedgerMayKnow:
    def walked(self, mapping: CompiledMapping, entry: Entry | None, answer: Any = CALL, **reader: Any) -> Desk:
        """c1 in the list, and this answer to who asks for it."""
        desk = Desk(mapping, CALLERLESS)
        if entry is not None:
            desk.remembers(entry)
        if answer is not None:
            desk.source.by_id["c1"] = answer
        desk.tell(**reader)
        desk.walk()
        return desk

    @pytest.mark.parametrize(
        ("state", "look_again_at", "is_changed", "is_asked"),
        [
            pytest.param(State.FAILED, NOW + MINUTE, False, False, id="asked for in vain: in its turn"),
            pytest.param(State.FAILED, NOW, False, True, id="its turn has come"),
            pytest.param(State.FAILED, None, False, True, id="failed at the CRM: at once"),
            pytest.param(State.DONE, NOW + MINUTE, False, False, id="as it was"),
            pytest.param(State.DONE, NOW + MINUTE, True, True, id="it changed: at once"),
            pytest.param(State.HELD, NOW, False, True, id="held and due"),
        ],
    )
    def test_is_asked_for_when_that_is_of_use(self, mapping, state, look_again_at, is_changed, is_asked):
        known = {"listed": f"{mapping.version}-other"} if is_changed else {}
        entry = an_entry(mapping, CALL, state, look_again_at=look_again_at, **known)
        desk = self.walked(mapping, entry)
        assert (desk.source.asked, desk.waiting) == ((["c1"], ["c1"]) if is_asked else ([], []))

    def test_and_is_insisted_on_is_asked_for_out_of_its_turn(self, mapping):
        entry = an_entry(mapping, CALL, State.FAILED, look_again_at=NOW + MINUTE)
        assert self.walked(mapping, entry, insisted=("c1",)).waiting == ["c1"]

    def test_and_is_insisted_on_and_not_given_stays_as_it_is_known(self, mapping):
        entry = an_entry(mapping, CALL)
        desk = self.walked(mapping, entry, DOWN, insisted=("c1",))
        later = replace(entry, listed=full_fingerprint(mapping, CALLERLESS), look_again_at=NOW + AGE / 2 * MINUTE)
        assert desk.reading == a_reading(CALL.ended_at, later, read=1, unchanged=1)

    @pytest.mark.parametrize(("awaited", "met"), [((), set()), (("c1",), {"c1"})])
    def test_is_met_when_it_was_asked_for_and_awaited(self, mapping, awaited, met):
        assert self.walked(mapping, None, awaited=awaited).reading.met == met

    def test_and_goes_on_after_all_is_looked_at_again(self, mapping):
        entry = an_entry(mapping, CALL, State.FAILED, look_again_at=NOW)
        desk = self.walked(mapping, entry, GOES_ON)
        look_again_at = NOW + ONGOING_EVERY
        waits = replace(entry, look_again_at=look_again_at, attempts=0, run_id=desk.reader.run_id, updated_at=NOW)
        assert desk.reading == a_reading(CALL.ended_at, waits)

    def test_and_that_nobody_knows_by_its_id_is_a_dead_letter_that_keeps_what_is_known(self, mapping):
        entry = an_entry(mapping, CALL, State.FAILED)
        desk = self.walked(mapping, entry, None)
        [failure] = desk.reading.failures
        assert failure.message == "the platform lists this call and does not know it by its id"
        assert [(entry.state, entry.engagement_id) for entry in desk.reading.settled] == [(State.DEAD, "7")]

    def test_and_was_going_on_and_is_not_given_has_failed(self, mapping):
        entry = an_entry(mapping, CALL, State.ONGOING)
        desk = self.walked(mapping, entry, DOWN)
        failed = replace(
            entry,
            state=State.FAILED,
            listed=full_fingerprint(mapping, CALLERLESS),
            attempts=1,
            code="E308",
            message=DOWN.message,
            look_again_at=NOW + AGE / 2 * MINUTE,
            run_id=desk.reader.run_id,
            updated_at=NOW,
        )
        failure = Failure(call="listed:org:c1", code="E308", message=DOWN.message, retryable=True)
        assert desk.reading == a_reading(CALL.ended_at, failed, read=1, failed=1, failures=[failure])

    def test_and_whose_key_opens_nothing_ends_the_run(self, mapping):
        with pytest.raises(AccessError):
            self.walked(mapping, None, AccessError("E305", "the key is refused"))

    def test_of_several_that_are_not_given_each_is_counted_as_what_it_is(self, mapping):
        """Three asked for in vain, and then two that are not even asked for."""
        calls = [replace(CALLERLESS, key=replace(KEY, id=f"c{number}")) for number in range(7)]
        desk = Desk(mapping, *calls)
        desk.source.by_id = dict.fromkeys((f"c{number}" for number in range(7)), DOWN)
        dead = an_entry(mapping, CALL, State.DEAD, fingerprint="", listed="")
        changed = an_entry(mapping, CALL, listed=f"{mapping.version}-other")
        desk.remembers(
            *[replace(dead, call_id=call_id) for call_id in ("c0", "c3")],
            *[replace(changed, call_id=call_id) for call_id in ("c1", "c4", "c5")],
        )
        desk.walk()
        assert desk.source.asked == ["c0", "c1", "c2"]
        assert desk.reading.counts == CallCounts(read=7, unchanged=3, skipped=2, failed=2)
        left = Entry(
            call_id="c6",
            account="org",
            state=State.FAILED,
            ended_at=CALL.ended_at,
            listed=full_fingerprint(mapping, CALLERLESS),
            code="E308",
            message=DOWN.message,
            run_id=desk.reader.run_id,
            updated_at=NOW,
        )
        assert [entry.call_id for entry in desk.reading.settled] == ["c0", "c1", "c2", "c6"]
        assert desk.reading.settled[-1] == left
        assert [failure.call for failure in desk.reading.failures] == ["listed:org:c2", "listed:org:c6"]
