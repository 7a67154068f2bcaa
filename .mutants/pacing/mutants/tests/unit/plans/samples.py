"""A small plan, with an invented person in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from connector.model import Association, RunSummary
from connector.plans.document import NamedCall, Plan, Write
from connector.reports import Change, PlannedCall, PlannedRecord, PlanReport

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CALL = "reception_ai:org_1:c1"


def a_named_call(**changes: Any) -> NamedCall:
    return NamedCall(**{"id": "c1", "fingerprint": "m1-aa", "ended_at": NOW, "is_carried": True, **changes})


def a_write(**changes: Any) -> Write:
    return Write(
        **{
            "operation": "create",
            "object_type": "calls",
            "name": CALL,
            "properties": {"hs_call_title": "New enquiry: Jane Doe"},
            "links": (Association("contacts", "51"),),
            **changes,
        }
    )


def a_record(object_type: str = "calls", **values: str) -> PlannedRecord:
    changes = tuple(Change(property=name, after=value, origin="template") for name, value in values.items())
    record_id = "51" if object_type == "contacts" else None
    return PlannedRecord(mark="+", object_type=object_type, id=record_id, changes=changes)


def a_call(**changes: Any) -> PlannedCall:
    return PlannedCall(
        **{
            "call": CALL,
            "call_id": "c1",
            "ended_at": NOW,
            "mark": "+",
            "decision": "matched",
            "reason": "phone",
            "caller_name": "Jane Doe",
            "contact": a_record("contacts"),
            "engagement": a_record(hs_call_title="New enquiry: Jane Doe"),
            **changes,
        }
    )


def a_report(*calls: PlannedCall) -> PlanReport:
    summary = RunSummary(run_id="20261120T120000-0a0b0c0d", connection="default", kind="plan", started_at=NOW)
    return PlanReport(summary=summary, calls=calls or (a_call(),))


def a_plan(**changes: Any) -> Plan:
    return Plan(
        **{
            "version": "0.1.0",
            "run_id": "20261120T120000-0a0b0c0d",
            "created_at": NOW,
            "connection": "default",
            "source": "reception_ai",
            "account": "org_1",
            "portal_id": "7",
            "mapping_version": "m1",
            "since": None,
            "started_from": NOW,
            "stood_at": None,
            "watermark": NOW,
            "calls": (a_named_call(),),
            "writes": (a_write(),),
            "reads": {"contacts": {"51": "2026-11-01T00:00:00Z"}},
            "report": a_report(),
            **changes,
        }
    )
