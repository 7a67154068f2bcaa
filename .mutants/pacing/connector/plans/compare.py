"""What is no longer as a plan has it: pure, over the plan and the same plan made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from connector.plans.document import NamedCall, Plan, Write
from connector.reports import Change, Departure, PlannedCall, PlannedRecord

CHANGED = "the call changed on the platform"

Record = tuple[str, str]
"""Object type and id."""


def departures(planned: Plan, found: Plan) -> list[Departure]:
    """Everything that differs, call by call in the plan's order, then what is about no single call.

    Nothing differs exactly when the two would write the same, and nothing that was read has been touched.
    """
    fates = list(_calls(planned, found))
    # What another run has dealt with, or nobody knows any more, needs no second reason; nor is it a wonder that other
    # records are read when other calls are.
    explained = {fate.call for fate in fates if fate.what != CHANGED}
    reasons = [*_records(_touched(planned, found, is_same=not fates), planned, found), *_decisions(planned, found)]
    by_call: dict[str, list[Departure]] = {call.call: [] for call in planned.report.calls}
    for departure in (*fates, *(reason for reason in reasons if reason.call not in explained)):
        by_call.setdefault(departure.call, []).append(departure)
    general = [*by_call.pop("", []), *_state(planned, found)]
    named = [departure for listed in by_call.values() for departure in listed]
    return [*named, *general] or list(_writes(planned, found))


def _calls(planned: Plan, found: Plan) -> Iterator[Departure]:
    now = {call.id: call for call in found.calls}
    keys = {call.call_id: call.call for report in (found.report, planned.report) for call in report.calls}
    for call in planned.calls:
        key = keys.get(call.id, call.id)
        if what := _what_became(call, now.get(call.id)):
            yield Departure(call=key, what=what)


def _what_became(planned: NamedCall, found: NamedCall | None) -> str:
    if found is None:
        # What reading alone would have settled is settled by the next reading as well.
        return "the platform no longer knows this call" if planned.is_carried else ""
    if found.fingerprint != planned.fingerprint:
        return CHANGED
    if found.ledger != planned.ledger:
        return "another run has dealt with this call since"
    return ""


def _touched(planned: Plan, found: Plan, *, is_same: bool) -> dict[Record, str]:
    """The records that are not as they were read, and what became of them.

    Unless the calls are the same, only records that both have read tell anything.
    """
    touched = {}
    for object_type in sorted({*planned.reads, *found.reads}):
        before, now = planned.reads.get(object_type, {}), found.reads.get(object_type, {})
        for record_id in sorted({*before, *now}):
            was, is_now = before.get(record_id), now.get(record_id)
            if was is not None and is_now is not None and was != is_now:
                touched[object_type, record_id] = "changed since the plan"
            elif is_same and was is None:
                touched[object_type, record_id] = "was not there to be found when the plan was made"
            elif is_same and is_now is None:
                touched[object_type, record_id] = "is not found any more"
    return touched


def _records(touched: Mapping[Record, str], planned: Plan, found: Plan) -> Iterator[Departure]:
    """Each touched record, for every call that is about it; for none where it was only a proposal."""
    about: dict[Record, dict[str, None]] = defaultdict(dict)
    for report in (planned.report, found.report):
        for call in report.calls:
            for record in _records_of(call):
                about[record.object_type, record.id or ""][call.call] = None
    for (object_type, record_id), what in touched.items():
        for call_key in about.get((object_type, record_id)) or [""]:
            yield Departure(call=call_key, what=f"{object_type} {record_id} in HubSpot {what}")


def _records_of(call: PlannedCall) -> list[PlannedRecord]:
    return [record for record in (call.contact, call.engagement, *call.records) if record is not None]


def _decisions(planned: Plan, found: Plan) -> Iterator[Departure]:
    now = {call.call: call for call in found.report.calls}
    for call in planned.report.calls:
        other = now.pop(call.call, None)
        if other is not None and other != call:
            changes = tuple(_changes(call, other))
            if changes or _decided(call) != _decided(other):
                people = (call.caller_name, call.contact_name, other.caller_name, other.contact_name)
                what = _what_is_decided(call, other)
                yield Departure(call=call.call, what=what, changes=changes, people=tuple(filter(None, people)))
    for key in now:
        yield Departure(call=key, what="this call is not in the plan")
    if planned.report.review != found.report.review:
        yield Departure(what="the task that asks for a review of held calls would be another one")


def _decided(call: PlannedCall) -> tuple[str, str, str]:
    return call.mark, call.decision, call.reason


def _what_is_decided(planned: PlannedCall, found: PlannedCall) -> str:
    if _decided(planned) == _decided(found):
        return "other values would be written"
    before, now = (f"{call.decision} ({call.reason})" if call.reason else call.decision for call in (planned, found))
    return f"it would now be {now} instead of {before}"


def _changes(planned: PlannedCall, found: PlannedCall) -> Iterator[Change]:
    before, now = _values(planned), _values(found)
    for name in (*before, *(name for name in now if name not in before)):
        old, new = before.get(name), now.get(name)
        if (old.after if old else None) != (new.after if new else None):
            yield Change(
                property=name[1],
                before=old.after if old else None,
                after=new.after if new else "",
                origin=new.origin if new else "",
            )


def _values(call: PlannedCall) -> dict[tuple[str, str], Change]:
    return {
        (f"{record.object_type}#{record.name}", change.property): change
        for record in _records_of(call)
        for change in record.changes
    }


def _state(planned: Plan, found: Plan) -> Iterator[Departure]:
    if planned.stood_at != found.stood_at:
        yield Departure(what="another run has moved the ledger on since the plan")
    elif (planned.account, planned.portal_id, planned.started_from) != (
        found.account,
        found.portal_id,
        found.started_from,
    ):
        yield Departure(what="the ledger's connection is another one than the plan's")


def _writes(planned: Plan, found: Plan) -> Iterator[Departure]:
    """The last resort: whatever told nobody why, writes that differ are never sent."""
    before, now = _by_record(planned.writes), _by_record(found.writes)
    for operation, object_type, name in sorted({*before, *now}):
        if before[operation, object_type, name] != now[operation, object_type, name]:
            yield Departure(what=f"to {operation} one of the {object_type} would be done otherwise")


def _by_record(writes: Iterable[Write]) -> defaultdict[tuple[str, str, str], list[Write]]:
    """Windows overlap, so that the order of two records says nothing; that of one record's writes does."""
    ordered: defaultdict[tuple[str, str, str], list[Write]] = defaultdict(list)
    for write in writes:
        ordered[write.operation, write.object_type, write.name].append(write)
    return ordered
