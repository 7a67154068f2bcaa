"""What a person does, the canonical export, and saving a portal."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from connector.sandbox.hubspot import EditError

AT = "2026-04-22T10:14:07Z"
LINK = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]


def fill(desk, order):
    """Three contacts and their calls, made in this order."""
    desk.add_key("contacts", "call_connector_contact_key")
    desk.add_key("calls")
    for n in order:
        contact = desk.create(
            "contacts", {"call_connector_contact_key": f"tel:+44770090012{n}", "phone": f"+44770090012{n}"}
        )
        associations = [{"to": {"id": contact}, "types": LINK}]
        desk.create(
            "calls", {"hs_timestamp": AT, "call_connector_key": f"r:a:{n}", "hubspot_owner_id": "71001"}, associations
        )


def test_equal_portals_give_equal_bytes(new_desk):
    one, two = new_desk(seed=1), new_desk(seed=2, search_lag_seconds=3)
    two.wait(3600)
    fill(one, [1, 2, 3])
    fill(two, [3, 1, 2])
    assert one.hubspot.export() == two.hubspot.export()


def test_what_differs_shows(new_desk):
    one, two = new_desk(), new_desk()
    fill(one, [1, 2])
    fill(two, [1, 2])
    last = two.hubspot.records("calls")[-1].id
    two.hubspot.edit("set", object_type="calls", record_id=last, properties={"hs_call_title": "Mine"})
    assert one.hubspot.export() != two.hubspot.export()
    three = new_desk()
    fill(three, [1, 2])
    contact = three.hubspot.records("contacts")[0].id
    three.hubspot.edit("dissociate", record_id=contact, other=f"calls/{three.hubspot.records('calls')[0].id}")
    assert one.hubspot.export() != three.hubspot.export()
    three.hubspot.edit("associate", record_id=contact, other=f"calls/{three.hubspot.records('calls')[0].id}")
    assert one.hubspot.export() == three.hubspot.export()


def test_the_export_has_names_instead_of_ids_and_no_computed_times(desk):
    fill(desk, [1])
    desk.create("notes", {"hs_timestamp": AT, "hs_note_body": "a"})
    tom = desk.create("contacts", {"firstname": "Tom", "email": "tom@example.com"})
    desk.ask("DELETE", f"/crm/v3/objects/contacts/{tom}")
    text = desk.hubspot.export().decode()
    exported = msgspec.json.decode(text)["records"]
    (call,) = exported["calls"]
    assert call == {
        "name": "r:a:1",
        "properties": {
            "call_connector_key": "r:a:1",
            "hs_timestamp": "2026-04-22T10:14:07.000Z",
            "hubspot_owner_id": "priya.shah@example.com",
        },
        "associations": {"contacts:194": ["tel:+447700900121"]},
    }
    assert [record.get("archived", False) for record in exported["contacts"]] == [False, True]
    assert exported["notes"][0]["name"].startswith("#")
    assert "2026-11-21" not in text
    assert not any(record.id in text for record in desk.hubspot.records("calls"))


def test_records_that_look_the_same_are_told_apart_by_content(new_desk):
    def portal(order):
        desk = new_desk()
        for name in order:
            contact = desk.create("contacts", {"phone": "+447700900123", "firstname": name})
            desk.create("calls", {"hs_timestamp": AT, "hs_call_title": name}, [{"to": {"id": contact}, "types": LINK}])
        return desk.hubspot.export()

    assert portal(["Jane", "Tom"]) == portal(["Tom", "Jane"])


def test_properties_that_were_added_are_part_of_it(new_desk):
    one, two = new_desk(), new_desk()
    one.add_key("calls")
    assert one.hubspot.export() != two.hubspot.export()


def test_a_saved_portal_goes_on_where_it_was(new_desk):
    desk = new_desk(search_lag_seconds=30)
    fill(desk, [1, 2])
    desk.ask("POST", "/crm/v3/objects/contacts/gdpr-delete", {"objectId": "x@example.com", "idProperty": "email"})
    gone = desk.create("contacts", {"firstname": "Tom"})
    desk.ask("DELETE", f"/crm/v3/objects/contacts/{gone}")
    saved = msgspec.json.decode(msgspec.json.encode(desk.hubspot.dump()))
    other = new_desk()
    other.hubspot.restore(saved)
    assert other.hubspot.export() == desk.hubspot.export()
    assert other.hubspot.dump() == desk.hubspot.dump()
    assert other.find("contacts", "phone", "EQ", "+447700900121")["total"] == 1
    assert other.create("contacts", {"firstname": "New"}) == str(int(gone) + 1)
    taken = {"properties": {"hs_timestamp": AT, "call_connector_key": "r:a:1"}}
    assert other.ask("POST", "/crm/v3/objects/calls", taken)[0] == 400
    blocked = {"properties": {"email": "x@example.com"}}
    assert other.ask("POST", "/crm/v3/objects/contacts", blocked)[0] == 400
    with pytest.raises(ValueError, match="another version"):
        other.hubspot.restore({"version": 0})


def test_seeding(desk):
    born = datetime(2024, 1, 2, tzinfo=UTC)
    (jane,) = desk.hubspot.seed_contacts([{"firstname": "Jane", "phone": "07911 123456"}], created_at=born)
    shown = desk.get("contacts", jane, "hs_object_source", "hs_searchable_calculated_phone_number")
    assert (shown["createdate"], shown["lastmodifieddate"]) == ("2024-01-02T00:00:00.000Z",) * 2
    assert shown["hs_object_source"] == "CRM_UI"
    assert shown["hs_searchable_calculated_phone_number"] == "7911123456"
    with pytest.raises(EditError, match="does not exist"):
        desk.hubspot.seed_contacts([{"nope": "1"}])


def test_what_a_person_does(desk):
    hubspot = desk.hubspot
    jane = hubspot.edit("create", properties={"firstname": "Jane"})["id"]
    assert hubspot.edit("set", record_id=jane, properties={"lastname": "Doe"})["properties"]["lastname"] == "Doe"
    assert hubspot.edit("archive", record_id=jane)["archived"] is True
    assert hubspot.records("contacts") == []
    assert hubspot.edit("restore", record_id=jane)["archived"] is False
    tom = hubspot.edit("create", properties={"firstname": "Tom"})["id"]
    merged = hubspot.edit("merge", record_id=jane, other=tom)["id"]
    assert [record.id for record in hubspot.records("contacts")] == [merged]
    hubspot.edit("gdpr_delete", record_id=merged)
    assert hubspot.records("contacts") == []


@pytest.mark.parametrize(
    ("action", "kind", "more"),
    [
        ("set", "contacts", {"record_id": "1"}),
        ("restore", "contacts", {"record_id": "1"}),
        ("merge", "contacts", {"record_id": "1", "other": "2"}),
        ("merge", "calls", {"record_id": "1", "other": "2"}),
        ("fly", "contacts", {}),
        ("create", "unicorns", {}),
        ("create", "calls", {"properties": {"hs_call_title": "no time"}}),
    ],
)
def test_edits_that_make_no_sense(desk, action, kind, more):
    with pytest.raises(EditError):
        desk.hubspot.edit(action, object_type=kind, **more)
