"""KaiCalls' twin: https://www.kaicalls.com/docs/api and the vendor's SDK kaicalls-js (read in 2026)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.people import OWN_NUMBER, timestamp
from connector.sandbox.phrases import FIRM
from connector.sandbox.platforms.kaicalls_leads import AGENT_ID, Leads, is_named, lead_id_of
from connector.sandbox.wire import Request, Response, json_response

API_KEY = "kc_live_sandbox_5a4db0c5"
AGENT = {"id": AGENT_ID, "name": f"Kai - {FIRM}", "phone_number": OWN_NUMBER}

NO_LEAD_ID = "no_lead_id"
"""The list does not name the leads: only asking by id does."""
LATE_LEADS = "late_leads"
"""A call's lead is made ten minutes after its end."""
LOST_LEADS = "lost_leads"
"""One lead of fifty is not found."""
UNNAMED_LEADS = "unnamed_leads"
"""One call of five never names the lead that it brought."""
LATE_TRANSCRIPTS = "late_transcripts"
"""Transcripts come half an hour after the call."""
TIES = "ties"
"""Times are cut to the minute, so that calls at the edge of a page share theirs."""
HAS_MORE = "has_more"
"""`has_more` is true on every page."""
BUSY = "busy"
"""Every fortieth request is refused, under one of the two documented codes in turn."""
TURNED_CURSOR = "turned_cursor"
"""`after` means newer than."""
IGNORED_CURSOR = "ignored_cursor"
"""`after` is not read."""
APEX = "apex"
"""The address without `www`: every request is sent elsewhere."""
FATAL_TRAPS = frozenset((TURNED_CURSOR, IGNORED_CURSOR, APEX))
"""With one of these there is nothing to carry on with."""

DEFAULT_LIMIT, LIMIT_MAX = 20, 100
_DEFAULT_DAYS = 7
_LONGEST = timedelta(hours=2)
"""No invented call takes longer; a list sorted by start is made from one sorted by end."""
_LEAD_FILTERS = ("phone", "email", "source", "agent_id")
_BUSY_EVERY = 40
_BROKEN = {"id": 17, "created_at": "last week", "duration": "long"}
_TRANSLATED = frozenset(
    (
        *("id", "organizationId", "callerNumber", "callerName", "callType", "outcome", "duration", "summary"),
        *("transcript", "recordingUrl", "leadData", "createdAt"),
    )
)


class KaiCalls:
    """One business's API: read-only, one key, one agent."""

    api_key = API_KEY
    traps_known = (
        frozenset((NO_LEAD_ID, LATE_LEADS, LOST_LEADS, UNNAMED_LEADS, LATE_TRANSCRIPTS, TIES, HAS_MORE, BUSY))
        | FATAL_TRAPS
    )

    def __init__(self, *, now: Callable[[], datetime], history: History, traps: Collection[str] = ()) -> None:
        self.history = history
        self._now = now
        self._traps = frozenset(traps)
        self._leads = Leads(history, now)
        self._count = 0

    def handle(self, request: Request, fault: Fault | None = None) -> Response:
        """Answer one request, its path without the prefix; `disorder` and `malformed` faults show in the list."""
        if APEX in self._traps:
            return Response(308, (("Location", f"https://www.kaicalls.example.com/api/v1{request.path}"),))
        if request.header("authorization") != f"Bearer {self.api_key}":
            return _error(401, "unauthorized", "The API key is missing or invalid.")
        if request.method != "GET":
            return _error(404, "not_found", f"Cannot {request.method} {request.path}")
        self._count += 1
        if BUSY in self._traps and self._count % _BUSY_EVERY == 0:
            return self._refused()
        match request.path.rstrip("/"):
            case "/calls":
                return self._call(request) if "id" in request.query else self._calls(request, fault)
            case "/leads":
                return self._lead(request) if "id" in request.query else self._list_leads(request)
            case "/transcripts":
                return self._transcripts(request)
            case "/recordings":
                return self._recording(request)
            case "/agents":
                return json_response(200, {"agents": [{**AGENT, "status": "active"}], "has_more": False})
        return _error(404, "not_found", f"Cannot GET {request.path}")

    def _refused(self) -> Response:
        if self._count // _BUSY_EVERY % 2:
            return _error(429, "rate_limited", "Too many requests.", (("Retry-After", "2"),))
        return _error(429, "rate_limit_exceeded", "Rate limit exceeded.")

    # --- calls -------------------------------------------------------------------------------------------------

    def _calls(self, request: Request, fault: Fault | None) -> Response:
        def is_wanted(call: Any) -> bool:
            if not isinstance(call, dict):
                return not request.first("agent_id") and not request.first("status")
            named = ((name, request.first(name)) for name in ("agent_id", "status"))
            return all(not value or call.get(name) == value for name, value in named)

        items, has_more = self._page(request, (call for call in self._listed(request) if is_wanted(call)))
        if fault is not None and fault.action == "disorder":
            items = [*items[1:3], *items[:1], *items[3:]]
        if fault is not None and fault.action == "malformed":
            items.insert(fault.at, _BROKEN)
        hidden = ("lead_id",) if NO_LEAD_ID in self._traps else ()
        shown = [_without(item, "recording_url", *hidden) for item in items]
        return json_response(200, {"calls": shown, "has_more": has_more})

    def _listed(self, request: Request) -> Iterable[Any]:
        """All calls that began by now; of those long after the cursor none is made."""
        now = self._now()
        cursor = self._cursor(request)
        until = now + _LONGEST if cursor is None else min(now, cursor) + _LONGEST
        for raw in self.history.newest_first(until):
            call = self._translated(raw)
            at = _at(call)
            if at is None or at <= now:
                yield call

    def _page(self, request: Request, items: Iterable[Any]) -> tuple[list[Any], bool]:
        """The next items by their start, newest first, out of ones sorted by their end; and whether there are more."""
        limit = min(int(request.first("limit") or DEFAULT_LIMIT), LIMIT_MAX)
        cursor = self._cursor(request)
        undated, dated = [], []
        for item in items:
            at = _at(item)
            if at is None:
                undated.append(item)
            elif cursor is None or at < cursor:
                dated.append((at, item))
                # What is still to come ended before this one did, and so began before it ended.
                if len(dated) > limit and len(dated) % limit == 0:
                    dated.sort(key=lambda each: each[0], reverse=True)
                    if dated[limit][0] > at + _LONGEST:
                        break
        dated.sort(key=lambda each: each[0], reverse=True)
        found = [*(undated if cursor is None else ()), *(item for _, item in dated)]
        if TURNED_CURSOR in self._traps and request.first("after"):
            found = self._newer(request)
        return found[:limit], HAS_MORE in self._traps or len(found) > limit

    def _newer(self, request: Request) -> list[Any]:
        after = datetime.fromisoformat(request.first("after"))
        newer = (self._translated(raw) for raw in self.history.newest_first(self._now()))
        return [item for item in newer if (at := _at(item)) is not None and at > after]

    def _cursor(self, request: Request) -> datetime | None:
        after = request.first("after")
        return datetime.fromisoformat(after) if after and IGNORED_CURSOR not in self._traps else None

    def _call(self, request: Request) -> Response:
        raw = self.history.find(request.first("id"))
        call = self._translated(raw) if raw is not None else None
        at = _at(call)
        if call is None or (at is not None and at > self._now()):
            return _error(404, "not_found", "Call not found.")
        return json_response(200, call)

    def _translated(self, raw: bytes) -> Any:
        """The call as KaiCalls would tell it by now; what is no call stays as it is."""
        call = msgspec.json.decode(raw)
        if not isinstance(call, dict):
            return call
        ended_at, seconds = _ended_at(call), call.get("duration")
        started_at = (
            ended_at - timedelta(seconds=seconds) if ended_at and isinstance(seconds, int | float) else ended_at
        )
        if started_at is not None and TIES in self._traps:
            started_at = started_at.replace(second=0, microsecond=0)
        is_over = ended_at is None or ended_at <= self._now()
        has_name = UNNAMED_LEADS not in self._traps or is_named(call)
        has_lead = is_over and has_name and (LATE_LEADS not in self._traps or self._is_past(ended_at, minutes=10))
        return {
            "id": call.get("id"),
            "agent_id": AGENT["id"],
            "lead_id": lead_id_of(call) if has_lead else None,
            "direction": "inbound",
            "status": ("completed", "ended")[_luck(call) % 2] if is_over else "in-progress",
            "duration": seconds if is_over else None,
            "summary": call.get("summary") if is_over else None,
            "recording_url": None,
            "created_at": timestamp(started_at) if started_at else call.get("createdAt"),
            **{name: value for name, value in call.items() if name not in _TRANSLATED},
        }

    def _is_past(self, ended_at: datetime | None, *, minutes: float) -> bool:
        return ended_at is None or ended_at + timedelta(minutes=minutes) <= self._now()

    # --- what belongs to them ----------------------------------------------------------------------------------

    def _lead(self, request: Request) -> Response:
        lead_id = request.first("id")
        is_lost = LOST_LEADS in self._traps and zlib.crc32(lead_id.encode()) % 50 == 0
        lead = None if is_lost else self._leads.find(lead_id)
        return _error(404, "not_found", "Lead not found.") if lead is None else json_response(200, lead)

    def _list_leads(self, request: Request) -> Response:
        statuses = set(filter(None, request.first("status").split(",")))
        wanted = [
            lead
            for lead in self._leads.all()
            if (not statuses or lead["status"] in statuses)
            and all(lead[name] == value for name in _LEAD_FILTERS if (value := request.first(name)))
            and request.first("created_after") <= lead["created_at"] <= (request.first("created_before") or "9")
        ]
        items, has_more = self._page(request, wanted)
        return json_response(200, {"leads": items, "has_more": has_more})

    def _transcripts(self, request: Request) -> Response:
        days = float(request.first("days") or _DEFAULT_DAYS)
        earliest = self._now() - timedelta(days=days)
        minutes = 30 if LATE_TRANSCRIPTS in self._traps else 3

        def shown() -> Iterable[dict[str, Any]]:
            cursor = self._cursor(request)
            until = self._now() if cursor is None else min(self._now(), cursor + _LONGEST)
            for raw in self.history.newest_first(until):
                call, told = msgspec.json.decode(raw), self._translated(raw)
                if not isinstance(call, dict) or not isinstance(call.get("transcript"), str):
                    continue
                at = _at(told)
                if at is not None and at < earliest:
                    return
                if self._is_past(_ended_at(call), minutes=minutes):
                    yield {
                        "call_id": told["id"],
                        "agent_name": AGENT["name"],
                        "summary": told["summary"],
                        "transcript": call["transcript"].replace("Assistant:", "Agent:"),
                        "duration": told["duration"],
                        "created_at": told["created_at"],
                    }

        items, has_more = self._page(request, shown())
        return json_response(200, {"transcripts": items, "has_more": has_more})

    def _recording(self, request: Request) -> Response:
        raw = self.history.ended(request.first("call_id"), self._now())
        call = msgspec.json.decode(raw) if raw is not None else {}
        url = call.get("recordingUrl")
        if not url:
            return _error(404, "not_found", "No recording.")
        # The names of these fields are not public; they are those of the calls.
        return json_response(200, {"call_id": call["id"], "recording_url": url, "status": "ready"})


def _error(status: int, code: str, message: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    return json_response(status, {"error": {"code": code, "message": message}}, headers)


def _without(item: Any, *names: str) -> Any:
    return {name: value for name, value in item.items() if name not in names} if isinstance(item, dict) else item


def _luck(call: dict[str, Any]) -> int:
    return zlib.crc32(str(call.get("id")).encode())


def _ended_at(call: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(call.get("createdAt")))
    except ValueError:
        return None


def _at(item: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(item["created_at"])
    except (TypeError, KeyError, ValueError):
        return None
