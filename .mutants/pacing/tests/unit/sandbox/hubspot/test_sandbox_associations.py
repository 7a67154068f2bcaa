"""The v4 associations API."""

from __future__ import annotations

import pytest

AT = "2026-04-22T10:14:07Z"
BATCH = "/crm/v4/associations/calls/contacts/batch"


@pytest.fixture
def ends(desk):
    """A call and two contacts."""
    call_id = desk.create("calls", {"hs_timestamp": AT})
    return call_id, desk.create("contacts", {"firstname": "Jane"}), desk.create("contacts", {"firstname": "Tom"})


def linked(desk, call_id):
    answer = desk.ask("GET", f"/crm/v4/objects/calls/{call_id}/associations/contacts")[1]
    return {one["toObjectId"]: [kind["typeId"] for kind in one["associationTypes"]] for one in answer["results"]}


@pytest.mark.parametrize("root", ["/crm/v4/objects", "/crm/objects/2026-09"])
def test_one_default_association(desk, ends, root):
    call_id, jane, _ = ends
    path = f"{root}/calls/{call_id}/associations/default/contacts/{jane}"
    for _ in range(2):
        status, answer = desk.ask("PUT", path)
        assert status == 200
        assert [result["associationSpec"]["associationTypeId"] for result in answer["results"]] == [194, 193]
    assert linked(desk, call_id) == {jane: [194]}


def test_only_the_default_has_a_dated_path(desk, ends):
    assert desk.ask("GET", f"/crm/objects/2026-09/calls/{ends[0]}/associations/contacts")[0] == 404


def test_one_labelled_association_replaces_labels(desk):
    contact, company = desk.create("contacts", {"firstname": "Jane"}), desk.create("companies", {"name": "Acme"})
    path = f"/crm/v4/objects/contacts/{contact}/associations/companies/{company}"
    status, answer = desk.ask("PUT", path, [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}])
    assert (status, answer["labels"]) == (201, ["Primary"])
    there = desk.ask("GET", f"/crm/v4/objects/contacts/{contact}/associations/companies")[1]["results"][0]
    assert [kind["typeId"] for kind in there["associationTypes"]] == [279, 1]
    back = desk.ask("GET", f"/crm/v4/objects/companies/{company}/associations/contacts")[1]["results"][0]
    assert [kind["typeId"] for kind in back["associationTypes"]] == [280, 2]
    assert desk.ask("PUT", path, [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}])[0] == 400
    assert desk.ask("DELETE", path)[0] == 204
    assert desk.ask("GET", f"/crm/v4/objects/contacts/{contact}/associations/companies")[1]["results"] == []


@pytest.mark.parametrize(
    "path", [f"{BATCH}/associate/default", "/crm/associations/2026-09/0-48/0-1/batch/associate/default"]
)
def test_a_batch_of_defaults_names_what_is_missing(desk, ends, path):
    call_id, jane, _ = ends
    body = {"inputs": [{"from": {"id": call_id}, "to": {"id": jane}}, {"from": {"id": "1"}, "to": {"id": jane}}]}
    status, answer = desk.ask("POST", path, body)
    assert (status, answer["numErrors"]) == (200, 1)
    (error,) = answer["errors"]
    assert error["subCategory"] == "crm.associations.FROM_OBJECT_NOT_FOUND"
    assert error["message"] == "No call with ID 1 exists"
    assert error["context"] == {"objectType": ["call"], "id": ["1"]}
    assert linked(desk, call_id) == {jane: [194]}


def test_a_batch_with_types(desk, ends):
    call_id, jane, tom = ends
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]
    body = {"inputs": [{"from": {"id": call_id}, "to": {"id": who}, "types": types} for who in (jane, tom)]}
    assert desk.ask("POST", f"{BATCH}/create", body)[0] == 201
    body["inputs"].append({"from": {"id": call_id}, "to": {"id": "1"}, "types": types})
    status, answer = desk.ask("POST", f"{BATCH}/create", body)
    assert (status, len(answer["results"]), len(answer["errors"])) == (207, 2, 1)
    assert linked(desk, call_id) == {jane: [194], tom: [194]}


def test_reading_and_removing_many(desk, ends):
    call_id, jane, tom = ends
    for who in (jane, tom):
        desk.ask("PUT", f"/crm/v4/objects/calls/{call_id}/associations/default/contacts/{who}")
    status, answer = desk.ask("POST", f"{BATCH}/read", {"inputs": [{"id": call_id}, {"id": "1"}]})
    assert status == 207
    assert [one["toObjectId"] for one in answer["results"][0]["to"]] == [jane, tom]
    assert answer["errors"][0]["subCategory"] == "crm.associations.NO_ASSOCIATIONS_FOUND"
    body = {"inputs": [{"from": {"id": call_id}, "to": [{"id": jane}, {"id": "1"}]}]}
    assert desk.ask("POST", f"{BATCH}/archive", body)[0] == 204
    assert linked(desk, call_id) == {tom: [194]}


def test_an_archived_record_is_not_shown_and_comes_back_linked(desk, ends):
    call_id, jane, _ = ends
    desk.ask("PUT", f"/crm/v4/objects/calls/{call_id}/associations/default/contacts/{jane}")
    desk.hubspot.edit("archive", record_id=jane)
    assert linked(desk, call_id) == {}
    desk.hubspot.edit("restore", record_id=jane)
    assert linked(desk, call_id) == {jane: [194]}


def test_pages(desk, ends):
    call_id, jane, tom = ends
    for who in (jane, tom):
        desk.ask("PUT", f"/crm/v4/objects/calls/{call_id}/associations/default/contacts/{who}")
    path = f"/crm/v4/objects/calls/{call_id}/associations/contacts"
    first = desk.ask("GET", path, limit="1")[1]
    second = desk.ask("GET", path, limit="1", after=first["paging"]["next"]["after"])[1]
    assert [one["toObjectId"] for page in (first, second) for one in page["results"]] == [jane, tom]
    assert "paging" not in second


def test_unknown_pairs_paths_and_methods(desk, ends):
    call_id, _, _ = ends
    assert desk.ask("PUT", f"/crm/v4/objects/calls/{call_id}/associations/default/tasks/1")[0] == 400
    assert desk.ask("GET", "/crm/v4/objects/calls/1/associations/contacts")[0] == 404
    assert desk.ask("GET", f"{BATCH}/read")[0] == 405
    assert desk.ask("POST", f"{BATCH}/nope", {})[0] == 404
    too_many = {"inputs": [{"id": "1"}] * 1001}
    assert desk.ask("POST", f"{BATCH}/read", too_many)[0] == 400
    assert desk.ask("POST", f"{BATCH}/read", {"inputs": "x"})[1]["results"] == []
