from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.errors import TransientError
from connector.http.client import Answer
from connector.hubspot.flight import Flight
from connector.hubspot.search import (
    BODY_CHARACTERS_MAX,
    PHONE_INDEXES,
    age,
    find_ids_by_number,
    find_ids_by_value,
    pack,
    search_all,
    search_page,
)
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


# --- what is asked, word by word ---------------------------------------------------------------------------


class Index:
    """A search that finds so many records, or one for each value that is asked for; and what it was asked."""

    def __init__(self, hits: int | None = None) -> None:
        self._hits = hits
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.sizes: list[int] = []

    def search(self, object_type: str, body: bytes) -> Answer:
        asked = msgspec.json.decode(body)
        self.asked.append((object_type, asked))
        self.sizes.append(len(body))
        values = asked["filterGroups"][0]["filters"][0]["values"]
        count = len(values) if self._hits is None else self._hits
        start = int(asked.get("after", 0))
        end = min(start + asked["limit"], count)
        ids = [{"id": values[n] if self._hits is None else str(n)} for n in range(start, end)]
        paging = {"paging": {"next": {"after": str(end)}}} if end < count else {}
        return Answer(200, {}, msgspec.json.encode({"results": ids, **paging}))

    def values(self) -> list[list[str]]:
        """Those of the first group of each search."""
        first_pages = [body for _, body in self.asked if "after" not in body]
        return [body["filterGroups"][0]["filters"][0]["values"] for body in first_pages]


GROUPS = [{"filters": [{"propertyName": "phone", "operator": "IN", "values": ["1"]}]}]


def test_one_page():
    client: Any = Index(3)
    page = search_page(client, "contacts", GROUPS, ["b", "a"], after="1", limit=1)
    assert ([item.id for item in page.results], page.after) == (["1"], "2")
    assert client.asked == [
        ("contacts", {"filterGroups": GROUPS, "properties": ["a", "b"], "limit": 1, "after": "1"}),
    ]


def test_all_pages_are_as_large_as_they_may_be():
    client: Any = Index(201)
    assert [item.id for item in search_all(client, "calls", GROUPS, ["b", "a"])] == [str(n) for n in range(201)]
    body = {"filterGroups": GROUPS, "properties": ["a", "b"], "limit": 200}
    assert client.asked == [("calls", body), ("calls", {**body, "after": "200"})]


def test_hubspot_shows_ten_thousand_and_is_not_asked_for_more():
    client: Any = Index(10_001)
    assert len(search_all(client, "calls", GROUPS, [])) == 10_000
    assert len(client.asked) == 50


def test_an_answer_that_is_no_page_says_what_it_was_for():
    class Broken:
        def search(self, object_type: str, body: bytes) -> Answer:
            return Answer(200, {}, b"{}")

    with pytest.raises(TransientError, match="while searching tasks has another shape"):
        search_page(cast("Any", Broken()), "tasks", GROUPS, [])


@pytest.mark.parametrize("names", [["call_connector_key"], PHONE_INDEXES])
def test_each_request_holds_as_many_as_go_into_it(names):
    for width in range(1, 60):
        values = [str(n).rjust(width, "0")[-width:] for n in range(400)]
        first, *_ = packs = list(pack(values, names))
        assert [value for packed in packs for value in packed] == values
        size = (width + 3) * len(names)
        groups = [{"filters": [{"propertyName": name, "operator": "IN", "values": []}]} for name in names]
        body = {"filterGroups": groups, "properties": [], "limit": 200, "after": "9" * 5}
        room = BODY_CHARACTERS_MAX - len(msgspec.json.encode(body))
        assert len(first) == min(len(values), room // size), width


@pytest.mark.parametrize("more", [0, 1])
def test_a_request_is_filled_to_its_last_character(more):
    body = {"filterGroups": [{"filters": [{"propertyName": "a", "operator": "IN", "values": []}]}]}
    room = BODY_CHARACTERS_MAX - len(msgspec.json.encode({**body, "properties": [], "limit": 200, "after": "9" * 5}))
    first, second = "x" * 97, "y" * (room - 100 - 3 + more)
    third, fourth = "z" * 97, "w" * (room - 100 - 3)
    if more:
        assert list(pack([first, second], ["a"])) == [[first], [second]]
    else:
        assert list(pack([first, second, third, fourth], ["a"])) == [[first, second], [third, fourth]]


def test_a_value_that_fills_a_request_by_itself_is_asked_alone():
    long = "x" * BODY_CHARACTERS_MAX
    assert list(pack([long, "1", "2", long], ["a"])) == [[long], ["1", "2"], [long]]
    assert list(pack([], ["a"])) == []


def test_values_are_searched_in_lower_case_and_once_and_their_records_are_told_oldest_first():
    client: Any = Index()
    values = [str(n) for n in range(1_000, 0, -1)]
    assert find_ids_by_value(client, "calls", "call_connector_key", [*values, "K:1000", "k:1000"]) == [
        *values[::-1],
        "k:1000",
    ]
    assert [value for packed in client.values() for value in packed] == [*values, "k:1000"]
    assert max(client.sizes) <= BODY_CHARACTERS_MAX
    [group] = client.asked[0][1]["filterGroups"]
    assert group["filters"][0].keys() == {"propertyName", "operator", "values"}
    assert (group["filters"][0]["propertyName"], group["filters"][0]["operator"]) == ("call_connector_key", "IN")
    assert {(object_type, *body["properties"]) for object_type, body in client.asked} == {("calls",)}


def test_contacts_that_several_searches_find_are_told_once_oldest_first():
    client: Any = Index(12)
    numbers = [f"+44207946{n:04d}" for n in range(200)]
    assert find_ids_by_number(client, Flight(1), numbers) == [str(n) for n in range(12)]
    assert len(client.asked) == 3
    assert {(object_type, *body["properties"]) for object_type, body in client.asked} == {("contacts",)}


def test_older_records_have_smaller_ids():
    assert sorted(["10", "9", "100", "2"], key=age) == ["2", "9", "10", "100"]
