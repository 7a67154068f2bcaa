from __future__ import annotations

import pytest

from connector.errors import AccessError, FatalError, TransientError
from connector.hubspot.failing import SILENT_MAX, SILENT_ROUNDS_MAX
from connector.hubspot.read import addresses
from connector.model import CONTACT_KEY, KEY, Association, Create, Done
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Response
from tests.stubs.portal import Stand, answering, said

AT = "2026-04-22T10:00:00Z"


def people(stand: Stand, count: int) -> list[str]:
    return stand.portal.seed_contacts([{"firstname": f"P{n}", "email": f"p{n}@example.com"} for n in range(count)])


@pytest.mark.parametrize("status", [207, 404])
def test_missing_ones_are_absent_however_hubspot_says_so(status: int):
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
    assert stand.crm.read("contacts", "email", ["jane@example.com"], [])["jane@example.com"].id == jane


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

    def test_a_page_for_one_contact_means_that_it_is_not_there(self):
        stand = Stand()
        page = Response(404, (("Content-Type", "text/html;charset=iso-8859-1"),), b"<html>not found</html>")
        stand.transport.interrupt = answering("pass", "pass", page)
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
        assert len(stand.transport.asked) == 1

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


class TestAssociate:
    def test_links(self):
        stand = Stand()
        [jane] = people(stand, 1)
        wish = Create(key="k:o:1", properties={"hs_timestamp": AT})
        [call] = stand.crm.create("calls", [wish])
        assert isinstance(call, Done)
        stand.crm.associate("calls", [(call.id, Association("contacts", jane))])
        assert stand.portal.associations("calls", call.id) == [Association("contacts", jane)]

    @pytest.mark.parametrize("fault", ["lost", "502", "cut"])
    def test_without_an_answer_they_are_sent_again(self, fault: str):
        stand = Stand()
        [jane] = people(stand, 1)
        [call] = stand.crm.create("calls", [Create(key="k:o:1", properties={"hs_timestamp": AT})])
        assert isinstance(call, Done)
        stand.transport.interrupt = answering(fault, fault, only="associate")
        stand.crm.associate("calls", [(call.id, Association("contacts", jane))])
        assert stand.portal.associations("calls", call.id) == [Association("contacts", jane)]

    def test_one_alone_is_given_up_after_three_times_and_whose_fault_it_is_is_not_known(self):
        stand = Stand()
        stand.transport.interrupt = answering(*["502"] * 9)
        link = ("1", Association("contacts", "2"))
        refused = stand.crm.associate("calls", [link])
        assert {each: refusal.code for each, refusal in refused.items()} == {link: "E222"}
        assert len(stand.transport.asked) == 3

    @pytest.mark.parametrize("position", [0, 2, 57, 99])
    def test_one_on_which_hubspot_fails_harms_no_other_link(self, position: int):
        stand = Stand()
        [jane, tom] = people(stand, 2)
        wishes = [Create(key=f"k:o:{n}", properties={"hs_timestamp": AT}) for n in range(100)]
        ids = [outcome.id for outcome in stand.crm.create("calls", wishes) if isinstance(outcome, Done)]
        links = [(call, Association("contacts", tom if n == position else jane)) for n, call in enumerate(ids)]
        stand.forget_requests()
        stand.transport.interrupt = lambda request, carry_out: (
            said(502, {}) if tom.encode() in (request.body or b"") else carry_out()
        )
        refused = stand.crm.associate("calls", links)
        assert {each: refusal.code for each, refusal in refused.items()} == {links[position]: "E222"}
        assert all(bool(stand.portal.associations("calls", call)) is (n != position) for n, call in enumerate(ids))
        assert len(stand.transport.asked) - 1 <= 14

    def test_when_none_of_many_is_answered_hubspot_is_down(self):
        stand = Stand()
        stand.transport.interrupt = answering(*["502"] * 99)
        with pytest.raises(TransientError) as raised:
            stand.crm.associate("calls", [(str(n), Association("contacts", "2")) for n in range(1, 101)])
        assert raised.value.code == "E221"
        assert len(stand.transport.asked) == SILENT_ROUNDS_MAX + SILENT_MAX

    def test_one_end_that_is_gone_harms_no_other_link(self):
        stand = Stand()
        jane, tom = people(stand, 2)
        wishes = [Create(key=f"k:o:{n}", properties={"hs_timestamp": AT}) for n in range(2)]
        ids = [outcome.id for outcome in stand.crm.create("calls", wishes) if isinstance(outcome, Done)]
        stand.edit("archive", "contacts", jane)
        links = [(ids[0], Association("contacts", jane)), (ids[1], Association("contacts", tom))]
        refused = stand.crm.associate("calls", links)
        assert {link: refusal.code for link, refusal in refused.items()} == {links[0]: "E233"}
        assert stand.portal.associations("calls", ids[1]) == [Association("contacts", tom)]


def test_contacts_have_a_key_of_their_own():
    stand = Stand()
    stand.crm.create("contacts", [Create(key="tel:+447700900123", properties={"phone": "+447700900123"})])
    stand.forget_requests()
    stand.crm.read("contacts", "key", ["tel:+447700900123"], [])
    assert stand.transport.asked[0].body["idProperty"] == CONTACT_KEY
