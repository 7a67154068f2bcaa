"""Reports as the app would answer them, with invented people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from connector.model import CallCounts, ContactCounts, Entry, Failure, RequestCounts, RunSummary, State
from connector.reports import CallStory, Change, PlannedCall, PlannedRecord, PlanReport, Preview

AT = datetime(2026, 11, 20, 10, 14, 7, tzinfo=UTC)
PERSONAL = (
    "+447700900123",
    "7700900123",
    "7700 900123",
    "jane.doe@example.com",
    "Jane",
    "Doe",
    "wants a new boiler",
    "Smith",
    "SW1A",
)
"""None of these may be seen unless the user asks."""


def a_summary(**changes: Any) -> RunSummary:
    return RunSummary(
        **{
            "run_id": "0197f0c2",
            "connection": "default",
            "kind": "sync",
            "started_at": AT,
            "finished_at": AT,
            "watermark": AT,
            "calls": CallCounts(read=6, created=1, updated=1, unchanged=1, skipped=1, held=1, failed=1),
            "contacts": ContactCounts(created=1, updated=2, matched=3),
            "requests": RequestCounts(source=1, hubspot=7),
            **changes,
        }
    )


def a_failure(**changes: Any) -> Failure:
    return Failure(
        **{"call": "reception_ai:org:c1", "code": "E501", "message": "refused", "retryable": False, **changes}
    )


def an_entry(**changes: Any) -> Entry:
    return Entry(
        **{
            "call_id": "c1",
            "state": State.DONE,
            "ended_at": AT,
            "account": "org",
            "decision": "matched",
            "reason": "phone",
            "contact_id": "51",
            "engagement_id": "71",
            "records": {"callback": "81"},
            "run_id": "0197f0c2",
            **changes,
        }
    )


def a_planned_call(**changes: Any) -> PlannedCall:
    return PlannedCall(
        **{
            "call": "reception_ai:org:c1",
            "call_id": "c1",
            "ended_at": AT,
            "mark": "+",
            "decision": "created",
            "reason": "",
            "rule": "new business",
            "caller_number": "+447700900123",
            "caller_email": "jane.doe@example.com",
            "caller_name": "Jane Doe",
            "contact": PlannedRecord(
                mark="+",
                object_type="contacts",
                key="tel:+447700900123;mailto:jane.doe@example.com",
                changes=(
                    Change(property="phone", after="+447700900123", origin="callerNumber"),
                    Change(property="email", after="jane.doe@example.com", origin="leadData.email"),
                    Change(property="firstname", before="", after="Jane", origin="leadData.name"),
                    Change(property="lifecyclestage", after="lead", origin="value"),
                    Change(property="post_code", after="SW1A 1AA", origin="leadData.postcode"),
                ),
                notes=("jane.doe@example.com looks right",),
            ),
            "engagement": PlannedRecord(
                mark="+",
                object_type="calls",
                key="reception_ai:org:c1",
                changes=(
                    Change(property="hs_call_title", after="New enquiry: Jane Smith", origin="template"),
                    Change(property="hs_call_body", after="<p>Jane Doe wants a new boiler</p>", origin="template"),
                    Change(property="hs_call_duration", after="12000", origin="set by the connector"),
                    Change(property="hs_call_from_number", after="+447700900123", origin="set by the connector"),
                ),
            ),
            "records": (
                PlannedRecord(
                    mark="+",
                    object_type="tasks",
                    name="callback",
                    changes=(Change(property="hs_task_subject", after="Call back Jane Doe", origin="template"),),
                ),
            ),
            "notes": ("called from +44 7700 900123",),
            **changes,
        }
    )


def a_plan(*calls: PlannedCall, **changes: Any) -> PlanReport:
    counts = CallCounts(read=len(calls), created=len(calls))
    return PlanReport(summary=a_summary(kind="plan", calls=counts, **changes), calls=calls)


def a_preview(**changes: Any) -> Preview:
    payload = {
        "id": "c1",
        "callType": "new_enquiry",
        "createdAt": "2026-11-20T10:14:07.000Z",
        "duration": 12,
        "callerNumber": "+447700900123",
        "callerName": None,
        "summary": "Jane Doe wants a new boiler",
        "transcript": "Assistant: Hello.\nCaller: I am Jane Doe.",
        "leadData": {"name": "Jane Doe", "email": "jane.doe@example.com", "urgent": True, "postcode": "SW1A1AA"},
        **changes,
    }
    return Preview(plan=a_planned_call(), payload=payload)


def a_story(**changes: Any) -> CallStory:
    return CallStory(
        **{
            "key": "reception_ai:org:c1",
            "entry": an_entry(notes=("owner left out: inactive",)),
            "preview": a_preview(),
            "urls": {"contact": "https://app.hubspot.com/contacts/1/record/0-1/51"},
            "details": {
                "hangup_cause": "user_hangup",
                "metadata": {"customer": "Jane Doe"},
                "events": [
                    {"event": "call.answered", "from_number": "+447700900123", "note": "Jane Doe rang"},
                    "Jane Doe",
                ],
                "recording": {"recording_url": "https://recordings.example.com/jane.doe@example.com.mp3"},
            },
            **changes,
        }
    )
