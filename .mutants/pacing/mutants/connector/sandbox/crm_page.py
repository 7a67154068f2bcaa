"""What a sales person would see: the contacts, on each the timeline of calls and tasks, and the calls to review."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from minijinja import Environment, safe
from msgspec import Struct

from connector.model import CALL_TYPE, FIRST_CALL_AT, LAST_CALL_AT, LAST_CALL_TYPE, LAST_OUTCOME, OUTCOME, SOURCE, STATE
from connector.sandbox.hubspot import HubSpot, Record
from connector.sandbox.hubspot.defaults import DISPOSITIONS, LEAD_STATUSES, LIFECYCLE_STAGES
from connector.sandbox.hubspot.staff import OWNERS
from connector.sandbox.page_text import duration, initials, moment, sanitized, when, words
from connector.sandbox.wire import Request, Response, html_response

CONTACTS_PER_PAGE = 50
HELD_SHOWN = 5
_CONTACT = re.compile(r"/contacts/(\d+)")
_TEMPLATES = Path(__file__).parent / "templates"
_OWNERS = {str(each["id"]): f"{each['firstName']} {each['lastName']}" for each in OWNERS}
_SOURCES = {"reception_ai": "Reception AI", "kaicalls": "KaiCalls", "klen": "Klen", "krosai": "KrosAI", "vapi": "Vapi"}
_TONES = 6
_ABOUT = (
    ("E-mail", "email"),
    ("Other e-mail", "hs_additional_emails"),
    ("Phone", "phone"),
    ("Mobile", "mobilephone"),
    ("Company", "company"),
    ("City", "city"),
    ("Postal code", "zip"),
)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Person(Struct, kw_only=True):
    """A contact as the page shows it."""

    id: str
    name: str
    initials: str
    tone: int
    email: str
    phone: str
    lifecycle: str
    lead_status: str
    owner: str
    last_call: str
    last_outcome: str
    sort_at: datetime


def _environment() -> Environment:
    environment = Environment(loader=lambda name: (_TEMPLATES / name).read_text("utf-8"))
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    return environment


_ENVIRONMENT = _environment()


class Page:
    """The pages of one portal, as they are at this moment."""

    def __init__(self, hubspot: HubSpot, *, now: Callable[[], datetime]) -> None:
        self._hubspot = hubspot
        self._now = now()

    @staticmethod
    def serves(request: Request) -> bool:
        """Whether this is a page rather than HubSpot's API."""
        if request.method not in {"GET", "HEAD"}:
            return False
        return request.path in {"/", "/held", "/tasks", "/favicon.ico"} or _CONTACT.fullmatch(request.path) is not None

    def handle(self, request: Request) -> Response:
        """Answer one page."""
        match request.path:
            case "/":
                return self._contacts(request)
            case "/held":
                return self._render("held.html", tab="held", held=self._held())
            case "/tasks":
                return self._render("tasks.html", tab="tasks", tasks=self._tasks())
            case "/favicon.ico":
                return Response(204)
        found = _CONTACT.fullmatch(request.path)
        return self._contact(found[1] if found else "")

    def _render(self, template: str, *, status: int = 200, **values: Any) -> Response:
        text = _ENVIRONMENT.render_template(template, totals=self._totals(), **values)
        return html_response(status, text)

    def _totals(self) -> dict[str, Any]:
        calls = self._hubspot.records("calls")
        tasks = [
            each for each in self._hubspot.records("tasks") if each.properties.get("hs_task_status") != "COMPLETED"
        ]
        talked = sum(int(each.properties.get("hs_call_duration") or 0) for each in calls)
        return {
            "contacts": len(self._hubspot.records("contacts")),
            "calls": len(calls),
            "held": sum(1 for each in calls if each.properties.get(STATE) == "held"),
            "tasks": len(tasks),
            "talk_time": duration(str(talked)) or "0 s",
        }

    # --- the list --------------------------------------------------------------------------------------------

    def _contacts(self, request: Request) -> Response:
        wanted = request.first("q").strip().lower()
        people = [self._person(each) for each in self._hubspot.records("contacts")]
        if wanted:
            people = [each for each in people if wanted in f"{each.name} {each.email} {each.phone}".lower()]
        people.sort(key=lambda each: (-each.sort_at.timestamp() if each.sort_at > _NEVER else 0.0, each.name.lower()))
        page_count = max(1, -(-len(people) // CONTACTS_PER_PAGE))
        number = request.first("page", "1")
        number_now = min(max(int(number), 1), page_count) if number.isdigit() else 1
        start = (number_now - 1) * CONTACTS_PER_PAGE
        held = [] if wanted or number_now > 1 else self._held()
        return self._render(
            "contacts.html",
            tab="contacts",
            people=people[start : start + CONTACTS_PER_PAGE],
            found=len(people),
            query=request.first("q").strip(),
            page=number_now,
            page_count=page_count,
            previous=_address(number_now - 1, wanted) if number_now > 1 else "",
            next=_address(number_now + 1, wanted) if number_now < page_count else "",
            held=held[:HELD_SHOWN],
            held_more=max(0, len(held) - HELD_SHOWN),
        )

    def _person(self, record: Record) -> Person:
        values = record.properties
        name = _name(values)
        last_call_at = moment(values.get(LAST_CALL_AT))
        return Person(
            id=record.id,
            name=name,
            initials=initials(name),
            tone=int(record.id) % _TONES,
            email=values.get("email", ""),
            phone=values.get("phone") or values.get("mobilephone", ""),
            lifecycle=_label(LIFECYCLE_STAGES, values.get("lifecyclestage")),
            lead_status=_label(LEAD_STATUSES, values.get("hs_lead_status")),
            owner=_OWNERS.get(values.get("hubspot_owner_id", ""), ""),
            last_call=when(last_call_at, self._now),
            last_outcome=words(values.get(LAST_OUTCOME)),
            sort_at=last_call_at or _NEVER,
        )

    # --- one contact -----------------------------------------------------------------------------------------

    def _contact(self, contact_id: str) -> Response:
        record = self._find("contacts", contact_id)
        if record is None:
            return self._render("missing.html", status=404, tab="contacts")
        linked = self._hubspot.associations("contacts", contact_id)
        calls = self._linked("calls", {each.id for each in linked if each.object_type == "calls"})
        tasks = self._linked("tasks", {each.id for each in linked if each.object_type == "tasks"})
        notes = self._linked("notes", {each.id for each in linked if each.object_type == "notes"})
        past = [self._call(each) for each in calls] + [self._note(each) for each in notes]
        return self._render(
            "contact.html",
            tab="contacts",
            person=self._person(record),
            about=[(label, record.properties[name]) for label, name in _ABOUT if record.properties.get(name)],
            created=when(moment(record.created_at), self._now),
            connector=self._connector_values(record),
            others=sorted(record.properties.items()),
            tasks=sorted((self._task(each) for each in tasks), key=lambda each: each["at"]),
            timeline=sorted(past, key=lambda each: each["at"], reverse=True),
        )

    def _find(self, object_type: str, record_id: str) -> Record | None:
        return next((each for each in self._hubspot.records(object_type) if each.id == record_id), None)

    def _linked(self, object_type: str, ids: set[str]) -> list[Record]:
        return [each for each in self._hubspot.records(object_type) if each.id in ids] if ids else []

    def _connector_values(self, record: Record) -> list[tuple[str, str]]:
        values = record.properties
        shown = (
            ("First call", when(moment(values.get(FIRST_CALL_AT)), self._now)),
            ("Last call", when(moment(values.get(LAST_CALL_AT)), self._now)),
            ("Last call was", words(values.get(LAST_CALL_TYPE))),
            ("Last outcome", words(values.get(LAST_OUTCOME))),
            ("Came from", _label(_SOURCES, values.get(SOURCE))),
        )
        return [(label, value) for label, value in shown if value]

    def _call(self, record: Record) -> dict[str, Any]:
        values = record.properties
        at = moment(values.get("hs_timestamp"))
        return {
            "kind": "call",
            "at": at or _NEVER,
            "when": when(at, self._now),
            "title": values.get("hs_call_title") or "Call",
            "disposition": DISPOSITIONS.get(values.get("hs_call_disposition", ""), ""),
            "outcome": words(values.get(OUTCOME)),
            "call_type": words(values.get(CALL_TYPE)),
            "direction": words(values.get("hs_call_direction")),
            "status": words(values.get("hs_call_status")),
            "duration": duration(values.get("hs_call_duration")),
            "from": values.get("hs_call_from_number", ""),
            "to": values.get("hs_call_to_number", ""),
            "owner": _OWNERS.get(values.get("hubspot_owner_id", ""), ""),
            "recording": _https(values.get("hs_call_recording_url", "")),
            "held": values.get(STATE) == "held",
            "body": safe(sanitized(values.get("hs_call_body", ""))),
        }

    def _note(self, record: Record) -> dict[str, Any]:
        at = moment(record.properties.get("hs_timestamp"))
        body = safe(sanitized(record.properties.get("hs_note_body", "")))
        return {"kind": "note", "at": at or _NEVER, "when": when(at, self._now), "title": "Note", "body": body}

    def _task(self, record: Record) -> dict[str, Any]:
        values = record.properties
        at = moment(values.get("hs_timestamp"))
        done = values.get("hs_task_status") == "COMPLETED"
        return {
            "at": at or _NEVER,
            "due": when(at, self._now),
            "overdue": not done and at is not None and at < self._now,
            "done": done,
            "subject": values.get("hs_task_subject") or "Task",
            "type": {"CALL": "Call", "EMAIL": "E-mail"}.get(values.get("hs_task_type", ""), "To-do"),
            "priority": words(values.get("hs_task_priority")),
            "status": words(values.get("hs_task_status")),
            "owner": _OWNERS.get(values.get("hubspot_owner_id", ""), ""),
            "body": safe(sanitized(values.get("hs_task_body", ""))),
        }

    # --- lists of other records ------------------------------------------------------------------------------

    def _held(self) -> list[dict[str, Any]]:
        """Calls without a contact that wait for a person, newest first."""
        held = [each for each in self._hubspot.records("calls") if each.properties.get(STATE) == "held"]
        return sorted((self._call(each) for each in held), key=lambda each: each["at"], reverse=True)

    def _tasks(self) -> list[dict[str, Any]]:
        """All tasks, the next due first, each with its contact."""
        names = {each.id: _name(each.properties) for each in self._hubspot.records("contacts")}
        tasks: list[dict[str, Any]] = []
        for record in self._hubspot.records("tasks"):
            linked = self._hubspot.associations("tasks", record.id)
            contact_id = next((each.id for each in linked if each.object_type == "contacts"), "")
            tasks.append({**self._task(record), "contact_id": contact_id, "contact": names.get(contact_id, "")})
        return sorted(tasks, key=lambda each: (each["done"], each["at"]))


def _name(values: dict[str, str]) -> str:
    spoken = f"{values.get('firstname', '')} {values.get('lastname', '')}".strip()
    return spoken or values.get("email") or values.get("phone") or values.get("mobilephone") or "(no name)"


def _https(address: str) -> str:
    return address if address.startswith("https://") else ""


def _address(page: int, wanted: str) -> str:
    return "/?" + urlencode({"page": page, **({"q": wanted} if wanted else {})})


def _label(labels: Mapping[str, str], value: str | None) -> str:
    return labels.get(value or "", words(value))
