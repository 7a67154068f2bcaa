"""Reports as text for people: plans field by field, run summaries, ledger entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from connector.cli.output import styled

if TYPE_CHECKING:
    from connector.model import RunSummary
    from connector.reports import Change, Departure, PlannedCall, PlannedRecord, PlanReport

_COLOURS = {"+": "green", "~": "yellow", "!": "magenta", "-": "bright_black", "·": "bright_black"}
_WORDS = {"+": "create", "~": "update", "·": "none", "!": "held", "-": "skipped"}
NOTHING = "–"


def moment(at: datetime | None) -> str:
    return NOTHING if at is None else f"{at:%Y-%m-%d %H:%M:%S}Z"


def plan_lines(report: PlanReport) -> Iterator[str]:
    """One block per call, then the counts and what it would cost."""
    yield "  ".join(f"{_marked(mark)} {word}" for mark, word in _WORDS.items())
    for call in report.calls:
        yield ""
        yield from call_lines(call)
    if report.review is not None:
        yield ""
        yield "the day's task for whoever reviews held calls"
        yield from _record_lines(report.review)
    yield ""
    counts, requests = report.summary.calls, report.summary.requests
    yield (
        f"of {counts.read} calls: create {counts.created}, update {counts.updated}, hold {counts.held}, skip "
        f"{counts.skipped}, leave {counts.unchanged}, cannot be planned {counts.failed}"
    )
    yield f"it would cost {requests.hubspot} HubSpot requests; nothing was written"
    if report.unguarded:
        yield f"W241 HubSpot refuses no second record by itself: {', '.join(report.unguarded)} (connector explain W241)"


def departure_lines(differing: Sequence[Departure]) -> Iterator[str]:
    """What is no longer as a plan has it, with what would be written now in place of what the plan says."""
    for departure in differing:
        yield f"{_marked('!')} {departure.call or NOTHING}  {departure.what}"
        width = max((len(change.property) for change in departure.changes), default=0)
        for change in departure.changes:
            yield f"      {change.property:<{width}}  {change.before or NOTHING} → {change.after or NOTHING}"


def call_lines(call: PlannedCall) -> Iterator[str]:
    why = " · ".join(
        part for part in (call.decision, call.reason, call.rule and f"rule: {call.rule}", call.code) if part
    )
    yield f"{_marked(call.mark)} call {call.call_id}  {moment(call.ended_at)}  {why}"
    who = "  ".join(part for part in (call.caller_name, call.caller_number, call.caller_email) if part)
    if who:
        yield f"    caller {who}"
    for record in (call.contact, call.engagement, *call.records):
        if record is not None:
            yield from _record_lines(record)
    said = {line for record in (call.contact, call.engagement, *call.records) if record for line in record.notes}
    for line in dict.fromkeys(call.notes):
        if line not in said:
            yield f"    note: {line}"


def _record_lines(record: PlannedRecord) -> Iterator[str]:
    what = " ".join(part for part in (record.object_type, record.name, record.id or "") if part)
    yield f"  {_marked(record.mark)} {what}"
    width = max((len(change.property) for change in record.changes), default=0)
    for change in record.changes:
        yield f"      {change.property:<{width}}  {_values(change)}"
    for line in record.notes:
        yield f"      note: {line}"


def _values(change: Change) -> str:
    before = "" if change.before is None else f"{change.before or NOTHING} → "
    origin = f"  ({change.origin})" if change.origin else ""
    return f"{before}{change.after or NOTHING}{origin}"


def _marked(mark: str) -> str:
    return styled(mark, _COLOURS[mark])


def summary_lines(summary: RunSummary) -> Iterator[str]:
    calls, contacts, records, requests = summary.calls, summary.contacts, summary.records, summary.requests
    colour = {"ok": "green", "partial": "yellow"}.get(summary.status, "red")
    yield f"{summary.kind} {styled(summary.status, colour)} · run {summary.run_id}{_duration(summary)}"
    yield (
        f"  calls      {calls.read} read: {calls.created} created, {calls.updated} updated, "
        f"{calls.unchanged} unchanged, {calls.skipped} skipped, {calls.held} held, {calls.failed} failed"
    )
    yield f"  contacts   {contacts.created} created, {contacts.updated} updated, {contacts.matched} matched"
    yield f"  records    {records.created} created, {records.updated} updated"
    yield f"  requests   {requests.source} to the platform, {requests.hubspot} to HubSpot"
    yield f"  watermark  {moment(summary.watermark)}"
    if summary.degraded:
        yield f"  degraded   {summary.degraded} written without a property that HubSpot refused"
    for failure in summary.failures:
        fate = "kept for retry" if failure.retryable else "dead letter"
        yield f"  failed     {failure.call} {failure.code} {failure.message} ({fate})"


def _duration(summary: RunSummary) -> str:
    if summary.finished_at is None:
        return " · not finished"
    return f" · {(summary.finished_at - summary.started_at).total_seconds():.1f} s"
