"""The CRM page: what a sales person would see."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from connector.sandbox.crm_page import CONTACTS_PER_PAGE, Page
from connector.sandbox.site import HUBSPOT_TOKEN, Sandbox
from connector.sandbox.transport import BASE_URL, SandboxTransport
from connector.sandbox.wire import Request

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HUBSPOT = {"Authorization": f"Bearer {HUBSPOT_TOKEN}"}
CALL_TO_CONTACT, TASK_TO_CONTACT, NOTE_TO_CONTACT = 194, 204, 202


@pytest.fixture
def client() -> httpx.Client:
    client = httpx.Client(
        transport=SandboxTransport(Sandbox(now=lambda: NOW, limits=False)), base_url=BASE_URL, headers=HUBSPOT
    )
    for object_type, names in {
        "calls": ("call_connector_state", "call_connector_outcome", "call_connector_call_type"),
        "contacts": ("call_connector_last_outcome", "call_connector_source"),
    }.items():
        group = client.get(f"/crm/v3/properties/{object_type}/groups").json()["results"][0]["name"]
        for name in names:
            body = {"name": name, "label": name, "type": "string", "fieldType": "text", "groupName": group}
            assert client.post(f"/crm/v3/properties/{object_type}", json=body).status_code == 201
    group = client.get("/crm/v3/properties/contacts/groups").json()["results"][0]["name"]
    at = {
        "name": "call_connector_last_call_at",
        "label": "x",
        "type": "datetime",
        "fieldType": "date",
        "groupName": group,
    }
    assert client.post("/crm/v3/properties/contacts", json=at).status_code == 201
    return client


def create(client: httpx.Client, object_type: str, contact_id: str = "", link: int = 0, **properties: str) -> str:
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": link}]
    associations = [{"to": {"id": contact_id}, "types": types}] if contact_id else []
    body = {"properties": properties, "associations": associations}
    answer = client.post(f"/crm/v3/objects/{object_type}", json=body)
    assert answer.status_code == 201, answer.text
    record_id: str = answer.json()["id"]
    return record_id


def text_of(page: str) -> str:
    """What is read on the page, tags and style left out."""
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_an_empty_portal_says_so() -> None:
    sandbox = Sandbox(now=lambda: NOW)
    sandbox.hubspot = sandbox._empty_hubspot()
    with httpx.Client(transport=SandboxTransport(sandbox), base_url=BASE_URL) as client:
        assert "No contacts yet" in client.get("/").text
        assert "Nothing to review" in client.get("/held").text
        assert "No tasks" in client.get("/tasks").text


def test_the_list_shows_contacts_the_latest_caller_first(client: httpx.Client) -> None:
    create(
        client,
        "contacts",
        firstname="Ada",
        lastname="Lovelace",
        email="ada@example.com",
        phone="+447700900123",
        lifecyclestage="lead",
        hubspot_owner_id="71001",
        call_connector_last_call_at="2026-11-20T09:15:00Z",
        call_connector_last_outcome="lead_captured",
    )
    page = text_of(client.get("/").text)
    row = page[page.index("Owner ") : page.index("Owner ") + 160]
    for shown in (
        "Ada Lovelace",
        "ada@example.com",
        "+447700900123",
        "Lead",
        "Today 09:15",
        "Lead captured",
        "Priya Shah",
    ):
        assert shown in row


def test_the_list_is_searched_and_paged(client: httpx.Client) -> None:
    for number in range(CONTACTS_PER_PAGE + 5):
        create(client, "contacts", firstname=f"Person{number:03d}", email=f"p{number}@example.com")
    assert "Page 1 of 2" in client.get("/").text
    assert "Page 2 of 2" in client.get("/?page=2").text
    assert "Page 2 of 2" in client.get("/?page=99").text
    assert "Page 1 of 2" in client.get("/?page=x").text
    found = client.get("/?q=PERSON007").text
    assert "Person007" in found
    assert "Person008" not in found
    assert "Nobody found" in client.get("/?q=nobody-at-all").text


def test_a_search_cannot_write_into_the_page(client: httpx.Client) -> None:
    page = client.get("/", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script" not in page


def test_a_contact_shows_properties_calls_tasks_and_notes(client: httpx.Client) -> None:
    contact = create(
        client,
        "contacts",
        firstname="Ada",
        phone="+447700900123",
        mobilephone="07700 900124",
        call_connector_source="reception_ai",
    )
    create(
        client,
        "calls",
        contact,
        CALL_TO_CONTACT,
        hs_timestamp="2026-11-19T10:00:00Z",
        hs_call_title="New enquiry: Ada",
        hs_call_body="<p>Wants a <b>quote</b><script>alert(1)</script></p>",
        hs_call_duration="72000",
        hs_call_direction="INBOUND",
        hs_call_status="COMPLETED",
        hs_call_disposition="f240bbac-87c9-4f6e-bf70-924b57d47db7",
        hs_call_from_number="+447700900123",
        hs_call_to_number="+442079460000",
        call_connector_outcome="lead_captured",
        call_connector_call_type="new_enquiry",
    )
    create(
        client,
        "tasks",
        contact,
        TASK_TO_CONTACT,
        hs_timestamp="2026-11-21T09:30:00Z",
        hs_task_subject="Call back Ada",
        hs_task_type="CALL",
        hs_task_priority="HIGH",
        hs_task_status="NOT_STARTED",
    )
    create(
        client,
        "notes",
        contact,
        NOTE_TO_CONTACT,
        hs_timestamp="2026-11-18T09:30:00Z",
        hs_note_body="<p>Rang before</p>",
    )
    html = client.get(f"/contacts/{contact}").text
    page = text_of(html)
    for shown in (
        "07700 900124",
        "Reception AI",
        "New enquiry: Ada",
        "Lead captured",
        "Connected",
        "Yesterday 10:00",
        "1 min 12 s",
        "+447700900123 → +442079460000",
        "Call back Ada",
        "High priority",
        "Not started",
        "Due: Tomorrow 09:30",
        "Rang before",
    ):
        assert shown in page, shown
    assert "<p>Wants a <b>quote</b></p>" in html
    assert "alert(1)" not in html
    assert page.index("New enquiry: Ada") < page.index("Rang before"), "the newest stands first"


def test_what_people_wrote_is_escaped(client: httpx.Client) -> None:
    contact = create(client, "contacts", firstname="<script>alert(1)</script>", lastname='"><img src=x>')
    for path in ("/", f"/contacts/{contact}"):
        page = client.get(path).text
        assert "<script" not in page
        assert "<img" not in page


def test_an_overdue_task_is_marked_until_done(client: httpx.Client) -> None:
    due: dict[str, Any] = {"hs_timestamp": "2026-11-18T09:30:00Z", "hs_task_subject": "Ring"}
    create(client, "tasks", hs_task_status="COMPLETED", **due)
    assert "Overdue" not in client.get("/tasks").text
    create(client, "tasks", hs_task_status="NOT_STARTED", **due)
    assert "Overdue" in client.get("/tasks").text


def test_held_calls_wait_for_review(client: httpx.Client) -> None:
    for number in range(7):
        at = f"2026-11-19T1{number}:00:00Z"
        create(client, "calls", hs_timestamp=at, hs_call_title=f"Message {number}", call_connector_state="held")
    create(client, "calls", hs_timestamp="2026-11-19T10:00:00Z", hs_call_title="Not held")
    page = client.get("/held").text
    assert re.findall(r"Message \d", page) == [f"Message {number}" for number in range(6, -1, -1)]
    assert "Not held" not in page
    home = client.get("/").text
    assert "2 more →" in home
    assert "Message 6" in home


def test_a_contact_without_calls_says_so(client: httpx.Client) -> None:
    contact = create(client, "contacts", email="ada@example.com")
    page = client.get(f"/contacts/{contact}").text
    assert "No activity yet" in page
    assert "<h1>ada@example.com</h1>" in page


def test_a_contact_that_is_gone_is_a_404_page(client: httpx.Client) -> None:
    contact = create(client, "contacts", email="ada@example.com")
    client.delete(f"/crm/v3/objects/contacts/{contact}")
    answer = client.get(f"/contacts/{contact}")
    assert answer.status_code == 404
    assert "No such contact" in answer.text


@pytest.mark.parametrize("path", ["/", "/held", "/tasks"])
def test_pages_need_nothing_from_elsewhere(client: httpx.Client, path: str) -> None:
    page = client.get(path).text
    assert not re.findall(r"(?:src|href)=[\"'](?:https?:)?//", page)
    assert "<script" not in page
    assert 'name="viewport"' in page
    assert "prefers-color-scheme: dark" in page


@pytest.mark.parametrize(
    "path", ["/contacts", "/contacts/x", "/crm/v3/objects/contacts", "/contacts/v1/contact/1", "/held/1"]
)
def test_pages_do_not_take_the_apis_paths(path: str) -> None:
    assert not Page.serves(Request("GET", path, {}, {}))
    assert not Page.serves(Request("POST", "/", {}, {}))
