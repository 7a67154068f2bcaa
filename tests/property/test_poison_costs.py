"""What one record that HubSpot will not take costs its batch of a hundred: fourteen requests at most, all counted.

Its neighbours are written in the same run. The numbers are exact: whoever makes it dearer, or cheaper, says so here.
`make torture` tries every position.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from connector.model import Create, Done, Outcome, Refused, Update
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, said

BATCH = 100
EXTRA_MAX = 14
"""2·log₂(100), rounded up."""
POSITIONS = range(0, BATCH, 1 if os.environ.get("POISON_EVERYWHERE") else 37)
POISON = "poison"
FAILING, REFUSED = "HubSpot fails on it", "HubSpot refuses the batch for it"
ANSWERS = {
    FAILING: said(502, {"status": "error", "message": "Bad gateway"}),
    REFUSED: said(400, {"status": "error", "category": "VALIDATION_ERROR", "message": "Something is wrong"}),
}
CREATING = [
    ("unique", FAILING, 0, 12), ("unique", FAILING, 2, 14), ("unique", FAILING, 50, 12), ("unique", FAILING, 99, 12),
    ("unique", REFUSED, 0, 13), ("unique", REFUSED, 1, 14), ("unique", REFUSED, 99, 9),
    ("plain", FAILING, 0, 14), ("plain", FAILING, 99, 14), ("plain", REFUSED, 1, 13),
    ("external", FAILING, 50, 14), ("external", REFUSED, 1, 13),
]  # fmt: skip
"""On portals of this step, one of this kind at this position of the batch costs so many requests more."""
CHANGING = [(FAILING, 0, 9), (FAILING, 2, 11), (FAILING, 99, 9), (REFUSED, 1, 14), (REFUSED, 99, 9)]


def refusing(kind: str, ending: str) -> Callable[[Request, Callable[[], Response]], Response]:
    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        is_met = request.path.endswith(ending) and POISON.encode() in (request.body or b"")
        return ANSWERS[kind] if is_met else carry_out()

    return interrupt


def title(number: int, position: int) -> dict[str, str]:
    return {"hs_timestamp": "2026-04-22T10:00:00Z", "hs_call_title": POISON if number == position else "Call"}


def harmed(outcomes: list[Outcome]) -> list[int]:
    assert all(isinstance(outcome, (Done, Refused)) for outcome in outcomes)
    return [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Refused)]


def creating(stand: Stand, kind: str, position: int) -> int:
    """How many requests more than one the batch took; where a search has to look, the looks between are not counted."""
    stand.transport.interrupt = refusing(kind, "batch/create")
    wishes = [Create(key=f"k:o:{number:03}", properties=title(number, position)) for number in range(BATCH)]
    assert harmed(stand.crm.create("calls", wishes)) == [position]
    assert stand.count("calls") == BATCH - 1
    counted = stand.transport.asked if stand.step == "unique" else stand.transport.sent("batch/create")
    return len(counted) - 1


@pytest.mark.parametrize(("step", "kind", "position", "extra"), CREATING)
def test_what_it_costs_to_create(step: str, kind: str, position: int, extra: int) -> None:
    assert creating(Stand(step=step), kind, position) == extra <= EXTRA_MAX


@pytest.mark.parametrize(("kind", "position", "extra"), CHANGING)
def test_what_it_costs_to_change(kind: str, position: int, extra: int) -> None:
    stand = Stand()
    wishes = [Create(key=f"k:o:{number:03}", properties=title(number, -1)) for number in range(BATCH)]
    ids = [outcome.id for outcome in stand.crm.create("calls", wishes) if isinstance(outcome, Done)]
    stand.forget_requests()
    stand.transport.interrupt = refusing(kind, "batch/update")
    changes = [Update(id=record_id, properties=title(number, position)) for number, record_id in enumerate(ids)]
    assert harmed(stand.crm.update("calls", changes)) == [position]
    assert len(stand.transport.asked) - 1 == extra <= EXTRA_MAX


@pytest.mark.parametrize("step", ["unique", "plain", "external"])
@pytest.mark.parametrize("kind", [FAILING, REFUSED])
def test_nowhere_it_costs_more(step: str, kind: str) -> None:
    costs = [creating(Stand(step=step), kind, position) for position in POSITIONS]
    assert max(costs) <= EXTRA_MAX


@pytest.mark.parametrize("step", ["unique", "plain"])
def test_its_neighbours_wait_no_longer_than_without_it(step: str) -> None:
    """Beside what a lost answer costs anyway: a second or two, or below a unique key until the search must show it."""
    stand = Stand(step=step, search_lag_seconds=3.0)
    creating(stand, FAILING, 0)
    taken = [asked for asked in stand.transport.sent("batch/create") if POISON not in str(asked.body)]
    assert sum(len(asked.body["inputs"]) for asked in taken) == BATCH - 1
    assert len(taken[0].body["inputs"]) >= (BATCH - 6 if step == "unique" else 20)
