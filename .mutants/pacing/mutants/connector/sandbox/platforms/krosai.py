"""KrosAI's twin: the guide's API (https://docs.krosai.com/voice/call-logs), or the reference's (OpenAPI 1.3.0), as read
in 2026. What neither says (order, events, totals, what names an organization) is a guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zlib import crc32

import msgspec

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.people import ORGANIZATION_ID
from connector.sandbox.platforms.krosai_records import TwinCalls, created_at
from connector.sandbox.wire import Request, Response, json_response

API_KEY = "kros_live_sandbox_5a4db0c5"

REFERENCE = "reference"
"""The reference's API in place of the guide's: `page`, `data`, `action=stats`, and no filter by date."""
SWITCHING = "envelope_switches"
"""Each answer of the list comes in the other document's envelope."""
STRICT = "unknown_parameter"
"""400 for a parameter that the document does not have."""
INERT = "filter_inert"
OLDEST_FIRST = "oldest_first"
UNSORTED = "unsorted"
"""As random ids would have it."""
SMALL_PAGES = "small_pages"
"""No more rows than the reference's default, whatever is asked for."""
PAGING_IGNORED = "paging_ignored"
BARE = "bare_list"
LIMITED = "limited"
"""10 requests a second, as the smallest plan has them."""
FREE_PLAN = "free_plan"
"""1,000 requests a day."""
LATE = "late_transcripts"
NO_RECORDING = "no_recording"
BEARER_ONLY = "bearer_only"
NUMBER_IDS = "number_ids"
"""An id of digits alone is a number in the list, and text elsewhere."""
OTHER_ORGANIZATION = "other_organization"
"""Who names no organization is answered for another one of the key's."""

PER_SECOND, PER_DAY = 10, 1000
SMALL_PAGE_ROWS = 20
FIRST_ORGANIZATION = "org_elsewhere"
_KNOWN = {
    "guide": {
        "status", "direction", "phone_number_id", "endpoint_id", "from_date", "to_date", "limit", "offset",
    },
    REFERENCE: {
        "status", "direction", "phone_number_id", "start_date", "end_date", "action", "page", "limit",
    },
}  # fmt: skip
_BROKEN: dict[str, Any] = {"id": 17, "created_at": "last week", "duration": "long", "metadata": []}


class KrosAI:
    """One key's calls: read-only, page by page."""

    api_key = API_KEY
    traps_known = frozenset(
        (
            *(REFERENCE, SWITCHING, STRICT, INERT, OLDEST_FIRST, UNSORTED, SMALL_PAGES, PAGING_IGNORED, BARE, LIMITED),
            *(FREE_PLAN, LATE, NO_RECORDING, BEARER_ONLY, NUMBER_IDS, OTHER_ORGANIZATION),
        )
    )
    traps_without_way_out = frozenset((PAGING_IGNORED, OTHER_ORGANIZATION))
    """Those that a client can only notice."""

    def __init__(self, *, now: Callable[[], datetime], history: History, traps: Collection[str] = ()) -> None:
        self._traps = frozenset(traps)
        self._now = now
        self._calls = TwinCalls(history, are_late=LATE in traps, have_number_ids=NUMBER_IDS in traps)
        self._document = REFERENCE if REFERENCE in traps else "guide"
        self._turns: list[datetime] = []
        self._lists = count()

    def handle(self, request: Request, fault: Fault | None = None) -> Response:
        """Answer one request, its path without the prefix; `disorder` and `malformed` faults show in the list."""
        refusal = self._unauthorized(request) or self._over_limit()
        if refusal is not None:
            return refusal
        if request.method != "GET":
            return _error(404, "Not found")
        organization = request.header("x-organization-id")
        if OTHER_ORGANIZATION in self._traps and not organization:
            return self._elsewhere(request)
        named = (("x-organization-id", organization),) if OTHER_ORGANIZATION in self._traps else ()
        if organization and organization != ORGANIZATION_ID:
            return _error(403, "Not a member of this organization", "FORBIDDEN")
        return self._answer(request, fault, named)

    def _answer(self, request: Request, fault: Fault | None, named: tuple[tuple[str, str], ...]) -> Response:
        match request.path.rstrip("/").split("/")[1:]:
            case ["calls"] if request.first("action") == "stats" and self._document == REFERENCE:
                return json_response(200, self._stats(), named)
            case ["calls"]:
                return self._list(request, fault, named)
            case ["calls", "stats"] if self._document != REFERENCE:
                return json_response(200, self._stats(), named)
            case ["calls", *segments, "events"] if segments:
                return self._part("/".join(segments), "events", named)
            case ["calls", *segments, "recording"] if segments and NO_RECORDING not in self._traps:
                return self._part("/".join(segments), "recording", named)
            case ["calls", *segments]:
                # An id may hold a slash: it came encoded, and the path is decoded by now.
                record = self._calls.details("/".join(segments), self._now())
                return _error(404, "Call not found") if record is None else json_response(200, record, named)
        return _error(404, "Not found")

    def _part(self, call_id: str, part: str, named: tuple[tuple[str, str], ...]) -> Response:
        read = self._calls.events if part == "events" else self._calls.recording
        found = read(call_id, self._now())
        return _error(404, "Not found") if found is None else json_response(200, found, named)

    # --- the list ----------------------------------------------------------------------------------------------

    def _list(self, request: Request, fault: Fault | None, named: tuple[tuple[str, str], ...]) -> Response:
        unknown = sorted(request.query.keys() - _KNOWN[self._document])
        if STRICT in self._traps and unknown:
            return _error(400, f"Unknown parameter: {unknown[0]}", "INVALID_REQUEST")
        records = self._ordered(request)
        if fault is not None and fault.action == "disorder":
            records.insert(2, records.pop(0))
        if fault is not None and fault.action == "malformed":
            records.insert(fault.at, dict(_BROKEN))
        limit = min(_whole(request.first("limit"), 20 if self._document == REFERENCE else 50), 100)
        limit = min(limit, SMALL_PAGE_ROWS) if SMALL_PAGES in self._traps else limit
        offset = self._offset(request, limit)
        rows = records[offset : offset + limit]
        return json_response(200, self._envelope(rows, len(records), offset, limit), named)

    def _offset(self, request: Request, limit: int) -> int:
        if PAGING_IGNORED in self._traps:
            return 0
        if self._document == REFERENCE:
            return (max(_whole(request.first("page"), 1), 1) - 1) * limit
        return _whole(request.first("offset"), 0)

    def _ordered(self, request: Request) -> list[Any]:
        records = self._calls.rows(self._now())
        asked_from = _date(request.first("from_date"))
        if asked_from is not None and self._document != REFERENCE and INERT not in self._traps:
            records = [each for each in records if (at := created_at(each)) is None or at >= asked_from]
        if UNSORTED in self._traps:
            return sorted(records, key=_luck)
        return records[::-1] if OLDEST_FIRST in self._traps else records

    def _envelope(self, rows: list[Any], total: int, offset: int, limit: int) -> Any:
        if BARE in self._traps:
            return rows
        is_switched = SWITCHING in self._traps and next(self._lists) % 2 == 1
        if (self._document == REFERENCE) is is_switched:
            return {"calls": rows, "total": total, "limit": limit, "offset": offset}
        pages = math.ceil(total / limit)
        return {"data": rows, "total": total, "page": offset // limit + 1, "limit": limit, "total_pages": pages}

    def _stats(self) -> dict[str, Any]:
        records = [each for each in self._calls.rows(self._now()) if isinstance(each, dict)]
        spoken = [each["duration"] for each in records if isinstance(each.get("duration"), int | float)]
        return {
            "total_calls": len(records),
            "completed_calls": sum(each.get("status") == "completed" for each in records),
            "average_duration": round(sum(spoken) / len(spoken), 1) if spoken else 0,
        }

    # --- who asks, and how often -------------------------------------------------------------------------------

    def _unauthorized(self, request: Request) -> Response | None:
        bearer = request.header("authorization").removeprefix("Bearer ").strip()
        key = bearer if BEARER_ONLY in self._traps else request.header("x-api-key") or bearer
        if not key:
            return _error(401, "API key is missing", "MISSING_API_KEY")
        return None if key == self.api_key else _error(401, "Invalid API key", "INVALID_API_KEY")

    def _over_limit(self) -> Response | None:
        now = self._now()
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._turns = [turn for turn in self._turns if turn >= day]
        in_this_second = sum(turn > now - timedelta(seconds=1) for turn in self._turns)
        if FREE_PLAN in self._traps and len(self._turns) >= PER_DAY:
            return _limited((day + timedelta(days=1) - now).total_seconds())
        if LIMITED in self._traps and in_this_second >= PER_SECOND:
            return _limited(1.5)
        self._turns.append(now)
        return None

    def _elsewhere(self, request: Request) -> Response:
        """The calls of the key's first organization, which nobody asked for."""
        rows = [{**row, "id": f"other_{row['id']}"} for row in self._calls.rows(self._now())[:3] if "id" in row]
        named = (("x-organization-id", FIRST_ORGANIZATION),)
        if request.path.rstrip("/") == "/calls":
            return json_response(200, self._envelope(rows, len(rows), 0, 50), named)
        return _error(404, "Not found")


def _luck(record: Any) -> int:
    return crc32(str(record.get("id") if isinstance(record, dict) else record).encode())


def _limited(seconds: float) -> Response:
    body = {"error": "Rate limit exceeded", "code": "RATE_LIMIT_EXCEEDED", "retry_after": seconds}
    return json_response(429, body, (("Retry-After", str(seconds)),))


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def _date(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _error(status: int, message: str, code: str = "NOT_FOUND") -> Response:
    body: Mapping[str, Any] = {"error": message, "code": code}
    return Response(status, (("Content-Type", "application/json"),), msgspec.json.encode(body))
