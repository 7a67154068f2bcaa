"""Search: an index that lags behind, and values of now."""

from __future__ import annotations

import pytest

AT = "2026-04-22T10:14:07Z"
PHONE = "hs_searchable_calculated_phone_number"


@pytest.fixture
def people(desk):
    """Jane, Tom and one without a name, by what they are called here."""
    return {
        "jane": desk.create("contacts", {"firstname": "Jane", "email": "jane@example.com", "annualrevenue": "5"}),
        "tom": desk.create("contacts", {"firstname": "Tom", "phone": "+447911123456", "hs_lead_status": "NEW"}),
        "nobody": desk.create("contacts", {"city": "Bath", "mobilephone": "07700 900123"}),
    }


@pytest.mark.parametrize(
    ("name", "operator", "value", "expected"),
    [
        ("firstname", "EQ", "JANE", {"jane"}),
        ("firstname", "NEQ", "jane", {"tom", "nobody"}),
        ("firstname", "IN", ["jane", "tom"], {"jane", "tom"}),
        pytest.param("firstname", "IN", ["Jane"], set(), id="IN wants lower case"),
        ("firstname", "NOT_IN", ["jane"], {"tom", "nobody"}),
        ("firstname", "HAS_PROPERTY", None, {"jane", "tom"}),
        ("firstname", "NOT_HAS_PROPERTY", None, {"nobody"}),
        ("email", "CONTAINS_TOKEN", "*@example.com", {"jane"}),
        ("email", "CONTAINS_TOKEN", "example.com", {"jane"}),
        ("email", "CONTAINS_TOKEN", "exampl", set()),
        ("email", "NOT_CONTAINS_TOKEN", "example.com", {"tom", "nobody"}),
        ("phone", "CONTAINS_TOKEN", "*7911123456", {"tom"}),
        ("phone", "EQ", "+447911123456", {"tom"}),
        (PHONE, "EQ", "7911123456", {"tom"}),
        ("hs_searchable_calculated_mobile_number", "IN", ["7700900123"], {"nobody"}),
        ("hs_lead_status", "EQ", "NEW", {"tom"}),
        pytest.param("hs_lead_status", "EQ", "new", set(), id="options by their case"),
        ("createdate", "GTE", "1700000000000", {"jane", "tom", "nobody"}),
        ("createdate", "LT", "2020-01-01", set()),
    ],
)
def test_operators(desk, people, *, name, operator, value, expected):
    assert desk.ids("contacts", name, operator, value) == {people[who] for who in expected}


@pytest.mark.parametrize(
    ("operator", "more", "expected"),
    [
        ("LT", {"value": "9"}, ["5"]),
        ("LTE", {"value": "10"}, ["5", "10"]),
        ("GT", {"value": "9"}, ["10", "20"]),
        ("GTE", {"value": "20.0"}, ["20"]),
        ("EQ", {"value": "10.0"}, ["10"]),
        ("BETWEEN", {"value": "5", "highValue": "10"}, ["5", "10"]),
    ],
)
def test_numbers_are_compared_as_numbers(desk, operator, more, expected):
    for amount in ("5", "10", "20"):
        desk.create("deals", {"amount": amount})
    condition = {"propertyName": "amount", "operator": operator, **more}
    _, answer = desk.ask("POST", "/crm/v3/objects/deals/search", {"filterGroups": [{"filters": [condition]}]})
    assert [deal["properties"]["amount"] for deal in answer["results"]] == expected


def test_filters_of_a_group_hold_together_and_groups_are_alternatives(desk, people):
    first, second = (
        {"filters": [{"propertyName": "firstname", "operator": "EQ", "value": value}, *more]}
        for value, more in (("jane", [{"propertyName": "phone", "operator": "HAS_PROPERTY"}]), ("tom", []))
    )
    answer = desk.ask("POST", "/crm/v3/objects/contacts/search", {"filterGroups": [first, second]})[1]
    assert [record["id"] for record in answer["results"]] == [people["tom"]]


def test_calls_of_a_contact(desk, people):
    link = {
        "to": {"id": people["jane"]},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}],
    }
    call_id = desk.create("calls", {"hs_timestamp": AT}, [link])
    desk.create("calls", {"hs_timestamp": AT})
    assert desk.ids("calls", "associations.contact", "EQ", people["jane"]) == {call_id}


def test_words_are_looked_for_in_the_usual_properties(desk, people):
    assert desk.ask("POST", "/crm/v3/objects/contacts/search", {"query": "jane"})[1]["total"] == 1
    desk.create("calls", {"hs_timestamp": AT, "hs_call_body": "<p>wants a Quote</p>"})
    assert desk.ask("POST", "/crm/v3/objects/calls/search", {"query": "quote"})[1]["total"] == 1


def test_merged_ids_and_further_addresses_are_found(desk):
    one, two = (desk.create("contacts", {"email": f"{name}@example.com"}) for name in ("one", "two"))
    merged = desk.ask("POST", "/crm/v3/objects/contacts/merge", {"primaryObjectId": one, "objectIdToMerge": two})[1][
        "id"
    ]
    for operator, value in (("EQ", one), ("IN", [one, "7"]), ("CONTAINS_TOKEN", one)):
        assert desk.ids("contacts", "hs_merged_object_ids", operator, value) == {merged}
    assert desk.ids("contacts", "hs_additional_emails", "CONTAINS_TOKEN", "two@example.com") == {merged}


def test_pages_and_order(desk):
    ids = [desk.create("contacts", {"firstname": "Jane", "lastname": name}) for name in ("b", "a", "c")]
    first = desk.find("contacts", "firstname", "EQ", "jane", limit=2)
    assert ([record["id"] for record in first["results"]], first["total"]) == (ids[:2], 3)
    second = desk.find("contacts", "firstname", "EQ", "jane", limit=2, after=first["paging"]["next"]["after"])
    assert [record["id"] for record in second["results"]] == ids[2:]
    assert "paging" not in second
    for sort in ({"propertyName": "lastname", "direction": "DESCENDING"}, "-lastname"):
        down = desk.find("contacts", "firstname", "EQ", "jane", sorts=[sort])
        assert [record["properties"]["lastname"] for record in down["results"]] == ["c", "b", "a"]


def filters(count):
    return {"filters": [{"propertyName": "firstname", "operator": "HAS_PROPERTY"}] * count}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"limit": 201}, id="limit"),
        pytest.param({"after": "x"}, id="after"),
        pytest.param({"after": "9999", "limit": 2}, id="reach"),
        pytest.param({"filterGroups": [filters(1)] * 6}, id="groups"),
        pytest.param({"filterGroups": [filters(7)]}, id="filters of a group"),
        pytest.param({"filterGroups": [filters(5)] * 4}, id="filters in all"),
        pytest.param(
            {"filterGroups": [{"filters": [{"propertyName": "x", "operator": "EQ", "value": "1"}]}]}, id="name"
        ),
        pytest.param({"filterGroups": [{"filters": [{"propertyName": "email", "operator": "IS"}]}]}, id="operator"),
        pytest.param({"filterGroups": [{"filters": [{"propertyName": "email", "operator": "IN"}]}]}, id="no values"),
        pytest.param({"sorts": ["email", "phone"]}, id="sorts"),
        pytest.param({"query": "x" * 3000}, id="body of over 3,000 characters"),
    ],
)
def test_searches_that_are_refused(desk, body):
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/search", body)
    assert (status, answer["category"]) == (400, "VALIDATION_ERROR")


def test_five_groups_of_eighteen_filters_pass(desk):
    body = {"filterGroups": [filters(6), filters(6), filters(4), filters(1), filters(1)], "limit": 200}
    assert desk.ask("POST", "/crm/v3/objects/contacts/search", body)[0] == 200


def test_a_new_contact_is_not_found_at_once(new_desk):
    desk = new_desk(search_lag_seconds=4)
    desk.create("contacts", {"firstname": "Jane"})
    desk.wait(3.9)
    assert desk.find("contacts", "firstname", "EQ", "jane")["total"] == 0
    desk.wait(0.2)
    assert desk.find("contacts", "firstname", "EQ", "jane")["total"] == 1


def test_the_old_address_still_matches_and_the_new_one_is_shown(new_desk):
    desk = new_desk(search_lag_seconds=4)
    jane = desk.create("contacts", {"email": "old@example.com"})
    desk.wait(5)
    desk.ask("PATCH", f"/crm/v3/objects/contacts/{jane}", {"properties": {"email": "new@example.com"}})
    found = desk.find("contacts", "email", "EQ", "old@example.com")
    assert [record["properties"]["email"] for record in found["results"]] == ["new@example.com"]
    assert desk.find("contacts", "email", "IN", ["new@example.com"])["total"] == 0
    desk.wait(5)
    assert desk.find("contacts", "email", "EQ", "old@example.com")["total"] == 0
    assert desk.find("contacts", "email", "IN", ["new@example.com"])["total"] == 1


def test_an_archived_contact_still_counts_for_a_while(new_desk):
    desk = new_desk(search_lag_seconds=4)
    jane = desk.create("contacts", {"firstname": "Jane"})
    desk.wait(5)
    desk.ask("DELETE", f"/crm/v3/objects/contacts/{jane}")
    found = desk.find("contacts", "firstname", "EQ", "jane")
    assert (found["total"], found["results"]) == (1, [])
    desk.wait(5)
    assert desk.find("contacts", "firstname", "EQ", "jane")["total"] == 0


def test_each_version_becomes_visible_in_its_own_time(new_desk):
    desk = new_desk(search_lag_seconds=4)
    jane = desk.create("contacts", {"firstname": "Jane"})
    desk.wait(2)
    desk.ask("PATCH", f"/crm/v3/objects/contacts/{jane}", {"properties": {"firstname": "Janet"}})
    desk.wait(3)
    assert desk.find("contacts", "firstname", "EQ", "jane")["total"] == 1
    desk.wait(2)
    assert desk.find("contacts", "firstname", "EQ", "janet")["total"] == 1


def test_seeded_contacts_are_in_the_index(new_desk):
    desk = new_desk(search_lag_seconds=60)
    desk.hubspot.seed_contacts([{"firstname": "Jane"}])
    assert desk.find("contacts", "firstname", "EQ", "jane")["total"] == 1
