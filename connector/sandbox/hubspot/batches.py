"""Up to a hundred records at a time.

With a trace id of its own on every input, the inputs fail one by one (207); otherwise the first bad one fails the
whole batch and nothing is written. Results come in another order than the inputs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from connector.sandbox.hubspot.answers import OBJECT_NOT_FOUND, Refusal, bad_request, batch, no_content
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.hubspot.lookup import OBJECT_ID, check_id_property, find_record, non_unique
from connector.sandbox.hubspot.objects import archive_record, read_json, wants_archived
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.store import Record
from connector.sandbox.hubspot.views import asked, show, show_all, show_changed
from connector.sandbox.hubspot.writes import Claims, Draft, commit, draft_change, draft_new
from connector.sandbox.wire import Request, Response

INPUT_COUNT_MAX: Final = 100
TRACE_ID: Final = "objectWriteTraceId"
Input = dict[str, Any]
Pair = tuple[Input, Draft]


def create(portal: Portal, request: Request, object_type: str, *, dated: bool) -> Response:
    """201, or 207 when inputs that can fail alone did."""
    inputs = _inputs(request, ())
    claims: Claims = {}
    drafted, errors = _draft_all(inputs, lambda item: draft_new(portal, object_type, item, claims, dated=dated))
    results = [_traced(portal, item, show_all(portal, commit(portal, draft))) for item, draft in drafted]
    portal.shuffle(results)
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.CREATED, portal.stamp, results, errors)


def read(portal: Portal, request: Request, object_type: str) -> Response:
    """200, or 207 when some are missing and the portal names them."""
    body = read_json(request)
    inputs = _inputs(request, ("id",))
    names = body.get("properties") if isinstance(body, dict) else None
    id_property = str(body.get("idProperty") or "") if isinstance(body, dict) else ""
    archived = wants_archived(request)
    found: dict[str, Record] = {}
    missing: list[str] = []
    for item in inputs:
        record = find_record(portal, object_type, str(item["id"]), id_property, archived=archived)
        if record is None:
            missing.append(str(item["id"]))
        else:
            found[record.id] = record
    what = asked(portal, object_type, [str(name) for name in names] if isinstance(names, list) else ())
    results = [show(portal, record, what) for record in found.values()]
    portal.shuffle(results)
    errors = [_not_found(object_type, missing).entry()] if missing and portal.choices.missing_are_named else []
    if missing and not results and portal.choices.all_missing_status == HTTPStatus.NOT_FOUND.value:
        raise _not_found(object_type, missing)
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.OK, portal.stamp, results, errors)


def update(portal: Portal, request: Request, object_type: str) -> Response:
    """200, or 207 when records are not there, or when inputs that can fail alone did."""
    inputs = _inputs(request, ("id",))
    _check_repeated(inputs)
    claims: Claims = {}
    found: list[tuple[Input, Record]] = []
    errors: list[dict[str, Any]] = []
    for item in inputs:
        id_property = str(item.get("idProperty") or "")
        if id_property:
            # Contacts can be found by e-mail for many things, but not for this one.
            check_id_property(portal, object_type, id_property, email=False)
        record = find_record(portal, object_type, str(item["id"]), id_property, archived=False)
        if record is None:
            errors.append(_not_found(object_type, [str(item["id"])]).entry(_trace(item)))
        else:
            found.append((item, record))
    records = {id(item): record for item, record in found}
    kept = [item for item, _ in found]
    drafted, refused = _draft_all(
        kept, lambda item: draft_change(portal, records[id(item)], item.get("properties"), claims), inputs
    )
    errors += refused
    results = [_traced(portal, item, show_changed(portal, commit(portal, d), d.sent)) for item, d in drafted]
    portal.shuffle(results)
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.OK, portal.stamp, results, errors)


def upsert(portal: Portal, request: Request, object_type: str, *, dated: bool) -> Response:
    """200, or 207 when inputs that can fail alone did; each result says whether it is new."""
    inputs = _inputs(request, ("id",))
    _check_repeated(inputs)
    claims: Claims = {}
    existed: set[str] = set()

    def draft(item: Input) -> Draft:
        id_property = str(item.get("idProperty") or "")
        if id_property in ("", OBJECT_ID):
            raise non_unique(portal, object_type, OBJECT_ID)
        record = find_record(portal, object_type, str(item["id"]), id_property, archived=False)
        given = item.get("properties")
        properties = given if isinstance(given, dict) else {}
        if record is not None:
            existed.add(record.id)
            others = {name: value for name, value in properties.items() if name != id_property}
            return draft_change(portal, record, others, claims)
        wanted = {"properties": {**properties, id_property: str(item["id"])}}
        return draft_new(portal, object_type, wanted, claims, dated=dated)

    drafted, errors = _draft_all(inputs, draft)
    results = []
    for item, drawn in drafted:
        body = show_all(portal, commit(portal, drawn))
        results.append(_traced(portal, item, {**body, "new": drawn.record.id not in existed}))
    portal.shuffle(results)
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.OK, portal.stamp, results, errors)


def archive(portal: Portal, request: Request, object_type: str) -> Response:
    """204, also for records that are not there any more."""
    for item in _inputs(request, ("id",)):
        archive_record(portal, object_type, str(item["id"]))
    return no_content()


def _inputs(request: Request, needed: tuple[str, ...]) -> list[Input]:
    """The inputs of a batch. A body that is JSON but no batch is taken in silence and does nothing."""
    body = read_json(request)
    inputs = body.get("inputs") if isinstance(body, dict) else None
    if not isinstance(inputs, list) or not all(
        isinstance(item, dict) and item.keys() >= set(needed) for item in inputs
    ):
        return []
    if len(inputs) > INPUT_COUNT_MAX:
        raise bad_request(f"Object API batch endpoints are limited to {INPUT_COUNT_MAX} inputs per request")
    return inputs


def _draft_all(
    inputs: list[Input], draft: Callable[[Input], Draft], gate: list[Input] | None = None
) -> tuple[list[Pair], list[dict[str, Any]]]:
    """Draft every input. One that is refused is an entry among the errors if inputs may fail alone, else raised."""
    alone = _may_fail_alone(inputs if gate is None else gate)
    drafted: list[Pair] = []
    errors: list[dict[str, Any]] = []
    for item in inputs:
        try:
            drafted.append((item, draft(item)))
        except Refusal as refusal:
            if not alone:
                raise
            errors.append(refusal.entry(_trace(item)))
    return drafted, errors


def _may_fail_alone(inputs: list[Input]) -> bool:
    traces = {trace for trace in (item.get(TRACE_ID) for item in inputs) if isinstance(trace, str) and trace}
    return len(traces) == len(inputs)


def _trace(item: Input) -> dict[str, list[str]]:
    trace = item.get(TRACE_ID)
    return {TRACE_ID: [str(trace)]} if trace else {}


def _traced(portal: Portal, item: Input, body: dict[str, Any]) -> dict[str, Any]:
    if portal.choices.echo_trace_ids and item.get(TRACE_ID):
        body[TRACE_ID] = item[TRACE_ID]
    return body


def _check_repeated(inputs: list[Input]) -> None:
    counts = Counter(str(item["id"]) for item in inputs)
    repeated = [record_id for record_id, count in counts.items() if count > 1]
    if repeated:
        raise bad_request(f"Duplicate IDs found in batch input: [{', '.join(repeated)}]. IDs must be unique")


def _not_found(object_type: str, ids: list[str]) -> Refusal:
    message = (
        f"Could not get some {KINDS[object_type].legacy} objects, they may be deleted or not exist. "
        "Check that ids are valid."
    )
    return Refusal(HTTPStatus.NOT_FOUND, message, category=OBJECT_NOT_FOUND, context={"ids": ids})
