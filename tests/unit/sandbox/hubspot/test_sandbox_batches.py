"""Up to a hundred records at a time."""

from __future__ import annotations

import pytest

from connector.sandbox.hubspot import Choices

AT = "2026-04-22T10:14:07Z"


def inputs(*properties, traced=True):
    return {
        "inputs": [
            {"properties": values} | ({"objectWriteTraceId": f"t{position}"} if traced else {})
            for position, values in enumerate(properties)
        ]
    }


def test_a_batch_of_new_contacts_comes_back_in_another_order(desk):
    status, answer = desk.ask(
        "POST", "/crm/v3/objects/contacts/batch/create", inputs(*({"firstname": str(n)} for n in range(20)))
    )
    assert status == 201
    assert answer["status"] == "COMPLETE"
    names = [record["properties"]["firstname"] for record in answer["results"]]
    assert sorted(names, key=int) == [str(n) for n in range(20)]
    assert names != sorted(names, key=int)
    assert all(record["objectWriteTraceId"] == "t" + record["properties"]["firstname"] for record in answer["results"])


def test_the_order_is_the_same_for_the_same_seed(new_desk):
    def order(seed):
        body = inputs(*({"firstname": str(n)} for n in range(20)))
        answer = new_desk(seed=seed).ask("POST", "/crm/v3/objects/contacts/batch/create", body)[1]
        return [(record["id"], record["properties"]["firstname"]) for record in answer["results"]]

    assert order(1) == order(1)
    assert order(1) != order(2)


def test_trace_ids_may_not_be_echoed(new_desk):
    desk = new_desk(choices=Choices(echo_trace_ids=False))
    answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/create", inputs({"firstname": "Jane"}))[1]
    assert "objectWriteTraceId" not in answer["results"][0]


def test_with_trace_ids_the_bad_input_fails_alone(desk):
    desk.create("contacts", {"email": "jane@example.com"})
    body = inputs({"email": "jane@example.com"}, {"email": "a@example.con"}, {"email": "tom@example.com"})
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/create", body)
    assert status == 207
    assert [record["properties"]["email"] for record in answer["results"]] == ["tom@example.com"]
    assert answer["numErrors"] == 2
    conflict, invalid = answer["errors"]
    assert (conflict["status"], conflict["category"]) == ("error", "CONFLICT")
    assert conflict["message"].startswith("Contact already exists. Existing ID: ")
    assert conflict["context"] == {"objectWriteTraceId": ["t0"]}
    assert invalid["category"] == "VALIDATION_ERROR"
    assert "INVALID_EMAIL" in invalid["message"]
    assert invalid["context"] == {"objectWriteTraceId": ["t1"]}


@pytest.mark.parametrize(
    "traces",
    [
        pytest.param([None, None, None], id="none"),
        pytest.param(["a", "a", "b"], id="repeated"),
        pytest.param(["a", None, "b"], id="partly missing"),
    ],
)
def test_without_a_trace_id_of_its_own_on_every_input_the_whole_batch_fails(desk, traces):
    body = inputs({"firstname": "Jane"}, {"nope": "1"}, {"firstname": "Tom"}, traced=False)
    for item, trace in zip(body["inputs"], traces, strict=True):
        if trace:
            item["objectWriteTraceId"] = trace
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/create", body)
    assert (status, answer["category"]) == (400, "VALIDATION_ERROR")
    assert desk.hubspot.records("contacts") == []


def test_a_duplicate_fails_the_whole_batch_with_its_409(desk):
    desk.create("contacts", {"email": "jane@example.com"})
    body = inputs({"email": "tom@example.com"}, {"email": "jane@example.com"}, traced=False)
    assert desk.ask("POST", "/crm/v3/objects/contacts/batch/create", body)[0] == 409
    assert len(desk.hubspot.records("contacts")) == 1


@pytest.mark.parametrize("kind", ["contacts", "calls", "tasks"])
def test_two_inputs_of_one_batch_with_the_same_key(desk, kind):
    desk.add_key(kind)
    same = {"call_connector_key": "k"} | ({} if kind == "contacts" else {"hs_timestamp": AT})
    status, answer = desk.ask("POST", f"/crm/v3/objects/{kind}/batch/create", inputs(same, same))
    assert (status, len(answer["results"]), len(answer["errors"])) == (207, 1, 1)
    assert answer["errors"][0]["message"].endswith(f". {answer['results'][0]['id']} already has that value.")
    other = {**same, "call_connector_key": "l"}
    assert desk.ask("POST", f"/crm/v3/objects/{kind}/batch/create", inputs(other, other, traced=False))[0] == 400
    assert len(desk.hubspot.records(kind)) == 1


def test_two_inputs_of_one_batch_with_the_same_address(desk):
    body = inputs({"email": "jane@example.com"}, {"email": "Jane@example.com"})
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/create", body)
    assert (status, answer["errors"][0]["category"]) == (207, "CONFLICT")


def test_a_bad_association_fails_its_input(desk):
    wrong = {"to": {"id": "1"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]}
    body = inputs({"hs_timestamp": AT}, {"hs_timestamp": AT})
    body["inputs"][1]["associations"] = [wrong]
    status, answer = desk.ask("POST", "/crm/v3/objects/calls/batch/create", body)
    assert (status, len(answer["results"])) == (207, 1)
    assert "one or more associations are not valid" in answer["errors"][0]["message"]


@pytest.mark.parametrize("name", ["create", "read", "update", "upsert", "archive"])
def test_a_hundred_and_no_more(desk, name):
    body = {"inputs": [{"id": str(n), "properties": {}} for n in range(101)]}
    status, answer = desk.ask("POST", f"/crm/v3/objects/contacts/batch/{name}", body)
    assert status == 400
    assert "limited to 100 inputs per request" in answer["message"]


@pytest.mark.parametrize(
    ("name", "expected"), [("create", 201), ("read", 200), ("update", 200), ("upsert", 200), ("archive", 204)]
)
@pytest.mark.parametrize("body", [{}, {"input": []}, {"inputs": "x"}, [], {"inputs": [1]}])
def test_a_body_that_is_no_batch_is_a_silent_nothing(desk, name, expected, body):
    status, answer = desk.ask("POST", f"/crm/v3/objects/contacts/batch/{name}", body)
    assert status == expected
    assert not answer or answer["results"] == []
    assert desk.hubspot.records("contacts") == []


def test_reading_says_what_is_missing(desk):
    jane = desk.create("contacts", {"firstname": "Jane"})
    body = {"inputs": [{"id": jane}, {"id": "1"}, {"id": "2"}], "properties": ["firstname", "phone"]}
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/read", body)
    assert status == 207
    assert answer["results"][0]["properties"]["phone"] is None
    (error,) = answer["errors"]
    assert (error["category"], error["context"]) == ("OBJECT_NOT_FOUND", {"ids": ["1", "2"]})
    assert desk.ask("POST", "/crm/v3/objects/contacts/batch/read", {"inputs": [{"id": jane}, {"id": jane}]})[0] == 200


@pytest.mark.parametrize("expected", [207, 404])
def test_reading_when_all_are_missing(new_desk, expected):
    desk = new_desk(choices=Choices(all_missing_status=expected))
    assert desk.ask("POST", "/crm/v3/objects/contacts/batch/read", {"inputs": [{"id": "1"}]})[0] == expected


def test_reading_where_a_portal_does_not_name_what_is_missing(new_desk):
    desk = new_desk(choices=Choices(missing_are_named=False))
    jane = desk.create("contacts", {"email": "jane@example.com"})
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/read", {"inputs": [{"id": "1"}, {"id": jane}]})
    assert (status, [each["id"] for each in answer["results"]], "errors" in answer) == (200, [jane], False)


def test_reading_by_key_finds_the_archived_only_when_asked(desk):
    desk.add_key("calls")
    live = desk.create("calls", {"hs_timestamp": AT, "call_connector_key": "a"})
    gone = desk.create("calls", {"hs_timestamp": AT, "call_connector_key": "b"})
    desk.ask("DELETE", f"/crm/v3/objects/calls/{gone}")
    body = {"idProperty": "call_connector_key", "inputs": [{"id": "a"}, {"id": "b"}], "properties": []}

    def ids(**query):
        answer = desk.ask("POST", "/crm/v3/objects/calls/batch/read", body, **query)[1]
        return [record["id"] for record in answer["results"]]

    assert ids() == [live]
    assert ids(archived="true") == [gone]


@pytest.mark.parametrize("resolves", [True, False])
def test_reading_by_a_secondary_address(new_desk, resolves):
    desk = new_desk(choices=Choices(secondary_email_resolves=resolves))
    one, two = (desk.create("contacts", {"email": f"{name}@example.com"}) for name in ("one", "two"))
    desk.ask("POST", "/crm/v3/objects/contacts/merge", {"primaryObjectId": one, "objectIdToMerge": two})
    body = {"idProperty": "email", "inputs": [{"id": "two@example.com"}], "properties": ["email"]}
    answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/read", body)[1]
    assert [record["properties"]["email"] for record in answer["results"]] == ["one@example.com"] * resolves


def test_reading_by_what_is_not_unique(desk):
    body = {"idProperty": "firstname", "inputs": [{"id": "Jane"}]}
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/read", body)
    assert status == 400
    assert "by non-unique 0-1 property firstname" in answer["message"]


def test_updates(desk):
    jane, tom = (desk.create("contacts", {"firstname": name}) for name in ("Jane", "Tom"))
    body = {"inputs": [{"id": jane, "properties": {"lastname": "Doe"}}, {"id": tom, "properties": {"lastname": "Oak"}}]}
    assert desk.ask("POST", "/crm/v3/objects/contacts/batch/update", body)[0] == 200
    assert desk.get("contacts", jane)["lastname"] == "Doe"


def test_updates_of_records_that_are_not_there_leave_the_others_be(desk):
    jane = desk.create("contacts", {"firstname": "Jane"})
    body = {"inputs": [{"id": jane, "properties": {"lastname": "Doe"}}, {"id": "1", "properties": {}}]}
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/update", body)
    assert status == 207
    assert [record["id"] for record in answer["results"]] == [jane]
    assert (answer["errors"][0]["category"], answer["errors"][0]["context"]) == ("OBJECT_NOT_FOUND", {"ids": ["1"]})


def test_a_bad_update_fails_all_or_alone(desk):
    jane, tom = (desk.create("contacts", {"firstname": name}) for name in ("Jane", "Tom"))
    body = {"inputs": [{"id": jane, "properties": {"lastname": "Doe"}}, {"id": tom, "properties": {"nope": "1"}}]}
    assert desk.ask("POST", "/crm/v3/objects/contacts/batch/update", body)[0] == 400
    assert desk.get("contacts", jane)["lastname"] is None
    for position, item in enumerate(body["inputs"]):
        item["objectWriteTraceId"] = str(position)
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/update", body)
    assert (status, answer["errors"][0]["context"]) == (207, {"objectWriteTraceId": ["1"]})
    assert desk.get("contacts", jane)["lastname"] == "Doe"


@pytest.mark.parametrize("name", ["update", "upsert"])
def test_repeated_ids(desk, name):
    item = {"id": "a@example.com", "idProperty": "email", "properties": {}}
    status, answer = desk.ask("POST", f"/crm/v3/objects/contacts/batch/{name}", {"inputs": [item, item]})
    assert status == 400
    assert answer["message"] == "Duplicate IDs found in batch input: [a@example.com]. IDs must be unique"


@pytest.mark.parametrize("id_property", ["email", "hs_object_id", "firstname"])
def test_updates_by_other_than_a_key_of_ours(desk, id_property):
    item = {"id": "a", "idProperty": id_property, "properties": {}}
    status, answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/update", {"inputs": [item]})
    assert status == 400
    assert f"non-unique 0-1 property {id_property}" in answer["message"]


def test_upserts(desk):
    desk.add_key("calls")
    known = desk.create("calls", {"hs_timestamp": AT, "call_connector_key": "a"})
    body = {
        "inputs": [
            {"id": key, "idProperty": "call_connector_key", "properties": {"hs_timestamp": AT, "hs_call_title": key}}
            for key in ("a", "b")
        ]
    }
    status, answer = desk.ask("POST", "/crm/v3/objects/calls/batch/upsert", body)
    assert status == 200
    found = {record["properties"]["hs_call_title"]: record for record in answer["results"]}
    assert (found["a"]["new"], found["a"]["id"]) == (False, known)
    assert (found["b"]["new"], found["b"]["properties"]["call_connector_key"]) == (True, "b")
    missing = {"inputs": [{"id": "c", "properties": {}}]}
    assert desk.ask("POST", "/crm/v3/objects/calls/batch/upsert", missing)[0] == 400


def test_an_upsert_by_a_secondary_address_changes_its_owner(desk):
    one, two = (desk.create("contacts", {"email": f"{name}@example.com"}) for name in ("one", "two"))
    merged = desk.ask("POST", "/crm/v3/objects/contacts/merge", {"primaryObjectId": one, "objectIdToMerge": two})[1]
    item = {"id": "two@example.com", "idProperty": "email", "properties": {"firstname": "Jane"}}
    answer = desk.ask("POST", "/crm/v3/objects/contacts/batch/upsert", {"inputs": [item]})[1]
    assert answer["results"][0]["id"] == merged["id"]
    assert desk.get("contacts", merged["id"])["email"] == "one@example.com"


def test_archiving_takes_unknown_ids_too(desk):
    jane = desk.create("contacts", {"firstname": "Jane"})
    body = {"inputs": [{"id": jane}, {"id": "1"}]}
    for _ in range(2):
        assert desk.ask("POST", "/crm/v3/objects/contacts/batch/archive", body) == (204, b"")
    assert [record.id for record in desk.hubspot.records("contacts", archived=True)] == [jane]


def test_the_dated_path_does_the_same(desk):
    status, answer = desk.ask("POST", "/crm/objects/2026-09/contacts/batch/create", inputs({"firstname": "Jane"}))
    assert (status, len(answer["results"])) == (201, 1)
