"""Merging, deleting for good, calculated numbers, addresses."""

from __future__ import annotations

import pytest

from connector.sandbox.hubspot import Choices, EditError
from connector.sandbox.hubspot.emails import is_accepted
from connector.sandbox.hubspot.phones import calculated

MERGE = "/crm/v3/objects/contacts/merge"
GDPR = "/crm/v3/objects/contacts/gdpr-delete"
AT = "2026-04-22T10:14:07Z"


@pytest.mark.parametrize(
    ("text", "region", "searchable", "e164"),
    [
        ("7087038093", "US", "7087038093", "+17087038093"),
        ("513-227-1572", "US", "5132271572", "+15132271572"),
        ("+33655555555", "US", "655555555", "+33655555555"),
        ("+5511999999999", "US", "11999999999", "+5511999999999"),
        ("08180854296", "US", "8180854296", None),
        ("00004", "US", "4", None),
        ("+1 555-1234", "US", "15551234", None),
        ("(877) 829-06966777", "US", "87782906966777", None),
        ("123456", "US", "123456", None),
        pytest.param("+447700900123", "GB", "447700900123", None, id="fictional: not valid, so all digits"),
        pytest.param("07911 123456", "GB", "7911123456", "+447911123456", id="national"),
        pytest.param("anonymous", "GB", None, None, id="no digits"),
    ],
)
def test_calculated_numbers(text, region, searchable, e164):
    values = calculated({"phone": text}, region)
    assert values.get("hs_searchable_calculated_phone_number") == searchable
    assert values.get("hs_calculated_phone_number") == e164


def test_calculated_numbers_follow_the_number(desk):
    names = ("hs_calculated_mobile_number", "hs_searchable_calculated_mobile_number")
    jane = desk.create("contacts", {"mobilephone": "07911 123456"})
    assert (
        desk.get("contacts", jane, *names).items()
        >= dict(zip(names, ["+447911123456", "7911123456"], strict=True)).items()
    )
    desk.ask("PATCH", f"/crm/v3/objects/contacts/{jane}", {"properties": {"mobilephone": "07700 900123"}})
    assert desk.get("contacts", jane, *names).items() >= dict(zip(names, [None, "7700900123"], strict=True)).items()
    desk.ask("PATCH", f"/crm/v3/objects/contacts/{jane}", {"properties": {"mobilephone": ""}})
    assert desk.get("contacts", jane, *names).items() >= dict.fromkeys(names).items()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("jane@example.com", True),
        ("jane.o'neil+x@mail.example.co.uk", True),
        ("jane@example.con", False),
        ("jane@example", False),
        ("jane@@example.com", False),
        ("jane @example.com", False),
        (".jane@example.com", False),
        ("jane.@example.com", False),
        ("ja..ne@example.com", False),
        ("jane@example.com\n", False),
    ],
)
def test_addresses(address, expected):
    assert is_accepted(address) is expected


@pytest.fixture
def pair(desk):
    """Two contacts who are one person; the second has a call."""
    one = desk.create("contacts", {"email": "one@example.com", "firstname": "Jane", "lifecyclestage": "lead"})
    desk.wait(60)
    two = desk.create("contacts", {"email": "two@example.com", "lastname": "Doe", "lifecyclestage": "customer"})
    call_id = desk.create("calls", {"hs_timestamp": AT})
    desk.ask("PUT", f"/crm/v4/objects/calls/{call_id}/associations/default/contacts/{two}")
    return one, two, call_id


def test_a_merge_makes_a_new_contact_of_both(desk, pair):
    one, two, call_id = pair
    status, answer = desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": two})
    assert status == 200
    assert answer["id"] not in (one, two)
    properties = answer["properties"]
    assert (properties["firstname"], properties["lastname"]) == ("Jane", "Doe")
    assert (properties["email"], properties["hs_additional_emails"]) == ("one@example.com", "two@example.com")
    assert properties["hs_merged_object_ids"] == f"{one};{two}"
    assert properties["lifecyclestage"] == "customer"
    assert properties["createdate"] == "2026-11-21T10:00:00.000Z"
    assert [desk.ask("GET", f"/crm/v3/objects/contacts/{old}")[0] for old in (one, two)] == [404, 404]
    assert [link.id for link in desk.hubspot.associations("calls", call_id)] == [answer["id"]]


def test_a_merge_of_a_merged_contact_keeps_the_whole_history(desk, pair):
    one, two, _ = pair
    first = desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": two})[1]["id"]
    third = desk.create("contacts", {"email": "three@example.com"})
    last = desk.ask("POST", MERGE, {"primaryObjectId": third, "objectIdToMerge": first})[1]["properties"]
    assert last["hs_merged_object_ids"].split(";") == [one, two, third, first]
    assert last["hs_additional_emails"] == "one@example.com;two@example.com"


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("resolves", [True, False])
def test_what_becomes_of_old_ids(new_desk, keeps, resolves):
    desk = new_desk(choices=Choices(merge_keeps_primary_id=keeps, merged_ids_resolve=resolves))
    one, two = (desk.create("contacts", {"firstname": name}) for name in ("Jane", "Janet"))
    merged = desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": two})[1]["id"]
    assert (merged == one) is keeps
    status, answer = desk.ask("GET", f"/crm/v3/objects/contacts/{two}")
    assert (status, answer.get("id")) == ((200, merged) if resolves else (404, None))
    body = {"inputs": [{"id": two}], "properties": []}
    assert desk.ask("POST", "/crm/v3/objects/contacts/batch/read", body)[0] == (200 if resolves else 207)


def test_merges_that_are_refused(desk, pair):
    one, _, _ = pair
    assert desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": one})[0] == 400
    assert desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": "1"})[0] == 404


def test_two_hundred_and_fifty_merges_and_no_more(desk):
    one = desk.create("contacts", {"firstname": "Jane"})
    statuses = []
    for _ in range(126):
        two = desk.create("contacts", {"firstname": "Jane"})
        status, answer = desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": two})
        statuses.append(status)
        one = answer.get("id", one)
    assert statuses == [200] * 125 + [400]


@pytest.mark.parametrize("by_email", [True, False])
def test_a_contact_deleted_for_good_is_blocklisted(desk, by_email):
    jane = desk.create("contacts", {"email": "jane@example.com"})
    body = {"objectId": "jane@example.com", "idProperty": "email"} if by_email else {"objectId": jane}
    assert desk.ask("POST", GDPR, body) == (204, b"")
    assert desk.ask("GET", f"/crm/v3/objects/contacts/{jane}", archived="true")[0] == 404
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts", {"properties": {"email": "Jane@example.com"}})
    assert (status, answer["category"]) == (400, "VALIDATION_ERROR")
    assert "blocklist" in answer["message"]
    assert desk.ask("POST", GDPR, {"objectId": "tom@example.com", "idProperty": "email"})[0] == 204


def test_an_address_of_ones_own_may_become_the_first(desk, pair):
    one, two, _ = pair
    merged = desk.ask("POST", MERGE, {"primaryObjectId": one, "objectIdToMerge": two})[1]["id"]
    desk.ask("PATCH", f"/crm/v3/objects/contacts/{merged}", {"properties": {"email": "two@example.com"}})
    shown = desk.get("contacts", merged, "email", "hs_additional_emails")
    assert (shown["email"], shown["hs_additional_emails"]) == ("two@example.com", None)


def test_a_contact_whose_address_was_taken_meanwhile_is_not_restored(desk):
    jane = desk.create("contacts", {"email": "jane@example.com"})
    desk.hubspot.edit("archive", record_id=jane)
    desk.create("contacts", {"email": "jane@example.com"})
    with pytest.raises(EditError, match="another contact"):
        desk.hubspot.edit("restore", record_id=jane)


def test_new_contacts_may_get_a_stage_by_themselves(new_desk):
    desk = new_desk(choices=Choices(default_lifecyclestage="lead"))
    assert desk.get("contacts", desk.create("contacts", {}), "lifecyclestage")["lifecyclestage"] == "lead"
    own = desk.create("contacts", {"lifecyclestage": "customer"})
    assert desk.get("contacts", own, "lifecyclestage")["lifecyclestage"] == "customer"
