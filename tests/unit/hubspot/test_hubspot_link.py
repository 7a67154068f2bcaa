"""Links between records that are there already: each made, or refused alone, whatever becomes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest

from connector.errors import FatalError, TransientError
from connector.hubspot.failing import SILENT_MAX, SILENT_ROUNDS_MAX
from connector.model import UNANSWERED, Association, Create, Done, Refused
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, answering, said

LINK_REFUSED = Refused("E233", "HubSpot refused the link to contacts")
LINK_FAILS = Refused(UNANSWERED, "HubSpot fails on its link to contacts each time")


def people(stand: Stand, count: int) -> list[str]:
    return stand.portal.seed_contacts([{"firstname": f"P{n}"} for n in range(count)])


def calls(stand: Stand, count: int) -> list[str]:
    wishes = [Create(key=f"k:o:{n}", properties={"hs_timestamp": "2026-04-22T10:00:00Z"}) for n in range(count)]
    ids = [outcome.id for outcome in stand.crm.create("calls", wishes) if isinstance(outcome, Done)]
    stand.forget_requests()
    return ids


def linked(stand: Stand, ids: Collection[str]) -> list[list[str]]:
    """The contacts of each of these calls."""
    return [[end.id for end in stand.portal.associations("calls", call)] for call in ids]


def test_links():
    stand = Stand()
    [jane], [call] = people(stand, 1), calls(stand, 1)
    assert stand.crm.associate("calls", [(call, Association("contacts", jane))]) == {}
    assert linked(stand, [call]) == [[jane]]


@pytest.mark.parametrize("fault", ["lost", "502", "cut"])
def test_without_an_answer_they_are_sent_again(fault: str):
    stand = Stand()
    [jane], [call] = people(stand, 1), calls(stand, 1)
    stand.transport.interrupt = answering(fault, fault, only="associate")
    stand.crm.associate("calls", [(call, Association("contacts", jane))])
    assert linked(stand, [call]) == [[jane]]


def test_one_alone_is_given_up_after_three_times_and_whose_fault_it_is_is_not_known():
    stand = Stand()
    stand.transport.interrupt = answering(*["502"] * 9)
    link = ("1", Association("contacts", "2"))
    assert stand.crm.associate("calls", [link]) == {link: LINK_FAILS}
    assert len(stand.transport.asked) == 3
    assert stand.clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("position", [0, 2, 57, 99])
def test_one_on_which_hubspot_fails_harms_no_other_link(position: int):
    stand = Stand()
    [jane, tom], ids = people(stand, 2), calls(stand, 100)
    links = [(call, Association("contacts", tom if n == position else jane)) for n, call in enumerate(ids)]
    stand.transport.interrupt = lambda request, carry_out: (
        said(502, {}) if tom.encode() in (request.body or b"") else carry_out()
    )
    assert stand.crm.associate("calls", links) == {links[position]: LINK_FAILS}
    assert linked(stand, ids) == [[] if n == position else [jane] for n in range(100)]
    assert len(stand.transport.asked) - 1 <= 14


def test_when_none_of_many_is_answered_hubspot_is_down():
    stand = Stand()
    stand.transport.interrupt = answering(*["502"] * 99)
    with pytest.raises(TransientError) as raised:
        stand.crm.associate("calls", [(str(n), Association("contacts", "2")) for n in range(1, 101)])
    assert raised.value.code == "E221"
    assert len(stand.transport.asked) == SILENT_ROUNDS_MAX + SILENT_MAX


@pytest.mark.parametrize("position", range(4))
def test_one_end_that_is_gone_harms_no_other_link(position: int):
    stand = Stand()
    [jane, tom], ids = people(stand, 2), calls(stand, 4)
    stand.edit("archive", "contacts", jane)
    links = [(call, Association("contacts", jane if n == position else tom)) for n, call in enumerate(ids)]
    assert stand.crm.associate("calls", links) == {links[position]: LINK_REFUSED}
    assert linked(stand, ids) == [[] if n == position else [tom] for n in range(4)]


@pytest.mark.parametrize("status", [400, 404, 409, 422])
@pytest.mark.parametrize("count", [1, 4])
def test_one_for_which_all_are_refused_harms_no_other_link(status: int, count: int):
    stand = Stand()
    [jane, tom], ids = people(stand, 2), calls(stand, count)
    links = [(call, Association("contacts", jane if n else tom)) for n, call in enumerate(ids)]

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        return said(status, {"category": "VALIDATION_ERROR"}) if tom.encode() in request.body else carry_out()

    stand.transport.interrupt = interrupt
    assert stand.crm.associate("calls", links) == {links[0]: LINK_REFUSED}
    assert linked(stand, ids) == [[jane] if n else [] for n in range(count)]


def test_what_concerns_all_requests_stops_the_run():
    stand = Stand()
    stand.transport.interrupt = answering(said(403, {}))
    with pytest.raises(FatalError) as raised:
        stand.crm.associate("calls", [("1", Association("contacts", "2"))])
    assert raised.value.code == "E202"


def test_halves_that_go_unanswered_one_after_the_other_are_both_sent_again():
    stand = Stand()
    [jane], ids = people(stand, 1), calls(stand, 2)
    refused = said(400, {"category": "VALIDATION_ERROR"})
    steps: list[str | Response] = [refused, "cut", "cut"]
    stand.transport.interrupt = answering(*steps * SILENT_ROUNDS_MAX)
    assert stand.crm.associate("calls", [(call, Association("contacts", jane)) for call in ids]) == {}
    assert linked(stand, ids) == [[jane], [jane]]
