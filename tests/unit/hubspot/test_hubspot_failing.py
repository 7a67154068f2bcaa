"""A record on which HubSpot fails every time harms nobody else, and is told from a HubSpot that is down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.errors import TransientError
from connector.hubspot.failing import ALIVE_SECONDS, SILENT_MAX, SILENT_ROUNDS_MAX, Pulse
from connector.model import Create, Done, Exists, Outcome, Refused, Update
from connector.sandbox.wire import Dropped, Request, Response
from tests.stubs.clock import VirtualClock
from tests.stubs.portal import Interrupt, Stand, said

POISON = "poison"


def failing_on(marker: str, *, status: int = 502, commits: bool = False, only: str = "/batch/") -> Interrupt:
    """Every request that carries the marker fails; status 0 breaks the connection instead."""

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        if only not in request.path or marker.encode() not in (request.body or b""):
            return carry_out()
        if commits:
            carry_out()
        if not status:
            raise Dropped("reset")
        return said(status, {"status": "error", "message": "Bad gateway"})

    return interrupt


def calls(count: int, *poisoned: int) -> list[Create]:
    return [
        Create(
            key=f"reception_ai:org:{number:03}",
            properties={
                "hs_timestamp": "2026-04-22T10:00:00Z",
                "hs_call_title": POISON if number in poisoned else f"Call {number}",
            },
        )
        for number in range(count)
    ]


def are_done_but(outcomes: list[Outcome], *poisoned: int) -> None:
    for number, outcome in enumerate(outcomes):
        if number in poisoned:
            assert isinstance(outcome, Refused), number
            assert outcome.code == "E222"
        else:
            assert isinstance(outcome, Done), number


def sizes(stand: Stand, ending: str) -> list[int]:
    """How many inputs each request of this kind carried, in their order."""
    return [len(asked.body["inputs"]) for asked in stand.transport.sent(ending)]


@pytest.mark.parametrize("status", [500, 0])
@pytest.mark.parametrize(
    ("position", "expected"),
    [
        pytest.param(0, [100, 100, 50, 25, 12, 6, 94, 3, 1, 5], id="most neighbours go early"),
        pytest.param(50, [100, 100, 50, 25, 12, 6, 3, 47, 1, 2], id="so do those that are left"),
        pytest.param(97, [100, 100, 50, 25, 12, 6, 3, 2, 1, 1, 2], id="alone before it is judged"),
        pytest.param(99, [100, 100, 50, 25, 12, 6, 3, 2, 1, 1], id="last"),
    ],
)
def test_it_is_told_by_halves_and_its_neighbours_are_created_together(position: int, expected: list[int], status: int):
    stand = Stand()
    stand.transport.interrupt = failing_on(POISON, status=status, only="batch/create")
    are_done_but(stand.crm.create("calls", calls(100, position)), position)
    assert stand.count("calls") == 99
    assert sizes(stand, "calls/batch/create") == expected


def test_several_of_them_are_found_too():
    stand = Stand()
    stand.transport.interrupt = failing_on(POISON, only="batch/create")
    are_done_but(stand.crm.create("calls", calls(100, 0, 1, 2, 60, 99)), 0, 1, 2, 60, 99)
    assert stand.count("calls") == 95


def test_one_that_was_written_all_the_same_is_done():
    stand = Stand()
    stand.transport.interrupt = failing_on(POISON, commits=True, only="batch/create")
    are_done_but(stand.crm.create("calls", calls(20, 7)))
    assert stand.count("calls") == 20


@pytest.mark.parametrize("neighbours", [0, 3])
def test_one_that_a_person_deleted_is_found_though_hubspot_fails_on_it(neighbours: int):
    stand = Stand()
    [deleted] = stand.crm.create("calls", calls(1, 0))
    assert isinstance(deleted, Done)
    stand.edit("archive", "calls", deleted.id)
    stand.transport.interrupt = failing_on(POISON, only="batch/create")
    outcome, *others = stand.crm.create("calls", calls(1 + neighbours, 0))
    assert isinstance(outcome, Exists)
    assert (outcome.record.id, outcome.record.archived) == (deleted.id, True)
    assert all(isinstance(other, Done) for other in others)


@pytest.mark.parametrize("position", [0, 50, 99])
def test_its_neighbours_are_updated_too(position: int):
    stand = Stand()
    ids = [outcome.id for outcome in stand.crm.create("calls", calls(100)) if isinstance(outcome, Done)]
    stand.forget_requests()
    stand.transport.interrupt = failing_on(POISON)
    wishes = [
        Update(id=record_id, properties={"hs_call_title": POISON if number == position else "new"})
        for number, record_id in enumerate(ids)
    ]
    are_done_but(stand.crm.update("calls", wishes), position)
    assert sum(record.properties["hs_call_title"] == "new" for record in stand.portal.records("calls")) == 99


class TestHubSpotIsDown:
    @pytest.mark.parametrize("count", [1, 2, 100])
    def test_for_writes_while_it_can_be_read(self, count: int):
        stand = Stand()
        stand.transport.interrupt = failing_on("", only="batch/create")
        with pytest.raises(TransientError) as raised:
            stand.crm.create("calls", calls(count))
        assert raised.value.code == "E221"
        assert len(stand.transport.sent("calls/batch/create")) <= SILENT_ROUNDS_MAX + SILENT_MAX

    def test_for_changes(self):
        stand = Stand()
        ids = [outcome.id for outcome in stand.crm.create("calls", calls(100)) if isinstance(outcome, Done)]
        stand.forget_requests()
        stand.transport.interrupt = failing_on("", only="batch/update")
        with pytest.raises(TransientError) as raised:
            stand.crm.update("calls", [Update(id=record_id, properties={"hs_call_title": "new"}) for record_id in ids])
        assert raised.value.code == "E221"
        assert len(stand.transport.sent("calls/batch/update")) <= SILENT_ROUNDS_MAX + SILENT_MAX

    def test_for_the_one_change_there_is(self):
        stand = Stand()
        contact = stand.portal.seed_contacts([{"firstname": "Jane"}])[0]
        stand.transport.interrupt = failing_on("", only="batch/update")
        with pytest.raises(TransientError) as raised:
            stand.crm.update("contacts", [Update(id=contact, properties={"firstname": "Ada"})])
        assert raised.value.code == "E221"

    def test_from_one_request_to_the_next(self):
        """A write that was taken a moment ago says that HubSpot was up then: so much silence says more."""
        stand = Stand()
        stand.crm.create("calls", calls(3))
        stand.transport.interrupt = failing_on("", only="batch/create")
        wishes = [Create(key=f"reception_ai:org:n{n}", properties={"hs_call_title": "x"}) for n in range(100)]
        with pytest.raises(TransientError) as raised:
            stand.crm.create("calls", wishes)
        assert raised.value.code == "E221"


@pytest.mark.parametrize(
    ("seconds", "is_told"),
    [pytest.param(0.0, True, id="just now"), pytest.param(ALIVE_SECONDS + 1, False, id="long ago")],
)
def test_without_neighbours_a_write_of_the_last_minutes_tells(seconds: float, is_told: bool):
    stand = Stand()
    stand.crm.create("calls", calls(1))
    stand.clock.sleep(seconds)
    stand.transport.interrupt = failing_on(POISON, only="batch/create")
    lone = [Create(key="reception_ai:org:lone", properties={"hs_call_title": POISON})]
    if is_told:
        are_done_but(stand.crm.create("calls", lone), 0)
    else:
        with pytest.raises(TransientError):
            stand.crm.create("calls", lone)


@pytest.mark.parametrize(("seconds", "is_felt"), [(0, True), (ALIVE_SECONDS, True), (ALIVE_SECONDS + 1, False)])
def test_for_how_long_a_pulse_is_felt(seconds: float, is_felt: bool):
    pulse = Pulse(clock := VirtualClock())
    pulse.beat("calls")
    clock.sleep(seconds)
    assert pulse.is_felt("calls") is is_felt
    assert not pulse.is_felt("contacts")


def test_a_write_of_another_type_tells_nothing():
    stand = Stand()
    stand.crm.create("contacts", [Create(key="tel:+447700900123", properties={"phone": "+447700900123"})])
    stand.transport.interrupt = failing_on(POISON, only="calls/batch/create")
    with pytest.raises(TransientError):
        stand.crm.create("calls", [Create(key="reception_ai:org:lone", properties={"hs_call_title": POISON})])


def test_refused_and_failing_ones_side_by_side():
    stand = Stand()
    wishes = calls(40, 11)
    wishes[30] = Create(key=wishes[30].key, properties={**wishes[30].properties, "no_such_property": "x"})
    stand.transport.interrupt = failing_on(POISON, only="batch/create")
    outcomes = stand.crm.create("calls", wishes)
    codes = {n: outcome.code for n, outcome in enumerate(outcomes) if isinstance(outcome, Refused)}
    assert codes == {11: "E222", 30: "E232"}
    assert stand.count("calls") == 38
