"""Where the portal refuses no second key: however answers are lost, each record stands once, while the search keeps to
its bound; beyond the bound it may stand twice, as `docs/known-limits.md` says."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from connector.errors import TransientError
from connector.hubspot.flight import BATCH
from connector.hubspot.ladder import EXTERNAL_ID
from connector.hubspot.lag import DOUBT_SECONDS, SEARCH_LAG_SECONDS
from connector.hubspot.searched import smaller
from connector.model import CONTACT_KEY, KEY, Create, Done, Refused
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Response
from tests.stubs.portal import Stand, answering, said

EMPTY = said(201, {"status": "COMPLETE", "results": []})
FAULTS = st.sampled_from(["pass", "lost", "cut", "502", "503", EMPTY])
KEYS = {("plain", "calls"): KEY, ("external", "calls"): EXTERNAL_ID, ("plain", "contacts"): CONTACT_KEY}
RUNS_MAX = 20


@pytest.mark.parametrize(("step", "object_type"), KEYS)
@given(
    faults=st.lists(FAULTS, max_size=8),
    lag=st.sampled_from([0.0, 3.0, SEARCH_LAG_SECONDS - 1]),
    echo=st.booleans(),
    count=st.integers(1, 25),
)
def test_each_record_stands_once(
    step: str, object_type: str, faults: list[str | Response], lag: float, echo: bool, count: int
) -> None:
    stand = Stand(step=step, search_lag_seconds=lag, choices=Choices(echo_trace_ids=echo))
    stand.transport.interrupt = answering(*faults, only="batch/create")
    until_settled(stand, object_type, [a_wish(object_type, n) for n in range(count)])
    assert standing(stand, step, object_type) == {f"k:o:{n}": 1 for n in range(count)}


def test_beyond_the_bound_one_may_stand_twice() -> None:
    stand = Stand(step="plain", search_lag_seconds=SEARCH_LAG_SECONDS * 2)
    stand.transport.interrupt = answering("lost", only="batch/create")
    stand.crm.create("calls", [a_wish("calls", 1)])
    assert standing(stand, "plain", "calls") == {"k:o:1": 2}


def test_an_undisturbed_creation_looks_for_nothing() -> None:
    stand = Stand(step="plain", search_lag_seconds=3.0)
    stand.crm.create("calls", [a_wish("calls", n) for n in range(230)])
    assert stand.requests() == ["POST /crm/v3/objects/calls/batch/create"] * 3
    assert stand.clock.slept == []


def test_all_that_are_in_doubt_wait_together() -> None:
    stand = Stand(step="plain", search_lag_seconds=3.0)
    stand.transport.interrupt = answering("cut", "cut", "cut", only="batch/create")
    stand.crm.create("calls", [a_wish("calls", n) for n in range(230)])
    assert DOUBT_SECONDS <= sum(stand.clock.slept) < DOUBT_SECONDS + 10
    assert stand.count("calls") == 230


def test_a_contact_with_an_address_waits_for_nothing() -> None:
    stand = Stand(step="plain", search_lag_seconds=250.0)
    stand.transport.interrupt = answering("lost", "cut", only="batch/create")
    wish = Create(key="k:o:1", properties={"email": "ada.fern@example.com", "firstname": "Ada"})
    [outcome] = stand.crm.create("contacts", [wish])
    assert isinstance(outcome, Done), "it is ours, and nobody's who was there before"
    assert sum(stand.clock.slept) < 5
    assert stand.count("contacts") == 1


def test_one_record_on_which_hubspot_fails_harms_no_neighbour() -> None:
    stand = Stand(step="plain", search_lag_seconds=3.0)
    poisoned = b'"k:o:7"'
    stand.transport.interrupt = lambda request, carry_out: (
        said(503, {}) if request.path.endswith("create") and poisoned in request.body else carry_out()
    )
    outcomes = stand.crm.create("calls", [a_wish("calls", n) for n in range(100)])
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Refused)] == ["E222"]
    assert stand.count("calls") == 99
    assert len(stand.transport.sent("batch/create")) == 1 + 5 + 5 + 4


@pytest.mark.parametrize("left", [1, 2, 14, 15, 21, 49, 50, 77, 100, 300])
def test_a_silent_batch_is_taken_apart_in_few_rounds_and_fourteen_requests(left: int) -> None:
    size, suspects, sent, rounds = BATCH, min(left, BATCH), 0, 0
    while size > 1:
        size = smaller(size, left)
        sent, rounds, suspects = sent + -(-suspects // size), rounds + 1, min(size, suspects)
    assert sent <= 14
    assert rounds == (1 if left <= 14 else 2 if left <= 49 else 3)


def until_settled(stand: Stand, object_type: str, wishes: list[Create]) -> None:
    """Run again as the engine does: what a run before may have sent is said to be in doubt, what it wrote is known."""
    for _ in range(RUNS_MAX):
        try:
            outcomes = stand.connector().create(object_type, wishes)
        except TransientError:
            wishes = [replace(wish, perhaps_sent_at=stand.clock.now()) for wish in wishes]
            continue
        wishes = [each for each, outcome in zip(wishes, outcomes, strict=True) if isinstance(outcome, Refused)]
        if not wishes:
            return
    raise AssertionError("the faults should have ended by now")


def standing(stand: Stand, step: str, object_type: str) -> Counter[str]:
    return Counter(record.properties[KEYS[step, object_type]] for record in stand.portal.records(object_type))


def a_wish(object_type: str, n: int) -> Create:
    mine = {"phone": f"+4477009{n:05d}"} if object_type == "contacts" else {"hs_timestamp": "2026-04-22T10:00:00Z"}
    return Create(key=f"k:o:{n}", properties=mine)
