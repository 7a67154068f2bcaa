"""What a refusal has the connector ask of the portal anew, and how often."""

from __future__ import annotations

import pytest

from connector.errors import FatalError, InputError, TransientError
from connector.hubspot.doubts import READ_AGAIN_SECONDS, Doubts
from connector.model import FINGERPRINT, KEY, Done, Refused
from tests.stubs.portal import Stand, answering, said

CALLS, CONTACTS = "GET /crm/v3/properties/calls", "GET /crm/v3/properties/contacts"
OWNERS = "GET /crm/v3/owners/"
DONE = Done("1")


def doubts(stand: Stand) -> Doubts:
    return Doubts(stand.crm._facts, stand.clock)


def refused(*properties: str, code: str = "E232") -> Refused:
    return Refused(code, "HubSpot refused it", properties)


def test_what_the_portal_cannot_take_is_named_and_nothing_else():
    asked = {"hs_call_title": "Call", "no_such_property": "x", "hs_call_duration": "long", "hs_call_body": "y"}
    assert doubts(Stand()).explain("calls", asked) == ("no_such_property", "hs_call_duration")


def test_many_refusals_cost_one_look_and_one_after_the_other_one_a_minute():
    stand = Stand()
    subject = doubts(stand)
    for seconds, requests in ((0, [CALLS]), (READ_AGAIN_SECONDS - 1, []), (1, [CALLS]), (READ_AGAIN_SECONDS - 1, [])):
        stand.clock.sleep(seconds)
        for _ in range(2):
            assert subject.explain("calls", {"no_such_property": "x"}) == ("no_such_property",)
        assert stand.requests() == requests
        stand.forget_requests()
    subject.explain("contacts", {})
    assert stand.requests() == [CONTACTS], "each type has a minute of its own"


@pytest.mark.parametrize(
    ("outcomes", "requests"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([DONE], [], id="done"),
        pytest.param([refused("hs_call_title")], [CALLS], id="a property"),
        pytest.param([DONE, refused("email"), refused("hs_call_title")], [CALLS], id="a property among others"),
        pytest.param([refused("email")], [], id="an address"),
        pytest.param([refused("email", "hs_call_title")], [CALLS], id="an address and a property"),
        pytest.param([refused()], [], id="no property named"),
        pytest.param([refused("hs_call_title", code="E231")], [], id="for another reason"),
        pytest.param([refused("hubspot_owner_id")], [CALLS, OWNERS], id="an owner"),
    ],
)
def test_which_refusals_cast_doubt(outcomes, requests):
    stand = Stand()
    subject = doubts(stand)
    subject.heed("calls", outcomes)
    assert stand.requests() == requests
    subject.heed("calls", outcomes)
    assert stand.requests() == requests, "read so recently, they are believed"
    stand.forget_requests()
    stand.clock.sleep(READ_AGAIN_SECONDS)
    subject.heed("calls", outcomes)
    assert stand.requests() == requests


@pytest.mark.parametrize("missing", [KEY, FINGERPRINT])
def test_a_portal_that_lost_a_property_of_ours_is_told_of_until_it_is_there(missing: str):
    stand = Stand()
    subject = doubts(stand)
    there = [{"name": name} for name in stand.crm.portal().properties["calls"] if name != missing]
    stand.transport.interrupt = answering(*[said(200, {"results": there})] * 2, only="properties/calls")
    for _ in range(2):
        with pytest.raises(InputError) as raised:
            subject.explain("calls", {})
        assert (raised.value.code, raised.value.where) == ("E241", f"calls.{missing}")
        assert raised.value.message == f"the portal lacks the property calls.{missing} by now"
    assert subject.explain("calls", {"no_such_property": "x"}) == ("no_such_property",)


def test_where_the_portal_takes_nothing_of_ours_nothing_of_ours_can_be_gone():
    assert doubts(Stand(step="external")).explain("calls", {"no_such_property": "x"}) == ("no_such_property",)


def test_a_look_that_failed_is_no_look():
    stand = Stand()
    subject = doubts(stand)
    stand.transport.interrupt = answering(said(400, {"message": "no"}), said(200, {}), only="properties/calls")
    with pytest.raises(FatalError, match="E204"):
        subject.explain("calls", {})
    with pytest.raises(TransientError, match="E214"):
        subject.explain("calls", {})
    assert subject.explain("calls", {"no_such_property": "x"}) == ("no_such_property",)


def test_owners_that_could_not_be_read_are_asked_for_again():
    stand = Stand()
    subject = doubts(stand)
    stand.transport.interrupt = answering(said(200, {}), only="owners")
    with pytest.raises(TransientError, match="E214"):
        subject.heed("calls", [refused("hubspot_owner_id")])
    subject.heed("calls", [refused("hubspot_owner_id")])
    assert stand.requests() == [CALLS, OWNERS, OWNERS]
