"""The properties API, owners, pipelines and the account."""

from __future__ import annotations

import pytest

from connector.sandbox.hubspot import Choices

PATH = "/crm/v3/properties/calls"
AT = "2026-04-22T10:14:07Z"


def a_property(**more):
    base = {"name": "my_key", "label": "My key", "type": "string", "fieldType": "text", "groupName": "call"}
    return {**base, **more}


def test_a_property_is_made_read_changed_archived_and_comes_back(desk):
    status, answer = desk.ask("POST", PATH, a_property(hasUniqueValue=True))
    assert (status, answer["hasUniqueValue"], answer["displayOrder"]) == (201, True, -1)
    assert desk.last.header("location").endswith(f"{PATH}/my_key")
    assert desk.ask("PATCH", f"{PATH}/my_key", {"label": "Key"})[1]["label"] == "Key"
    assert desk.ask("DELETE", f"{PATH}/my_key")[0] == 204
    assert desk.ask("GET", f"{PATH}/my_key")[0] == 404
    assert desk.ask("GET", f"{PATH}/my_key", archived="true")[0] == 200
    call = {"properties": {"hs_timestamp": AT, "my_key": "1"}}
    assert desk.ask("POST", "/crm/v3/objects/calls", call)[1]["errors"][0]["code"] == "PROPERTY_DOESNT_EXIST"
    status, answer = desk.ask("POST", PATH, a_property())
    assert (status, answer["hasUniqueValue"]) == (201, True)
    assert desk.ask("POST", "/crm/v3/objects/calls", call)[0] == 201


def test_the_list_holds_the_live_ones(desk):
    names = {one["name"] for one in desk.ask("GET", PATH)[1]["results"]}
    assert {"hs_timestamp", "hs_call_title", "hs_call_disposition", "hubspot_owner_id", "hs_object_id"} <= names
    assert "my_key" not in names
    assert desk.ask("GET", PATH, archived="true")[1]["results"] == []


@pytest.mark.parametrize(
    ("kind", "name", "values"),
    [
        (
            "contacts",
            "lifecyclestage",
            "subscriber lead marketingqualifiedlead salesqualifiedlead opportunity customer evangelist other",
        ),
        (
            "contacts",
            "hs_lead_status",
            "NEW OPEN IN_PROGRESS OPEN_DEAL UNQUALIFIED ATTEMPTED_TO_CONTACT CONNECTED BAD_TIMING",
        ),
        ("tasks", "hs_task_status", "NOT_STARTED IN_PROGRESS WAITING COMPLETED DEFERRED"),
        ("calls", "hs_call_direction", "INBOUND OUTBOUND"),
    ],
)
def test_options_stand_in_the_portals_order(desk, kind, name, values):
    answer = desk.ask("GET", f"/crm/v3/properties/{kind}/{name}")[1]
    assert [option["value"] for option in answer["options"]] == values.split()
    assert answer["modificationMetadata"] == {"archivable": False, "readOnlyDefinition": True, "readOnlyValue": False}


def test_a_name_that_is_taken(desk):
    desk.ask("POST", PATH, a_property())
    status, answer = desk.ask("POST", PATH, a_property())
    assert status == 409
    assert answer["category"] == "OBJECT_ALREADY_EXISTS"
    assert answer["subCategory"] == "Properties.PROPERTY_WITH_NAME_EXISTS"
    assert answer["message"] == "A property named 'my_key' already exists."


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"name": "my_key"}, id="missing fields"),
        pytest.param(a_property(name="hs_mine"), id="reserved name"),
        pytest.param(a_property(name="My Key"), id="bad name"),
        pytest.param(a_property(type="text"), id="type"),
        pytest.param(a_property(groupName="nowhere"), id="group"),
        pytest.param(a_property(type="enumeration", fieldType="select"), id="no options"),
        pytest.param(a_property(options=[{"label": "x"}], type="enumeration"), id="option without value"),
    ],
)
def test_definitions_that_are_refused(desk, body):
    assert desk.ask("POST", PATH, body)[0] == 400


def test_unique_properties_may_be_refused_for_an_object(new_desk):
    desk = new_desk(unique={"calls": False})
    assert desk.ask("POST", PATH, a_property(hasUniqueValue=True))[0] == 400
    assert desk.ask("POST", PATH, a_property())[0] == 201
    tasks = a_property(hasUniqueValue=True, groupName="task")
    assert desk.ask("POST", "/crm/v3/properties/tasks", tasks)[0] == 201


def test_ten_unique_properties_and_no_more(desk):
    statuses = [desk.ask("POST", PATH, a_property(name=f"key_{n}", hasUniqueValue=True))[0] for n in range(11)]
    assert statuses == [201] * 10 + [400]


def test_what_makes_a_property_unique_cannot_be_changed(desk):
    desk.ask("POST", PATH, a_property())
    assert desk.ask("PATCH", f"{PATH}/my_key", {"hasUniqueValue": True})[0] == 400


def test_options_are_replaced_as_a_list(desk):
    options = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]
    desk.ask("POST", PATH, a_property(type="enumeration", fieldType="select", options=options))
    desk.ask("PATCH", f"{PATH}/my_key", {"options": options[1:]})
    answer = desk.ask("POST", "/crm/v3/objects/calls", {"properties": {"hs_timestamp": AT, "my_key": "1"}})[1]
    assert answer["errors"][0]["code"] == "INVALID_OPTION"
    assert "1 was not one of the allowed options: [2]" in answer["message"]


def test_hubspots_own_cannot_be_archived_or_changed(desk):
    assert desk.ask("DELETE", f"{PATH}/hs_call_title")[0] == 400
    assert desk.ask("PATCH", f"{PATH}/hs_call_title", {"label": "x"})[0] == 400
    assert desk.ask("PATCH", f"{PATH}/nope", {"label": "x"})[0] == 404


def test_a_new_property_is_not_there_at_once(new_desk):
    desk = new_desk(choices=Choices(property_lag_seconds=0.5))
    assert desk.ask("POST", PATH, a_property())[0] == 201
    call = {"properties": {"hs_timestamp": AT, "my_key": "1"}}
    assert desk.ask("GET", f"{PATH}/my_key")[0] == 404
    assert desk.ask("POST", "/crm/v3/objects/calls", call)[0] == 400
    desk.wait(0.5)
    assert desk.ask("GET", f"{PATH}/my_key")[0] == 200
    assert desk.ask("POST", "/crm/v3/objects/calls", call)[0] == 201


def test_many_properties_at_once(desk):
    made = {"inputs": [a_property(name="one"), a_property(name="two"), a_property(name="one")]}
    status, answer = desk.ask("POST", f"{PATH}/batch/create", made)
    assert (status, len(answer["results"]), answer["numErrors"]) == (207, 2, 1)
    body = {"archived": False, "inputs": [{"name": "one"}, {"name": "nope"}]}
    status, answer = desk.ask("POST", f"{PATH}/batch/read", body)
    assert (status, [one["name"] for one in answer["results"]]) == (207, ["one"])


def test_groups(desk):
    group = {"name": "call_connector", "label": "Call connector"}
    assert desk.ask("POST", f"{PATH}/groups", group)[0] == 201
    assert desk.ask("POST", f"{PATH}/groups", group)[0] == 409
    assert desk.ask("GET", f"{PATH}/groups/call_connector")[1]["label"] == "Call connector"
    assert desk.ask("GET", f"{PATH}/groups/nope")[0] == 404
    assert [one["name"] for one in desk.ask("GET", f"{PATH}/groups")[1]["results"]] == ["call", "call_connector"]
    assert desk.ask("POST", PATH, a_property(groupName="call_connector"))[0] == 201


def test_owners(desk):
    active = desk.ask("GET", "/crm/v3/owners")[1]["results"]
    gone = desk.ask("GET", "/crm/v3/owners", archived="true")[1]["results"]
    assert [one["email"] for one in active] == ["priya.shah@example.com", "tom.okafor@example.com"]
    assert [one["archived"] for one in gone] == [True]
    assert desk.ask("GET", "/crm/v3/owners", email="Tom.Okafor@example.com")[1]["results"] == active[1:]
    assert desk.ask("GET", f"/crm/v3/owners/{active[0]['id']}")[1] == active[0]
    by_user = desk.ask("GET", f"/crm/v3/owners/{active[0]['userId']}", idProperty="userId")[1]
    assert by_user == active[0]
    assert desk.ask("GET", "/crm/v3/owners/1")[0] == 404
    first = desk.ask("GET", "/crm/v3/owners", limit="1")[1]
    assert desk.ask("GET", "/crm/v3/owners", after=first["paging"]["next"]["after"])[1]["results"] == active[1:]


def test_pipelines(desk):
    (deals,) = desk.ask("GET", "/crm/v3/pipelines/deals")[1]["results"]
    assert (deals["id"], deals["stages"][0]["id"]) == ("default", "appointmentscheduled")
    assert deals["stages"][-1]["metadata"] == {"isClosed": "true", "probability": "0.0"}
    assert desk.ask("GET", "/crm/v3/pipelines/tickets/0")[1]["stages"][3]["metadata"]["isClosed"] == "true"
    assert len(desk.ask("GET", "/crm/v3/pipelines/deals/default/stages")[1]["results"]) == 7
    assert desk.ask("GET", "/crm/v3/pipelines/deals/x")[0] == 404
    assert desk.ask("GET", "/crm/v3/pipelines/contacts")[1]["results"] == []


def test_dispositions_are_those_of_the_property(desk):
    answer = desk.ask("GET", "/calling/v1/dispositions")[1]
    assert {one["label"] for one in answer} == {
        "Busy",
        "Connected",
        "Left live message",
        "Left voicemail",
        "No answer",
        "Wrong number",
    }
    assert "f240bbac-87c9-4f6e-bf70-924b57d47db7" in {one["id"] for one in answer}
    desk.ask("PATCH", f"{PATH}/hs_call_disposition", {"options": [{"label": "Mine", "value": "m"}]})
    assert desk.ask("GET", "/calling/v1/dispositions")[1] == [{"id": "m", "label": "Mine", "deleted": False}]


def test_the_account(desk):
    answer = desk.ask("GET", "/account-info/v3/details")[1]
    assert str(answer["portalId"]) == desk.hubspot.portal_id
    assert (answer["timeZone"], answer["utcOffset"], answer["uiDomain"]) == (
        "Europe/London",
        "+00:00",
        "app.hubspot.com",
    )
    (usage,) = desk.ask("GET", "/account-info/v3/api-usage/daily/private-apps")[1]
    assert (usage["usageLimit"], usage["currentUsage"]) == (625_000, 2)
