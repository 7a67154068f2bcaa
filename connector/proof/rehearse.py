"""The tests beside a mapping, run through the very planning that a sync uses, against a CRM in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from connector.draft.crm import DraftCrm
from connector.draft.ledger import DraftLedger
from connector.engine.carry import Carrier
from connector.engine.doubt import Doubt
from connector.engine.lane import LaneHolder
from connector.engine.story import tell
from connector.mapping.casefile import Case
from connector.mapping.compile import CompiledMapping
from connector.model import BadCall, Call
from connector.reports import PlannedCall, PlannedRecord

ReadCall = Callable[[Mapping[str, Any]], Call | BadCall]
"""How the platform's record becomes a call."""


class StoppedClock:
    """Implements `ports.Clock` at one moment."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self._at += timedelta(seconds=seconds)


def rehearse(case: Case, mapping: CompiledMapping, read_call: ReadCall) -> list[str]:
    """What came out differently than the case expects, in words; nothing when it holds."""
    call = read_call(case.given)
    if isinstance(call, BadCall):
        return [f"the given call cannot be read: {call.message}"]
    told = plan_one(call, mapping, crm=_crm(case, mapping), now=case.now or call.ended_at)
    if told.code:
        return [f"the call fails with {told.code}: {told.reason}"]
    return [*_expected(case, told), *_absent(case, told)]


def plan_one(call: Call, mapping: CompiledMapping, *, crm: DraftCrm, now: datetime) -> PlannedCall:
    """What should become of one call that no run has seen yet; nothing is written but to the draft."""
    ledger = DraftLedger()
    clock = StoppedClock(now)
    lane = LaneHolder(ledger, clock, owner="draft")
    portal_id = crm.portal_id()
    lane.take(portal_id)
    carrier = Carrier(
        connection="default",
        run_id="draft",
        mapping=mapping,
        crm=crm,
        ledger=ledger,
        lane=lane,
        clock=clock,
        now=now,
        portal_id=portal_id,
        doubt=Doubt(fresh_since=now, reads_keys_first=False),
    )
    return tell(carrier.finish(carrier.open([call])))[0]


def _crm(case: Case, mapping: CompiledMapping) -> DraftCrm:
    crm = DraftCrm(region=mapping.region)
    crm.seed("contacts", ({"createdate": _LONG_AGO, **contact} for contact in case.contacts))
    return crm


_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC).isoformat()


def _expected(case: Case, told: PlannedCall) -> Iterator[str]:
    expect = case.expect
    for name, wanted, got in (
        ("decision", expect.decision, told.decision),
        ("reason", expect.reason, told.reason),
        ("rule", expect.rule, told.rule),
    ):
        if wanted is not None and wanted != got:
            yield f"{name}: expected {wanted!r}, got {got!r}"
    yield from _differences("contact", expect.contact, told.contact)
    yield from _differences("call", expect.call, told.engagement)
    records = {record.name: record for record in told.records}
    for name, values in (expect.records or {}).items():
        yield from _differences(f"records.{name}", values, records.get(name))


def _differences(place: str, wanted: Mapping[str, str] | None, record: PlannedRecord | None) -> Iterator[str]:
    if wanted is None:
        return
    if record is None:
        yield f"{place}: expected, but nothing is written there"
        return
    values = _values(record)
    for name, value in wanted.items():
        if values.get(name, "") != value:
            yield f"{place}.{name}: expected {value!r}, got {values.get(name, '')!r}"


def _absent(case: Case, told: PlannedCall) -> Iterator[str]:
    written: dict[str, str] = {}
    places = {"contact": told.contact, "call": told.engagement}
    places |= {f"records.{record.name}": record for record in told.records}
    for place, record in places.items():
        if record is not None and record.mark != "·":
            written[place] = "a record"
            written |= {f"{place}.{name}": repr(value) for name, value in _values(record).items()}
    for path in case.absent:
        if path in written:
            yield f"{path}: expected to be absent, got {written[path]}"


def _values(record: PlannedRecord) -> dict[str, str]:
    return {change.property: change.after for change in record.changes}
