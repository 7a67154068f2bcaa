from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.hubspot.search import BODY_CHARACTERS_MAX, PHONE_INDEXES, pack
from connector.mapping.phone import search_forms
from connector.sandbox.people import caller
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, answering, said

VALID = [f"+44207946{n:04d}" for n in range(480)]


def found(stand: Stand, *numbers: str) -> list[str]:
    return [record.id for record in stand.crm.find_by_number(numbers, [])]


class TestCost:
    def test_480_valid_numbers(self):
        stand = Stand()
        stand.crm.find_by_number(VALID, ["firstname", "lastname", "email", "lifecyclestage"])
        assert len(stand.transport.sent("/search")) == len(stand.transport.asked) == 5

    def test_numbers_that_may_be_stored_in_two_ways_cost_twice(self):
        assert len(search_forms("+447700900123")) == 2
        assert (
            len(list(pack([form for n in range(480) for form in search_forms(f"+447700900{n:03d}")], PHONE_INDEXES)))
            == 11
        )

    def test_the_callers_of_the_sandbox(self):
        stand = Stand()
        stand.crm.find_by_number([caller(0, index).number for index in range(480)], ["firstname"])
        assert len(stand.transport.asked) <= 9

    def test_a_hundred_hits_cost_one_request_more(self):
        stand = Stand()
        stand.portal.seed_contacts([{"phone": number} for number in VALID[:90]])
        assert len(found(stand, *VALID[:90])) == 90
        assert stand.requests() == ["POST /crm/v3/objects/contacts/search", "POST /crm/v3/objects/contacts/batch/read"]

    @given(st.lists(st.from_regex(r"\A[1-9][0-9]{3,16}\Z"), min_size=1, max_size=400, unique=True))
    def test_no_request_is_too_large_and_no_number_is_left_out(self, forms: list[str]):
        packed = list(pack(forms, PHONE_INDEXES))
        assert [form for values in packed for form in values] == forms
        sizes: list[int] = []

        def interrupt(request: Request, _: Callable[[], Response]) -> Response:
            sizes.append(len(request.body))
            return said(200, {"total": 0, "results": []})

        stand = Stand(prepared=False)
        stand.transport.interrupt = interrupt
        stand.crm.find_by_number([f"+{form}" for form in forms], [])
        assert max(sizes) <= BODY_CHARACTERS_MAX


def test_both_phones_are_searched_by_hubspots_own_digits():
    stand = Stand()
    found(stand, "+442079460123")
    [asked] = stand.transport.asked
    assert [group["filters"] for group in asked.body["filterGroups"]] == [
        [{"propertyName": name, "operator": "IN", "values": ["2079460123"]}]
        for name in ("hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number")
    ]


def test_a_number_of_another_country_is_proposed_too():
    """National digits do not tell the country: the caller verifies."""
    stand = Stand()
    [british] = stand.portal.seed_contacts([{"phone": "020 7946 0123"}])
    assert found(stand, "+442079460123") == [british]
    [american] = stand.portal.seed_contacts([{"phone": "(212) 555-0123"}])
    assert found(stand, "+12125550123") == [american]


def test_values_are_read_fresh():
    stand = Stand(search_lag_seconds=60)
    [jane] = stand.portal.seed_contacts([{"phone": "020 7946 0123", "firstname": "Jane"}])
    stand.edit("set", "contacts", jane, properties={"phone": "020 7946 0999", "firstname": "Janet"})
    [contact] = stand.crm.find_by_number(["+442079460123"], ["firstname"])
    assert contact.properties == {"firstname": "Janet", "phone": "020 7946 0999", "mobilephone": None}


def test_a_contact_made_a_moment_ago_may_not_be_found():
    stand = Stand(search_lag_seconds=60)
    stand.edit("create", "contacts", "", properties={"phone": "020 7946 0123"})
    assert found(stand, "+442079460123") == []
    stand.clock.sleep(61)
    assert len(found(stand, "+442079460123")) == 1


def test_every_page_is_read():
    stand = Stand()
    ids = stand.portal.seed_contacts([{"phone": "020 7946 0123", "lastname": str(n)} for n in range(450)])
    assert sorted(found(stand, "+442079460123")) == sorted(ids)
    assert [asked.body.get("after") for asked in stand.transport.sent("/search")] == [None, "200", "400"]


def test_a_cursor_that_does_not_move_ends_the_search():
    stand = Stand()
    page = said(200, {"results": [], "paging": {"next": {"after": "200"}}})
    stand.transport.interrupt = answering(*[page] * 50)
    assert found(stand, "+442079460123") == []
    assert len(stand.transport.asked) == 2


@pytest.mark.parametrize("number", ["", "+", "abc"])
def test_what_is_no_number_is_not_searched(number: str):
    stand = Stand()
    assert found(stand, number) == []
    assert stand.requests() == []


def test_numbers_asked_twice_are_searched_once():
    stand = Stand()
    found(stand, "+442079460123", "+442079460123")
    assert msgspec.json.encode(stand.transport.asked[0].body).count(b"2079460123") == 2
