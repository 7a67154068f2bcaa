from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Literal

import msgspec
import pytest

from connector.errors import AccessError, FatalError, TransientError
from connector.hubspot.names import addresses
from connector.model import CONTACT_KEY, KEY, Create, Done
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, answering, said

AT = "2026-04-22T10:00:00Z"


def people(stand: Stand, count: int) -> list[str]:
    return stand.portal.seed_contacts([{"firstname": f"P{n}", "email": f"p{n}@example.com"} for n in range(count)])


@pytest.mark.parametrize("status", [207, 404])
def test_missing_ones_are_absent_however_hubspot_says_so(status: Literal[207, 404]):
    stand = Stand(choices=Choices(all_missing_status=status))
    assert stand.crm.read("calls", "id", ["9991", "9992"], [KEY]) == {}
    assert stand.crm.read("calls", "key", ["k:o:1", "k:o:2"], [KEY]) == {}
    assert stand.crm.read("contacts", "email", ["nobody@example.com"], ["phone"]) == {}


def test_ids_that_cannot_be_ids_are_not_asked_for():
    stand = Stand()
    assert stand.crm.read("contacts", "id", ["new-1", "", "a/b", "12 "], ["phone"]) == {}
    assert stand.requests() == []


def test_hundred_at_a_time():
    stand = Stand(concurrency=8)
    ids = people(stand, 250)
    found = stand.crm.read("contacts", "id", ids, ["firstname"])
    assert [found[record_id].properties["firstname"] for record_id in ids] == [f"P{n}" for n in range(250)]
    assert sorted(len(asked.body["inputs"]) for asked in stand.transport.asked) == [50, 100, 100]


def test_exactly_what_was_asked_for():
    stand = Stand()
    [jane] = people(stand, 1)
    [found] = stand.crm.read("contacts", "id", [jane], ["firstname", "lastname", "no_such_property"]).values()
    assert found.properties == {"firstname": "P0", "lastname": None, "no_such_property": None}


def test_keys_cost_a_second_look_only_where_one_is_missing():
    stand = Stand()
    wishes = [Create(key=f"k:o:{n}", properties={"hs_timestamp": AT}) for n in range(3)]
    outcomes = stand.crm.create("calls", wishes)
    stand.forget_requests()
    stand.crm.read("calls", "key", ["k:o:0", "k:o:1", "k:o:2"], [KEY])
    assert [asked.query for asked in stand.transport.asked] == ["archived=false"]
    assert isinstance(outcomes[1], Done)
    stand.edit("archive", "calls", outcomes[1].id)
    stand.forget_requests()
    found = stand.crm.read("calls", "key", ["k:o:0", "k:o:1", "k:o:2"], [KEY])
    assert [found[f"k:o:{n}"].archived for n in range(3)] == [False, True, False]
    assert [asked.query for asked in stand.transport.asked] == ["archived=false", "archived=true"]
    assert stand.transport.asked[1].body["inputs"] == [{"id": "k:o:1"}]


@pytest.mark.parametrize("keeps", [True, False], ids=["the winner's id", "a new id"])
@pytest.mark.parametrize("resolves", [True, False], ids=["old ids resolve", "old ids do not resolve"])
@pytest.mark.parametrize("indexed", [True, False], ids=["indexed", "not indexed yet"])
def test_a_merged_contact_is_followed(keeps: bool, resolves: bool, indexed: bool):
    stand = Stand(
        choices=Choices(merge_keeps_primary_id=keeps, merged_ids_resolve=resolves),
        search_lag_seconds=0 if indexed else 600,
    )
    first, second, other = people(stand, 3)
    merged = stand.edit("merge", "contacts", first, other=second)["id"]
    found = stand.crm.read("contacts", "id", [second, other], ["firstname"])
    assert found[other].id == other
    if resolves or indexed:
        assert found[second].id == merged
    follows = ["POST /crm/v3/objects/contacts/search"] if not resolves else []
    follows += [f"GET /crm/v3/objects/contacts/{second}"] if not resolves and not indexed else []
    assert stand.requests() == ["POST /crm/v3/objects/contacts/batch/read", *follows]


def test_deleted_contacts_are_looked_for_and_absent():
    stand = Stand()
    ids = people(stand, 7)
    for record_id in ids[:6]:
        stand.edit("archive", "contacts", record_id)
    assert list(stand.crm.read("contacts", "id", ids, ["firstname"])) == [ids[6]]
    # One batch, the six missing ones five at a time in the search, then each by itself.
    assert len(stand.transport.sent("/search")) == 2
    assert len(stand.transport.asked) == 1 + 2 + 6


def test_calls_are_not_searched_for_mergers():
    stand = Stand()
    assert stand.crm.read("calls", "id", ["999"], [KEY]) == {}
    assert len(stand.transport.asked) == 1


def test_by_address_whatever_its_case():
    stand = Stand()
    [jane] = stand.portal.seed_contacts([{"email": "jane@example.com"}])
    assert stand.crm.read("contacts", "email", ["Jane@Example.com"], [])["Jane@Example.com"].id == jane
    assert stand.requests() == ["POST /crm/v3/objects/contacts/batch/read"]


def test_an_archived_record_is_known_by_where_it_was_found():
    """Whether HubSpot says of it that it is archived is not documented."""
    stand = Stand()
    [call] = stand.crm.create("calls", [Create(key="k:o:1", properties={"hs_timestamp": AT})])
    assert isinstance(call, Done)
    stand.edit("archive", "calls", call.id)

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        answer = carry_out()
        body = msgspec.json.decode(answer.body)
        for item in body["results"]:
            item.pop("archived", None)
        return said(answer.status, body)

    stand.transport.interrupt = interrupt
    assert stand.crm.read("calls", "key", ["k:o:1"], [])["k:o:1"].archived


def test_by_secondary_address_where_hubspot_knows_it():
    stand = Stand(choices=Choices(merge_keeps_primary_id=True))
    first, second = stand.portal.seed_contacts([{"email": "jane@example.com"}, {"email": "j.doe@example.com"}])
    stand.edit("merge", "contacts", first, other=second)
    found = stand.crm.read("contacts", "email", ["j.doe@example.com", "jane@example.com"], ["email"])
    assert {address: contact.id for address, contact in found.items()} == {
        "j.doe@example.com": first,
        "jane@example.com": first,
    }


@pytest.mark.parametrize(
    ("email", "additional", "expected"),
    [
        (None, None, []),
        ("Jane@Example.com", None, ["jane@example.com"]),
        ("a@example.com", "b@example.com; C@example.com ;", ["a@example.com", "b@example.com", "c@example.com"]),
    ],
)
def test_addresses(email, additional, expected):
    assert addresses(email, additional) == expected


class TestWhatGoesWrong:
    def test_a_read_is_repeated(self):
        stand = Stand()
        [jane] = people(stand, 1)
        stand.transport.interrupt = answering("502", "cut", "lost")
        assert jane in stand.crm.read("contacts", "id", [jane], [])
        assert len(stand.transport.asked) == 4

    def test_an_outage_is_transient(self):
        stand = Stand()
        stand.transport.interrupt = answering(*["503"] * 50)
        with pytest.raises(TransientError) as raised:
            stand.crm.read("contacts", "id", ["1"], [])
        assert raised.value.code == "E218"

    def test_a_page_of_another_host(self):
        stand = Stand()
        page = Response(404, (("Content-Type", "text/html"),), b"<html>not found</html>")
        stand.transport.interrupt = answering(page)
        with pytest.raises(FatalError) as raised:
            stand.crm.read("contacts", "id", ["1"], [])
        assert raised.value.code == "E203"

    @pytest.mark.parametrize("says_so", [True, False])
    def test_a_page_for_one_contact_means_that_it_is_not_there_where_it_is_hubspots(self, says_so: bool):
        stand = Stand()
        headers = [("Content-Type", "text/html;charset=iso-8859-1"), ("X-HubSpot-NotFound", "true")]
        page = Response(404, tuple(headers if says_so else headers[:1]), b"<html>not found</html>")
        stand.transport.interrupt = answering("pass", "pass", page)
        with nullcontext() if says_so else pytest.raises(FatalError, match="E203"):
            assert stand.crm.read("contacts", "id", ["999"], []) == {}

    def test_a_redirect_is_not_followed(self):
        stand = Stand()
        stand.transport.interrupt = answering(Response(302, (("Location", "https://other.example.com/"),)))
        with pytest.raises(FatalError) as raised:
            stand.crm.read("contacts", "id", ["1"], [])
        assert raised.value.code == "E216"

    def test_a_missing_scope(self):
        stand = Stand(prepared=False, scopes=["crm.objects.companies.read"])
        with pytest.raises(AccessError) as raised:
            stand.crm.read("contacts", "id", ["1"], [])
        assert raised.value.code == "E202"


class TestHoldsKeys:
    def test_one_request_when_there_are_some(self):
        stand = Stand()
        stand.crm.create("calls", [Create(key="k:o:1", properties={"hs_timestamp": AT})])
        stand.forget_requests()
        assert stand.crm.holds_keys()
        assert [asked.body["limit"] for asked in stand.transport.asked] == [1]

    def test_two_when_there_are_none(self):
        stand = Stand()
        stand.edit("create", "calls", "", properties={"hs_timestamp": AT})
        stand.forget_requests()
        assert not stand.crm.holds_keys()
        assert len(stand.transport.asked) == 2

    def test_a_total_that_counts_archived_records_is_not_believed(self):
        stand = Stand()
        stale = said(200, {"total": 7, "results": []})
        stand.transport.interrupt = answering(stale)
        assert not stand.crm.holds_keys()


def test_contacts_have_a_key_of_their_own():
    stand = Stand()
    stand.crm.create("contacts", [Create(key="tel:+447700900123", properties={"phone": "+447700900123"})])
    stand.forget_requests()
    stand.crm.read("contacts", "key", ["tel:+447700900123"], [])
    assert stand.transport.asked[0].body["idProperty"] == CONTACT_KEY
