"""One record at a time."""

from __future__ import annotations

import pytest

from connector.sandbox.hubspot import Choices

A_CALL = {"hs_timestamp": "2026-04-22T10:14:07Z", "hs_call_title": "New enquiry"}
TO_CONTACT = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]


def problems(answer):
    return [(error["context"]["propertyName"][0], error["code"]) for error in answer["errors"]]


def test_a_create_answers_201_with_location_and_strings(desk):
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts", {"properties": {"firstname": "Jane", "zip": 12}})
    assert status == 201
    assert answer["properties"]["zip"] == "12"
    assert answer["properties"]["hs_object_id"] == answer["id"]
    assert answer["createdAt"] == "2026-11-21T10:00:00.000Z"
    assert desk.last.header("location").endswith(f"/crm/v3/objects/contacts/{answer['id']}")
    assert desk.last.header("x-hubspot-correlation-id")


def test_a_contact_needs_no_more_than_a_number(desk):
    assert desk.get("contacts", desk.create("contacts", {"phone": "07700 900123"}), "phone")["phone"] == "07700 900123"


@pytest.mark.parametrize("name", ["contacts", "contact", "0-1"])
def test_an_object_type_has_three_names(desk, name):
    record_id = desk.create("contacts", {"firstname": "Jane"})
    assert desk.ask("GET", f"/crm/v3/objects/{name}/{record_id}")[0] == 200


def test_an_unknown_object_type(desk):
    assert desk.ask("GET", "/crm/v3/objects/unicorns/1")[0] == 400


def test_without_asking_the_usual_properties_are_shown(desk):
    record_id = desk.create("contacts", {"firstname": "Jane", "phone": "1"})
    assert set(desk.get("contacts", record_id)) == {
        "createdate",
        "email",
        "firstname",
        "hs_object_id",
        "lastmodifieddate",
        "lastname",
    }
    call_id = desk.create("calls", A_CALL)
    assert set(desk.get("calls", call_id)) == {"hs_createdate", "hs_lastmodifieddate", "hs_object_id"}


def test_what_is_asked_for_but_unset_is_null_and_what_is_unknown_is_left_out(desk):
    shown = desk.get("contacts", desk.create("contacts", {"firstname": "Jane"}), "phone", "no_such_property")
    assert shown["phone"] is None
    assert "no_such_property" not in shown


def test_properties_may_be_asked_for_with_commas(desk):
    record_id = desk.create("contacts", {"firstname": "Jane", "phone": "1"})
    _, answer = desk.ask("GET", f"/crm/v3/objects/contacts/{record_id}", properties="phone,firstname")
    assert answer["properties"]["phone"] == "1"


def test_a_change_answers_what_changed_and_a_little_more(desk):
    record_id = desk.create("contacts", {"firstname": "Jane", "phone": "1"})
    desk.wait(5)
    status, answer = desk.ask("PATCH", f"/crm/v3/objects/contacts/{record_id}", {"properties": {"lastname": "Doe"}})
    assert status == 200
    assert answer["properties"]["lastname"] == "Doe"
    assert answer["properties"]["lastmodifieddate"] == "2026-11-21T10:00:05.000Z"
    assert answer["properties"]["hs_is_contact"] == "true"
    assert "phone" not in answer["properties"]


def test_an_empty_value_clears(desk):
    record_id = desk.create("contacts", {"firstname": "Jane"})
    desk.ask("PATCH", f"/crm/v3/objects/contacts/{record_id}", {"properties": {"firstname": ""}})
    assert desk.get("contacts", record_id, "firstname")["firstname"] is None


def test_a_record_that_is_not_there(desk):
    assert desk.ask("GET", "/crm/v3/objects/contacts/1")[0] == 404
    assert desk.ask("PATCH", "/crm/v3/objects/contacts/1", {"properties": {}})[0] == 404
    assert desk.ask("DELETE", "/crm/v3/objects/contacts/1")[0] == 204


def test_asking_by_email_finds_or_answers_a_page(desk):
    record_id = desk.create("contacts", {"email": "jane@example.com"})
    status, answer = desk.ask("GET", "/crm/v3/objects/contacts/Jane@Example.com", idProperty="email")
    assert (status, answer["id"]) == (200, record_id)
    status, answer = desk.ask("GET", "/crm/v3/objects/contacts/nobody@example.com", idProperty="email")
    assert status == 404
    assert answer.startswith(b"<html>")
    assert desk.last.header("content-type") == "text/html;charset=iso-8859-1"
    assert desk.last.header("x-hubspot-notfound") == "true"


def test_archived_records_are_only_read_on_request_and_are_not_changed(desk):
    record_id = desk.create("contacts", {"firstname": "Jane"})
    assert desk.ask("DELETE", f"/crm/v3/objects/contacts/{record_id}") == (204, b"")
    assert desk.ask("GET", f"/crm/v3/objects/contacts/{record_id}")[0] == 404
    assert desk.ask("PATCH", f"/crm/v3/objects/contacts/{record_id}", {"properties": {}})[0] == 404
    status, answer = desk.ask("GET", f"/crm/v3/objects/contacts/{record_id}", archived="true")
    assert (status, answer["archived"], answer["archivedAt"]) == (200, True, "2026-11-21T10:00:00.000Z")


def test_a_list_comes_page_by_page(desk):
    ids = [desk.create("contacts", {"firstname": str(number)}) for number in range(25)]
    seen, after = [], "0"
    while after:
        _, answer = desk.ask("GET", "/crm/v3/objects/contacts", limit="10", after=after)
        seen += [record["id"] for record in answer["results"]]
        after = answer.get("paging", {}).get("next", {}).get("after")
    assert seen == ids
    assert desk.ask("GET", "/crm/v3/objects/contacts", limit="101")[0] == 400


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param({"nope": "1"}, [("nope", "PROPERTY_DOESNT_EXIST")], id="unknown"),
        pytest.param({"createdate": "1"}, [("createdate", "READ_ONLY_VALUE")], id="read-only"),
        pytest.param(
            {"hs_unique_creation_key": "1"}, [("hs_unique_creation_key", "READ_ONLY_VALUE")], id="creation key"
        ),
        pytest.param({"email": "jane@example.con"}, [("email", "INVALID_EMAIL")], id="e-mail ending"),
        pytest.param({"email": "jane@example.com "}, [("email", "INVALID_EMAIL")], id="e-mail with a blank"),
        pytest.param({"lifecyclestage": "Lead"}, [("lifecyclestage", "INVALID_OPTION")], id="option by label"),
        pytest.param({"hubspot_owner_id": "71003"}, [("hubspot_owner_id", "INVALID_OPTION")], id="owner who left"),
        pytest.param({"closedate": "1/1/1"}, [("closedate", "INVALID_LONG")], id="time"),
        pytest.param({"firstname": "x" * 65_537}, [("firstname", "PROPERTY_VALUE_TOO_LONG")], id="too long"),
        pytest.param(
            {"nope": "1", "hs_lead_status": "x"},
            [("nope", "PROPERTY_DOESNT_EXIST"), ("hs_lead_status", "INVALID_OPTION")],
            id="two at once",
        ),
    ],
)
def test_values_that_are_refused(desk, properties, expected):
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts", {"properties": properties})
    assert status == 400
    assert answer["category"] == "VALIDATION_ERROR"
    assert answer["message"].startswith('Property values were not valid: [{"isValid":false')
    assert problems(answer) == expected
    assert desk.hubspot.records("contacts") == []


@pytest.mark.parametrize(
    ("kind", "name", "sent", "stored"),
    [
        pytest.param("contacts", "email", "Jane.Doe@Example.COM", "jane.doe@example.com", id="e-mail"),
        pytest.param("contacts", "firstname", "x" * 65_536, "x" * 65_536, id="just not too long"),
        pytest.param("contacts", "hs_email_optout", True, "true", id="bool"),
        pytest.param("calls", "hs_call_duration", 1500, "1500", id="number"),
        pytest.param("calls", "hs_call_duration", 1500.5, "1500.5", id="fraction"),
        pytest.param("calls", "hs_timestamp", "2026-04-22T12:14:07+02:00", "2026-04-22T10:14:07.000Z", id="ISO"),
        pytest.param("calls", "hs_timestamp", 1776852847123, "2026-04-22T10:14:07.123Z", id="epoch"),
        pytest.param("calls", "hs_timestamp", "1776852847123", "2026-04-22T10:14:07.123Z", id="epoch as text"),
        pytest.param("calls", "hubspot_owner_id", "71001", "71001", id="owner"),
    ],
)
def test_values_as_they_are_stored(desk, kind, name, sent, stored):
    base = {} if kind == "contacts" else A_CALL
    record_id = desk.create(kind, {**base, name: sent})
    assert desk.get(kind, record_id, name)[name] == stored


@pytest.mark.parametrize("kind", ["calls", "tasks", "notes"])
def test_an_activity_needs_its_time(desk, kind):
    status, answer = desk.ask("POST", f"/crm/v3/objects/{kind}", {"properties": {}})
    assert (status, answer["context"]) == (400, {"properties": ["hs_timestamp"]})
    status, answer = desk.ask("POST", f"/crm/objects/2026-09/{kind}", {"properties": {}})
    assert (status, answer["errors"][0]["code"]) == (400, "MISSING_REQUIRED_PROPERTY")


def test_what_a_call_computes(desk):
    body = "<p>Wants a <b>quote</b> &amp; a call</p>"
    answer = desk.ask("POST", "/crm/v3/objects/calls", {"properties": {**A_CALL, "hs_call_body": body}})[1]
    properties = answer["properties"]
    assert properties["hs_body_preview"] == "Wants a quote & a call"
    assert properties["hs_body_preview_html"].startswith("<html>")
    assert properties["hs_obj_coords"] == f"0-48-{answer['id']}"
    assert properties["hs_engagements_last_contacted"] == properties["hs_timestamp"]
    assert desk.get("calls", answer["id"], "hs_body_preview")["hs_body_preview"] == "Wants a quote & a call"


def test_a_call_with_its_contact(desk):
    contact_id = desk.create("contacts", {"firstname": "Jane"})
    call_id = desk.create("calls", A_CALL, [{"to": {"id": contact_id}, "types": TO_CONTACT}])
    _, answer = desk.ask("GET", f"/crm/v3/objects/calls/{call_id}", associations="contacts")
    assert answer["associations"] == {"contacts": {"results": [{"id": contact_id, "type": "call_to_contact"}]}}


@pytest.mark.parametrize(
    "association",
    [
        pytest.param({"to": {"id": "1"}, "types": TO_CONTACT}, id="nobody there"),
        pytest.param(
            {"to": {"id": "JANE"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202}]},
            id="the type of a note",
        ),
        pytest.param({"to": {}, "types": TO_CONTACT}, id="no id"),
    ],
)
def test_a_bad_association_fails_the_whole_create(desk, association):
    jane = desk.create("contacts", {"firstname": "Jane"})
    target = association["to"].get("id")
    wish = association | ({"to": {"id": jane}} if target == "JANE" else {})
    status, answer = desk.ask("POST", "/crm/v3/objects/calls", {"properties": A_CALL, "associations": [wish]})
    assert status == 400
    assert "one or more associations are not valid" in answer["message"]
    assert desk.hubspot.records("calls") == []


def test_an_archived_contact_is_no_target(desk):
    jane = desk.create("contacts", {"firstname": "Jane"})
    desk.ask("DELETE", f"/crm/v3/objects/contacts/{jane}")
    wish = {"properties": A_CALL, "associations": [{"to": {"id": jane}, "types": TO_CONTACT}]}
    assert desk.ask("POST", "/crm/v3/objects/calls", wish)[0] == 400


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        pytest.param("lead", "customer", "customer", id="forward"),
        pytest.param("customer", "lead", "customer", id="never back"),
        pytest.param("customer", "", None, id="cleared"),
        pytest.param("", "lead", "lead", id="set after clearing"),
    ],
)
def test_the_lifecycle_stage_moves_forward_only(desk, before, sent, after):
    record_id = desk.create("contacts", {"firstname": "Jane", "lifecyclestage": before})
    change = {"properties": {"lifecyclestage": sent}}
    assert desk.ask("PATCH", f"/crm/v3/objects/contacts/{record_id}", change)[0] == 200
    assert desk.get("contacts", record_id, "lifecyclestage")["lifecyclestage"] == after


def test_a_primary_address_that_is_taken_is_a_409(desk):
    jane = desk.create("contacts", {"email": "jane@example.com"})
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts", {"properties": {"email": "JANE@example.com"}})
    assert (status, answer["category"]) == (409, "CONFLICT")
    assert answer["message"] == f"Contact already exists. Existing ID: {jane}"


def test_a_secondary_address_that_is_taken_is_a_400_with_two_ids(desk):
    one, two = (desk.create("contacts", {"email": f"{name}@example.com"}) for name in ("one", "two"))
    merged = desk.ask("POST", "/crm/v3/objects/contacts/merge", {"primaryObjectId": one, "objectIdToMerge": two})[1]
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts", {"properties": {"email": "two@example.com"}})
    assert status == 400
    assert "propertyName=email, value=two@example.com}" in answer["message"]
    assert answer["message"].endswith(f". {merged['id']} already has that value.")


def test_a_key_that_is_taken_is_a_400_with_two_ids(desk):
    desk.add_key("calls")
    first = desk.create("calls", {**A_CALL, "call_connector_key": "a"})
    second = desk.create("calls", {**A_CALL, "call_connector_key": "b"})
    change = {"properties": {"call_connector_key": "a"}}
    status, answer = desk.ask("PATCH", f"/crm/v3/objects/calls/{second}", change)
    assert status == 400
    assert answer["message"].endswith(f"value=a}} on {second}. {first} already has that value.")
    assert desk.ask("PATCH", f"/crm/v3/objects/calls/{first}", change)[0] == 200


def test_an_archived_record_keeps_its_key_and_frees_its_address(desk):
    desk.add_key("calls")
    call_id = desk.create("calls", {**A_CALL, "call_connector_key": "a"})
    desk.ask("DELETE", f"/crm/v3/objects/calls/{call_id}")
    assert desk.ask("POST", "/crm/v3/objects/calls", {"properties": {**A_CALL, "call_connector_key": "a"}})[0] == 400
    jane = desk.create("contacts", {"email": "jane@example.com"})
    desk.ask("DELETE", f"/crm/v3/objects/contacts/{jane}")
    assert desk.create("contacts", {"email": "jane@example.com"}) != jane


def test_a_key_of_an_archived_record_can_be_free_as_well(new_desk):
    desk = new_desk(choices=Choices(archived_keeps_unique=False))
    desk.add_key("calls")
    gone = desk.create("calls", {**A_CALL, "call_connector_key": "a"})
    desk.ask("DELETE", f"/crm/v3/objects/calls/{gone}")
    desk.create("calls", {**A_CALL, "call_connector_key": "a"})
    status, answer = desk.ask("GET", "/crm/v3/objects/calls/a", idProperty="call_connector_key", archived="true")
    assert (status, answer["id"]) == (200, gone)


def test_what_is_not_json(desk):
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts", raw=b"{nope")
    assert status == 400
    assert answer["message"].startswith("Invalid input JSON on line")
    assert "category" not in answer
    nested = {"properties": {"firstname": {"a": 1}}}
    assert desk.ask("POST", "/crm/v3/objects/contacts", nested)[0] == 400


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PUT", "/crm/v3/objects/contacts", 405),
        ("GET", "/crm/v3/objects/contacts/1/2/3", 404),
        ("GET", "/crm/v9/objects/contacts", 404),
        ("GET", "/nowhere", 404),
        ("POST", "/crm/objects/2026-09/contacts/merge", 405),
        ("GET", "/crm/objects/2026-03/contacts", 404),
        ("GET", "/crm/pipelines/2026-09/deals", 404),
        ("GET", "/crm/objects/2026-09/contacts", 200),
        ("GET", "/crm/properties/2026-09/contacts", 200),
        ("GET", "/crm/owners/2026-09", 200),
        ("GET", "/crm/v3/owners/", 200),
    ],
)
def test_paths(desk, method, path, expected):
    assert desk.ask(method, path)[0] == expected
