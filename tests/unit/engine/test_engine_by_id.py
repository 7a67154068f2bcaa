"""What becomes of each answer to asking for a call by its id: the whole of what is counted, told and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.known import full_fingerprint
from connector.engine.looks import ONGOING_EVERY, ONGOING_MAX
from connector.engine.reading import Reading
from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BadCall, CallCounts, CallKey, Entry, Failure, OngoingCall, State
from tests.stubs.desk import MINUTE, NOW, Desk, Told, a_call

HOUR = 60 * MINUTE
KEY = CallKey("listed", "org", "c1")
AGE = 120
"""Minutes since the call ended."""
CALL = a_call(AGE, "c1")
GOES_ON = OngoingCall(key=KEY, started_at=CALL.started_at)
GARBLED = BadCall(key=KEY, code="E322", message="no time")
DOWN = TransientError("E308", "Listed answered 500")
LOST = "the platform no longer knows this call"
ENDLESS = "the platform says that the call still goes on, more than 4 hours after its start"


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> CompiledMapping:
    """It reads the transcript, so that a call without one lacks something."""
    mapping = (Path(__file__).parents[3] / "mappings" / "reception_ai.yaml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("mapping") / "reception_ai.yaml"
    path.write_text(mapping.replace("transcript: none", "transcript: inline"), encoding="utf-8")
    return compile_mapping(load_mapping(path))


def an_entry(state: State, **known: Any) -> Entry:
    """What an earlier run left of the call, with something in every field."""
    entry = Entry(
        call_id="c1",
        account="org",
        state=state,
        ended_at=CALL.ended_at,
        fingerprint="m-1",
        mapping_version="m",
        decision="created",
        reason="phone",
        contact_id="8",
        engagement_id="7",
        records={"task": "9"},
        attempts=2,
        code="E308",
        message="before",
        notes=("a note",),
        run_id="before",
        updated_at=NOW - HOUR,
        listed="m-2",
        look_again_at=NOW,
    )
    return replace(entry, **known)


class Asked:
    """A run that asks for c1 by its id and is given this answer; the platform shows other calls."""

    def __init__(self, mapping: CompiledMapping, entry: Entry, answer: Told | ConnectorError | None) -> None:
        self.desk = desk = Desk(mapping, a_call(1, "other"))
        desk.remembers(entry)
        if answer is not None:
            desk.source.by_id["c1"] = answer
        self.given = 0
        """How many of the calls that were due were given."""
        self.now = {"run_id": desk.reader.run_id, "updated_at": NOW}

    def dead(self, entry: Entry, code: str, message: str) -> Reading:
        """One dead letter, of which the ids of what stands in the CRM are kept."""
        letter = replace(
            entry,
            state=State.DEAD,
            code=code,
            message=message,
            fingerprint="",
            listed="",
            look_again_at=None,
            **self.now,
        )
        failure = Failure(call="listed:org:c1", code=code, message=message, retryable=False)
        return Reading(counts=CallCounts(read=1, failed=1), met={"c1"}, settled=[letter], failures=[failure])


def carried() -> Reading:
    return Reading(counts=CallCounts(read=1), met={"c1"}, account="org")


@pytest.mark.parametrize("state", [State.FAILED, State.INTENT])
class TestAnUnfinishedCall:
    def test_that_is_given_waits_to_be_carried(self, mapping, state):
        asked = Asked(mapping, an_entry(state), CALL)
        asked.desk.retry()
        assert (asked.desk.reading, asked.desk.waiting) == (carried(), ["c1"])

    @pytest.mark.parametrize(
        ("answer", "code", "message"),
        [(None, "E330", LOST), (GARBLED, "E322", "no time")],
    )
    def test_that_is_gone_or_unreadable_is_a_dead_letter(self, mapping, state, answer, code, message):
        entry = an_entry(state)
        asked = Asked(mapping, entry, answer)
        asked.desk.retry()
        assert asked.desk.reading == asked.dead(entry, code, message)

    def test_that_goes_on_after_all_is_looked_at_again(self, mapping, state):
        entry = an_entry(state)
        asked = Asked(mapping, entry, GOES_ON)
        asked.desk.retry()
        waits = replace(entry, look_again_at=NOW + ONGOING_EVERY, attempts=0, **asked.now)
        assert asked.desk.reading == Reading(met={"c1"}, settled=[waits])

    def test_that_is_not_given_has_its_turn_later(self, mapping, state):
        entry = an_entry(state)
        asked = Asked(mapping, entry, DOWN)
        asked.desk.retry()
        waits = replace(entry, message=DOWN.message, attempts=3, look_again_at=NOW + AGE / 2 * MINUTE, **asked.now)
        failure = Failure(call="listed:org:c1", code="E308", message=DOWN.message, retryable=True)
        assert asked.desk.reading == Reading(counts=CallCounts(read=1, failed=1), settled=[waits], failures=[failure])

    def test_whose_turn_has_not_come_is_not_asked_for(self, mapping, state):
        asked = Asked(mapping, an_entry(state, look_again_at=NOW + MINUTE), CALL)
        asked.desk.retry()
        assert (asked.desk.source.asked, asked.desk.reading) == ([], Reading())


class TestACallThatGoesOn:
    ENTRY = an_entry(State.ONGOING)

    def look(self, mapping: CompiledMapping, answer: Told | ConnectorError | None) -> Asked:
        asked = Asked(mapping, self.ENTRY, answer)
        asked.given = asked.desk.look_again()
        return asked

    def test_and_ended_waits_to_be_carried(self, mapping):
        asked = self.look(mapping, CALL)
        assert (asked.desk.reading, asked.desk.waiting, asked.given) == (carried(), ["c1"], 1)

    def test_and_still_does_is_looked_at_again(self, mapping):
        asked = self.look(mapping, GOES_ON)
        waits = replace(self.ENTRY, look_again_at=NOW + ONGOING_EVERY, attempts=0, **asked.now)
        assert (asked.desk.reading, asked.given) == (Reading(met={"c1"}, settled=[waits]), 1)

    @pytest.mark.parametrize(
        ("answer", "code", "message"),
        [
            pytest.param(None, "E330", LOST, id="nobody knows it any more"),
            pytest.param(GARBLED, "E322", "no time", id="it is unreadable"),
            pytest.param(replace(GOES_ON, started_at=NOW - 5 * HOUR), "E331", ENDLESS, id="it goes on for ever"),
        ],
    )
    def test_is_a_dead_letter_when(self, mapping, answer, code, message):
        asked = self.look(mapping, answer)
        assert (asked.desk.reading, asked.given) == (asked.dead(self.ENTRY, code, message), 1)

    def test_and_is_not_given_is_asked_for_later_and_no_failure(self, mapping):
        asked = self.look(mapping, DOWN)
        waits = replace(self.ENTRY, message=DOWN.message, attempts=3, look_again_at=NOW + AGE / 2 * MINUTE, **asked.now)
        assert (asked.desk.reading, asked.given) == (Reading(settled=[waits]), 0)

    @pytest.mark.parametrize(("since", "is_dead"), [(ONGOING_MAX, False), (ONGOING_MAX + MINUTE, True)])
    @pytest.mark.parametrize("says_since_when", [True, False])
    def test_is_given_up_after_four_hours_since_its_start_or_since_it_was_first_seen(
        self, mapping, since, is_dead, says_since_when
    ):
        first_seen_at, started_at = (NOW, NOW - since) if says_since_when else (NOW - since, NOW)
        entry = an_entry(State.ONGOING, ended_at=first_seen_at)
        asked = Asked(mapping, entry, replace(GOES_ON, started_at=started_at))
        asked.desk.look_again()
        assert [entry.state is State.DEAD for entry in asked.desk.reading.settled] == [is_dead]


@pytest.mark.parametrize("state", [State.DONE, State.HELD, State.SKIPPED])
class TestASettledCall:
    def look(self, mapping: CompiledMapping, entry: Entry, answer: Told | ConnectorError | None) -> Desk:
        asked = Asked(mapping, entry, answer)
        asked.desk.look_again()
        return asked.desk

    def test_that_changed_waits_to_be_carried(self, mapping, state):
        entry = an_entry(state, fingerprint=f"{mapping.version}-other")
        desk = self.look(mapping, entry, CALL)
        assert (desk.reading, desk.waiting) == (carried(), ["c1"])

    def test_of_which_nothing_legible_is_said_is_asked_for_later(self, mapping, state):
        entry = an_entry(state)
        desk = self.look(mapping, entry, GARBLED)
        later = replace(entry, look_again_at=NOW + AGE / 2 * MINUTE)
        assert desk.reading == Reading(met={"c1"}, settled=[later])

    def test_that_is_not_given_is_asked_for_later_and_no_failure(self, mapping, state, caplog):
        entry = an_entry(state)
        desk = self.look(mapping, entry, DOWN)
        assert desk.reading == Reading(settled=[replace(entry, look_again_at=NOW + AGE / 2 * MINUTE)])
        [record] = caplog.records
        assert (record.message, record.call, record.code) == ("look_postponed", "listed:org:c1", "E308")

    @pytest.mark.parametrize("answer", [None, GOES_ON])
    def test_that_the_platform_forgot_or_says_to_go_on_is_final(self, mapping, state, answer):
        entry = an_entry(state)
        desk = self.look(mapping, entry, answer)
        assert desk.reading == Reading(met={"c1"}, settled=[replace(entry, look_again_at=None)])

    def test_whose_key_opens_nothing_ends_the_run(self, mapping, state):
        with pytest.raises(AccessError):
            self.look(mapping, an_entry(state), AccessError("E305", "the key is refused"))


@pytest.mark.parametrize(
    ("state", "transcript", "hours"),
    [
        pytest.param(State.DONE, None, 22, id="lacks a transcript: looked at a day after its end"),
        pytest.param(State.DONE, "Caller: Hello.", None, id="lacks nothing: final"),
        pytest.param(State.SKIPPED, None, None, id="skipped: a transcript would change nothing"),
    ],
)
def test_a_settled_call_that_is_as_it_was_is_counted_and_looked_at_again_as_long_as_it_lacks_something(
    mapping, state, transcript, hours
):
    call = a_call(AGE, "c1", transcript=transcript)
    entry = an_entry(state)
    asked = Asked(mapping, entry, call)
    assert asked.desk.look_again() == 1
    renewed = replace(
        entry,
        fingerprint=full_fingerprint(mapping, call),
        look_again_at=None if hours is None else NOW + hours * HOUR,
    )
    expected = Reading(counts=CallCounts(read=1, unchanged=1), met={"c1"}, account="org", settled=[renewed])
    assert (asked.desk.reading, asked.desk.waiting) == (expected, [])


def test_a_held_call_that_is_due_is_carried_again_as_it_is(mapping):
    asked = Asked(mapping, an_entry(State.HELD), CALL)
    asked.desk.look_again()
    assert (asked.desk.reading, asked.desk.waiting) == (carried(), ["c1"])


@pytest.mark.parametrize("answer", [CALL, a_call(AGE, "c1", transcript="Caller: Hello.")], ids=["as it was", "more"])
def test_a_call_that_this_run_counted_as_its_list_gave_it_is_not_counted_again(mapping, answer):
    fingerprint = full_fingerprint(mapping, CALL)
    asked = Asked(mapping, an_entry(State.DONE, run_id=f"at {NOW}", fingerprint=fingerprint), answer)
    asked.desk.reader.gave_less = True
    asked.desk.look_again()
    assert asked.desk.reading.counts == CallCounts()


@pytest.mark.parametrize(
    ("gave_less", "run_id", "counts"),
    [(True, "before", True), (True, f"at {NOW}", False), (False, "before", True), (False, f"at {NOW}", True)],
)
def test_only_where_a_list_gave_less_may_a_run_have_counted_a_call_before(mapping, gave_less, run_id, counts):
    reader = Desk(mapping).reader
    reader.gave_less = gave_less
    assert reader.is_to_count(an_entry(State.DONE, run_id=run_id)) is counts
    assert reader.is_to_count(None)


@pytest.mark.parametrize("verb", [Desk.look_again, Desk.retry])
def test_a_call_of_another_account_ends_the_run(mapping, verb):
    asked = Asked(mapping, an_entry(State.FAILED if verb is Desk.retry else State.DONE), CALL)
    asked.desk.ledger.pin("default", account="another")
    with pytest.raises(FatalError) as refused:
        verb(asked.desk)
    assert (refused.value.code, refused.value.message, refused.value.where) == (
        "E120",
        "the platform's calls belong to another account than the one this connection was first run with",
        "CONNECTOR_SOURCE_API_KEY, or CONNECTOR_SOURCE_ACCOUNT if it was set before",
    )
